// Names of the package's own modules and files in what can't be read as source: extension modules, bytecode,
// and text in a syntax that slim doesn't know. What they refer to is seen only in the strings that they hold.
#pragma once

#include <string>
#include <string_view>

#include "languages/python/package_names.h"
#include "languages/python/python_facts.h"
#include "model/inspection.h"

namespace slim {

// Fills `facts` for an extension module, or for bytecode that stands for its source.
void read_compiled(std::string_view text, const std::string& path, const PackageNames& names,
                   FileFacts& facts, PythonFacts& own);

// The same for text, where a name stands between other words and not between zeros or lengths.
void read_names_in_text(std::string_view text, const std::string& path, const PackageNames& names,
                        FileFacts& facts, PythonFacts& own);

}  // namespace slim
