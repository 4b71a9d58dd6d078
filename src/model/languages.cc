#include "model/languages.h"

#include <algorithm>

#include "util/format.h"

namespace slim {
namespace {

struct Names {
  const char* name;
  const char* title;
};

Names names_of(Language language) {
  switch (language) {
    case Language::none:
      return {"none", "no language"};
    case Language::python:
      return {"python", "Python"};
    case Language::node:
      return {"node", "Node.js"};
    case Language::java:
      return {"java", "Java"};
    case Language::dotnet:
      return {"dotnet", ".NET"};
    case Language::ruby:
      return {"ruby", "Ruby"};
    case Language::native:
      return {"native", "compiled programs"};
  }
  return {"none", "no language"};
}

}  // namespace

const char* language_name(Language language) { return names_of(language).name; }
const char* language_title(Language language) { return names_of(language).title; }

std::optional<Language> language_from(const std::string& name) {
  if (name == language_name(Language::none)) return Language::none;
  const auto found =
      std::ranges::find_if(kLanguages, [&](Language each) { return name == language_name(each); });
  return found == kLanguages.end() ? std::nullopt : std::optional(*found);
}

std::string version_text(const LanguageVersion& version) {
  return format("{}.{}", version.major, version.minor);
}

}  // namespace slim
