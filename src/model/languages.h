// The languages that slim knows of, and their versions.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace slim {

enum class Language : std::uint8_t { none, python, node, java, dotnet, ruby, native };

// All but none. Where a package has signs of several, the first of them is taken for the package's own.
inline constexpr std::array kLanguages = {Language::python, Language::node, Language::java,
                                          Language::dotnet, Language::ruby, Language::native};

const char* language_name(Language language);   // "node", as data has it
const char* language_title(Language language);  // "Node.js", as its people write it; "compiled programs"
std::optional<Language> language_from(const std::string& name);

// Of a language, as its runtimes number them: 3.12, 22.0.
struct LanguageVersion {
  int major = 0;
  int minor = 0;
  auto operator<=>(const LanguageVersion&) const = default;
};
std::string version_text(const LanguageVersion& version);  // "3.12"

}  // namespace slim
