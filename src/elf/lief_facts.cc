// The wall in front of LIEF: the one file that includes it. Written for 0.9, as Debian 12 has it.
#include "elf/lief_facts.h"

#include <LIEF/ELF.hpp>
#include <LIEF/logging.hpp>
#include <algorithm>
#include <exception>

#include "elf/facts.h"
#include "elf/image.h"
#include "util/format.h"

namespace slim::elf {
namespace {

namespace LE = LIEF::ELF;
using BinaryPtr = std::unique_ptr<LE::Binary>;

Result<BinaryPtr> parse(ByteView bytes) {
  try {
    static const bool silenced = (LIEF::Logger::disable(), true);
    (void)silenced;
    BinaryPtr binary = LE::Parser::parse(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
    if (binary == nullptr) return fail("is no ELF file that LIEF can parse");
    return binary;
  } catch (const std::exception& error) {
    return fail(format("is no ELF file that LIEF can parse: {}", error.what()));
  }
}

Machine machine_of(std::uint16_t id) {
  if (id == EM_X86_64) return Machine::x86_64;
  return id == EM_AARCH64 ? Machine::aarch64 : Machine::other;
}

void read_dynamic(const LE::Binary& binary, Facts& facts) {
  constexpr std::uint64_t DF_TEXTREL = 4;
  for (const LE::DynamicEntry& entry : binary.dynamic_entries()) {
    switch (entry.tag()) {
      case LE::DYNAMIC_TAGS::DT_NEEDED:
        facts.needed.push_back(dynamic_cast<const LE::DynamicEntryLibrary&>(entry).name());
        break;
      case LE::DYNAMIC_TAGS::DT_SONAME:
        facts.soname = dynamic_cast<const LE::DynamicSharedObject&>(entry).name();
        break;
      case LE::DYNAMIC_TAGS::DT_RPATH:
        facts.rpath = dynamic_cast<const LE::DynamicEntryRpath&>(entry).rpath();
        break;
      case LE::DYNAMIC_TAGS::DT_RUNPATH:
        facts.runpath = dynamic_cast<const LE::DynamicEntryRunPath&>(entry).runpath();
        break;
      case LE::DYNAMIC_TAGS::DT_TEXTREL:
        facts.text_relocations = true;
        break;
      case LE::DYNAMIC_TAGS::DT_FLAGS:
        facts.text_relocations = facts.text_relocations || (entry.value() & DF_TEXTREL) != 0;
        break;
      default:
        break;
    }
  }
}

void read_versions(const LE::Binary& binary, Facts& facts) {
  for (const LE::SymbolVersionRequirement& requirement : binary.symbols_version_requirement()) {
    for (const LE::SymbolVersionAuxRequirement& version : requirement.auxiliary_symbols()) {
      facts.version_needs.push_back({requirement.name(), version.name()});
    }
  }
  std::ranges::sort(facts.version_needs);
}

void read_build_id(const LE::Binary& binary, Facts& facts) {
  for (const LE::Note& note : binary.notes()) {
    if (note.name().substr(0, 3) != "GNU" || note.type() != LE::NOTE_TYPES::NT_GNU_BUILD_ID) continue;
    facts.build_id.clear();
    for (const std::uint8_t byte : note.description()) facts.build_id += format("{:02x}", byte);
  }
}

Facts facts_of(const LE::Binary& binary) {
  Facts facts;
  const LE::Header& header = binary.header();
  facts.machine_id = static_cast<std::uint16_t>(header.machine_type());
  facts.machine = machine_of(facts.machine_id);
  facts.type = static_cast<std::uint16_t>(header.file_type());
  facts.is_64 = header.identity_class() == LE::ELF_CLASS::ELFCLASS64;
  facts.little_endian = header.identity_data() == LE::ELF_DATA::ELFDATA2LSB;
  if (binary.has_interpreter()) facts.interpreter = binary.interpreter();
  for (const LE::Segment& segment : binary.segments()) {
    const bool stack = segment.type() == LE::SEGMENT_TYPES::PT_GNU_STACK;
    if (stack && segment.has(LE::ELF_SEGMENT_FLAGS::PF_X)) facts.executable_stack = true;
  }
  read_dynamic(binary, facts);
  read_versions(binary, facts);
  read_build_id(binary, facts);
  return facts;
}

template <typename Range, typename Equal>
bool same_sequence(const Range& a, const Range& b, Equal equal) {
  auto left = a.begin();
  auto right = b.begin();
  for (; left != a.end() && right != b.end(); ++left, ++right) {
    if (!equal(*left, *right)) return false;
  }
  return left == a.end() && right == b.end();
}

bool same_symbol(const LE::Symbol& a, const LE::Symbol& b) {
  return a.name() == b.name() && a.value() == b.value() && a.size() == b.size() &&
         a.information() == b.information() && a.other() == b.other() && a.shndx() == b.shndx() &&
         a.has_version() == b.has_version() &&
         (!a.has_version() || a.symbol_version().value() == b.symbol_version().value());
}

bool same_relocation(const LE::Relocation& a, const LE::Relocation& b) {
  return a.address() == b.address() && a.type() == b.type() && a.addend() == b.addend() &&
         a.has_symbol() == b.has_symbol() && (!a.has_symbol() || a.symbol().name() == b.symbol().name());
}

std::optional<std::string> difference_of(const LE::Binary& a, const LE::Binary& b) {
  if (facts_of(a) != facts_of(b)) return "LIEF reads other loader facts";
  const auto same_entry = [](const LE::DynamicEntry& x, const LE::DynamicEntry& y) {
    return x.tag() == y.tag() && x.value() == y.value();
  };
  if (!same_sequence(a.dynamic_entries(), b.dynamic_entries(), same_entry))
    return "LIEF reads another dynamic section";
  if (!same_sequence(a.dynamic_symbols(), b.dynamic_symbols(), same_symbol))
    return "LIEF reads other dynamic symbols";
  if (!same_sequence(a.dynamic_relocations(), b.dynamic_relocations(), same_relocation) ||
      !same_sequence(a.pltgot_relocations(), b.pltgot_relocations(), same_relocation)) {
    return "LIEF reads other relocations";
  }
  const auto same_tls = [](const LE::Segment& x, const LE::Segment& y) {
    return x.type() == y.type() && x.virtual_address() == y.virtual_address() &&
           x.virtual_size() == y.virtual_size();
  };
  if (!same_sequence(a.segments(), b.segments(), same_tls)) return "LIEF reads other segments";
  return std::nullopt;
}

}  // namespace

bool has_elf_magic(ByteView bytes) {
  return bytes.size() >= 4 && bytes[0] == 0x7F && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F';
}

const char* machine_name(const Facts& facts) {
  switch (facts.machine_id) {
    case 3:
      return "i386";
    case 20:
      return "powerpc";
    case 21:
      return "powerpc64";
    case 22:
      return "s390x";
    case 40:
      return "arm";
    case EM_X86_64:
      return "x86_64";
    case EM_AARCH64:
      return "aarch64";
    case 243:
      return "riscv";
    case 247:
      return "bpf";
    case 258:
      return "loongarch";
    default:
      return "another machine";
  }
}

Result<Facts> read_facts(ByteView bytes) {
  TRY(const BinaryPtr binary, parse(bytes));
  try {
    return facts_of(*binary);
  } catch (const std::exception& error) {
    return fail(format("has a dynamic section that LIEF can't read: {}", error.what()));
  }
}

std::optional<std::string> lief_difference(ByteView original, ByteView rewritten) {
  const Result<BinaryPtr> a = parse(original);
  const Result<BinaryPtr> b = parse(rewritten);
  if (!a) return a.error().what;
  if (!b) return "the rewritten file " + b.error().what;
  try {
    return difference_of(**a, **b);
  } catch (const std::exception& error) {
    return format("LIEF can't compare the files: {}", error.what());
  }
}

}  // namespace slim::elf
