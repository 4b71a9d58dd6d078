// Every id that src/check gives a finding has its kind, and every kind is one that src/check can find.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "model/finding_kind.h"

namespace slim {
namespace {

namespace fs = std::filesystem;

std::set<std::string> quoted_words_of_check() {
  std::set<std::string> words;
  const std::regex word("\"([a-z]+(?:-[a-z]+)*)\"");
  for (const auto& item : fs::directory_iterator(fs::path(SLIM_SOURCE_DIR) / "src/check")) {
    std::ifstream in(item.path());
    std::stringstream text;
    text << in.rdbuf();
    const std::string source = text.str();
    for (auto match = std::sregex_iterator(source.begin(), source.end(), word);
         match != std::sregex_iterator(); ++match)
      words.insert((*match)[1]);
  }
  return words;
}

// Ids follow a severity: report(Severity::error, "musl-build", …).
std::set<std::string> ids_of_check() {
  std::set<std::string> ids;
  const std::regex id("Severity::[a-z]+,\\s*(?:[^;\"]*\\?\\s*\"([a-z-]+)\"\\s*:\\s*)?\"([a-z-]+)\"");
  for (const auto& item : fs::directory_iterator(fs::path(SLIM_SOURCE_DIR) / "src/check")) {
    std::ifstream in(item.path());
    std::stringstream text;
    text << in.rdbuf();
    const std::string source = text.str();
    for (auto match = std::sregex_iterator(source.begin(), source.end(), id); match != std::sregex_iterator();
         ++match) {
      if ((*match)[1].matched) ids.insert((*match)[1]);
      ids.insert((*match)[2]);
    }
  }
  return ids;
}

TEST(FindingKinds, EveryIdHasItsKind) {
  const std::set<std::string> ids = ids_of_check();
  EXPECT_GT(ids.size(), 30U) << "the scan finds hardly any id: it looks for the wrong words";
  for (const std::string& id : ids)
    EXPECT_NE(finding_kind(id), nullptr) << id << " has no row in finding_kind.cc";
}

TEST(FindingKinds, EveryKindCanBeFound) {
  const std::set<std::string> words = quoted_words_of_check();
  for (const FindingKind& kind : finding_kinds())
    EXPECT_TRUE(words.contains(std::string(kind.id))) << kind.id << " is an id that src/check never gives";
}

}  // namespace
}  // namespace slim
