// Why names are so guarded: a package's author chooses them, and the report is shown to others, on a page
// that renders HTML, notifies people who are mentioned, and links whatever looks like an issue.
//
// A name without backtick, pipe and backslash is a code span: nothing else means anything in one. Any other
// name is a <code> element, with all punctuation as character references, since in a table GitHub and its C
// library disagree with the specification about backslashes before pipes. Mentions and issue numbers are
// looked for in rendered text, outside code only; in sentences an element around '@' and '#' keeps them from
// it.
#include "report/markdown.h"

#include <algorithm>

#include "util/format.h"

namespace slim::markdown {
namespace {

constexpr std::size_t kLongestName = 240;
constexpr std::size_t kLongestSentence = 1000;

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

// Keeps both ends, which tell most: the package and the file.
std::string shortened(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t head = most / 2;
  std::size_t tail = text.size() - most / 2;
  while (head > 0 && is_inside_character(text[head])) --head;
  while (tail < text.size() && is_inside_character(text[tail])) ++tail;
  return text.substr(0, head) + "…" + text.substr(tail);
}

bool is_letter(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool is_punctuation(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7F && !is_letter(c);
}

std::string reference(char c) {
  return format("&#{};", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

}  // namespace

std::string code(const std::string& name) {
  const std::string shown = shortened(printable(name), kLongestName);
  const bool plain = !shown.empty() && shown.find_first_of("`|\\") == std::string::npos &&
                     shown.front() != ' ' && shown.back() != ' ';
  if (plain) return "`" + shown + "`";
  std::string out = "<code>";
  for (const char c : shown) out += is_punctuation(c) ? reference(c) : std::string(1, c);
  return out + "</code>";
}

std::string text(const std::string& sentence) {
  static constexpr std::string_view kMarkup = "&<>|`*_~[]\\:!$^";  // ':' for links such as https://
  const std::string shown = shortened(printable(sentence), kLongestSentence);
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    const bool in_link =
        c == '.' && i >= 3 && (shown.compare(i - 3, 3, "www") == 0 || shown.compare(i - 3, 3, "WWW") == 0);
    // A colon at the end of a word is no part of a link, an underscore within one no emphasis.
    const bool harmless =
        (c == ':' && i + 1 < shown.size() && shown[i + 1] == ' ') ||
        (c == '_' && i > 0 && i + 1 < shown.size() && is_letter(shown[i - 1]) && is_letter(shown[i + 1]));
    if (c == '@' || c == '#') {
      out += format("<span>{}</span>", c);
    } else if (!harmless && (in_link || kMarkup.find(c) != std::string_view::npos)) {
      out += reference(c);
    } else {
      out += c;
    }
  }
  return out;
}

Table::Table(const std::vector<std::string>& header) {
  std::string names = "|";
  std::string rule = "|";
  for (const std::string& cell : header) {
    const bool right = cell.ends_with(':');
    names += " " + (right ? cell.substr(0, cell.size() - 1) : cell) + " |";
    rule += right ? "---:|" : "---|";
  }
  head_ = names + "\n" + rule + "\n";
}

void Table::add_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + cell + " |";
  rows_.push_back(row + "\n");
}

std::string Table::fitting(std::size_t bytes) const {
  constexpr std::size_t kLastLine = 60;
  std::size_t taken = head_.size() + kLastLine;
  std::size_t count = 0;
  while (count < rows_.size() && taken + rows_[count].size() <= bytes) taken += rows_[count++].size();
  if (rows_.empty() || bytes < kLastLine) return {};
  std::string out = count == 0 ? "" : head_;
  for (std::size_t i = 0; i < count; ++i) out += rows_[i];
  if (count < rows_.size()) out += format("\n… and {} more: see --json\n", with_commas(rows_.size() - count));
  return out;
}

std::string collapsible(const std::string& summary, const Table& table, std::size_t& room) {
  if (table.rows() == 0) return {};
  const std::string open = format("<details><summary>{}</summary>\n\n", summary);
  const std::string close = "\n</details>\n\n";
  const std::size_t frame = open.size() + close.size();
  const std::string rows = room <= frame ? "" : table.fitting(room - frame);
  if (rows.empty()) return {};
  room -= frame + rows.size();
  return open + rows + close;
}

Table findings_table(const std::vector<FindingGroup>& groups, Severity severity) {
  constexpr std::size_t kMostFiles = 5;  // of one group
  Table table({"finding", "what and what to do", "file"});
  for (const FindingGroup& group : groups) {
    if (group.first->finding.severity != severity) continue;
    std::string files;
    for (std::size_t i = 0; i < std::min(kMostFiles, group.files.size()); ++i)
      files += (i == 0 ? "" : "<br>") + code(group.files[i]);
    if (group.files.size() > kMostFiles)
      files += format("<br>… and {}", plural(group.files.size() - kMostFiles, "more file"));
    table.add_row({code(group.first->finding.id), text(group.first->finding.message), files});
  }
  return table;
}

}  // namespace slim::markdown
