// Names that stand in strings: of modules, of sources, and of the files that installers write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "python/facts_builder.h"

namespace slim::python {

constexpr std::size_t max_literal = 255;  // a longer text is no name

// Letters, digits and _./*:- with a letter among them.
bool is_namelike(std::string_view text);

// Which of installer_files() a path names ("RECORD", "conda-meta/history", "x.dist-info/RECORD"); empty where
// it names none.
std::string_view installer_file_in(std::string_view text);

// Adds that the source asks for a file of installer_files().
void add_installer_file(FactsBuilder& facts, std::uint32_t line, std::string_view name);

// Adds the dotted names of a text as strings of their own (NamedString::piece): the text may be code for
// exec() or python -c, a table in one string, or what stands between the fields of a format.
void add_dotted_names(FactsBuilder& facts, std::uint32_t line, std::string_view text);

// Adds the names of sources in a text: "config.py", "*.py", r"[a-z]+\.py$", "%s.py", f"{name}.py", and "py"
// where something is compared with it (`before` is the operator before the string, 0 for none). Of a name
// whose beginning is a field or a pattern only the suffix is known.
void add_source_names(FactsBuilder& facts, std::string_view text, char before);

}  // namespace slim::python
