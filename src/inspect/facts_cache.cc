#include "inspect/facts_cache.h"

#include <algorithm>

#include "cache/key.h"
#include "cache/record.h"
#include "languages/language.h"

namespace slim {
namespace {

using cache::read_list;
using cache::RecordReader;
using cache::RecordWriter;
using cache::write_list;

constexpr std::uint64_t kMostRecord = 4096;  // of a file's facts, beyond what they quote of it

Sha256 names_id_of(const Package& package) {
  cache::KeyMaker key("names");
  for (const Entry& entry : package.entries) key.add(entry.path).add(static_cast<std::uint64_t>(entry.type));
  return key.key();
}

void write_elf(RecordWriter& out, const elf::Facts& facts) {
  out.number(facts.machine);
  out.number(facts.machine_id);
  out.number(facts.type);
  out.flag(facts.is_64);
  out.flag(facts.little_endian);
  out.text(facts.interpreter);
  out.text(facts.soname);
  write_list(out, facts.needed, [&](const std::string& name) { out.text(name); });
  out.text(facts.rpath);
  out.text(facts.runpath);
  write_list(out, facts.version_needs, [&](const elf::VersionNeed& need) {
    out.text(need.library);
    out.text(need.version);
  });
  out.text(facts.build_id);
  out.flag(facts.executable_stack);
  out.flag(facts.text_relocations);
}

elf::Facts read_elf(RecordReader& in) {
  elf::Facts facts;
  facts.machine = in.number<elf::Machine>();
  facts.machine_id = in.number<std::uint16_t>();
  facts.type = in.number<std::uint16_t>();
  facts.is_64 = in.flag();
  facts.little_endian = in.flag();
  facts.interpreter = in.text();
  facts.soname = in.text();
  facts.needed = read_list<std::string>(in, [&] { return in.text(); });
  facts.rpath = in.text();
  facts.runpath = in.text();
  facts.version_needs = read_list<elf::VersionNeed>(in, [&] {
    std::string library = in.text();
    return elf::VersionNeed{std::move(library), in.text()};
  });
  facts.build_id = in.text();
  facts.executable_stack = in.flag();
  facts.text_relocations = in.flag();
  return facts;
}

void write_references(RecordWriter& out, const FileFacts& facts) {
  write_list(out, facts.references, [&](const Reference& reference) {
    out.number(reference.kind);
    out.text(reference.name);
    out.flag(reference.at_start);
  });
  write_list(out, facts.metadata_questions, [&](const MetadataQuestion& question) {
    out.number(question.about);
    out.text(question.name);
  });
  write_list(out, facts.services, [&](const ServiceUse& use) {
    out.number(use.provider);
    out.text(use.service);
    out.number(use.line);
    out.text(use.from_outside);
  });
}

void read_references(RecordReader& in, FileFacts& facts) {
  facts.references = read_list<Reference>(in, [&] {
    Reference reference;
    reference.kind = in.number<Reference::Kind>();
    reference.name = in.text();
    reference.at_start = in.flag();
    return reference;
  });
  facts.metadata_questions = read_list<MetadataQuestion>(in, [&] {
    MetadataQuestion question;
    question.about = in.number<MetadataQuestion::About>();
    question.name = in.text();
    return question;
  });
  facts.services = read_list<ServiceUse>(in, [&] {
    ServiceUse use;
    use.provider = in.number<Provider>();
    use.service = in.text();
    use.line = in.number<std::uint32_t>();
    use.from_outside = in.text();
    return use;
  });
}

Bytes record_of(const FileFacts& facts) {
  RecordWriter out;
  out.number(facts.kind);
  out.number(facts.hash.high);
  out.number(facts.hash.low);
  out.flag(facts.elf.has_value());
  if (facts.elf) write_elf(out, *facts.elf);
  out.text(facts.elf_error);
  out.number(facts.strippable);
  out.text(facts.load_fault);
  write_references(out, facts);
  out.number(facts.header_end);
  for (const LanguageRoom* room : languages()) {
    if (room->write_facts != nullptr) room->write_facts(facts, out);
  }
  return out.take();
}

std::optional<FileFacts> facts_in(ByteView record) {
  RecordReader in(record);
  FileFacts facts;
  facts.kind = in.number<FileKind>();
  facts.hash.high = in.number<std::uint64_t>();
  facts.hash.low = in.number<std::uint64_t>();
  if (in.flag()) facts.elf = read_elf(in);
  facts.elf_error = in.text();
  facts.strippable = in.number<std::uint64_t>();
  facts.load_fault = in.text();
  read_references(in, facts);
  facts.header_end = in.number<std::uint64_t>();
  for (const LanguageRoom* room : languages()) {
    if (room->read_facts != nullptr) room->read_facts(in, facts);
  }
  if (in.damaged() || !in.at_end()) return std::nullopt;
  return facts;
}

}  // namespace

FactsCache::FactsCache(cache::Cache& cache, const Package& package) : cache_(cache) {
  if (!cache_.is_on()) return;
  names_id_ = names_id_of(package);
  key_ = cache::KeyMaker("facts").add(ByteView(names_id_)).key();
  std::uint64_t size = 0;
  for (const Entry& entry : package.entries) size += kMostRecord + entry.path.size() + 4 * entry.size;
  if (auto kept = cache_.get_own({.key = key_, .most = size})) {
    kept_ = std::move(*kept);
    read_slots(package.entries.size());
  }
}

void FactsCache::read_slots(std::size_t count) {
  RecordReader in(kept_);
  slots_.reserve(count);
  for (std::size_t i = 0; i < count && !in.damaged(); ++i) {
    Slot slot;
    const ByteView id = in.raw(slot.content_id.size());
    std::ranges::copy(id, slot.content_id.begin());
    slot.record = in.bytes();
    slots_.push_back(slot);
  }
  if (in.damaged() || !in.at_end()) slots_.clear();
}

std::optional<FileFacts> FactsCache::find(std::size_t index, const Sha256& content_id) const {
  if (index >= slots_.size() || slots_[index].content_id != content_id) return std::nullopt;
  return facts_in(slots_[index].record);
}

void FactsCache::save(const Inspection& inspection) const {
  const auto is_known = [&](std::size_t i) {
    if (!inspection.files[i].is_read) return true;
    return i < slots_.size() && slots_[i].content_id == inspection.content_ids[i];
  };
  bool all_known = true;
  for (std::size_t i = 0; i < inspection.files.size() && all_known; ++i) all_known = is_known(i);
  if (all_known) return;
  RecordWriter out;
  for (std::size_t i = 0; i < inspection.files.size(); ++i) {
    if (is_known(i)) {
      const Slot slot = i < slots_.size() ? slots_[i] : Slot{};
      out.raw(slot.content_id);
      out.bytes(slot.record);
    } else {
      out.raw(inspection.content_ids[i]);
      out.bytes(record_of(inspection.files[i]));
    }
  }
  cache_.put_own(key_, out.written());
}

}  // namespace slim
