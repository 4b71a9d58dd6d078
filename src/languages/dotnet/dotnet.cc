#include "languages/dotnet/dotnet.h"

#include <algorithm>

namespace slim {
namespace {

bool is_main_language(const Package& package, const Inspection&) {
  return std::ranges::any_of(package.entries,
                             [](const Entry& entry) { return entry.path.ends_with(".deps.json"); });
}

}  // namespace

const LanguageRoom& dotnet_room() {
  static const LanguageRoom room = {
      .language = Language::dotnet,
      .layer_folders = {"dotnetcore/"},
      .is_main_language = is_main_language,
      .signs = {.plain = {".deps.json", ".dll"}, .may_be_too = {".runtimeconfig.json"}},
  };
  return room;
}

}  // namespace slim
