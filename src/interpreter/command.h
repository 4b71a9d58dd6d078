// Runs a command of the user's in an unpacked package, and takes down how it ended and what it printed.
#pragma once

#include <cstdint>
#include <string>

#include "hash/hash.h"
#include "interpreter/spawn.h"

namespace slim::interpreter {

struct CommandRequest {
  std::string command;  // for /bin/sh -c
  std::string folder;   // that it begins in
  Environment environment;
  unsigned seconds = 120;
  unsigned megabytes = 4096;  // of data in memory, for each process; what is only reserved doesn't count
};

struct CommandResult {
  bool in_time = true;
  int exit_code = 0;  // where it ended by itself
  int signal = 0;     // where a signal ended it
  std::uint64_t output_bytes = 0;
  Hash128 output_hash;      // of all that it wrote to standard output
  std::string output_head;  // its first MiB
  std::string errors_tail;  // the last 64 KiB of standard error

  bool worked() const { return in_time && exit_code == 0 && signal == 0; }
};

// The same end and the same output. What goes to standard error is for people, and may differ.
bool agree(const CommandResult& a, const CommandResult& b);

// Runs the package's code, with limits on time and memory; whatever it has started is ended with it, and
// output of any size takes the same memory. Errors: no shell.
Result<CommandResult> run_command(const CommandRequest& request);

}  // namespace slim::interpreter
