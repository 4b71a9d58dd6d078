#include "languages/ruby/ruby.h"

#include "languages/ruby/checks.h"

namespace slim {

const LanguageRoom& ruby_room() {
  static const LanguageRoom room = {
      .language = Language::ruby,
      .check_handler = check::check_ruby_handler,
  };
  return room;
}

}  // namespace slim
