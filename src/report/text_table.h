// Text for a terminal of any width: tables whose numbers never break, and sentences in lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/painter.h"

namespace slim {

// A name with its middle left out where it takes more columns, so that its start and its end stay readable.
std::string shortened(std::string_view name, std::size_t most_columns);

// A sentence in lines of the terminal's width, all but the first indented. A number stays with its unit.
// Where standard output is no terminal, it is one line.
std::string hanging(std::string_view sentence, std::size_t first_column, std::size_t indent,
                    std::size_t width);

// Each row has a name and cells. Where that is too wide, names stand on a line of their own, above their
// cells; where that is too wide as well, so do the cells, each with what it is.
class TextTable {
 public:
  struct Column {
    std::string head;
    std::size_t least = 0;  // columns that it takes where there is room
    bool is_text = false;   // aligned to the left
  };
  struct Cell {
    std::string text;
    Ink ink = Ink::plain;
  };

  TextTable(Column names, std::vector<Column> columns)
      : names_(std::move(names)), columns_(std::move(columns)) {}
  void add_row(Cell name, std::vector<Cell> cells);
  std::string text(const Painter& paint, std::size_t width) const;

 private:
  struct Row {
    Cell name;
    std::vector<Cell> cells;
  };
  struct Widths {
    std::size_t name = 0;
    std::vector<std::size_t> cells;
    std::size_t gap = 2;
  };
  Widths natural() const;
  std::string line(const Cell& name, const std::vector<Cell>& cells, const Widths& widths,
                   const Painter& paint) const;
  std::string side_by_side(const Widths& widths, const Painter& paint) const;
  std::string stacked(const Widths& widths, const Painter& paint, std::size_t width) const;
  std::string spelled_out(const Painter& paint, std::size_t width) const;
  std::vector<Cell> heads() const;

  Column names_;
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace slim
