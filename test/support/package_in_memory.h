// Packages that lie in memory, for tests of single stages: what a reader would give, without a file.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inspect/inspect.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "plan/make_plan.h"
#include "util/progress.h"

namespace slim::test {

struct File {
  std::string path;          // with a slash at its end: a folder
  std::string content = "";  // of a symlink: where it leads
  std::uint32_t mode = 0644;
  bool is_symlink = false;
};

class MemorySource final : public ContentSource {
 public:
  explicit MemorySource(std::vector<Bytes> contents) : contents_(std::move(contents)) {}
  Result<Bytes> load(std::size_t index) const override { return contents_[index]; }

 private:
  std::vector<Bytes> contents_;
};

// Entries are sorted by path, as every reader sorts them.
inline Package package_of(std::vector<File> files, std::string path = "in.zip") {
  std::ranges::sort(files, {}, &File::path);
  Package package;
  package.path = std::move(path);
  std::vector<Bytes> contents;
  for (File& file : files) {
    Entry entry{
        .path = file.path, .mode = file.mode, .size = file.content.size(), .packed = file.content.size()};
    if (file.path.ends_with('/')) {
      entry.path.pop_back();
      entry.type = EntryType::directory;
    } else if (file.is_symlink) {
      entry.type = EntryType::symlink;
      entry.target = file.content;
    }
    package.container_bytes += file.content.size();
    package.entries.push_back(std::move(entry));
    contents.emplace_back(file.content.begin(), file.content.end());
  }
  package.source = std::make_shared<MemorySource>(std::move(contents));
  return package;
}

inline Inspection inspected(const Package& package, const Options& options = {}) {
  NoProgress progress;
  Result<Inspection> inspection = inspect_package(package, options, progress);
  EXPECT_TRUE(inspection) << (inspection ? "" : inspection.error().what);
  return inspection ? std::move(*inspection) : Inspection();
}

// A package with what the first stages make of it.
struct Planned {
  Package package;
  Options options;
  Inspection inspection;
  Plan plan;

  const Action& at(std::string_view path) const {
    const auto index = find_entry(package, path);
    EXPECT_TRUE(index) << path << " is not in the package";
    return plan.actions[index.value_or(0)];
  }
  // "drop by python-stubs", or "keep" with what held it: "keep: python-stubs: lib/a.py names .pyi".
  std::string fate(std::string_view path) const {
    const Action& action = at(path);
    std::string text = verb_name(action.verb);
    if (action.verb != Verb::keep) return text + " by " + action.rule;
    for (const Hold& hold : action.holds) text += ": " + hold.by + ": " + hold.reason;
    return text;
  }
};

inline Planned planned_of(Package package, Options options = {}, const std::vector<Restored>& restored = {}) {
  Planned out{.package = std::move(package), .options = std::move(options), .inspection = {}, .plan = {}};
  out.inspection = inspected(out.package, out.options);
  Result<Plan> plan = make_plan(out.package, out.inspection, out.options, restored, all_is_read);
  EXPECT_TRUE(plan) << (plan ? "" : plan.error().what);
  if (plan) out.plan = std::move(*plan);
  return out;
}

inline Planned planned(std::vector<File> files, Options options = {}) {
  return planned_of(package_of(std::move(files)), std::move(options));
}

inline std::vector<Given> given(std::initializer_list<const char*> words) {
  std::vector<Given> out;
  for (const char* word : words) out.push_back({word, "--flag", ""});
  return out;
}

// ELF64, little-endian, without segments: enough to tell its type (1 object, 2 program, 3 library) and machine.
inline std::string elf_header(char type, std::uint8_t machine = 62) {
  std::string file(64, '\0');
  file.replace(0, 7, std::string("\x7f\x45\x4c\x46\x02\x01\x01", 7));
  file[16] = type;
  file[18] = static_cast<char>(machine);  // 62 x86_64, 183 aarch64
  file[20] = 1;
  file[52] = 64;
  file[54] = 56;
  return file;
}

}  // namespace slim::test
