// What is left alone, and why. Sources: the threads named beside each case; docs/elf.md tells more.
#include "elf/candidates.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "elf/loader_view.h"
#include "util/format.h"

namespace slim::elf {
namespace {

bool is_go(const Image& image) {
  return std::ranges::any_of(image.sections, [](const Section& section) {
    return section.name == ".gopclntab" || section.name == ".go.buildinfo" ||
           section.name == ".note.go.buildid";
  });
}

bool is_static_program(const Image& image) {
  bool dynamic = false;
  for (const Segment& segment : image.segments) {
    if (segment.type == segment_interpreter) return false;
    dynamic = dynamic || segment.type == segment_dynamic;
  }
  if (!dynamic) return true;
  const auto view = read_loader_view(image);  // a static PIE says so; a shared library doesn't
  return view && (view->value(dynamic_flags_1).value_or(0) & dynamic_flag_1_pie) != 0;
}

bool segments_hold(const Image& image, std::string_view text) {
  return std::ranges::any_of(image.segments, [&](const Segment& segment) {
    if (segment.type != segment_load) return false;
    return as_text(image.bytes.subspan(segment.offset, segment.file_size)).find(text) !=
           std::string_view::npos;
  });
}

// Sections that hold a program's payload and that tools add after linking; a rewrite has broken each of them.
std::string payload_reason(const Image& image) {
  struct Payload {
    std::string_view part_of_name;
    const char* what;
  };
  static constexpr std::array payloads{
      Payload{"NODE_SEA", "a Node single executable application"},
      Payload{"pydata", "a PyInstaller program"},
      Payload{".hip_fatbin", "HIP code objects, whose runtime looks into the file"},
      Payload{".hipFatBin", "HIP code objects, whose runtime looks into the file"},
      Payload{"__CLANG_OFFLOAD_BUNDLE__", "offload code objects, whose runtime looks into the file"},
      Payload{".upx", "a UPX-packed program"},
      Payload{"UPX!", "a UPX-packed program"},
      Payload{".bundle", "a program with a bundle inside"},
      Payload{".bun", "a Bun program"},
      Payload{".upd_info", "an AppImage"},
      Payload{".sha256_sig", "an AppImage"},
      Payload{".gnu.linkonce.this_module", "a kernel module"},
      Payload{".modinfo", "a kernel module"},
  };
  for (const Section& section : image.sections) {
    for (const Payload& payload : payloads) {
      if (section.name.find(payload.part_of_name) != std::string_view::npos) {
        return format("section {} shows {}", printable(std::string(section.name)), payload.what);
      }
    }
  }
  const auto view = read_loader_view(image);
  if (!view) return view.error().what;
  for (const Note& note : view->notes) {
    if (note.owner.find("NODE_SEA") != std::string_view::npos)
      return "it is a Node single executable application";
  }
  return {};
}

// The FIPS provider of OpenSSL carries, or is installed with, a checksum of its whole file.
bool is_fips_module(const Image& image) {
  const auto view = read_loader_view(image);
  if (!view || as_text(view->strings).find("OSSL_provider_init") == std::string_view::npos) return false;
  return segments_hold(image, "FIPS") || segments_hold(image, "fips");
}

// Bytes behind all that the headers tell of: a payload (bun, deno, pkg, nexe, .NET bundles, PyInstaller,
// AppImage, Nuitka), which the program finds from the end of its file. Zeros there are padding; patchelf
// leaves some.
std::string bytes_behind(const Image& image, const Layout& layout) {
  std::uint64_t end = image.section_table + image.section_table_size();
  for (const Block& block : layout.blocks) end = std::max(end, block.end);
  for (const Section& section : image.sections) {
    if (section.in_file()) end = std::max(end, section.end());
  }
  if (end >= image.bytes.size()) return {};
  const ByteView tail = image.bytes.subspan(end);
  if (std::ranges::all_of(tail, [](std::uint8_t byte) { return byte == 0; })) return {};
  return format("{} bytes behind its ELF part, at offset {}, may be the program's own",
                with_commas(tail.size()), end);
}

// A payload may also lie before the end: patchelf, run on a program that has one behind it, puts new headers
// behind the payload, and pkg's programs go on to find theirs, by its offset. What patchelf itself leaves in
// holes is filler and the old section table; in 337 libraries of wheels no hole holds 400 other bytes.
std::string bytes_between(const Image& image) {
  if (!is_program(image)) return {};
  struct Range {
    std::uint64_t begin;
    std::uint64_t end;
  };
  std::vector<Range> told{{0, image.shape.header},
                          {image.segment_table, image.segment_table + image.segment_table_size()},
                          {image.section_table, image.section_table + image.section_table_size()}};
  for (const Segment& segment : image.segments) told.push_back({segment.offset, segment.end()});
  for (const Section& section : image.sections) told.push_back({section.offset, section.end()});
  std::ranges::sort(told, {}, &Range::begin);
  constexpr std::ptrdiff_t most = 16'384;
  std::uint64_t end = 0;
  for (const Range& range : told) {
    if (range.begin > end && range.begin <= image.bytes.size()) {
      const ByteView hole = image.bytes.subspan(end, range.begin - end);
      const auto count = std::ranges::count_if(
          hole, [](std::uint8_t byte) { return byte != 0 && byte != 'X' && byte != 'Z'; });
      if (count > most) {
        return format("{} bytes at offset {}, of which no header tells, may be the program's own",
                      with_commas(hole.size()), end);
      }
    }
    end = std::max(end, range.end);
  }
  return {};
}

std::string unusual_sections(const Image& image, const Layout& layout) {
  for (std::size_t i = 1; i < image.sections.size(); ++i) {
    const Section& section = image.sections[i];
    if (!section.allocated() || !section.in_file() || section.size == 0) continue;
    if (!layout.new_offset(section.offset, section.size)) {
      return format("section {} counts as loaded, but no segment holds it",
                    printable(std::string(section.name)));
    }
  }
  return {};
}

bool has_prefix(std::string_view text, std::string_view prefix) { return text.starts_with(prefix); }

bool is_debug_name(std::string_view name) {
  return has_prefix(name, ".debug") || has_prefix(name, ".zdebug") || has_prefix(name, ".stab") ||
         name == ".line" || name == ".gdb_index" || name == ".gnu_debugaltlink" ||
         has_prefix(name, ".gnu.debuglto_");
}

// Data for linkers and compilers, of no use to a program that is linked.
bool is_tool_name(std::string_view name) {
  return name == ".comment" || name == ".gnu_debugdata" || has_prefix(name, ".gnu.build.attributes") ||
         name == ".llvmbc" || name == ".llvmcmd" || has_prefix(name, ".llvm.") ||
         has_prefix(name, ".llvm_") || has_prefix(name, ".gnu.lto_") || name == ".GCC.command.line" ||
         name == ".note.GNU-stack" || name == ".note.GNU-split-stack" || has_prefix(name, ".gnu.warning.") ||
         name == ".deplibs" || name == ".ctf" || name == ".mdebug";
}

// For each section, whether a symbol table has its names there.
std::vector<bool> symbol_names(const Image& image) {
  std::vector<bool> out(image.sections.size(), false);
  for (const Section& section : image.sections) {
    if (section.type == section_symbols && section.link < out.size()) out[section.link] = true;
  }
  return out;
}

SectionVerdict judge_unloaded(const Image& image, std::size_t index, StripLevel level, bool names_symbols) {
  using enum SectionFate;
  const Section& section = image.sections[index];
  std::string_view name = section.name;
  const bool relocations = section.type == section_rel || section.type == section_rela;
  if (relocations && section.info < image.sections.size()) {
    // Relocations go or stay with the section that they are for. Where that section goes whatever its name
    // is, a second strip would find relocations for no section, and judge them by their own name: so the
    // first strip must do that, too, or the second would take more.
    const std::uint32_t type = image.sections[section.info].type;
    if (type != section_null && type != section_group) name = image.sections[section.info].name;
  }
  if (section.type == section_group) return {dropped, "groups have no meaning after linking"};
  if (is_debug_name(name)) return {dropped, "debug information"};
  if (level == StripLevel::sections) return {dropped, "nothing finds it without a section table"};
  const bool symbols = section.type == section_symbols || section.type == section_symbol_indices;
  if (level == StripLevel::debug) return {kept, "more than debug information goes at a higher level only"};
  if (symbols) return {dropped, "symbols that the loader doesn't read"};
  if (relocations) return {dropped, "relocations that the linker left for other tools"};
  if (section.type == section_strings && (names_symbols || name == ".strtab")) {
    return {dropped, "names of dropped symbols"};
  }
  if (is_tool_name(name)) return {dropped, "for compilers and linkers only"};
  if (section.type == section_note) return {kept, "a note that tools read"};
  if (name == ".gnu_debuglink") return {kept, "tells debuggers where the symbols are"};
  return {kept, "slim doesn't know it: the program may read it"};
}

}  // namespace

std::string reason_by_header(const Image& image) {
  const bool known = image.is_64() && image.order == std::endian::little &&
                     (image.machine == machine_x86_64 || image.machine == machine_aarch64);
  if (image.type == type_relocatable) return "an object file or kernel module is input for a linker";
  if (image.type == type_core) return "a core file is data";
  if (!known) return "slim writes ELF files for 64-bit x86_64 and little-endian aarch64 only";
  if (image.type != type_executable && image.type != type_shared) return "it is no program or library";
  if (image.os_abi != 0 && image.os_abi != 3) return "it is made for another system than Linux";
  if (image.segments.empty()) return "it has no program headers";
  return {};
}

std::string reason_to_leave(const Image& image, const Layout& layout) {
  if (!image.section_fault.empty()) return image.section_fault;
  if (image.sections.empty()) return "it has no section table: packed, or stripped to the end already";
  for (std::string reason : {bytes_behind(image, layout), bytes_between(image), payload_reason(image),
                             unusual_sections(image, layout)}) {
    if (!reason.empty()) return reason;
  }
  if (is_fips_module(image)) return "a FIPS module checks the bytes of its own file";
  return {};
}

StripLevel safe_level(const Image& image, StripLevel asked, std::string& why) {
  if (asked == StripLevel::symbols && is_go(image)) {
    why = "a Go program may look up its own symbol table, so only debug information goes";
    return StripLevel::debug;
  }
  if (asked >= StripLevel::symbols && is_static_program(image) && segments_hold(image, ".symtab")) {
    why = "a static program that looks for its own symbol table keeps it";
    return StripLevel::debug;
  }
  if (asked != StripLevel::sections) return asked;
  if (image.segments.size() >= phnum_extended) {
    why = "the number of program headers is in the section table";
    return StripLevel::symbols;
  }
  const std::vector<bool> names = symbol_names(image);
  for (std::size_t i = 1; i < image.sections.size(); ++i) {
    if (image.sections[i].allocated() || image.sections[i].type == section_null) continue;
    if (i == image.names_section) continue;
    if (std::string_view(judge_unloaded(image, i, StripLevel::symbols, names[i]).why)
            .starts_with("slim doesn't know")) {
      why = format("section {} would be lost without a section table",
                   printable(std::string(image.sections[i].name)));
      return StripLevel::symbols;
    }
  }
  const auto view = read_loader_view(image);
  if (!view || (!view->dynamic.empty() && !view->value(dynamic_hash) && !view->value(dynamic_gnu_hash))) {
    why = "without a hash table only the section table tells how many dynamic symbols there are";
    return StripLevel::symbols;
  }
  return asked;
}

std::vector<SectionVerdict> judge_sections(const Image& image, const Layout& layout, StripLevel level) {
  using enum SectionFate;
  const std::vector<bool> names = symbol_names(image);
  std::vector<SectionVerdict> verdicts(image.sections.size());
  for (std::size_t i = 1; i < image.sections.size(); ++i) {
    const Section& section = image.sections[i];
    SectionVerdict& verdict = verdicts[i];
    if (section.type == section_null) {
      verdict = {dropped, "an empty header"};
      continue;
    }
    if (section.allocated()) {
      verdict = level == StripLevel::sections ? SectionVerdict{header_gone, "the section table goes"}
                                              : SectionVerdict{in_segment, "a segment holds it"};
      continue;
    }
    verdict = judge_unloaded(image, i, level, names[i]);
    // At level debug the symbols stay; their names may be in the table of section names.
    if (i == image.names_section && (level != StripLevel::debug || !names[i])) {
      verdict = {dropped, "section names, written anew"};
    }
    const bool inside =
        section.in_file() && section.size > 0 && layout.new_offset(section.offset, section.size).has_value();
    if (inside) verdict.fate = verdict.fate == kept ? in_segment : header_gone;
  }
  return verdicts;
}

}  // namespace slim::elf
