// What the formats begin with:
// - AppleDouble and AppleSingle: 0x00051607 and 0x00051600, big-endian (RFC 1740, appendices A and B). macOS
//   writes a file's attributes so wherever it can't keep them, as in a tar or zip: of x in ._x.
// - .DS_Store: 1 and "Bud1", the allocator that Finder keeps its database in.
// - OLE compound documents: D0 CF 11 E0 A1 B1 1A E1 (MS-CFB). Explorer keeps thumbnails in one.
// - Vim's swap files: "b0VIM " (block zero, memline.c).
// - pax headers: records "LENGTH KEYWORD=VALUE\n" and nothing else (POSIX, "pax Extended Header"). A
//   program that reads a tar and doesn't know them unpacks them as if they were files.
// - Text about a folder or file: sections of desktop.ini and .directory, the mark of a download
//   (Zone.Identifier), Syncthing's and Dropbox's marks of a folder, the tag of a cache (bford.info/cachedir).
#include "inspect/left_files.h"

#include <algorithm>
#include <array>
#include <string>

#include "util/path.h"

namespace slim {
namespace {

using namespace std::string_view_literals;

bool starts_with(ByteView bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && as_text(bytes.first(magic.size())) == magic;
}

// One record after the other, each of the length that it states, up to the end.
bool is_pax_header(ByteView bytes) {
  std::string_view text = as_text(bytes);
  while (!text.empty()) {
    std::size_t length = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 9 && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
      length = length * 10 + static_cast<std::size_t>(text[digits] - '0');
    }
    if (digits == 0 || length < digits + 4 || length > text.size()) return false;
    const std::string_view record = text.substr(0, length);
    const std::size_t equals = record.find('=');
    if (record[digits] != ' ' || equals == std::string_view::npos || equals < digits + 2) return false;
    if (record.back() != '\n') return false;
    text.remove_prefix(length);
  }
  return true;
}

// Its first letters, without a byte order mark, blanks, and the zeros of UTF-16.
std::string first_letters(ByteView bytes) {
  std::string letters;
  for (const std::uint8_t byte : bytes.first(std::min<std::size_t>(bytes.size(), 256))) {
    const bool is_mark =
        byte == 0 || byte == 0xFF || byte == 0xFE || byte == 0xEF || byte == 0xBB || byte == 0xBF;
    const bool is_blank = byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
    if (is_mark || (is_blank && letters.empty())) continue;
    letters += static_cast<char>(byte);
  }
  return letters;
}

bool is_folder_settings(ByteView bytes, std::string_view path) {
  constexpr std::array<std::string_view, 9> beginnings = {"[.ShellClassInfo]",
                                                          "[ViewState]",
                                                          "[LocalizedFileNames]",
                                                          "[Dolphin]",
                                                          "[ZoneTransfer]",
                                                          "# This directory is a Syncthing folder marker",
                                                          "{\"tag\": \"dropbox\"",
                                                          "{\"tag\":\"dropbox\"",
                                                          "Signature: 8a477f597d28d172789f06886806bc55"};
  constexpr std::array<std::string_view, 2> of_kde = {"[Desktop Entry]", "[Settings]"};
  const std::string letters = first_letters(bytes);
  const auto begins = [&](std::string_view text) { return letters.starts_with(text); };
  return std::ranges::any_of(beginnings, begins) ||
         (base_name(path) == ".directory" && std::ranges::any_of(of_kde, begins));
}

}  // namespace

std::optional<FileKind> kind_of_left_file(ByteView bytes, std::string_view path) {
  if (bytes.empty()) return std::nullopt;
  switch (bytes[0]) {
    case 0x00:
      if (starts_with(bytes, "\x00\x05\x16\x07"sv) || starts_with(bytes, "\x00\x05\x16\x00"sv))
        return FileKind::apple_double;
      if (starts_with(bytes,
                      "\x00\x00\x00\x01"
                      "Bud1"sv))
        return FileKind::ds_store;
      return std::nullopt;
    case 0xD0:
      if (starts_with(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) return FileKind::compound_document;
      return std::nullopt;
    default:
      break;
  }
  if (starts_with(bytes, "b0VIM ")) return FileKind::vim_swap;
  if (bytes[0] >= '1' && bytes[0] <= '9' && is_pax_header(bytes)) return FileKind::pax_header;
  if (is_folder_settings(bytes, path)) return FileKind::folder_settings;
  return std::nullopt;
}

}  // namespace slim
