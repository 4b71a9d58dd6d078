// The dynamic section is found and read as glibc's loader does it (gABI chapter 5): by PT_DYNAMIC, with
// virtual addresses that PT_LOAD maps to file offsets. Sections play no part, since no loader reads them.
#include "elf/facts.h"

#include <algorithm>

#include "elf/loader_view.h"
#include "elf/reader.h"
#include "util/format.h"

namespace slim::elf {
namespace {

// Copies text out of the file, but never more of it than the file holds: a hostile file could name one long
// string a million times.
class TextBudget {
 public:
  explicit TextBudget(std::uint64_t left) : left_(left) {}
  Result<std::string> copy(std::string_view text) {
    if (text.size() + 1 > left_) return fail("the dynamic section names more text than the file holds");
    left_ -= text.size() + 1;
    return std::string(text);
  }

 private:
  std::uint64_t left_;
};

class DynamicStrings {
 public:
  DynamicStrings(const Image& image, const LoaderView& view)
      : table_(view.strings), budget_(image.bytes.size()) {}
  Result<std::string> at(std::uint64_t offset) {
    const auto text = ByteReader(table_).c_string(offset);
    if (!text) return fail(format("string {} of the dynamic section lies outside of its table", offset));
    return budget_.copy(*text);
  }

 private:
  ByteView table_;
  TextBudget budget_;
};

// Elf_Verneed and Elf_Vernaux have the same layout in both classes (gABI, "Symbol Versioning").
Status read_version_needs(const Image& image, const LoaderView& view, DynamicStrings& strings, Facts& facts) {
  const ByteReader reader(view.version_needs, image.order);
  std::uint64_t at = 0;
  std::uint64_t steps = image.bytes.size() / 16;
  for (std::uint64_t i = 0; i < view.version_needs_count; ++i) {
    const auto count = reader.read<std::uint16_t>(at + 2);
    const auto file = reader.read<std::uint32_t>(at + 4);
    const auto first = reader.read<std::uint32_t>(at + 8);
    const auto next = reader.read<std::uint32_t>(at + 12);
    if (!count || !file || !first || !next) {
      return fail(format("version need {} bytes into them lies outside of its segment", at));
    }
    std::uint64_t aux = at + *first;
    for (std::uint32_t j = 0; j < *count; ++j) {
      const auto name = reader.read<std::uint32_t>(aux + 8);
      const auto step = reader.read<std::uint32_t>(aux + 12);
      if (!name || !step || steps-- == 0) {
        return fail(format("the version need {} bytes into them leads outside of its segment", aux));
      }
      TRY(std::string library, strings.at(*file));
      TRY(std::string version, strings.at(*name));
      facts.version_needs.push_back({std::move(library), std::move(version)});
      if (*step == 0) break;
      aux += *step;
    }
    if (*next == 0) break;
    at += *next;
  }
  std::ranges::sort(facts.version_needs);
  const auto repeated = std::ranges::unique(facts.version_needs);
  facts.version_needs.erase(repeated.begin(), repeated.end());
  return {};
}

Status read_dynamic_facts(const Image& image, const LoaderView& view, Facts& facts) {
  DynamicStrings strings(image, view);
  for (const DynamicEntry& entry : view.dynamic) {
    switch (entry.tag) {
      case dynamic_needed: {
        TRY(std::string name, strings.at(entry.value));
        facts.needed.push_back(std::move(name));
        break;
      }
      case dynamic_soname: {
        TRY(facts.soname, strings.at(entry.value));
        break;
      }
      case dynamic_rpath: {
        TRY(facts.rpath, strings.at(entry.value));
        break;
      }
      case dynamic_runpath: {
        TRY(facts.runpath, strings.at(entry.value));
        break;
      }
      case dynamic_text_relocations:
        facts.text_relocations = true;
        break;
      case dynamic_flags:
        if ((entry.value & 4) != 0) facts.text_relocations = true;  // DF_TEXTREL
        break;
      default:
        break;
    }
  }
  return read_version_needs(image, view, strings, facts);
}

std::string hex(ByteView bytes) {
  std::string out;
  for (const std::uint8_t byte : bytes) out += format("{:02x}", byte);
  return out;
}

Machine machine_from(const Image& image) {
  if (!image.is_64() || image.order != std::endian::little) return Machine::other;
  if (image.machine == machine_x86_64) return Machine::x86_64;
  if (image.machine == machine_aarch64) return Machine::aarch64;
  return Machine::other;
}

}  // namespace

bool has_elf_magic(ByteView bytes) {
  return bytes.size() >= 4 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F';
}

const char* machine_name(const Facts& facts) {
  switch (facts.machine_id) {
    case 2:
      return "sparc";
    case 3:
      return "i386";
    case 8:
      return "mips";
    case 20:
      return "powerpc";
    case 21:
      return facts.little_endian ? "ppc64le" : "ppc64";
    case 22:
      return "s390x";
    case 40:
      return "arm";
    case 43:
      return "sparc64";
    case machine_x86_64:
      return facts.is_64 ? "x86_64" : "x32";
    case machine_aarch64:
      return facts.little_endian ? "aarch64" : "aarch64_be";
    case 190:
      return "cuda";
    case 224:
      return "amdgpu";
    case 243:
      return "riscv";
    case 247:
      return "bpf";
    case 258:
      return "loongarch";
    default:
      return "an unknown processor";
  }
}

Result<Facts> read_facts(ByteView bytes) {
  TRY(const Image image, read_image(bytes));
  Facts facts;
  facts.machine = machine_from(image);
  facts.machine_id = image.machine;
  facts.type = image.type;
  facts.is_64 = image.is_64();
  facts.little_endian = image.order == std::endian::little;
  TRY(const LoaderView view, read_loader_view(image));
  facts.interpreter = std::string(view.interpreter);
  facts.executable_stack = view.executable_stack;
  for (const Note& note : view.notes) {
    if (facts.build_id.empty() && note.owner == "GNU" && note.type == 3) facts.build_id = hex(note.content);
  }
  CHECK_OK(read_dynamic_facts(image, view, facts));
  return facts;
}

}  // namespace slim::elf
