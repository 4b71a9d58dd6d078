// Comments have no meaning to Python ("Lexical analysis"), but for one in the first two lines that names the encoding
// (PEP 263), and `#!`, which the kernel reads. Tracebacks name lines, and since 3.11 columns, so a comment leaves
// an empty line, or the end of one.
//
// These stay, since somebody reads them all the same:
//   - the first two lines, where one of them names the encoding or begins with `#!`;
//   - `# type:` (PEP 484), which torch.jit and others read in the text of code; but not `# type: ignore`;
//   - `# /// script` with the lines below it, by which tools start a script (PEP 723);
//   - `# cython:` and `# distutils:`, by which pyximport compiles a source in another way;
//   - what speaks of copyright or a licence, with the comment lines around it: who hands the source on owes it;
//   - all of an f-string's: in f"{a # b\n=}" the text of the expression is a value;
//   - one below a line that ends in a backslash: at the end of the file that backslash would be an error.
#include "python/comments.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "python/tokenizer.h"
#include "util/ascii.h"
#include "util/format.h"
#include "util/utf8.h"

namespace slim::python {
namespace {

constexpr std::size_t kLargestSource = std::size_t{16} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

// Those that text doesn't have: without one in a comment, what looks like data might look like a source.
bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x09 || (byte > 0x0D && byte < 0x20) || byte == 0x7F;
}

// Of a comment's text, in lower case.
bool speaks_of_rights(const std::string& text) {
  constexpr std::array<std::string_view, 14> words{
      "copyright",  "copyleft",   "licens",      "licenc",  "spdx",          "(c) ",      "\xc2\xa9",
      "all rights", "permission", "redistribut", "warrant", "public domain", "trademark", "patent"};
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// Of the text behind the '#'.
bool is_type_comment(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with("type:")) return false;
  return !trimmed(text.substr(5)).starts_with("ignore");
}

// Of the same.
bool is_for_tools(std::string_view text) {
  text = trimmed(text);
  return text.starts_with("///") || text.starts_with("cython:") || text.starts_with("distutils:");
}

// Can the bytes be read one by one, and would Python read them at all? A source in an encoding that slim can't check
// might become readable by what goes.
std::string why_unreadable(std::string_view source) {
  if (source.size() > kLargestSource) return "it is larger than 16 MiB";
  if (source.find('\0') != std::string_view::npos) return "it has a NUL byte, which no source has";
  if (std::ranges::any_of(source, is_control)) return "it has control characters";
  std::string buffer;
  bool known = true;
  (void)readable_source(source, buffer, known);
  if (!known) return "it is in an encoding that slim doesn't read";
  const bool is_ascii =
      std::ranges::all_of(source, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) return {};
  const bool has_mark = source.starts_with(kByteOrderMark);
  const std::string encoding = declared_encoding(source.substr(has_mark ? kByteOrderMark.size() : 0));
  if (has_mark) return is_utf8(source) ? std::string() : "it is not valid in its encoding";
  if (encoding == "latin-1" || encoding == "iso-8859-1" || encoding == "iso8859-1") return {};
  if (!encoding.empty() && !encoding.starts_with("utf-8") && encoding != "utf8")
    return "it is in an encoding that slim doesn't check";
  return is_utf8(source) ? std::string() : "it is not valid in its encoding";
}

struct Comment {
  std::size_t begin = 0;  // of the blanks before it
  std::size_t end = 0;
  std::uint32_t line = 0;
  bool is_whole_line = false;
  bool stays = false;
};

class Comments {
 public:
  explicit Comments(std::string_view source) : source_(source) {}

  Result<std::vector<ByteRange>> removable() {
    std::vector<Tokenizer::Comment> found;
    Tokenizer tokens(source_, &found);
    while (tokens.next().kind != TokenKind::end) continue;
    if (tokens.damaged()) return fail("slim can't read its syntax for certain");
    for (const Tokenizer::Comment& each : found) take(each);
    keep_blocks();
    std::vector<ByteRange> ranges;
    for (const Comment& comment : comments_) {
      if (!comment.stays) ranges.push_back({comment.begin, comment.end - comment.begin});
    }
    return ranges;
  }

