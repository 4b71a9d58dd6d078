#include "inspect/inspect.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "cache/key.h"
#include "elf/load_fault.h"
#include "inspect/components.h"
#include "inspect/facts_cache.h"
#include "inspect/file_kind.h"
#include "inspect/package_facts.h"
#include "inspect/package_names.h"
#include "inspect/python_facts.h"
#include "inspect/unread.h"
#include "parallel/parallel.h"
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

// Of what a zip has packed, so that a file which is known need not even be unpacked; else of the content.
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

// From an earlier run, or else from the file.
Status find_facts(const Package& package, std::size_t index, const PackageNames& names, Depth depth,
                  const FactsCache& known, Inspection& inspection) {
  if (known.is_on()) {
    TRY(inspection.content_ids[index], content_id_of(package, index));
    if (auto facts = known.find(index, inspection.content_ids[index])) {
      inspection.files[index] = std::move(*facts);
      return {};
    }
  }
  TRY(inspection.files[index], facts_of_entry(package, index, names, depth));
  return {};
}

// Largest first, so that one big library doesn't finish alone.
std::vector<std::size_t> by_size(const Package& package, std::vector<std::size_t> order) {
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return package.entries[i].size; });
  return order;
}

std::vector<std::size_t> all_of(const Package& package) {
  std::vector<std::size_t> all(package.entries.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

// By paths alone: reading imports needs them.
std::vector<std::string> python_roots(const Package& package) {
  Inspection roots;
  find_python_roots(package, roots);
  return std::move(roots.python_roots);
}

Inspection nothing_read(const Package& package) {
  Inspection inspection;
  inspection.files.resize(package.entries.size());
  inspection.python_roots = python_roots(package);
  return inspection;
}

Status read_entries(const Package& package, const Options& options, Depth depth, const PackageNames& names,
                    const FactsCache& known, std::span<const std::size_t> largest_first, Progress& progress,
                    Inspection& inspection) {
  std::vector<std::optional<Error>> errors(package.entries.size());
  parallel_for(largest_first, options.threads, [&](std::size_t i) {
    Status read = find_facts(package, i, names, depth, known, inspection);
    if (!read) errors[i] = std::move(read.error());
    progress.advance(package.entries[i].size);
  });
  for (auto& error : errors) {
    if (error) return tl::unexpected(std::move(*error));
  }
  inspection.service_users.clear();
  inspection.metadata_readers.clear();
  for (std::size_t i = 0; i < inspection.files.size(); ++i) {
    if (!inspection.files[i].services.empty()) inspection.service_users.push_back(i);
    if (!inspection.files[i].metadata_questions.empty()) inspection.metadata_readers.push_back(i);
  }
  return {};
}

Status find_package_facts(const Package& package, const Options& options, Inspection& inspection) {
  find_shape_and_language(package, inspection);
  CHECK_OK(find_distributions(package, inspection));
  find_runtime(package, options, inspection);
  find_owners(package, inspection);
  if (!options.sbom.empty()) CHECK_OK(find_components(package, inspection));
  return {};
}

}  // namespace

Result<Inspection> inspect_package(const Package& package, const Options& options, Progress& progress,
                                   Depth depth) {
  Inspection inspection = nothing_read(package);
  const PackageNames names(package, inspection.python_roots);
  cache::Cache none;
  const FactsCache nothing_known(none, package);
  CHECK_OK(read_entries(package, options, depth, names, nothing_known, by_size(package, all_of(package)),
                        progress, inspection));
  CHECK_OK(find_package_facts(package, options, inspection));
  return inspection;
}

Inspector::Inspector(const Package& package, const Options& options, Progress& progress, cache::Cache& cache)
    : package_(package),
      options_(options),
      progress_(progress),
      found_(nothing_read(package)),
      names_(package, found_.python_roots),
      known_(cache, package) {
  if (!known_.is_on()) return;
  found_.content_ids.resize(package.entries.size());
  found_.names_id = known_.names_id();
}

Status Inspector::look() {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < package_.entries.size(); ++i) {
    if (may_stay_unread(package_, i, options_)) {
      found_.files[i] = facts_of_name(package_.entries[i]);
      progress_.advance(package_.entries[i].size);
    } else {
      order.push_back(i);
    }
  }
  CHECK_OK(read(by_size(package_, std::move(order))));
  return find_package_facts(package_, options_, found_);
}

Status Inspector::read_more(std::span<const std::size_t> entries) {
  std::vector<std::size_t> order;
  std::ranges::copy_if(entries, std::back_inserter(order),
                       [&](std::size_t i) { return !found_.files[i].is_read; });
  if (order.empty()) return {};
  return read(by_size(package_, std::move(order)));
}

Status Inspector::read(std::span<const std::size_t> largest_first) {
  return read_entries(package_, options_, Depth::everything, names_, known_, largest_first, progress_,
                      found_);
}

void Inspector::keep_facts() const {
  if (known_.is_on()) known_.save(found_);
}

}  // namespace slim
