// What the inspect stage gives: facts about each entry, and about the package as a whole. No decision is
// taken here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "elf/facts.h"
#include "hash/hash.h"
#include "hash/sha256.h"
#include "python/bytecode.h"
#include "util/result.h"

namespace slim {

enum class FileKind : std::uint8_t {
  directory,
  symlink,
  empty,
  elf,
  mach_o,
  pe,
  zip,
  python_source,
  python_bytecode,
  archive,
  apple_double,       // the attributes of a file of macOS (AppleDouble, AppleSingle)
  ds_store,           // a folder's looks in macOS Finder
  compound_document,  // OLE, as Windows Explorer keeps thumbnails in
  folder_settings,    // text that file managers and such write about a folder or file
  vim_swap,           // what Vim would recover an edited file from
  pax_header,         // records of a tar, unpacked as if they were a file
  text,
  data
};
const char* file_kind_name(FileKind kind);

enum class Arch : std::uint8_t { x86_64, arm64 };
const char* arch_name(Arch arch);
std::optional<Arch> arch_from(const std::string& name);  // also amd64, aarch64

// How a Python file, or a configuration, refers to what else is in the package. References to what is not in
// it are not recorded.
struct PythonReference {
  enum class Kind : std::uint8_t {
    import,  // of a module, by a statement or a call
    string,  // which names a module that other code may import by it
    prefix,  // of modules' names, of which the rest is made at run time
    star,    // import of all names of a package: with them the submodules that it lists
    listed,  // a string that names a submodule of this package; counts when it is a star's turn
    path,    // a file; or, with a slash at its end, all below a folder
    folder,  // a folder by its mere name, so that its data may be read
    suite,   // the same for each test suite of that name in the file's top package: "tests"
  };
  Kind kind = Kind::import;
  std::string name;       // of the module in full, or an entry's path
  bool at_start = false;  // import: outside functions, so that it runs when the file is imported
  auto operator<=>(const PythonReference&) const = default;
};

// A question to importlib.metadata, importlib_metadata or pkg_resources.
struct MetadataQuestion {
  enum class About : std::uint8_t {
    distribution,    // of this name
    own,             // the one that the file's top package, whose name this is, belongs to
    entry_points,    // of this group; of any when there is no name
    installer_file,  // of any distribution: "RECORD"; "top_level.txt", or RECORD where there is none
    anything,        // which one is only known when the code runs
  };
  About about = About::anything;
  std::string name;
  auto operator<=>(const MetadataQuestion&) const = default;
};

// A call that makes a client of a cloud's service: client("s3"), build("drive", "v3").
struct ServiceUse {
  bool of_google = false;  // else of AWS
  std::string service;     // empty: only known when the code runs
  std::uint32_t line = 0;  // 0: somewhere in compiled code
};

// How much a caller wants to know.
enum class Depth : std::uint8_t {
  loading,     // what loaders ask: kinds, ELF facts, distributions. No hashes, no imports
  everything,  // what rules ask, too
};

struct FileFacts {
  bool is_read = true;  // false: known by its name alone, as nobody needs its content
  FileKind kind = FileKind::data;
  Hash128 hash;  // of the content; of the target for a symlink
  std::optional<elf::Facts> elf;
  std::string elf_error;         // has the magic, but LIEF can't parse it
  std::uint64_t strippable = 0;  // ELF: at most how many bytes a strip of its symbols could take
  std::optional<python::BytecodeHeader> bytecode;  // of a .pyc file
  std::string load_fault;  // ELF: why the loader refuses its segments, one clause; empty when it doesn't
  // Of Python source, entry_points.txt, .pth, .start, .pyi and configurations; sorted.
  std::vector<PythonReference> references;
  std::vector<MetadataQuestion> metadata_questions;  // sorted
  std::vector<ServiceUse> services;                  // in the order of the file
  bool reads_source = false;       // Python: asks for the text of code that runs (inspect.getsource and such)
  bool asks_own_file = false;      // Python: mentions __file__
  bool asks_module_paths = false;  // Python: asks where another module lies (m.__file__, m.__path__)
  bool attaches_stub = false;      // Python: calls lazy_loader.attach_stub, which reads the .pyi beside it
  bool is_opaque = false;          // Python: in an encoding or a syntax that slim can't read
  std::vector<std::string> source_names;     // Python: sources that its strings name, "config.py"; ".py": any
  std::vector<std::string> decorators;       // Python: top modules of this package that decorate code here
  std::vector<std::string> library_lookups;  // Python: "magic" of find_library("magic"); sorted
  std::vector<std::string>
      source_mentions;  // Python: names and suffixes of stubs, C and Cython files in its text
  // By what it shows that it has files of other packages compiled, or looks at them: "get_include()",
  // "cimport numpy", ".pxd". Sorted.
  std::vector<std::string> compiler_words;
  bool defines_tests = false;    // Python in a folder test or tests: for a test framework that it imports
  std::uint64_t header_end = 0;  // METADATA / PKG-INFO: bytes of the headers, 0 when there is no body to cut
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
enum class Language : std::uint8_t { none, python, node, java, dotnet, ruby, native };
const char* package_shape_name(PackageShape shape);
const char* language_name(Language language);

struct PythonVersion {
  int major = 3;
  int minor = 0;
  auto operator<=>(const PythonVersion&) const = default;
};

// A Python distribution, found by its .dist-info or .egg-info folder.
struct Distribution {
  std::string name;  // as METADATA spells it, else from the folder
  std::string version;
  std::string info_dir;                       // path of the folder
  std::vector<std::string> top_level;         // path prefixes of its import packages and modules
  std::vector<std::string> stated_top_level;  // those that top_level.txt and METADATA state
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

struct Inspection {
  std::vector<FileFacts> files;  // files[i] is of package.entries[i]
  // What the results of earlier runs are found by: of each file's content, as its container packs it. Empty
  // where there is no cache, and all zeros for a file that isn't read.
  std::vector<Sha256> content_ids;
  Sha256 names_id = {};  // of all paths together
  PackageShape shape = PackageShape::function;
  Language language = Language::none;
  std::vector<std::string>
      python_roots;  // folders on sys.path: "" or "python/" or "python/lib/python3.12/site-packages/"
  std::optional<PythonVersion> python;  // from wheel tags and extension suffixes, or as the user says
  std::string python_evidence;          // where that comes from, for the report
  std::optional<Arch> arch;             // what most ELF files are of, or as the user says
  std::string arch_evidence;
  std::vector<Component> components;          // sorted by path; only where a bill of materials was asked for
  std::vector<Distribution> distributions;    // sorted by info_dir
  std::vector<std::size_t> service_users;     // the files that have services
  std::vector<std::size_t> metadata_readers;  // the files that have metadata_questions
  std::vector<std::size_t> source_readers;    // the files that have source_mentions or compiler_words
  TestSuites test_suites;
  std::vector<std::string>
      owner;  // owner[i]: the distribution, npm package or top folder that entry i counts to
};

}  // namespace slim
