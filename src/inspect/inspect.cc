#include "inspect/inspect.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <set>

#include "cache/key.h"
#include "elf/load_fault.h"
#include "inspect/components.h"
#include "inspect/facts_cache.h"
#include "inspect/file_kind.h"
#include "inspect/owners.h"
#include "inspect/package_facts.h"
#include "inspect/package_names.h"
#include "inspect/python_facts.h"
#include "inspect/test_suites.h"
#include "inspect/unread.h"
#include "parallel/parallel.h"
#include "python/library_lookups.h"
#include "util/format.h"
#include "util/trace.h"

namespace slim {
namespace {

// The headers of METADATA and PKG-INFO end at the first empty line, as for any reader of RFC 822 headers
// (core metadata specification; importlib.metadata uses email.parser). What follows is the long description.
std::uint64_t end_of_headers(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const std::size_t blank = rest.starts_with("\n") ? 1 : rest.starts_with("\r\n") ? 2 : 0;
    if (blank == 0) continue;
    return rest.size() > blank ? at + 1 : 0;  // nothing behind the empty line: nothing to cut
  }
  return 0;
}

bool is_core_metadata(const std::string& path) {
  return path.ends_with(".dist-info/METADATA") || path.ends_with(".egg-info/PKG-INFO") ||
         (path.ends_with(".egg-info") && path.find(".egg-info/") == std::string::npos);
}

std::vector<std::string> lookups_in(std::string_view source) {
  std::set<std::string> names;
  for (python::LibraryLookup& lookup : python::library_lookups(source)) names.insert(std::move(lookup.name));
  return {names.begin(), names.end()};
}

FileFacts facts_of_content(ByteView bytes, const std::string& path, const PackageNames& names, Depth depth) {
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
  if (facts.kind == FileKind::python_bytecode) facts.bytecode = python::read_bytecode_header(bytes);
  if (facts.kind == FileKind::python_source) facts.library_lookups = lookups_in(as_text(bytes));
  if (depth == Depth::loading) return facts;
  find_python_facts(as_text(bytes), path, names, facts);
  if (is_core_metadata(path)) facts.header_end = end_of_headers(bytes);
  return facts;
}

Result<FileFacts> facts_of_entry(const Package& package, std::size_t index, const PackageNames& names,
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
  return facts_of_content(bytes, entry.path, names, depth);
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
  find_python_roots(package, inspection);  // by paths alone: reading imports needs them
  inspection.test_suites = find_test_suites(package, inspection.python_roots, inspection.files);
  return inspection;
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
      names_(package, found_.python_roots),
      known_(cache, package) {
  if (!known_.is_on()) return;
  found_.content_ids.resize(package.entries.size());
  found_.names_id = known_.names_id();
}

Status Inspector::look() {
  std::vector<std::size_t> needed;
  for (std::size_t i = 0; i < package_.entries.size(); ++i) {
    if (may_stay_unread(package_, i, options_, found_.test_suites)) {
      found_.files[i] = facts_of_name(package_.entries[i]);
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
  add_those(entries, found_.source_readers, [&](std::size_t i) {
    return !found_.files[i].source_mentions.empty() || !found_.files[i].compiler_words.empty();
  });
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
  TRY(found_.files[index], facts_of_entry(package_, index, names_, depth_));
  return {};
}

Status Inspector::find_package_facts() {
  found_.test_suites = find_test_suites(package_, found_.python_roots, found_.files);
  CHECK_OK(find_shape_and_language(package_, options_, found_));
  CHECK_OK(find_distributions(package_, found_));
  find_runtime(package_, options_, found_);
  find_owners(package_, found_);
  if (!options_.sbom.empty()) CHECK_OK(find_components(package_, found_));
  return {};
}

void Inspector::keep_facts() const {
  if (known_.is_on()) known_.save(found_);
}

}  // namespace slim
