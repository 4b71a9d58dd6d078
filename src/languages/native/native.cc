#include "languages/native/native.h"

namespace slim {
namespace {

bool is_main_language(const Package& package, const Inspection&) { return has_file(package, "bootstrap"); }

}  // namespace

const LanguageRoom& native_room() {
  static const LanguageRoom room = {
      .language = Language::native,
      .is_main_language = is_main_language,
      .signs = {.is_any_program = true},
  };
  return room;
}

}  // namespace slim
