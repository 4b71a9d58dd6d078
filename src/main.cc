// slim: parse, run, print, return the exit code.
#include <malloc.h>

#include <cstdlib>

#include "commands/commands.h"

namespace {

// glibc keeps what was freed, the more the larger the blocks and the more the threads: a third of the memory
// at the peak was of no use to anybody. So blocks of the size of a library go back at once, and all threads
// share one arena; small blocks come from each thread's own cache anyway.
void keep_memory_small() {
  constexpr int block = 4 << 20;
  mallopt(M_MMAP_THRESHOLD, block);
  mallopt(M_TRIM_THRESHOLD, block);
  mallopt(M_ARENA_MAX, 1);
}

// No output tells a local time. Where TZ isn't set, glibc asks the disk for the system's zone each time that
// libzip turns a date into DOS form: twice for each entry.
void forget_time_zone() { setenv("TZ", "UTC0", 1); }

}  // namespace

int main(int argc, char** argv) {
  keep_memory_small();
  forget_time_zone();
  return slim::run_command_line(argc, argv);
}
