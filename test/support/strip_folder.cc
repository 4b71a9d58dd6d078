// Strips every ELF file of a folder where it is, on one thread, as `strip` would: for
// test/bench/strip_speed.py.
#include <malloc.h>

#include <filesystem>
#include <iostream>
#include <vector>

#include "elf/strip.h"
#include "util/file.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: strip_folder FOLDER\n";
    return 2;
  }
  // Memory for one file after another, not from the kernel each time.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that glibc takes
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  std::uintmax_t saved = 0;
  for (const auto& item : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (!item.is_regular_file() || item.is_symlink()) continue;
    slim::Result<slim::Bytes> bytes = slim::read_file(item.path().string());
    if (!bytes) continue;
    const std::size_t before = bytes->size();
    const slim::elf::StripResult result = slim::elf::strip(std::move(*bytes), slim::elf::StripLevel::symbols);
    if (!result.bytes) continue;
    auto file = slim::AtomicFile::create(item.path().string());
    if (!file || !file->write(*result.bytes) || !file->commit()) return 1;
    saved += before - result.bytes->size();
  }
  std::cout << saved << "\n";
  return 0;
}
