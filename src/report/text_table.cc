#include "report/text_table.h"

#include <algorithm>
#include <utility>

#include "util/format.h"

namespace slim {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kStackedIndent = 4;
constexpr char kGlue = '\x1f';  // a space at which no line ends; no text has it, as names are printable

// Where each character of UTF-8 text begins, and its end.
std::vector<std::size_t> starts(std::string_view text) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80) out.push_back(i);
  }
  out.push_back(text.size());
  return out;
}

bool is_unit(std::string_view word) {
  while (word.ends_with('.') || word.ends_with(',') || word.ends_with(':') || word.ends_with(')'))
    word.remove_suffix(1);
  return word == "B" || word == "kB" || word == "MB" || word == "GB" || word == "%";
}

// "12.3 MB" as one word.
std::string with_glued_units(std::string_view text) {
  std::string out(text);
  for (std::size_t space = out.find(' '); space != std::string::npos; space = out.find(' ', space + 1)) {
    const std::size_t end = std::min(out.find(' ', space + 1), out.size());
    const bool after_digit = space > 0 && out[space - 1] >= '0' && out[space - 1] <= '9';
    if (after_digit && is_unit(std::string_view(out).substr(space + 1, end - space - 1))) out[space] = kGlue;
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width, bool to_the_left) {
  const std::size_t taken = columns(text);
  const std::string space(width > taken ? width - taken : 0, ' ');
  return to_the_left ? text + space : space + text;
}

std::string without_trailing_spaces(std::string line) {
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

std::string shortened(std::string_view name, std::size_t most_columns) {
  const std::vector<std::size_t> at = starts(name);
  const std::size_t count = at.size() - 1;
  if (count <= most_columns || most_columns < 3) return std::string(name);
  const std::size_t head = most_columns / 2;
  const std::size_t tail = most_columns - 1 - head;
  return format("{}…{}", name.substr(0, at[head]), name.substr(at[count - tail]));
}

std::string hanging(std::string_view sentence, std::size_t first_column, std::size_t indent,
                    std::size_t width) {
  if (width == kAnyWidth) return std::string(sentence);
  const std::size_t taken = std::max(first_column, indent);
  const std::vector<std::string> lines =
      wrapped(with_glued_units(sentence), width > taken ? width - taken : 1);
  std::string out = format("{}", fmt::join(lines, "\n" + std::string(indent, ' ')));
  std::ranges::replace(out, kGlue, ' ');
  return out;
}

void TextTable::add_row(Cell name, std::vector<Cell> cells) {
  rows_.push_back({std::move(name), std::move(cells)});
}

TextTable::Widths TextTable::natural() const {
  Widths widths{.name = columns(names_.head), .cells = {}, .gap = 2};
  for (const Column& column : columns_) widths.cells.push_back(columns(column.head));
  for (const Row& row : rows_) {
    widths.name = std::max(widths.name, columns(row.name.text));
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      widths.cells[i] = std::max(widths.cells[i], columns(row.cells[i].text));
  }
  return widths;
}

std::vector<TextTable::Cell> TextTable::heads() const {
  std::vector<Cell> cells;
  for (const Column& column : columns_) cells.push_back({column.head, Ink::dim});
  return cells;
}

std::string TextTable::line(const Cell& name, const std::vector<Cell>& cells, const Widths& widths,
                            const Painter& paint) const {
  // Colours come after the padding, so that they take no columns, and what ends a line is not padded.
  std::vector<std::pair<std::string, Ink>> parts = {{padded(name.text, widths.name, true), name.ink}};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    parts.emplace_back(
        std::string(widths.gap, ' ') + padded(cells[i].text, widths.cells[i], columns_[i].is_text),
        cells[i].ink);
  }
  while (parts.size() > 1 && without_trailing_spaces(parts.back().first).empty()) parts.pop_back();
  parts.back().first = without_trailing_spaces(parts.back().first);
  std::string out;
  for (const auto& [text, ink] : parts) out += paint.ink(ink, text);
  return out + "\n";
}

std::string TextTable::side_by_side(const Widths& widths, const Painter& paint) const {
  const std::string indent(kIndent, ' ');
  std::string out = indent + line({names_.head, Ink::dim}, heads(), widths, paint);
  for (const Row& row : rows_) {
    const Cell name{shortened(row.name.text, widths.name), row.name.ink};
    out += indent + line(name, row.cells, widths, paint);
  }
  return out;
}

std::string TextTable::stacked(const Widths& widths, const Painter& paint, std::size_t width) const {
  const std::string indent(kIndent, ' ');
  // What would be the column of names is the indent of the cells.
  Widths below = widths;
  below.name = kStackedIndent - widths.gap;
  std::string out = indent + paint.dim(names_.head) + "\n" + line({"", Ink::plain}, heads(), below, paint);
  for (const Row& row : rows_) {
    out += indent + paint.ink(row.name.ink, shortened(row.name.text, width - kIndent)) + "\n";
    out += line({"", Ink::plain}, row.cells, below, paint);
  }
  return out;
}

std::string TextTable::spelled_out(const Painter& paint, std::size_t width) const {
  std::string out = std::string(kIndent, ' ') + paint.dim(names_.head) + "\n";
  for (const Row& row : rows_) {
    out +=
        std::string(kIndent, ' ') + paint.ink(row.name.ink, shortened(row.name.text, width - kIndent)) + "\n";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].text.empty()) continue;
      const std::string head = columns_[i].head.empty() ? "" : columns_[i].head + " ";
      out += std::string(kStackedIndent, ' ') + paint.dim(head) +
             paint.ink(row.cells[i].ink,
                       hanging(row.cells[i].text, kStackedIndent + columns(head), kStackedIndent, width)) +
             "\n";
    }
  }
  return out;
}

std::string TextTable::text(const Painter& paint, std::size_t width) const {
  const Widths tight = natural();
  Widths roomy = tight;
  roomy.gap = 1;
  roomy.name = std::max(roomy.name, names_.least);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    roomy.cells[i] = std::max(roomy.cells[i], columns_[i].least);
  const auto total = [](const Widths& widths, std::size_t name) {
    std::size_t sum = kIndent + name;
    for (const std::size_t cell : widths.cells) sum += widths.gap + cell;
    return sum;
  };
  std::vector<Widths> choices = {roomy, tight, tight};
  choices.back().gap = 1;
  for (Widths widths : choices) {
    if (total(widths, widths.name) <= width) return side_by_side(widths, paint);
    // Long names give way to what their column is meant to have.
    if (names_.least == 0 || widths.name <= names_.least) continue;
    widths.name = names_.least;
    if (total(widths, widths.name) <= width) return side_by_side(widths, paint);
  }
  for (const std::size_t gap : {std::size_t{2}, std::size_t{1}}) {
    Widths widths = tight;
    widths.gap = gap;
    if (total(widths, kStackedIndent - gap) - kIndent <= width) return stacked(widths, paint, width);
  }
  return spelled_out(paint, width);
}

}  // namespace slim
