// The wall in front of LIEF: no other file includes it, and no exception of it leaves. LIEF gives the second
// opinion on a rewrite. It is written for LIEF 0.9 (Debian 12); where a later one differs, only this file
// does.
//
// LIEF 0.9 believes what it reads. Found in its source and by fuzzing:
//   - a section without bytes (.bss) makes it allocate up to that section's offset and size, 1 GB at most;
//   - every relocation of a section is looked for among all others when the dynamic section has none, which takes
//     hours on a static program linked with --emit-relocs;
//   - symbols that share one long name get a copy each; version definitions may form a ring of 2^32 steps;
//   - left to itself it counts dynamic symbols by .gnu.hash, and in a library that exports nothing it walks on
//     behind the table until some odd word ends it;
//   - it reads on behind DT_NULL, and of two equal tags it takes the first, where loaders take the last;
//   - the address behind a segment's end counts as the segment's own;
//   - it holds the file twice, and copies each segment's bytes twice more.
// So it gets a copy of the file without the code and the data (elf/condense.h), which it isn't asked for,
// with a section table of its own, which names only the dynamic symbols and the notes that the program
// headers tell of, and only of files of which ambiguity() has nothing to say.
#include <LIEF/ELF.hpp>
#include <LIEF/logging.hpp>
#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <mutex>

#include "elf/ambiguity.h"
#include "elf/condense.h"
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

constexpr std::size_t kSpare = 64;  // behind the end, which LIEF reads beyond

void append_section(Bytes& out, SectionType type, std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t at = out.size();
  out.resize(at + shape_64.section, 0);
  store(out, at + 4, std::uint32_t{type});
  store(out, at + 24, offset);
  store(out, at + 32, size);
}

constexpr std::uint64_t kNoContents = std::uint64_t{1} << 62;

// Sizes as the image has them, which may be less than the file says (elf/filler.h). LIEF copies what a
// segment holds, twice, unless it has more than 100 MB: so where it isn't to look into one, the size gets a
// high bit, in either file of a comparison.
void write_file_sizes(const Image& image, Condensed& file) {
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    store(file.bytes, file.segment_table() + i * shape_64.segment + 32,
          segment.file_size | (is_table(segment) ? 0 : kNoContents));
  }
}

void clear_behind_dynamic(const Image& image, Condensed& file) {
  const auto view = read_loader_view(image);
  for (const Segment& segment : image.segments) {
    if (segment.type != segment_dynamic || !view) continue;
    const std::uint64_t size = std::min<std::uint64_t>(view->dynamic.size() * 16, segment.file_size);
    const auto begin = file.bytes.begin() + static_cast<std::ptrdiff_t>(file.place(segment.offset) + size);
    std::fill_n(begin, segment.file_size - size, std::uint8_t{0});
  }
}

// Where a segment begins at the address at which another ends, the other gives up its last address.
void part_neighbours(const Image& image, Condensed& file) {
  std::uint64_t last_end = 0;
  std::uint64_t last_size = 0;
  std::uint64_t last_size_at = 0;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    if (segment.type != segment_load) continue;
    if (last_size > 0 && segment.address == last_end) store(file.bytes, last_size_at, last_size - 1);
    last_size = segment.memory_size;
    last_end = segment.address + last_size;
    last_size_at = file.segment_table() + i * shape_64.segment + 40;
  }
}

