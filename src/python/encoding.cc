// PEP 263: a comment in the first two lines that matches ^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+) names
// the encoding; else it is UTF-8 (ASCII in Python 2). Nearly all are supersets of ASCII in which a byte
// below 0x80 is itself, so that they can be tokenised as bytes. In Shift JIS, GBK, GB 18030 and Big5 the
// second byte of a character can look like a backslash, a quote or a bracket: both bytes are masked with
// 0xFF, which counts as a letter. In HZ, ISO-2022, UTF-7, UTF-16 any ASCII byte can mean anything.
#include <algorithm>
#include <cctype>

#include "python/tokenizer.h"

namespace slim::python {
namespace {

bool name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

// The encoding that a line declares, in lower case with '-' for '_'; empty when it declares none.
std::string declared_in(std::string_view line) {
  const std::size_t comment = line.find_first_not_of(" \t\f");
  if (comment == std::string_view::npos || line[comment] != '#') return {};
  for (std::size_t at = line.find("coding", comment); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    std::size_t value = at + 6;
    if (value >= line.size() || (line[value] != ':' && line[value] != '=')) continue;
    value = line.find_first_not_of(" \t", value + 1);
    if (value == std::string_view::npos) return {};
    std::string name;
    for (; value < line.size() && name_char(line[value]); ++value) {
      const char c = line[value] == '_' ? '-' : line[value];
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    if (!name.empty()) return name;
  }
  return {};
}

bool begins_with_any(const std::string& name, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return name.starts_with(beginning); });
}

}  // namespace

std::string declared_encoding(std::string_view source) {
  for (int i = 0; i < 2; ++i) {
    const std::size_t stop = std::min(source.find_first_of("\r\n"), source.size());
    const std::string_view line = source.substr(0, stop);
    std::string name = declared_in(line);
    if (!name.empty()) return name;
    // A second line counts only below a blank or comment line.
    const std::size_t text = line.find_first_not_of(" \t\f");
    if (text != std::string_view::npos && line[text] != '#') return {};
    source.remove_prefix(stop);
    if (source.starts_with("\r\n")) source.remove_prefix(1);
    if (!source.empty()) source.remove_prefix(1);
  }
  return {};
}

std::string_view readable_source(std::string_view source, std::string& buffer, bool& known) {
  known = true;
  if (source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF")) known = false;
  const std::string encoding =
      declared_encoding(source.starts_with("\xEF\xBB\xBF") ? source.substr(3) : source);
  if (encoding.empty() || encoding.starts_with("utf-8") || encoding == "utf8") return source;
  if (begins_with_any(encoding, {"utf", "u8", "hz", "iso-2022", "iso2022", "csiso2022", "idna", "punycode",
                                 "raw-unicode", "unicode-escape", "rot", "base64", "hex", "zlib", "bz2"})) {
    known = false;
    return source;
  }
  const bool sjis = begins_with_any(
      encoding, {"sjis", "s-jis", "shift-jis", "shiftjis", "csshiftjis", "cp932", "932", "ms932", "mskanji",
                 "ms-kanji", "windows-31j", "shift-jisx", "shiftjisx", "sjisx", "s-jisx"});
  const bool wide =
      begins_with_any(encoding, {"gbk", "gb18030", "cp936", "936", "ms936", "big5", "cp950", "950", "ms950",
                                 "csbig5", "johab", "cp1361", "ms1361", "cp949", "949", "ms949", "uhc"});
  if (!sjis && !wide) return source;
  buffer.assign(source);
  for (std::size_t i = 0; i + 1 < buffer.size(); ++i) {
    const auto c = static_cast<unsigned char>(buffer[i]);
    const bool lead = c >= 0x81 && (wide ? c <= 0xFE : (c <= 0x9F || (c >= 0xE0 && c <= 0xFC)));
    if (!lead) continue;
    const auto trail = static_cast<unsigned char>(buffer[i + 1]);
    if (trail < 0x30) continue;
    buffer[i] = static_cast<char>(0xFF);
    buffer[++i] = static_cast<char>(0xFF);
  }
  return buffer;
}

}  // namespace slim::python
