#include "languages/native/native.h"

namespace slim {
namespace {

bool is_main_language(const Package& package, const Inspection&) { return has_file(package, "bootstrap"); }

// "Defined runtime environment variables" in Lambda's documentation.
Status set_up_commands(const Package&, const Inspection&, const TrialOptions&, CommandSetup& setup) {
  setup.search.push_back({"LD_LIBRARY_PATH", ""});
  setup.search.push_back({"LD_LIBRARY_PATH", "lib"});
  return {};
}

}  // namespace

const LanguageRoom& native_room() {
  static const LanguageRoom room = {
      .language = Language::native,
      .is_main_language = is_main_language,
      .set_up_commands = set_up_commands,
      .signs = {.is_any_program = true},
  };
  return room;
}

}  // namespace slim
