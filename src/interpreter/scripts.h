// The programs of scripts/, compiled into slim as text.
#pragma once

#include <string_view>

namespace slim::interpreter::scripts {

std::string_view compile();
std::string_view import_trial();
std::string_view start_trial();

}  // namespace slim::interpreter::scripts
