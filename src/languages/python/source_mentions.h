// Which sources for compilers and type checkers does a file name, and does it hand any to a compiler?
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "python/scanner.h"

namespace slim {

// Names and suffixes of C and Cython files and of stubs ("x.pyx", ".h"), anywhere in the text of a Python
// file: comments and docstrings may name what a tool reads. Sorted.
std::vector<std::string> read_source_mentions(std::string_view text);

// By what the text of a Python file shows that files of other packages are compiled or looked at, as
// model/inspection.h has it. `mentions`: what the above gives for it. Sorted.
std::vector<std::string> read_compiler_words(std::string_view text, const python::SourceFacts& source,
                                             const std::vector<std::string>& mentions);

// The same of bytecode that stands for its source: names among what it holds, and libraries that compile.
std::vector<std::string> read_source_mentions_in_bytecode(std::string_view bytes);
std::vector<std::string> read_compiler_words_in_bytecode(std::string_view bytes);

// The same of any text, such as a template of Cython code: what it says with cimport.
std::vector<std::string> read_cimports(std::string_view text);

}  // namespace slim
