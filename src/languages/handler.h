// Is the handler that Lambda is told to call in the package: its file, and the function in it? What all
// languages do alike; each knows for itself how a handler's name leads to a file, and what a file defines.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/deployed_files.h"

namespace slim::check {

// A name that the file may get in a way that is not understood counts as there.
struct MissingName {
  std::vector<std::string> instead;  // the names that are there
};
using MissingIn = std::optional<MissingName> (*)(std::string_view source, const std::string& name);

void report_missing_handler(Deployment& deployment, std::string message);

// The first of these files that is there.
std::optional<Place> find_any(const Deployment& deployment, const std::string& stem,
                              std::span<const std::string_view> suffixes);

// "module.function": both have to be there. Reports it where one is not; `dot` is where they part.
bool has_function(Deployment& deployment, const std::string& handler, std::size_t dot);

// The file is there; is the function? A file that can't be read has an error of its own.
void check_function(Deployment& deployment, const std::string& handler, Place place, const std::string& name,
                    MissingIn missing_in);

}  // namespace slim::check
