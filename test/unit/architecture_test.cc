// The house rules that a compiler does not know: includes go one way, and each library stands behind one
// wall.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;    // "src/read/read.cc"
  std::string folder;  // "read"; "" for files directly in src
  std::string target;  // as written between the quotes or brackets
  bool own = false;    // "…" rather than <…>
};

std::string first_folder(const std::string& path) {
  const std::size_t slash = path.find('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::vector<Include> all_includes() {
  const fs::path source = fs::path(SLIM_SOURCE_DIR) / "src";
  const std::regex line_pattern("^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">].*");
  std::vector<Include> includes;
  for (const auto& item : fs::recursive_directory_iterator(source)) {
    if (item.path().extension() != ".cc" && item.path().extension() != ".h") continue;
    const std::string relative = fs::relative(item.path(), source).string();
    std::ifstream in(item.path());
    std::string line;
    std::smatch match;
    while (std::getline(in, line)) {
      if (!std::regex_match(line, match, line_pattern)) continue;
      includes.push_back({"src/" + relative, first_folder(relative), match[2], match[1] == "\""});
    }
  }
  return includes;
}

const std::set<std::string> kStages = {"cli",       "read",  "inspect", "plan",  "check", "diff",
                                       "transform", "write", "verify",  "trial", "report"};
const std::set<std::string> kToolboxes = {"archive", "deflate", "elf",  "hash", "parallel",
                                          "python",  "cache",   "json", "toml", "interpreter"};

// What stages and languages have in common: the evidence of who reaches whom, and how files are packed.
const std::set<std::string> kServices = {"evidence", "pack"};

// Higher includes lower, never the other way; stages don't include each other.
int rank_of(const std::string& file, const std::string& folder) {
  if (folder == "util") return 0;
  if (kToolboxes.contains(folder)) return 1;
  if (folder == "model") return 2;
  if (kServices.contains(folder)) return 3;
  if (folder == "languages") return 4;
  if (kStages.contains(folder)) return 5;
  if (folder.empty() && file.find("pipeline") != std::string::npos) return 6;
  if (folder == "commands") return 7;
  if (folder.empty() && file.ends_with("main.cc")) return 8;
  return -1;
}

// "python" of "languages/python/guards.h"; "" for what all languages share.
std::string language_of(const std::string& path) {
  constexpr std::string_view room = "languages/";
  const std::size_t at = path.find(room);
  if (at == std::string::npos) return "";
  const std::string rest = path.substr(at + room.size());
  const std::size_t slash = rest.find('/');
  return slash == std::string::npos ? "" : rest.substr(0, slash);
}

// Languages are siblings: none knows another, and nobody outside knows one by its name, but for the one list.
TEST(Architecture, LanguagesAreAskedThroughTheirTable) {
  std::set<std::string> seen;
  for (const Include& include : all_includes()) {
    if (!include.own || language_of(include.target).empty()) continue;
    if (include.file == "src/languages/languages.cc") {
      seen.insert(language_of(include.target));
      continue;
    }
    EXPECT_EQ(language_of(include.file), language_of(include.target))
        << include.file << " includes " << include.target << ": ask languages/language.h";
  }
  EXPECT_EQ(seen, std::set<std::string>({"dotnet", "java", "native", "node", "python", "ruby"}))
      << "the list of languages names others than those with a folder";
}

// A name that no folder has any more says nothing, and would let the rules for it go unseen.
TEST(Architecture, EveryNameIsAFolder) {
  std::set<std::string> folders;
  for (const Include& include : all_includes()) folders.insert(include.folder);
  for (const auto* names : {&kStages, &kToolboxes, &kServices}) {
    EXPECT_FALSE(names->empty());
    for (const std::string& name : *names)
      EXPECT_TRUE(folders.contains(name))
          << "no folder of src is called " << name << ", or none of its files includes anything";
  }
  for (const char* name : {"util", "model", "languages", "commands", ""})
    EXPECT_TRUE(folders.contains(name)) << name;
}

TEST(Architecture, EveryFolderHasItsPlace) {
  for (const Include& include : all_includes()) {
    EXPECT_GE(rank_of(include.file, include.folder), 0)
        << include.file << " is in a folder that no layer names";
  }
}

TEST(Architecture, IncludesGoOneWay) {
  std::size_t checked = 0;
  for (const Include& include : all_includes()) {
    if (!include.own) continue;
    const std::string target_folder = first_folder(include.target);
    const int from = rank_of(include.file, include.folder);
    const int to = rank_of(include.target, target_folder);
    ++checked;
    if (include.folder == target_folder) continue;
    EXPECT_LE(to, from) << include.file << " includes " << include.target << ", which lies above it";
    const bool both_stages = kStages.contains(include.folder) && kStages.contains(target_folder);
    EXPECT_FALSE(both_stages) << include.file << ": a stage includes another stage: " << include.target;
  }
  EXPECT_GT(checked, 100U) << "the scan found hardly any include: it looks in the wrong place";
}

// Third-party headers, and the one file that may include each, and does.
const std::map<std::string, std::string> kWalls = {
    {"zip.h", "src/archive/zip.cc"},
    {"archive.h", "src/archive/tar.cc"},
    {"archive_entry.h", "src/archive/tar.cc"},
    {"libdeflate.h", "src/deflate/deflate.cc"},
    {"xxhash.h", "src/hash/hash.cc"},
    {"toml++/", "src/toml/toml.cc"},
    {"CLI/", "src/cli/parse.cc"},
    {"nlohmann/", "src/json/json.cc"},
    {"LIEF/", "src/elf/lief_facts.cc"},
    {"tbb/", "src/parallel/crew.cc"},
    {"oneapi/", "src/parallel/crew.cc"},  // tbb/, by its new name
    {"fmt/", "src/util/format.h"},
    {"openssl/", "src/hash/openssl.cc"},
    {"curl/", "src/cache/http.cc"},
    {"tl/", "src/util/result.h"}};

TEST(Architecture, EachLibraryStandsBehindOneWall) {
  std::set<std::string> seen;
  for (const Include& include : all_includes()) {
    if (include.own) continue;
    for (const auto& [header, wall] : kWalls) {
      const bool hit = header.ends_with('/') ? include.target.starts_with(header) : include.target == header;
      if (!hit) continue;
      seen.insert(header);
      EXPECT_EQ(include.file, wall) << "<" << include.target << "> belongs behind " << wall;
    }
  }
  for (const auto& [header, wall] : kWalls) {
    if (header == "oneapi/") continue;
    EXPECT_TRUE(seen.contains(header))
        << wall << " no longer includes <" << header << ">: does its wall stand elsewhere?";
  }
}

// Headers of the C library and of the kernel, which need no wall.
const std::set<std::string> kSystem = {"dirent.h", "dlfcn.h", "elf.h",   "fcntl.h",  "link.h",  "locale.h",
                                       "malloc.h", "poll.h",  "sched.h", "signal.h", "spawn.h", "unistd.h"};

TEST(Architecture, EachLibraryHasAWall) {
  std::size_t standard = 0;
  for (const Include& include : all_includes()) {
    if (include.own || include.target.starts_with("sys/") || include.target.starts_with("sanitizer/") ||
        kSystem.contains(include.target))
      continue;
    const bool is_standard = include.target.find_first_of("/.") == std::string::npos;
    standard += is_standard ? 1 : 0;
    const bool has_wall = std::ranges::any_of(kWalls, [&](const auto& row) {
      return row.first.ends_with('/') ? include.target.starts_with(row.first) : include.target == row.first;
    });
    EXPECT_TRUE(is_standard || has_wall) << include.file << " includes <" << include.target
                                         << ">, a library without a wall: give it a row in kWalls";
  }
  EXPECT_GT(standard, 300U);
}

}  // namespace
