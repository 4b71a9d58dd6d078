// slim.toml: settings of a project, found beside the package or in a folder above it.
#pragma once

#include <optional>
#include <string>

#include "cli/values.h"
#include "util/result.h"

namespace slim {

struct Config {
  ConfigUse use;
  Values values;  // the profile's laid over the others
};

// The file that --config names, or the one found from `package` (empty: from the current folder); nothing
// where there is none, or with --no-config. Errors: bad TOML, unknown keys, wrong types, bad values, each
// with file, line and column; a --profile that no file has.
Result<std::optional<Config>> load_config(const Values& flags, const std::string& package);

// `above` laid over `below`: what is one value is replaced, lists add up, a budget replaces the one of its
// name, and enabling a rule above takes back that it was disabled below.
Values laid_over(Values below, const Values& above);

// What a file holds, read as if found at `path`; `found` is one that nobody named, whose paths must stay in
// its folder.
Result<Config> parse_config(std::string_view text, const std::string& path, const Given* profile, bool found);

}  // namespace slim
