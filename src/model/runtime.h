// Where a package is going to run, as rules/runtimes.toml tells it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/inspection.h"
#include "util/result.h"

namespace slim {

struct System {
  std::string id;              // "al2023"
  std::string name;            // "Amazon Linux 2023"
  std::string glibc;           // "2.34"
  std::string glibcxx;         // "3.4.29": what every image has
  std::string glibcxx_newest;  // "3.4.33": what newer images have
  std::string cxxabi;
  std::string cxxabi_newest;
  std::string openssl;              // "1.0" or "3"
  std::vector<std::string> wheels;  // platform tags that load there, oldest first
  bool is_known() const { return !glibc.empty(); }
};

struct Runtime {
  std::string id;  // "python3.12"
  System system;   // unknown of a runtime that AWS has only announced
  Language language = Language::none;
  std::optional<LanguageVersion> version;  // of the language: 3.12, 22.0; none of native code
  std::vector<Arch> architectures;         // that Lambda offers it for
  std::vector<std::string> brings;         // import names that are there without packing them
  bool preview = false;                    // announced, and not generally available
  // Days, "2025-12-15"; empty where none is known. From them on there are no patches, no new functions, no
  // updates.
  std::string deprecated, create_blocked, update_blocked;
};

struct RuntimeTable {
  std::vector<Runtime> runtimes;
  std::vector<std::string> search_path;         // LD_LIBRARY_PATH of every runtime
  std::vector<std::string> image_libraries;     // sonames that every image has
  std::vector<std::string> openssl1, openssl3;  // and those by the system's OpenSSL
  std::vector<std::string> missing_libraries;   // sonames that no image has

  const Runtime* find(const std::string& id) const;
  // The newest that is generally available; null where there is none.
  const Runtime* newest_of(Language language) const;
};

// Errors: what the text has that the table's form doesn't allow, with line and column.
Result<RuntimeTable> parse_runtime_table(std::string_view text);

// The table that is compiled in; read once.
const RuntimeTable& runtime_table();

// "2.9" < "2.17", component by component.
bool version_less(std::string_view a, std::string_view b);

}  // namespace slim
