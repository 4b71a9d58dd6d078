// What a file says about the package's Python modules, and which of its other files it names.
#pragma once

#include <string>
#include <string_view>

#include "languages/python/package_names.h"
#include "model/inspection.h"
#include "util/bytes.h"

namespace slim {

// Adds what Python knows of the file; facts.kind is known. Does nothing for files that Python doesn't
// read.
void find_python_facts(ByteView bytes, const std::string& path, const PackageNames& names, Depth depth,
                       FileFacts& facts);

// What rules see in the text of a source beyond its tokens, comments included; sources that differ in nothing but
// comments are the same to every rule where these are equal. For comparing only.
Bytes facts_of_text(ByteView source, const std::string& path);

}  // namespace slim
