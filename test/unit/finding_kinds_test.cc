// Every id that src/check gives a finding has its kind, and every kind is one that src/check can find.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "languages/finding_kinds.h"

namespace slim {
namespace {

namespace fs = std::filesystem;

std::string without_comments(const std::string& source) {
  return std::regex_replace(source, std::regex("\n\\s*//[^\n]*"), "\n");
}

// What a call hands on, from behind its "(" to the ")" that ends it, split at its own commas.
std::vector<std::string> arguments_of_call(const std::string& source, std::size_t begin) {
  std::vector<std::string> arguments(1);
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = begin; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '"' && source[i - 1] != '\\') quoted = !quoted;
    if (!quoted && (c == ')' || c == '}') && depth-- == 0) break;
    if (!quoted && (c == '(' || c == '{')) ++depth;
    if (!quoted && c == ',' && depth == 0) {
      arguments.emplace_back();
    } else {
      arguments.back() += c;
    }
  }
  return arguments;
}

// The ids that checks give their findings, behind the severity; a call may choose between two. Checks of a
// language need not lie in src/check.
std::set<std::string> ids_of_check() {
  std::set<std::string> ids;
  const std::regex call("\\b(?:report(?:_part)?\\(|push_back\\(\\s*\\{|Finding\\{)");
  const std::regex literal("\"([a-z0-9-]+)\"");
  for (const auto& item : fs::recursive_directory_iterator(fs::path(SLIM_SOURCE_DIR) / "src")) {
    std::ifstream in(item.path());
    std::stringstream text;
    text << in.rdbuf();
    const bool is_check = item.path().parent_path().filename() == "check" ||
                          text.str().find("/checks.h\"") != std::string::npos;
    if (!is_check || item.path().extension() != ".cc") continue;
    const std::string source = without_comments(text.str());
    for (auto match = std::sregex_iterator(source.begin(), source.end(), call);
         match != std::sregex_iterator(); ++match) {
      const auto end = static_cast<std::size_t>(match->position() + match->length());
      const std::vector<std::string> arguments = arguments_of_call(source, end);
      if (arguments.size() < 4 || arguments[0].find("everity") == std::string::npos) continue;
      const std::string id =
          arguments[1].substr(arguments[1].find('?') == std::string::npos ? 0 : arguments[1].find('?'));
      for (auto word = std::sregex_iterator(id.begin(), id.end(), literal); word != std::sregex_iterator();
           ++word)
        ids.insert((*word)[1]);
    }
  }
  return ids;
}

TEST(FindingKinds, EveryIdHasItsKind) {
  const std::set<std::string> ids = ids_of_check();
  EXPECT_GT(ids.size(), 30U) << "the scan finds hardly any id: it looks for the wrong words";
  for (const std::string& id : ids)
    EXPECT_NE(finding_kind(id), nullptr) << id << " has no row in any table of kinds";
}

TEST(FindingKinds, EveryKindCanBeFound) {
  const std::set<std::string> ids = ids_of_check();
  for (const FindingKind& kind : finding_kinds())
    EXPECT_TRUE(ids.contains(std::string(kind.id)))
        << kind.id << " is an id that no check gives its findings";
}

}  // namespace
}  // namespace slim
