// The wall in front of LIEF: no other file includes it, and no exception of it leaves. LIEF gives the second
// opinion on a rewrite. It is written for LIEF 0.9 (Debian 12); where a later one differs, only this file
// does.
//
// LIEF 0.9 believes what it reads. Found in its source and by fuzzing:
//   - a section without bytes (.bss) makes it allocate up to that section's offset and size, 1 GB at most;
//   - every relocation of a section is looked for among all others when the dynamic section has none, which
//   takes
//     hours on a static program linked with --emit-relocs;
//   - symbols that share one long name get a copy each; version definitions may form a ring of 2^32 steps;
//   - left to itself it counts dynamic symbols by .gnu.hash, and in a library that exports nothing it walks
//   on behind
//     the table until some odd word ends it;
//   - it reads on behind DT_NULL, and of two equal tags it takes the first, where loaders take the last;
//   - the address behind a segment's end counts as the segment's own.
// So it gets a copy of the file with a section table of its own, which names only the dynamic symbols and the
// notes that the program headers tell of, and only of files of which ambiguity() has nothing to say.
#include <LIEF/ELF.hpp>
#include <LIEF/logging.hpp>
#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>

#include "elf/ambiguity.h"
#include "elf/facts.h"
#include "elf/loader_view.h"
#include "elf/put.h"
#include "elf/second_opinion.h"
#include "util/format.h"

// LIEF 0.9's iterators derive from std::iterator, which C++17 deprecates; clang tells it where they are used.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace slim::elf {
namespace {

using LIEF::ELF::Binary;

void append_section(Bytes& out, SectionType type, std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t at = out.size();
  out.resize(at + shape_64.section, 0);
  store(out, at + 4, std::uint32_t{type});
  store(out, at + 24, offset);
  store(out, at + 32, size);
}

void clear_behind_dynamic(const Image& image, Bytes& out) {
  const auto view = read_loader_view(image);
  for (const Segment& segment : image.segments) {
    if (segment.type != segment_dynamic || !view) continue;
    const std::uint64_t end = segment.offset + view->dynamic.size() * 16;
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(end),
              out.begin() + static_cast<std::ptrdiff_t>(segment.end()), std::uint8_t{0});
  }
}

// Where a segment begins at the address at which another ends, the other gives up its last address.
void part_neighbours(const Image& image, Bytes& out) {
  std::uint64_t last_end = 0;
  std::uint64_t last_size = 0;
  std::uint64_t last_size_at = 0;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    if (segment.type != segment_load) continue;
    if (last_size > 0 && segment.address == last_end) store(out, last_size_at, last_size - 1);
    last_size = segment.memory_size;
    last_end = segment.address + last_size;
    last_size_at = image.segment_table + i * shape_64.segment + 40;
  }
}

Bytes copy_for_lief(const Image& image, std::uint64_t symbols) {
  Bytes out(image.bytes.begin(), image.bytes.end());
  clear_behind_dynamic(image, out);
  part_neighbours(image, out);
  const std::uint64_t table = pad_to(out, 8);
  append_section(out, section_null, 0, 0);
  append_section(out, section_dynamic_symbols, 0, symbols * shape_64.symbol);
  for (const Segment& segment : image.segments) {
    if (segment.type == segment_note) append_section(out, section_note, segment.offset, segment.file_size);
  }
  store(out, 40, table);
  store(out, 60, static_cast<std::uint16_t>((out.size() - table) / shape_64.section));
  store(out, 62, std::uint16_t{0});
  out.resize(out.size() + 64, 0);
  return out;
}

std::unique_ptr<Binary> parse(const Image& image, std::uint64_t symbols) {
  static std::once_flag quiet;
  std::call_once(quiet, [] { LIEF::Logger::disable(); });
  return LIEF::ELF::Parser::parse(copy_for_lief(image, symbols), "",
                                  LIEF::ELF::DYNSYM_COUNT_METHODS::COUNT_SECTION);
}

// LIEF keeps the NUL bytes that end a string in a file.
std::string trimmed(const std::string& text) { return text.substr(0, text.find('\0')); }

