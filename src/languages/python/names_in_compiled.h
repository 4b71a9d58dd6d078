// Names of the package's own modules and files in what is not read as source: extension modules, bytecode, and
// text in a syntax that slim doesn't know. All of them show what they know of only as strings.
#pragma once

#include <string>
#include <string_view>

#include "languages/python/package_names.h"
#include "languages/python/python_facts.h"
#include "model/inspection.h"

namespace slim {

// Of an extension module, or of bytecode that stands for its source.
void read_compiled(std::string_view text, const std::string& path, const PackageNames& names,
                   FileFacts& facts, PythonFacts& own);

// Of text that is meant for people.
void read_names_in_text(std::string_view text, const std::string& path, const PackageNames& names,
                        FileFacts& facts, PythonFacts& own);

}  // namespace slim
