// Two states of a package side by side.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace slim {

struct SnapshotFile {
  std::string owner;  // distribution, npm package or top folder
  std::uint64_t bytes = 0;
  std::string hash;  // XXH3-128 of the content in hex
};

struct Snapshot {
  std::string path;                     // of the package or of the report
  std::optional<std::uint64_t> zipped;  // where it is known
  std::uint64_t unpacked = 0;
  std::map<std::string, SnapshotFile> files;    // by path
  std::map<std::string, std::string> versions;  // of distributions, by name
};

enum class Change : std::uint8_t {
  added,
  removed,
  grown,
  shrunk,
  changed
};  // changed: same size, other bytes
const char* change_name(Change change);

struct FileChange {
  std::string path;
  std::string owner;
  Change change = Change::changed;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
};

struct OwnerChange {
  std::string name;
  std::string version_before;  // of a distribution; empty where it is not there
  std::string version_after;
  std::uint64_t before = 0;  // bytes unpacked
  std::uint64_t after = 0;
  std::uint64_t files = 0;  // that differ
};

struct Comparison {
  Snapshot before;
  Snapshot after;
  std::vector<OwnerChange> owners;  // with a difference; most bytes of change first
  std::vector<FileChange> files;    // the same
};

}  // namespace slim
