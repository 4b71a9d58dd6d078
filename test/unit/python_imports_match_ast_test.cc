// The scanner finds exactly the imports that CPython's own ast finds, file by file: line, level, module, name
// and nesting, over the standard library of the interpreters that are here, and over the corpus where it is.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "python/scanner.h"
#include "util/bytes.h"

namespace slim::python {
namespace {

std::string output_of(const std::string& command) {
  std::string out;
  std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 65536> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    out.append(buffer.data(), got);
  }
  return pclose(pipe) == 0 ? out : std::string();
}

std::string shown(std::string_view text) {
  if (text.empty()) return "-";
  std::string out;
  bool masked = false;
  for (const char c : text) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (ascii) out += c;
    if (!ascii && !masked) out += '?';
    masked = !ascii;
  }
  return out;
}

std::vector<std::string> scanned(const std::string& path, bool& damaged) {
  std::vector<std::string> lines;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {"unreadable"};
  std::string source;
  std::array<char, 65536> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), file)) > 0;) {
    source.append(buffer.data(), got);
  }
  std::fclose(file);
  const SourceFacts facts = scan_source(source);
  damaged = facts.damaged;
  for (const Import& each : facts.imports) {
    lines.push_back(std::to_string(each.line) + " " + std::to_string(each.level) + " " +
                    shown(facts.text(each.module)) + " " +
                    (each.is_from ? shown(facts.text(each.name)) : "-") + " " + std::to_string(each.nesting));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

// Compares both over a tree; returns the number of files compared.
std::size_t compare(const std::string& python, const std::string& tree) {
  const std::string script = std::string(SLIM_SOURCE_DIR) + "/test/support/ast_imports.py";
  const std::string out = output_of("'" + python + "' -I '" + script + "' '" + tree + "'");
  std::map<std::string, std::vector<std::string>> expected;
  std::vector<std::string>* lines = nullptr;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t stop = std::min(out.find('\n', at), out.size());
    const std::string line = out.substr(at, stop - at);
    at = stop + 1;
    if (line.starts_with("F ")) {
      lines = &expected[line.substr(2)];
    } else if (line.starts_with("X ")) {
      lines = nullptr;
    } else if (lines != nullptr) {
      lines->push_back(line);
    }
  }
  std::size_t wrong = 0;
  for (auto& [path, want] : expected) {
    std::sort(want.begin(), want.end());
    bool damaged = false;
    const std::vector<std::string> got = scanned(path, damaged);
    if (got == want && !damaged) continue;
    ++wrong;
    if (wrong <= 20) EXPECT_EQ(joined(got), joined(want)) << path << (damaged ? " (taken for damaged)" : "");
  }
  EXPECT_EQ(wrong, 0U) << "of " << expected.size() << " files of " << tree;
  return expected.size();
}

class PythonImports : public testing::TestWithParam<std::string> {};

TEST_P(PythonImports, MatchAstOverTheStandardLibrary) {
  const std::string library = output_of(
      GetParam() + " -I -c 'import sysconfig, sys; sys.stdout.write(sysconfig.get_path(\"stdlib\"))'");
  if (library.empty()) GTEST_SKIP() << GetParam() << " is not here";
  EXPECT_GT(compare(GetParam(), library), 200U);
}

INSTANTIATE_TEST_SUITE_P(Interpreters, PythonImports,
                         testing::Values("python3", "python3.8", "python3.9", "python3.10", "python3.11",
                                         "python3.12", "python3.13", "python3.14"),
                         [](const auto& of) {
                           std::string name = of.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(PythonImportsOfTheCorpus, MatchAst) {
  const char* corpus = std::getenv("SLIM_PYTHON_TREE");
  if (corpus == nullptr) GTEST_SKIP() << "SLIM_PYTHON_TREE names no folder";
  EXPECT_GT(compare("python3", corpus), 0U);
}

}  // namespace
}  // namespace slim::python
