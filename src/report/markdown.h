// GitHub Flavored Markdown out of names that nobody has chosen with care.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/finding_groups.h"

namespace slim::markdown {

// A name as code. Nothing in it is markup, ends a cell, mentions somebody or becomes a link; a very long one
// loses its middle.
std::string code(const std::string& name);

// A sentence as text, with the same promises.
std::string text(const std::string& sentence);

// A table whose rows are added while there is room. The header's cells tell how a column is aligned: "size:"
// is aligned to the right.
class Table {
 public:
  explicit Table(const std::vector<std::string>& header);
  void add_row(const std::vector<std::string>& cells);
  std::size_t rows() const { return rows_.size(); }
  // At most so many bytes, with a last line that tells how many rows are left out; "" where not even that
  // fits.
  std::string fitting(std::size_t bytes) const;

 private:
  std::string head_;
  std::vector<std::string> rows_;
};

// A table under a line that opens it. Takes what it needs from `room`, or nothing.
std::string collapsible(const std::string& summary, const Table& table, std::size_t& room);

// Those of one severity.
Table findings_table(const std::vector<FindingGroup>& groups, Severity severity);

// What a comment on a pull request takes (65,536 characters), less a frame that others may put around it.
inline constexpr std::size_t kRoom = 65'000;

}  // namespace slim::markdown
