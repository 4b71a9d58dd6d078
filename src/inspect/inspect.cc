#include "inspect/inspect.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>

#include "cache/key.h"
#include "elf/load_fault.h"
#include "inspect/facts_cache.h"
#include "inspect/file_kind.h"
#include "inspect/package_shape.h"
#include "parallel/parallel.h"
#include "util/format.h"
#include "util/trace.h"

namespace slim {
namespace {

using Readers = std::vector<std::unique_ptr<FactsReader>>;

FileFacts facts_of_content(ByteView bytes, const std::string& path, const Readers& readers, Depth depth) {
  FileFacts facts;
  facts.kind = kind_of_content(bytes, path);
  if (depth == Depth::everything) facts.hash = hash_bytes(bytes);
  if (facts.kind == FileKind::elf) {
    Result<elf::Facts> elf = elf::read_facts(bytes);
    if (elf) {
      facts.elf = std::move(*elf);
      facts.load_fault = elf::load_fault(bytes);
      facts.strippable = elf::strippable_bytes(bytes, elf::StripLevel::symbols);
    } else {
      facts.elf_error = elf.error().what;
    }
  }
  for (const auto& reader : readers) reader->read(bytes, path, depth, facts);
  return facts;
}

Result<FileFacts> facts_of_entry(const Package& package, std::size_t index, const Readers& readers,
                                 Depth depth) {
  const Entry& entry = package.entries[index];
  FileFacts facts;
  if (entry.type == EntryType::directory) {
    facts.kind = FileKind::directory;
    return facts;
  }
  if (entry.type == EntryType::symlink) {
    facts.kind = FileKind::symlink;
    facts.hash = hash_bytes(as_bytes(entry.target));
    return facts;
  }
  TRY(const Bytes bytes, package.load(index));
  const trace::Span span("inspect", entry.path);
  return facts_of_content(bytes, entry.path, readers, depth);
}

// In a zip the hash of the packed bytes, so that a file which is known need not even be unpacked; elsewhere
// the hash of the content.
Result<Sha256> content_id_of(const Package& package, std::size_t index) {
  const Entry& entry = package.entries[index];
  if (entry.type != EntryType::file) return cache::KeyMaker("no file").add(entry.target).key();
  TRY(const std::optional<PackedEntry> packed, package.source->load_packed(index));
  if (packed) {
    cache::KeyMaker key("packed file");
    key.add(std::uint64_t{packed->deflated}).add(packed->size).add(std::uint64_t{packed->crc});
    return key.add(ByteView(sha256(packed->packed))).key();
  }
  TRY(const Bytes bytes, package.load(index));
  return cache::KeyMaker("file").add(ByteView(sha256(bytes))).key();
}

Inspection nothing_read(const Package& package) {
  Inspection inspection;
  inspection.files.resize(package.entries.size());
  for (const LanguageRoom* room : languages()) {
    if (room->find_places != nullptr) room->find_places(package, inspection);
  }
  return inspection;
}

// Of a file that need not be read while rules let it go by its name.
std::optional<FileFacts> facts_of_name(const Package& package, std::size_t index, const Inspection& found,
                                       const Options& options) {
  for (const LanguageRoom* room : languages()) {
    if (room->facts_of_name == nullptr) continue;
    if (auto facts = room->facts_of_name(package, index, found, options)) return facts;
  }
  return std::nullopt;
}

// What no language knows counts to the folder that it lies in.
void find_owners(const Package& package, Inspection& inspection) {
  inspection.owner.resize(package.entries.size());
  for (const LanguageRoom* room : languages()) {
    if (room->find_owners != nullptr) room->find_owners(package, inspection);
  }
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string& path = package.entries[i].path;
    if (inspection.owner[i].empty()) inspection.owner[i] = path.substr(0, path.find('/'));
  }
}

Status find_components(const Package& package, Inspection& inspection) {
  for (const LanguageRoom* room : languages()) {
    if (room->find_components != nullptr) CHECK_OK(room->find_components(package, inspection));
  }
  std::ranges::stable_sort(inspection.components, {}, &Component::path);
  return {};
}

// Adds to an ascending list those of the entries for which ask() is true.
template <typename Ask>
void add_those(std::span<const std::size_t> entries, std::vector<std::size_t>& list, Ask ask) {
  const auto known = static_cast<std::ptrdiff_t>(list.size());
  std::ranges::copy_if(entries, std::back_inserter(list), ask);
  std::sort(list.begin() + known, list.end());
  std::inplace_merge(list.begin(), list.begin() + known, list.end());
}

}  // namespace

