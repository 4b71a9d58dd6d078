// Which comments of a Python source are for people alone, and the proof that without them the code is the same.
#pragma once

#include <string_view>
#include <vector>

#include "util/byte_range.h"
#include "util/result.h"

namespace slim::python {

// The comments that may go, each with the blanks before it and without the end of its line, ascending. What stays
// is told in comments.cc. Errors: a clause that says why this source can't be judged.
Result<std::vector<ByteRange>> removable_comments(std::string_view source);

// Whether `after` has the tokens of `before`, each in the same line and column, with the same indentation, and lacks
// nothing but comments that end their line. Reads both anew, whatever led to the ranges. Errors: the first
// difference, one clause.
Status same_code(std::string_view before, const std::vector<ByteRange>& removed, std::string_view after);

}  // namespace slim::python
