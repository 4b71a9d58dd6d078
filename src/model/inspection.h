// What the inspect stage gives: facts about each entry, and about the package as a whole. No decision is
// taken here.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hash/sha256.h"
#include "model/file_facts.h"
#include "model/languages.h"
#include "model/start.h"
#include "util/result.h"

namespace slim {

enum class Arch : std::uint8_t { x86_64, arm64 };
const char* arch_name(Arch arch);
std::optional<Arch> arch_from(const std::string& name);  // also amd64, aarch64

// How much a caller wants to know.
enum class Depth : std::uint8_t {
  loading,     // what loaders ask: kinds, ELF facts, distributions. No hashes, no imports
  everything,  // what rules ask, too
};

// A folder by such a name may be anything: plugins that test values, a product's help for testing, SQL. What
// shows that it is a test suite?
enum class SuiteEvidence : std::uint8_t {
  some,   // a few of its modules define tests for a test framework
  clear,  // most do, or are named as test runners have it
};
// The folders for which something does, each with a slash at its end.
using TestSuites = std::map<std::string, SuiteEvidence, std::less<>>;

enum class PackageShape : std::uint8_t { function, layer, wheel, jar, image_layer, zipapp };
const char* package_shape_name(PackageShape shape);

// An installed package that states its name and version in a folder of its own (x-1.0.dist-info).
struct Distribution {
  std::string name;  // as its metadata spells it, else from the folder
  std::string version;
  std::string info_dir;                       // path of the folder
  std::vector<std::string> top_level;         // path prefixes of its import packages and modules
  std::vector<std::string> stated_top_level;  // those that its metadata states
  std::vector<std::string> entry_point_groups;
};

// Software that the package holds, as bills of materials name it.
struct Component {
  std::string ecosystem;  // "pypi", "npm", "maven": the type of its package URL
  std::string group;      // npm scope with its '@', Maven group id
  std::string name;
  std::string version;
  std::string licence;           // as it states it
  bool licence_is_spdx = false;  // and whether that is an SPDX expression
  std::string path;              // the file that says so
  std::string sha256;            // hex, of the whole file, where the component is one (a jar)
};

// Reads those of the named entries that are not read yet, and puts down what they hold. Errors name the
// entry.
using ReadMore = std::function<Status(std::span<const std::size_t>)>;
inline Status all_is_read(std::span<const std::size_t>) { return {}; }

// What is known of a language in the package.
struct LanguageUse {
  std::vector<std::string> roots;          // folders in which its code looks for code: "", "python/"
  std::optional<LanguageVersion> version;  // that the package is for
  std::string version_evidence;            // where that comes from, for the report
  std::optional<Start> start;              // where the options ask for it: it may run the package's code
  std::vector<std::size_t> noted;          // the files that LanguageRoom::notes picks, in ascending order
};

struct Inspection {
  std::vector<FileFacts> files;  // files[i] is of package.entries[i]
  // What the results of earlier runs are found by: of each file's content, as its container packs it. Empty
  // where there is no cache, and all zeros for a file that isn't read.
  std::vector<Sha256> content_ids;
  Sha256 names_id = {};  // of all paths together
  PackageShape shape = PackageShape::function;
  Language language = Language::none;
  std::map<Language, LanguageUse> languages;
  std::optional<Arch> arch;  // what most ELF files are of, or as the user says
  std::string arch_evidence;
  std::vector<Component> components;          // sorted by path; only where a bill of materials was asked for
  std::vector<Distribution> distributions;    // sorted by info_dir
  std::vector<std::size_t> service_users;     // the files that have services
  std::vector<std::size_t> metadata_readers;  // the files that have metadata_questions
  TestSuites test_suites;
  std::vector<std::string>
      owner;  // owner[i]: the distribution, npm package or top folder that entry i counts to

  // Null where none is called so.
  const Distribution* distribution_named(const std::string& name) const {
    const auto found = std::ranges::find(distributions, name, &Distribution::name);
    return found == distributions.end() ? nullptr : &*found;
  }
  // Empty where there is none of the language.
  const LanguageUse& use_of(Language of) const {
    static const LanguageUse none;
    const auto found = languages.find(of);
    return found == languages.end() ? none : found->second;
  }
};

}  // namespace slim
