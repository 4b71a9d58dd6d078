// Programs that read their own file. A payload behind the ELF part is how bun, deno, pkg, nexe, .NET single
// files, PyInstaller, AppImage and Nuitka carry their content; others put it into sections or notes of their
// own. All of them find it by offsets from the end, by section name, or by searching: nothing in such a file
// may move.
#include "elf/candidates.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "util/format.h"

namespace slim::elf {
namespace {

std::uint64_t end_of_known_bytes(const Image& image) {
  std::uint64_t end = kHeaderSize;
  end = std::max(end, image.program_headers_at + image.segments.size() * kProgramHeaderSize);
  end = std::max(end, image.section_headers_at + image.sections.size() * kSectionHeaderSize);
  for (const ProgramHeader& segment : image.segments) end = std::max(end, segment.offset + segment.filesz);
  for (const SectionHeader& section : image.sections) {
    if (section.has_bytes()) end = std::max(end, section.offset + section.size);
  }
  return end;
}

constexpr std::uint64_t kMostPadding = 4096;

struct Payload {
  std::string_view name;  // part of a section's name
  std::string_view what;
};
constexpr std::array<Payload, 8> kPayloads = {{
    {"NODE_SEA", "a Node.js single executable"},
    {"note.node.sea", "a Node.js single executable"},
    {"pydata", "a PyInstaller program"},
    {".upx", "packed by UPX"},
    {".bundle", "a program with its content bundled in"},
    {".hip_fatbin", "a ROCm library with GPU code"},
    {".hipFatBin", "a ROCm library with GPU code"},
    {"__CLANG_OFFLOAD_BUNDLE__", "a library with offloaded code"},
}};

std::optional<std::string> payload_in_sections(const Image& image) {
  for (const SectionHeader& section : image.sections) {
    for (const Payload& payload : kPayloads) {
      if (section.name.find(payload.name) == std::string::npos) continue;
      return format("is {} (section {}), which reads its own file", payload.what, printable(section.name));
    }
  }
  return std::nullopt;
}

bool has_section(const Image& image, std::string_view name) {
  return std::ranges::any_of(image.sections,
                             [&](const SectionHeader& section) { return section.name == name; });
}

bool has_segment(const Image& image, std::uint32_t type) {
  return std::ranges::any_of(image.segments,
                             [&](const ProgramHeader& segment) { return segment.type == type; });
}

}  // namespace

std::optional<std::string> reason_to_leave(const Image& image, ByteView file) {
  if (image.type != ET_EXEC && image.type != ET_DYN)
    return "is no program or shared library: its sections are its content";
  if (image.machine != EM_X86_64 && image.machine != EM_AARCH64) {
    return format("is for machine {}, which slim does not write", image.machine);
  }
  if (!has_segment(image, PT_LOAD)) return "has no segment to load";
  if (image.sections.empty()) return "has no section table: there is nothing that could be told apart";
  const std::uint64_t known = end_of_known_bytes(image);
  // patchelf rounds the file up and leaves zeros: they are no payload.
  const ByteView behind = file.subspan(std::min<std::uint64_t>(known, file.size()));
  const bool all_zero = std::ranges::all_of(behind, [](std::uint8_t byte) { return byte == 0; });
  if (behind.size() > kMostPadding || !all_zero) {
    return format("has {} bytes behind its ELF part, which the program may read", with_commas(behind.size()));
  }
  return payload_in_sections(image);
}

StripLevel allowed_level(const Image& image, StripLevel asked) {
  if (asked != StripLevel::symbols) return asked;
  // Go's runtime has its own table (.gopclntab), but debug/elf and profilers read .symtab of the running
  // program; a static program of any language can read nothing else.
  const bool go = has_section(image, ".go.buildinfo") || has_section(image, ".gopclntab");
  const bool static_program = image.type == ET_EXEC && !has_segment(image, PT_INTERP);
  return go || static_program ? StripLevel::debug : asked;
}

}  // namespace slim::elf