 private:
  void take(const Tokenizer::Comment& found) {
    const auto hash = static_cast<std::size_t>(found.text.data() - source_.data());
    Comment comment{.begin = hash, .end = hash + found.text.size(), .line = found.line};
    while (comment.begin > 0 && (source_[comment.begin - 1] == ' ' || source_[comment.begin - 1] == '\t'))
      --comment.begin;
    comment.is_whole_line = comment.begin == start_ || is_line_end(source_[comment.begin - 1]);
    const std::string_view text = found.text.substr(1);
    comment.stays = (found.line <= 2 && head_has_meaning()) || is_type_comment(text) || is_for_tools(text) ||
                    speaks_of_rights(in_lower_case(text)) || follows_backslash(comment.begin);
    comments_.push_back(comment);
  }

  bool head_has_meaning() const {
    std::size_t end = source_.find('\n', start_);
    if (end != std::string_view::npos) end = source_.find('\n', end + 1);
    const std::string_view head = source_.substr(start_, end == std::string_view::npos ? end : end - start_);
    return head.starts_with("#!") || head.find("coding") != std::string_view::npos;
  }

  // Does the line before this one go on here?
  bool follows_backslash(std::size_t at) const {
    while (at > 0 && !is_line_end(source_[at - 1])) --at;
    if (at > 0 && source_[at - 1] == '\n') --at;
    if (at > 0 && source_[at - 1] == '\r') --at;
    const bool is_of_comment = !comments_.empty() && comments_.back().end == at;
    return at > 0 && source_[at - 1] == '\\' && !is_of_comment;
  }

  // Comment lines with no other line between them stay together where one of them stays for what it says.
  void keep_blocks() {
    for (std::size_t i = 0; i < comments_.size();) {
      std::size_t end = i + 1;
      while (end < comments_.size() && comments_[i].is_whole_line && comments_[end].is_whole_line &&
             comments_[end].line == comments_[end - 1].line + 1)
        ++end;
      const auto block = std::span(comments_).subspan(i, end - i);
      const bool stays = std::ranges::any_of(block, [&](const Comment& each) {
        const std::string_view text = source_.substr(each.begin, each.end - each.begin);
        return speaks_of_rights(in_lower_case(text)) || is_for_tools(trimmed(text).substr(1));
      });
      for (Comment& each : block) each.stays = each.stays || stays;
      i = end;
    }
  }

  const std::string_view source_;
  const std::size_t start_ = source_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  std::vector<Comment> comments_;
};

// Columns of tokens in ascending order, so that each byte is looked at once.
class Columns {
 public:
  explicit Columns(std::string_view source) : at_(source.data()), line_(source.data()) {}
  std::ptrdiff_t of(const Token& token) {
    for (; at_ < token.text.data(); ++at_) {
      if (is_line_end(*at_)) line_ = at_ + 1;
    }
    return token.text.data() - line_;
  }

 private:
  const char* at_;
  const char* line_;
};

bool is_comment_at_line_end(std::string_view source, const ByteRange& range) {
  const std::string_view text = source.substr(range.offset, range.size);
  const std::size_t hash = text.find_first_not_of(" \t");
  if (hash == std::string_view::npos || text[hash] != '#') return false;
  const std::size_t end = range.offset + range.size;
  return text.find_first_of("\r\n") == std::string_view::npos &&
         (end == source.size() || is_line_end(source[end]));
}

}  // namespace

Result<std::vector<ByteRange>> removable_comments(std::string_view source) {
  if (std::string reason = why_unreadable(source); !reason.empty()) return fail(std::move(reason));
  return Comments(source).removable();
}

Status same_code(std::string_view before, const std::vector<ByteRange>& removed, std::string_view after) {
  for (const ByteRange& range : removed) {
    if (!is_comment_at_line_end(before, range)) return fail("something else than a comment would go");
  }
  Tokenizer was(before);
  Tokenizer now(after);
  Columns was_at(before);
  Columns now_at(after);
  for (;;) {
    const Token a = was.next();
    const Token b = now.next();
    const bool same = a.kind == b.kind && a.op == b.op && a.escapes == b.escapes &&
                      a.of_string == b.of_string && a.line == b.line && a.text == b.text &&
                      was.depth() == now.depth();
    if (!same) return fail(format("line {} would be read in another way", a.line));
    if (a.kind == TokenKind::end) break;
    // Behind the end of a line the indentation is that of what follows, which may be a comment.
    if (a.kind == TokenKind::newline) continue;
    if (was.indent() != now.indent() || was_at.of(a) != now_at.of(b))
      return fail(format("code of line {} would move", a.line));
  }
  if (was.damaged() || now.damaged()) return fail("slim can't read its syntax for certain");
  return {};
}

}  // namespace slim::python