Bytes copy_for_lief(const Image& image, std::uint64_t symbols) {
  Condensed file(image, symbols, 8 + (image.segments.size() + 3) * shape_64.section + kSpare);
  write_file_sizes(image, file);
  clear_behind_dynamic(image, file);
  part_neighbours(image, file);
  Bytes& out = file.bytes;
  const std::uint64_t table = pad_to(out, 8);
  append_section(out, section_null, 0, 0);
  append_section(out, section_dynamic_symbols, 0, symbols * shape_64.symbol);
  for (const Segment& segment : image.segments) {
    if (segment.type == segment_note)
      append_section(out, section_note, file.place(segment.offset), segment.file_size);
  }
  store(out, 40, table);
  store(out, 60, static_cast<std::uint16_t>((out.size() - table) / shape_64.section));
  store(out, 62, std::uint16_t{0});
  out.resize(out.size() + kSpare, 0);
  return std::move(out);
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

// Gathers what is compared, field by field, each with its length where it has one.
class Digest {
 public:
  template <typename Integer>
  void number(Integer value) {
    const auto wide = static_cast<std::uint64_t>(value);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&wide);
    bytes_.insert(bytes_.end(), bytes, bytes + sizeof wide);
  }
  template <typename Items>
  void list(const Items& items) {
    number(items.size());
    for (const auto item : items) number(item);
  }
  void text(const std::string& text) {
    number(text.size());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  Hash128 hash() const { return hash_bytes(bytes_); }

 private:
  Bytes bytes_;
};

Hash128 digest_of_segments(const Binary& binary) {
  Digest digest;
  for (const LIEF::ELF::Segment& segment : binary.segments()) {
    digest.number(segment.type());
    digest.number(segment.flags());
    digest.number(segment.virtual_address());
    digest.number(segment.virtual_size());
    digest.number(segment.physical_size());
    digest.number(segment.alignment());
  }
  return digest.hash();
}

// Of DT_INIT_ARRAY, DT_FINI_ARRAY and DT_PREINIT_ARRAY LIEF reads what they point at.
Hash128 digest_of_dynamic(const Binary& binary) {
  Digest digest;
  for (const LIEF::ELF::DynamicEntry& entry : binary.dynamic_entries()) {
    digest.number(entry.tag());
    digest.number(entry.value());
    const auto* array = dynamic_cast<const LIEF::ELF::DynamicEntryArray*>(&entry);
    digest.number(array != nullptr);
    if (array != nullptr) digest.list(array->array());
  }
  return digest.hash();
}

Hash128 digest_of_symbols(const Binary& binary) {
  Digest digest;
  for (const LIEF::ELF::Symbol& symbol : binary.dynamic_symbols()) {
    digest.text(symbol.name());
    digest.number(symbol.value());
    digest.number(symbol.size());
    digest.number(symbol.information());
    digest.number(symbol.other());
    digest.number(symbol.shndx());
    digest.number(symbol.has_version());
    if (symbol.has_version()) digest.number(symbol.symbol_version().value());
  }
  return digest.hash();
}

Hash128 digest_of_relocations(const Binary& binary) {
  Digest digest;
  for (const LIEF::ELF::Relocation& relocation : binary.relocations()) {
    digest.number(relocation.address());
    digest.number(relocation.type());
    digest.number(relocation.addend());
    digest.number(relocation.purpose());
    digest.number(relocation.has_symbol());
    if (relocation.has_symbol()) digest.text(relocation.symbol().name());
  }
  return digest.hash();
}

Hash128 digest_of_definitions(const Binary& binary) {
  Digest digest;
  for (const LIEF::ELF::SymbolVersionDefinition& definition : binary.symbols_version_definition()) {
    digest.number(definition.version());
    digest.number(definition.flags());
    digest.number(definition.ndx());
    digest.number(definition.hash());
  }
  return digest.hash();
}

Hash128 digest_of_notes(const Binary& binary) {
  Digest digest;
  for (const LIEF::ELF::Note& note : binary.notes()) {
    digest.text(note.name());
    digest.number(note.type());
    digest.list(note.description());
  }
  return digest.hash();
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

constexpr std::array<const char*, SecondOpinion::kParts> kPartNames = {
    "the segments differ",    "the dynamic section differs",    "the dynamic symbols differ",
    "the relocations differ", "the version definitions differ", "the notes differ"};

}  // namespace

SecondOpinion second_opinion(const Image& image, std::uint64_t symbols) {
  SecondOpinion opinion;
  try {
    const std::unique_ptr<Binary> binary = parse(image, symbols);
    if (binary == nullptr) {
      opinion.fault = "LIEF can't parse it";
      return opinion;
    }
    opinion.parts = {digest_of_segments(*binary),    digest_of_dynamic(*binary),
                     digest_of_symbols(*binary),     digest_of_relocations(*binary),
                     digest_of_definitions(*binary), digest_of_notes(*binary)};
    opinion.facts = facts_of(*binary);
  } catch (const std::exception& error) {
    opinion.fault = format("LIEF can't parse it: {}", printable(error.what()));
  }
  return opinion;
}

std::string difference(const SecondOpinion& before, ByteView rewritten, std::uint64_t symbols) {
  if (!before.fault.empty()) return before.fault;
  const auto image = read_image(rewritten);
  if (!image) return image.error().what;
  const SecondOpinion after = second_opinion(*image, symbols);
  if (!after.fault.empty()) return after.fault;
  for (std::size_t i = 0; i < SecondOpinion::kParts; ++i) {
    if (before.parts.at(i) != after.parts.at(i)) return format("by LIEF's reading {}", kPartNames.at(i));
  }
  const auto own = read_facts(rewritten);
  if (!own) return own.error().what;
  const char* fact = differing_fact(*own, after.facts);
  return fact == nullptr ? std::string() : format("LIEF reads {} than slim", fact);
}

}  // namespace slim::elf
