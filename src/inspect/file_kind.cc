// Kinds of files by their first bytes.
//
// 0xCAFEBABE starts both a universal Mach-O file and a Java class. In the first the next big-endian word is
// the number of architectures, in the second minor and major version; class files start at major 45, no
// universal file holds that many architectures, so the word decides (the same test as in file(1)'s cafebabe
// magic).
#include "inspect/file_kind.h"

#include <algorithm>
#include <array>
#include <optional>

#include "inspect/left_files.h"
#include "languages/language.h"

namespace slim {
namespace {

bool starts_with(ByteView bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && as_text(bytes.first(magic.size())) == magic;
}

bool is_mach_o(ByteView bytes) {
  const auto word = ByteReader(bytes, std::endian::big).read<std::uint32_t>(0);
  if (!word) return false;
  constexpr std::array<std::uint32_t, 4> thin = {0xFEEDFACE, 0xFEEDFACF, 0xCEFAEDFE, 0xCFFAEDFE};
  if (std::ranges::find(thin, *word) != thin.end()) return true;
  if (*word != 0xCAFEBABE) return false;
  const auto count = ByteReader(bytes, std::endian::big).read<std::uint32_t>(4);
  return count && *count > 0 && *count < 45;
}

bool is_pe(ByteView bytes) {
  if (!starts_with(bytes, "MZ")) return false;
  const ByteReader reader(bytes);
  const auto offset = reader.read<std::uint32_t>(0x3C);
  return offset && reader.read<std::uint32_t>(*offset) == 0x00004550U;
}

bool is_text(ByteView bytes) {
  const ByteView head = bytes.first(std::min<std::size_t>(bytes.size(), 8192));
  return std::ranges::none_of(head, [](std::uint8_t byte) {
    return byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B) || byte == 0x7F;
  });
}

// Of no format but a language's own.
std::optional<FileKind> kind_of_code(ByteView bytes, std::string_view path, bool is_text) {
  for (const LanguageRoom* room : languages()) {
    if (room->find_kind == nullptr) continue;
    if (const auto kind = room->find_kind(bytes, path, is_text)) return kind;
  }
  return std::nullopt;
}

}  // namespace

FileKind kind_of_content(ByteView bytes, std::string_view path) {
  if (bytes.empty()) return FileKind::empty;
  if (starts_with(bytes,
                  "\x7F"
                  "ELF"))
    return FileKind::elf;
  if (is_mach_o(bytes)) return FileKind::mach_o;
  if (is_pe(bytes)) return FileKind::pe;
  if (starts_with(bytes, "PK\x03\x04") || starts_with(bytes, "PK\x05\x06")) return FileKind::zip;
  if (starts_with(bytes, "!<arch>\n") || starts_with(bytes, "!<thin>\n")) return FileKind::archive;
  const bool text = is_text(bytes);
  const std::optional<FileKind> code = kind_of_code(bytes, path, text);
  if (code && !text) return *code;
  const auto left = kind_of_left_file(bytes, path);
  if (left && !(code && *left == FileKind::folder_settings)) return *left;  // "[Dolphin]" may be code, too
  if (code) return *code;
  return text ? FileKind::text : FileKind::data;
}

}  // namespace slim