Result<Inspection> inspect_package(const Package& package, const Options& options, Progress& progress,
                                   Depth depth) {
  cache::Cache none;
  Inspector inspector(package, options, progress, none, depth);
  CHECK_OK(inspector.look_at_all());
  return inspector.take();
}

Inspector::Inspector(const Package& package, const Options& options, Progress& progress, cache::Cache& cache,
                     Depth depth)
    : package_(package),
      options_(options),
      progress_(progress),
      depth_(depth),
      found_(nothing_read(package)),
      known_(cache, package) {
  for (const LanguageRoom* room : languages()) {
    if (room->facts_reader != nullptr) readers_.push_back(room->facts_reader(package, found_));
  }
  if (!known_.is_on()) return;
  found_.content_ids.resize(package.entries.size());
  found_.names_id = known_.names_id();
}

Status Inspector::look() {
  std::vector<std::size_t> needed;
  for (std::size_t i = 0; i < package_.entries.size(); ++i) {
    if (auto facts = facts_of_name(package_, i, found_, options_)) {
      found_.files[i] = std::move(*facts);
      progress_.advance(package_.entries[i].size);
    } else {
      needed.push_back(i);
    }
  }
  CHECK_OK(read(std::move(needed)));
  return find_package_facts();
}

Status Inspector::look_at_all() {
  CHECK_OK(read(all_entries(package_)));
  return find_package_facts();
}

Status Inspector::read_more(std::span<const std::size_t> entries) {
  std::vector<std::size_t> unread;
  std::ranges::copy_if(entries, std::back_inserter(unread),
                       [&](std::size_t i) { return !found_.files[i].is_read; });
  if (unread.empty()) return {};
  return read(std::move(unread));
}

Status Inspector::find_start() {
  for (const LanguageRoom* room : languages()) {
    if (room->find_start == nullptr) continue;
    CHECK_OK(room->find_start(
        package_, options_, [&](auto entries) { return read_more(entries); }, found_, progress_));
  }
  return {};
}

// Also called for single files, so its cost must depend on the files that are asked for, not on the
// package's size.
Status Inspector::read(std::vector<std::size_t> entries) {
  entries = largest_first(package_, std::move(entries));
  std::mutex mutex;
  std::map<std::size_t, Error> errors;
  parallel_for(entries, options_.threads, [&](std::size_t i) {
    Status found = find_facts(i);
    progress_.advance(package_.entries[i].size);
    if (found) return;
    const std::scoped_lock lock(mutex);
    errors.emplace(i, std::move(found.error()));
  });
  if (!errors.empty()) {
    const std::string name = package_.path == "-" ? "standard input" : printable(package_.path);
    return tl::unexpected(at(name, std::move(errors.begin()->second)));
  }
  add_those(entries, found_.service_users, [&](std::size_t i) { return !found_.files[i].services.empty(); });
  add_those(entries, found_.metadata_readers,
            [&](std::size_t i) { return !found_.files[i].metadata_questions.empty(); });
  for (const LanguageRoom* room : languages()) {
    if (room->notes == nullptr) continue;
    add_those(entries, found_.languages[room->language].noted,
              [&](std::size_t i) { return room->notes(found_.files[i]); });
  }
  return {};
}

// From an earlier run, or else from the file.
Status Inspector::find_facts(std::size_t index) {
  if (known_.is_on()) {
    TRY(found_.content_ids[index], content_id_of(package_, index));
    if (auto facts = known_.find(index, found_.content_ids[index])) {
      found_.files[index] = std::move(*facts);
      return {};
    }
  }
  TRY(found_.files[index], facts_of_entry(package_, index, readers_, depth_));
  return {};
}

Status Inspector::find_package_facts() {
  CHECK_OK(find_shape_and_language(package_, options_, found_));
  for (const LanguageRoom* room : languages()) {
    if (room->find_package_facts != nullptr) CHECK_OK(room->find_package_facts(package_, options_, found_));
  }
  find_architecture(package_, options_, found_);
  find_owners(package_, found_);
  if (!options_.sbom.empty()) CHECK_OK(find_components(package_, found_));
  return {};
}

void Inspector::keep_facts() const {
  if (known_.is_on()) known_.save(found_);
}

}  // namespace slim