void take_dynamic_entry(const LIEF::ELF::DynamicEntry& entry, Facts& facts) {
  using LIEF::ELF::DYNAMIC_TAGS;
  switch (entry.tag()) {
    case DYNAMIC_TAGS::DT_NEEDED:
      facts.needed.push_back(dynamic_cast<const LIEF::ELF::DynamicEntryLibrary&>(entry).name());
      break;
    case DYNAMIC_TAGS::DT_SONAME:
      facts.soname = dynamic_cast<const LIEF::ELF::DynamicSharedObject&>(entry).name();
      break;
    case DYNAMIC_TAGS::DT_RPATH:
      facts.rpath = dynamic_cast<const LIEF::ELF::DynamicEntryRpath&>(entry).name();
      break;
    case DYNAMIC_TAGS::DT_RUNPATH:
      facts.runpath = dynamic_cast<const LIEF::ELF::DynamicEntryRunPath&>(entry).name();
      break;
    case DYNAMIC_TAGS::DT_TEXTREL:
      facts.text_relocations = true;
      break;
    case DYNAMIC_TAGS::DT_FLAGS:
      if ((entry.value() & 4) != 0) facts.text_relocations = true;
      break;
    default:
      break;
  }
}

Facts facts_of(const Binary& binary) {
  Facts facts;
  const LIEF::ELF::Header& header = binary.header();
  facts.is_64 = header.identity_class() == LIEF::ELF::ELF_CLASS::ELFCLASS64;
  facts.little_endian = header.identity_data() == LIEF::ELF::ELF_DATA::ELFDATA2LSB;
  facts.machine_id = static_cast<std::uint16_t>(header.machine_type());
  facts.type = static_cast<std::uint16_t>(header.file_type());
  const bool known = facts.is_64 && facts.little_endian;
  if (known && facts.machine_id == machine_x86_64) facts.machine = Machine::x86_64;
  if (known && facts.machine_id == machine_aarch64) facts.machine = Machine::aarch64;
  if (binary.has_interpreter()) facts.interpreter = trimmed(binary.interpreter());
  for (const LIEF::ELF::DynamicEntry& entry : binary.dynamic_entries()) take_dynamic_entry(entry, facts);
  for (const LIEF::ELF::SymbolVersionRequirement& need : binary.symbols_version_requirement()) {
    for (const LIEF::ELF::SymbolVersionAuxRequirement& version : need.auxiliary_symbols()) {
      facts.version_needs.push_back({need.name(), version.name()});
    }
  }
  std::ranges::sort(facts.version_needs);
  const auto repeated = std::ranges::unique(facts.version_needs);
  facts.version_needs.erase(repeated.begin(), repeated.end());
  for (const LIEF::ELF::Note& note : binary.notes()) {
    if (!facts.build_id.empty() || note.type() != LIEF::ELF::NOTE_TYPES::NT_GNU_BUILD_ID) continue;
    if (trimmed(note.name()) != "GNU") continue;
    for (const std::uint8_t byte : note.description()) facts.build_id += format("{:02x}", byte);
  }
  for (const LIEF::ELF::Segment& segment : binary.segments()) {
    if (segment.type() != LIEF::ELF::SEGMENT_TYPES::PT_GNU_STACK) continue;
    facts.executable_stack = segment.has(LIEF::ELF::ELF_SEGMENT_FLAGS::PF_X);
  }
  return facts;
}

bool equal_entries(const LIEF::ELF::DynamicEntry& a, const LIEF::ELF::DynamicEntry& b) {
  if (a.tag() != b.tag() || a.value() != b.value()) return false;
  // DT_INIT_ARRAY, DT_FINI_ARRAY and DT_PREINIT_ARRAY: LIEF reads what they point at.
  const auto* array_a = dynamic_cast<const LIEF::ELF::DynamicEntryArray*>(&a);
  const auto* array_b = dynamic_cast<const LIEF::ELF::DynamicEntryArray*>(&b);
  if ((array_a == nullptr) != (array_b == nullptr)) return false;
  return array_a == nullptr || array_a->array() == array_b->array();
}

