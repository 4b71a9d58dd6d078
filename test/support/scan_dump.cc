// For each file named on standard input, a JSON line with what the import scanner finds in it:
//   {"damaged": false, "imports": [[line, level, "module", "name", nesting], …]}
// Identifiers beyond ASCII are shown as "?", since Python normalises them (PEP 3131). With --time it prints
// the scanner's speed instead.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>

#include "python/scanner.h"
#include "util/bytes.h"
#include "util/file.h"

namespace {

using slim::python::SourceFacts;

void print_text(std::string_view text) {
  std::cout << '"';
  bool masked = false;
  for (const char c : text) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (ascii) std::cout << c;
    if (!ascii && !masked) std::cout << '?';
    masked = !ascii;
  }
  std::cout << '"';
}

void print_facts(const SourceFacts& facts) {
  std::cout << "{\"damaged\": " << (facts.damaged ? "true" : "false") << ", \"imports\": [";
  const char* comma = "";
  for (const auto& each : facts.imports) {
    std::cout << comma << '[' << each.line << ',' << int{each.level} << ',';
    print_text(facts.text(each.module));
    std::cout << ',';
    print_text(facts.text(each.name));
    std::cout << ',' << int{each.nesting} << ']';
    comma = ",";
  }
  std::cout << "]}\n";
}

}  // namespace

int main(int argc, char** argv) {
  const bool measures = argc > 1 && std::string_view(argv[1]) == "--time";
  std::chrono::steady_clock::duration spent{};
  std::uint64_t bytes = 0;
  for (std::string path; std::getline(std::cin, path);) {
    const auto content = slim::read_file(path);
    if (!content) {
      std::cout << "null\n";
      continue;
    }
    const auto start = std::chrono::steady_clock::now();
    const SourceFacts facts = slim::python::scan_source(slim::as_text(*content));
    spent += std::chrono::steady_clock::now() - start;
    bytes += content->size();
    if (!measures) print_facts(facts);
  }
  const double seconds = std::chrono::duration<double>(spent).count();
  const double megabytes = static_cast<double>(bytes) / 1e6;
  if (measures) std::printf("%.1f MB in %.3f s: %.0f MB/s\n", megabytes, seconds, megabytes / seconds);
  return 0;
}
