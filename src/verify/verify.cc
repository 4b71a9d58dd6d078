#include "verify/verify.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "archive/container.h"
#include "elf/facts.h"
#include "model/output_table.h"
#include "parallel/parallel.h"
#include "util/format.h"

namespace slim {
namespace {

constexpr std::string_view kDefect = "this is a defect of slim, and nothing was written: please report it";

tl::unexpected<Error> differs(const std::string& path, std::string_view what) {
  return fail(format("entry '{}' {}: {}", printable(path), what, kDefect));
}

// What must be found. A change in place has only the changed files under its temporary name.
std::vector<OutputEntry> expected_entries(const Package& package, const Plan& plan, const Options& options) {
  if (!options.in_place) return output_table(package, plan, options.output_format);
  std::vector<OutputEntry> table = output_table(package, plan, ContainerFormat::folder);
  std::erase_if(table, [&](const OutputEntry& item) {
    return item.entry.type == EntryType::directory ||
           (item.origin == OutputEntry::Origin::entry && plan.actions[item.index].verb == Verb::keep);
  });
  return table;
}

Status check_entry(const Entry& found, const Entry& expected, ContainerFormat format) {
  if (found.path != expected.path) {
    return found.path < expected.path ? differs(found.path, "is in the output and shouldn't be")
                                      : differs(expected.path, "is missing in the output");
  }
  if (found.type != expected.type) return differs(found.path, "came out as something else");
  if (found.type != EntryType::symlink && found.mode != expected.mode) {
    return differs(found.path, slim::format("has mode {:o} instead of {:o}", found.mode, expected.mode));
  }
  if (found.target != expected.target) return differs(found.path, "has another target");
  if (found.size != expected.size) return differs(found.path, "has another size");
  const bool has_owners = format != ContainerFormat::zip && format != ContainerFormat::folder;
  if (has_owners && found.xattrs != expected.xattrs) return differs(found.path, "has other attributes");
  if (has_owners && (found.uid != expected.uid || found.gid != expected.gid)) {
    return differs(found.path, "has another owner");
  }
  return {};
}

// The first bytes of the output's file are those of the input's.
Status check_same_bytes(const archive::Contents& written, const Package& package, std::uint64_t size) {
  constexpr std::uint64_t chunk = std::uint64_t{1} << 20;
  for (std::uint64_t at = 0; at < size; at += chunk) {
    TRY(const Bytes before, package.source->load_raw(at, std::min(chunk, size - at)));
    TRY(const Bytes after, written.source->load_raw(at, std::min(chunk, size - at)));
    if (before != after) return fail(slim::format("the output has other bytes than planned: {}", kDefect));
  }
  return {};
}

// Of a zip the packed bytes, which came of the planned ones a moment ago and are known by their hash, and the
// CRC that every reader will hold against them: there is no need to unpack.
Status check_packed(const archive::Contents& written, std::size_t place, const OutputEntry& item,
                    const std::vector<Action>& actions, const Written& made) {
  TRY(const std::optional<PackedEntry> found, written.source->load_packed(place));
  const bool is_addition = item.origin == OutputEntry::Origin::addition;
  if (!is_addition && item.origin == OutputEntry::Origin::entry && actions[item.index].stays_stored &&
      found->deflated) {
    return differs(item.entry.path, "is deflated and should be stored");
  }
  const PackedProof& proof = (is_addition ? made.proof_additions : made.proofs).at(item.index);
  if (!found || found->crc != proof.crc || hash_bytes(found->packed) != proof.packed_hash) {
    return differs(item.entry.path, "can't be read back as it was written");
  }
  return {};
}

// Else the bytes: their hash, and for an ELF file that was changed what the loader sees of it. An equal hash
// says the latter for the others.
Status check_content(const archive::Contents& written, std::size_t place, const OutputEntry& item,
                     const Inspection& inspection, const Plan& plan) {
  TRY(const Bytes bytes, written.source->load(place));
  if (hash_bytes(bytes) != planned_hash(plan, item))
    return differs(item.entry.path, "has other bytes than planned");
  if (item.origin != OutputEntry::Origin::entry) return {};
  const auto& facts = inspection.files[item.index].elf;
  if (!facts || keeps_bytes(plan.actions[item.index])) return {};
  auto facts_now = elf::read_facts(bytes);
  if (!facts_now) return differs(item.entry.path, "is an ELF file that can't be parsed any more");
  if (*facts_now != *facts)
    return differs(item.entry.path, "is an ELF file that loads in another way than before");
  return {};
}

// Of a zip whose order means something, or that has a program before it.
Status check_form(const archive::Contents& written, const Package& package, const Plan& plan,
                  std::vector<OutputEntry> expected, const std::vector<std::size_t>& places) {
  std::map<std::string_view, std::size_t> place_of;
  for (const std::size_t i : places) place_of[written.entries[i].path] = written.entries[i].place;
  sort_for_zip(expected, plan);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (place_of[expected[i].entry.path] != i) return differs(expected[i].entry.path, "is in another place");
  }
  const bool same_frame = !plan.zip_form.frame || (written.frame.comment == package.frame.comment &&
                                                   written.frame.jar_marker == package.frame.jar_marker);
  if (written.frame.prefix != package.frame.prefix || !same_frame)
    return fail(slim::format("the output begins or ends otherwise than the input: {}", kDefect));
  return check_same_bytes(written, package, written.frame.prefix);
}

}  // namespace

Status verify_output(const std::string& written_path, const Package& package, const Inspection& inspection,
                     const Plan& plan, const Options& options, const Written& made, Progress& progress) {
  TRY(archive::Contents written, archive::open_container(written_path));
  if (!options.in_place && is_copied(package, plan, options.output_format)) {
    if (written.container_bytes != package.container_bytes)
      return fail(slim::format("the output is no copy of the input: {}", kDefect));
    return check_same_bytes(written, package, package.container_bytes);
  }
  const std::vector<OutputEntry> expected = expected_entries(package, plan, options);
  const ContainerFormat format = options.in_place ? ContainerFormat::folder : options.output_format;
  if (written.format != format)
    return fail(slim::format("the output has another format than asked for: {}", kDefect));

  std::vector<std::size_t> places;  // places[i]: where expected[i] is
  for (std::size_t i = 0; i < written.entries.size(); ++i) {
    const Entry& found = written.entries[i];
    if (options.in_place && found.type == EntryType::directory) continue;
    if (places.size() == expected.size()) return differs(found.path, "is in the output and shouldn't be");
    CHECK_OK(check_entry(found, expected[places.size()].entry, format));
    places.push_back(i);
  }
  if (places.size() < expected.size())
    return differs(expected[places.size()].entry.path, "is missing in the output");
  if (format == ContainerFormat::zip) CHECK_OK(check_form(written, package, plan, expected, places));

  std::vector<std::optional<Error>> failures(expected.size());
  parallel_for(largest_first(expected, false), options.threads, [&](std::size_t i) {
    auto checked = format == ContainerFormat::zip
                       ? check_packed(written, places[i], expected[i], plan.actions, made)
                       : check_content(written, places[i], expected[i], inspection, plan);
    if (!checked) failures[i] = std::move(checked.error());
    progress.advance(expected[i].entry.size);
  });
  for (std::optional<Error>& failure : failures) {
    if (failure) return tl::unexpected<Error>(std::move(*failure));
  }
  return {};
}

}  // namespace slim