bool equal_symbols(const LIEF::ELF::Symbol& a, const LIEF::ELF::Symbol& b) {
  if (a.name() != b.name() || a.value() != b.value() || a.size() != b.size()) return false;
  if (a.information() != b.information() || a.other() != b.other() || a.shndx() != b.shndx()) return false;
  if (a.has_version() != b.has_version()) return false;
  return !a.has_version() || a.symbol_version().value() == b.symbol_version().value();
}

bool equal_relocations(const LIEF::ELF::Relocation& a, const LIEF::ELF::Relocation& b) {
  if (a.address() != b.address() || a.type() != b.type() || a.addend() != b.addend()) return false;
  if (a.purpose() != b.purpose() || a.has_symbol() != b.has_symbol()) return false;
  return !a.has_symbol() || a.symbol().name() == b.symbol().name();
}

bool equal_definitions(const LIEF::ELF::SymbolVersionDefinition& a,
                       const LIEF::ELF::SymbolVersionDefinition& b) {
  return a.version() == b.version() && a.flags() == b.flags() && a.ndx() == b.ndx() && a.hash() == b.hash();
}

bool equal_notes(const LIEF::ELF::Note& a, const LIEF::ELF::Note& b) {
  return a.name() == b.name() && a.type() == b.type() && a.description() == b.description();
}

bool equal_segments(const LIEF::ELF::Segment& a, const LIEF::ELF::Segment& b) {
  return a.type() == b.type() && a.flags() == b.flags() && a.virtual_address() == b.virtual_address() &&
         a.virtual_size() == b.virtual_size() && a.physical_size() == b.physical_size() &&
         a.alignment() == b.alignment();
}

// LIEF's ranges have begin(), end() and size(), but are no ranges to the standard library.
template <typename Range, typename Equal>
bool equal_ranges(const Range& a, const Range& b, Equal equal) {
  if (a.size() != b.size()) return false;
  auto other = b.begin();
  for (const auto& item : a) {
    if (!equal(item, *other)) return false;
    ++other;
  }
  return true;
}

const char* differing_fact(const Facts& slim, const Facts& lief) {
  if (slim.interpreter != lief.interpreter) return "another interpreter";
  if (slim.soname != lief.soname || slim.needed != lief.needed) return "other names of libraries";
  if (slim.rpath != lief.rpath || slim.runpath != lief.runpath) return "another search path";
  if (slim.version_needs != lief.version_needs) return "other version needs";
  if (slim.build_id != lief.build_id) return "another build id";
  if (slim.executable_stack != lief.executable_stack) return "another kind of stack";
  return slim == lief ? nullptr : "another ELF header";
}

std::string compare(const Binary& a, const Binary& b) {
  if (!equal_ranges(a.segments(), b.segments(), equal_segments)) return "the segments differ";
  if (!equal_ranges(a.dynamic_entries(), b.dynamic_entries(), equal_entries))
    return "the dynamic section differs";
  if (!equal_ranges(a.dynamic_symbols(), b.dynamic_symbols(), equal_symbols))
    return "the dynamic symbols differ";
  if (!equal_ranges(a.relocations(), b.relocations(), equal_relocations)) return "the relocations differ";
  if (!equal_ranges(a.symbols_version_definition(), b.symbols_version_definition(), equal_definitions)) {
    return "the version definitions differ";
  }
  if (!equal_ranges(a.notes(), b.notes(), equal_notes)) return "the notes differ";
  return {};
}

}  // namespace

std::string second_opinion_difference(const Image& original, const Image& rewritten) try {
  const std::uint64_t symbols = dynamic_symbol_count(original);
  const std::unique_ptr<Binary> before = parse(original, symbols);
  const std::unique_ptr<Binary> after = parse(rewritten, symbols);
  if (before == nullptr || after == nullptr) return "LIEF can't parse it";
  if (std::string what = compare(*before, *after); !what.empty()) return format("by LIEF's reading {}", what);
  const auto own = read_facts(rewritten.bytes);
  if (!own) return own.error().what;
  const char* fact = differing_fact(*own, facts_of(*after));
  return fact == nullptr ? std::string() : format("LIEF reads {} than slim", fact);
} catch (const std::exception& error) {
  return format("LIEF can't parse it: {}", printable(error.what()));
}

}  // namespace slim::elf
