// For each file named on standard input, a JSON line with what the import scanner finds in it:
//   {"damaged": false, "imports": [[line, level, "module", "name", nesting], …]}
// Identifiers beyond ASCII are shown as "?", since Python normalises them (PEP 3131). With --time it prints
// the scanner's speed instead.
//
// With --requirements it answers questions about versions, fields by tabs, with yes, no or unknown:
//   clause CLAUSES VERSION | marker MARKER PYTHON EXTRA | parts REQUIREMENT (with "name|extras|clauses")
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "python/requirement.h"
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

const char* word(slim::python::Truth truth) {
  using slim::python::Truth;
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

std::string joined(std::vector<std::string> items) {
  std::ranges::sort(items);
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ",") + item;
  return out;
}

std::string clause_answer(const std::string& clauses, const std::string& version) {
  using slim::python::Truth;
  const auto specifiers = slim::python::parse_specifiers(clauses);
  if (!specifiers || !slim::python::parse_version(version)) return "unknown";
  Truth all = Truth::yes;
  for (const auto& specifier : *specifiers) {
    const Truth one = accepts(specifier, version);
    if (one == Truth::unknown) return "unknown";
    if (one == Truth::no) all = Truth::no;
  }
  return word(all);
}

std::string marker_answer(const std::string& marker, const std::string& python, const std::string& extra) {
  const std::string full = python + ".1";
  return word(slim::python::evaluate_marker(marker, {{"python_version", python},
                                                     {"python_full_version", full},
                                                     {"implementation_version", full},
                                                     {"os_name", "posix"},
                                                     {"sys_platform", "linux"},
                                                     {"platform_system", "Linux"},
                                                     {"platform_machine", "x86_64"},
                                                     {"platform_python_implementation", "CPython"},
                                                     {"implementation_name", "cpython"},
                                                     {"platform_release", ""},
                                                     {"platform_version", ""},
                                                     {"extra", extra}}));
}

std::string parts_answer(const std::string& line) {
  const auto requirement = slim::python::parse_requirement(line);
  if (!requirement) return "unknown";
  std::vector<std::string> clauses;
  for (const auto& specifier : requirement->specifiers) clauses.push_back(specifier.op + specifier.version);
  return requirement->name + "|" + joined(requirement->extras) + "|" + joined(clauses);
}

void answer_about_requirements() {
  for (std::string line; std::getline(std::cin, line);) {
    std::vector<std::string> fields;
    for (std::size_t begin = 0; begin <= line.size();) {
      const std::size_t end = std::min(line.find('\t', begin), line.size());
      fields.push_back(line.substr(begin, end - begin));
      begin = end + 1;
    }
    fields.resize(4);
    if (fields[0] == "clause") std::cout << clause_answer(fields[1], fields[2]) << '\n';
    if (fields[0] == "marker") std::cout << marker_answer(fields[1], fields[2], fields[3]) << '\n';
    if (fields[0] == "parts") std::cout << parts_answer(fields[1]) << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--requirements") {
    answer_about_requirements();
    return 0;
  }
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
