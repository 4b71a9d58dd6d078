// What is known of one file, once it has been read: its kind, what its loader would ask, and how it refers to
// others.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elf/facts.h"
#include "hash/hash.h"
#include "model/language_record.h"

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

// How a file refers to what else is in the package. References to what is not in it are not recorded.
struct Reference {
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
  auto operator<=>(const Reference&) const = default;
};

// What code asks, while it runs, about the distributions that are installed.
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

enum class Provider : std::uint8_t { aws, google };

// A call that makes a client of a cloud's service: client("s3"), build("drive", "v3").
struct ServiceUse {
  Provider provider = Provider::aws;
  std::string service;     // empty: only known when the code runs
  std::uint32_t line = 0;  // 0: somewhere in compiled code
  // Instead of a service: a module that the file imports from elsewhere, so that what it uses can't be told.
  std::string from_outside = {};
};

struct FileFacts {
  bool is_read = true;  // false: known by its name alone, as nobody needs its content
  FileKind kind = FileKind::data;
  Hash128 hash;  // of the content; of the target for a symlink
  std::optional<elf::Facts> elf;
  std::string elf_error;         // has the magic, but LIEF can't parse it
  std::uint64_t strippable = 0;  // ELF: at most how many bytes a strip of its symbols could take
  std::string load_fault;  // ELF: why the loader refuses its segments, one clause; empty when it doesn't
  std::vector<Reference> references;                 // sorted
  std::vector<MetadataQuestion> metadata_questions;  // sorted
  std::vector<ServiceUse> services;                  // in the order of the file
  std::uint64_t header_end = 0;  // of a distribution's metadata: bytes before the body, 0 without a body
  LanguageRecords records;       // what only one language knows
};

}  // namespace slim
