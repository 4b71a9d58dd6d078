// The files of rules/, as text, compiled into the program (packaging/cmake/EmbedRules.cmake).
#pragma once

#include <span>
#include <string_view>

namespace slim {

struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_rules();
std::string_view embedded_runtime_table();  // rules/runtimes.toml: data, no rules

}  // namespace slim
