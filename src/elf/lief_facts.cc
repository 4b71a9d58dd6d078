// The wall in front of LIEF: no other file includes it, and no exception of it leaves. LIEF gives the second
// opinion on a rewrite. It is written for LIEF 0.9 (Debian 12); where a later one differs, only this file
// does.
#include <LIEF/ELF.hpp>
#include <LIEF/logging.hpp>
#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>

#include "elf/reader.h"
#include "elf/second_opinion.h"
#include "util/format.h"

namespace slim::elf {
namespace {

using LIEF::ELF::Binary;

// Left to itself LIEF 0.9 counts dynamic symbols by .gnu.hash, and in a library that exports nothing it walks
// on behind the table until some odd word ends it. The section table, which slim has checked, tells the
// number.
LIEF::ELF::DYNSYM_COUNT_METHODS count_method(ByteView bytes) {
  const auto image = read_image(bytes);
  const bool has_table = image && std::ranges::any_of(image->sections, [](const Section& section) {
                           return section.type == section_dynamic_symbols;
                         });
  return has_table ? LIEF::ELF::DYNSYM_COUNT_METHODS::COUNT_SECTION
                   : LIEF::ELF::DYNSYM_COUNT_METHODS::COUNT_AUTO;
}

std::unique_ptr<Binary> parse(ByteView bytes) {
  static std::once_flag quiet;
  std::call_once(quiet, [] { LIEF::Logger::disable(); });
  return LIEF::ELF::Parser::parse(std::vector<std::uint8_t>(bytes.begin(), bytes.end()), "",
                                  count_method(bytes));
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
bool equal_ranges(Range a, Range b, Equal equal) {
  if (a.size() != b.size()) return false;
  auto other = b.begin();
  for (const auto& item : a) {
    if (!equal(item, *other)) return false;
    ++other;
  }
  return true;
}

// LIEF also reads notes that only a section tells of, among them .gnu.build.attributes, which may go. So what
// is left must be there in the same order; that the notes of the segments are all there is slim's own check.
bool notes_remain(const Binary& before, const Binary& after) {
  auto was = before.notes();
  auto at = was.begin();
  for (const LIEF::ELF::Note& note : after.notes()) {
    while (at != was.end() && !equal_notes(*at, note)) ++at;
    if (at == was.end()) return false;
    ++at;
  }
  return true;
}

// Those that the loader applies, not those that a linker left in sections of their own (--emit-relocs).
std::vector<const LIEF::ELF::Relocation*> loader_relocations(const Binary& binary) {
  using LIEF::ELF::RELOCATION_PURPOSES;
  std::vector<const LIEF::ELF::Relocation*> out;
  for (const LIEF::ELF::Relocation& relocation : binary.relocations()) {
    const RELOCATION_PURPOSES purpose = relocation.purpose();
    if (purpose == RELOCATION_PURPOSES::RELOC_PURPOSE_OBJECT) continue;
    out.push_back(&relocation);
  }
  return out;
}

std::string compare(const Binary& a, const Binary& b) {
  if (!equal_ranges(a.segments(), b.segments(), equal_segments)) return "the segments differ";
  if (!equal_ranges(a.dynamic_entries(), b.dynamic_entries(), equal_entries))
    return "the dynamic section differs";
  if (!equal_ranges(a.dynamic_symbols(), b.dynamic_symbols(), equal_symbols))
    return "the dynamic symbols differ";
  if (!std::ranges::equal(loader_relocations(a), loader_relocations(b),
                          [](const auto* x, const auto* y) { return equal_relocations(*x, *y); })) {
    return "the relocations differ";
  }
  if (!equal_ranges(a.symbols_version_definition(), b.symbols_version_definition(), equal_definitions)) {
    return "the version definitions differ";
  }
  if (!notes_remain(a, b)) return "the notes differ";
  if (a.imagebase() != b.imagebase() || a.virtual_size() != b.virtual_size())
    return "the extent in memory differs";
  return {};
}

}  // namespace

Result<Facts> second_opinion_facts(ByteView bytes) try {
  const std::unique_ptr<Binary> binary = parse(bytes);
  if (binary == nullptr) return fail("LIEF can't parse it");
  return facts_of(*binary);
} catch (const std::exception& error) {
  return fail(format("LIEF can't parse it: {}", printable(error.what())));
}

std::string second_opinion_difference(ByteView original, ByteView rewritten) try {
  const std::unique_ptr<Binary> before = parse(original);
  const std::unique_ptr<Binary> after = parse(rewritten);
  if (before == nullptr || after == nullptr) return "LIEF can't parse it";
  if (std::string what = compare(*before, *after); !what.empty()) return format("by LIEF's reading {}", what);
  const auto own = read_facts(rewritten);
  if (!own || *own != facts_of(*after)) return "LIEF reads other facts than slim";
  return {};
} catch (const std::exception& error) {
  return format("LIEF can't parse it: {}", printable(error.what()));
}

}  // namespace slim::elf
