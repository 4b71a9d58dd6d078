// Kinds of files by their first bytes.
//
// 0xCAFEBABE starts both a universal Mach-O file and a Java class. In the first the next big-endian word is
// the number of architectures, in the second minor and major version; class files start at major 45, no
// universal file holds that many architectures, so the word decides (the same test as in file(1)'s cafebabe
// magic).
#include "inspect/file_kind.h"

#include <algorithm>
#include <array>

#include "inspect/left_files.h"

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

// PEP 552: a 16-bit magic number, "\r\n", and 12 bytes more. Which number is which Python's is no matter
// here.
bool is_bytecode(ByteView bytes, std::string_view path) {
  if (!path.ends_with(".pyc") && !path.ends_with(".pyo")) return false;
  return bytes.size() >= 8 && bytes[2] == '\r' && bytes[3] == '\n';
}

bool is_text(ByteView bytes) {
  const ByteView head = bytes.first(std::min<std::size_t>(bytes.size(), 8192));
  return std::ranges::none_of(head, [](std::uint8_t byte) {
    return byte < 0x09 || (byte > 0x0D && byte < 0x20 && byte != 0x1B) || byte == 0x7F;
  });
}

bool is_python(ByteView bytes, std::string_view path) {
  if (path.ends_with(".py") || path.ends_with(".pyw")) return true;
  if (!starts_with(bytes, "#!")) return false;
  const std::string_view text = as_text(bytes.first(std::min<std::size_t>(bytes.size(), 256)));
  return text.substr(0, text.find('\n')).find("python") != std::string_view::npos;
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
  if (is_bytecode(bytes, path)) return FileKind::python_bytecode;
  const bool is_source = is_text(bytes) && is_python(bytes, path);
  const auto left = kind_of_left_file(bytes, path);
  if (left && !(is_source && *left == FileKind::folder_settings)) return *left;  // "[Dolphin]" is Python, too
  if (is_source) return FileKind::python_source;
  return is_text(bytes) ? FileKind::text : FileKind::data;
}

}  // namespace slim
