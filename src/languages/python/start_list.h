// A list of the modules that a start loads (--start-list): a name in each line, and comments behind #.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "languages/python/source_modules.h"
#include "util/result.h"

namespace slim {

struct ListedName {
  std::size_t line = 0;
  std::string name;
};

// Each name once, where it stands first. Errors: a line with more than one word.
Result<std::vector<ListedName>> parse_start_list(std::string_view text);

struct ListedStart {
  std::vector<std::size_t> entries;   // ascending
  std::vector<std::string> warnings;  // of names that are no module of the package
};

// Names of compiled modules are known and need nothing. Errors: no name is one of the package's.
Result<ListedStart> find_listed(const std::vector<ListedName>& names, const SourceModules& modules,
                                const std::string& file);

}  // namespace slim
