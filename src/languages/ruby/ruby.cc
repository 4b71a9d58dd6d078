#include "languages/ruby/ruby.h"

#include "languages/ruby/checks.h"

namespace slim {

namespace {

// "Packaging layer content" and the environment of Ruby's runtimes in Lambda's documentation.
Status set_up_commands(const Package&, const Inspection&, const TrialOptions&, CommandSetup& setup) {
  setup.search.push_back({"RUBYLIB", ""});
  setup.search.push_back({"RUBYLIB", "ruby/lib"});
  setup.search.push_back({"GEM_PATH", "vendor/bundle/ruby/*"});
  setup.search.push_back({"GEM_PATH", "ruby/gems/*"});
  return {};
}

}  // namespace

const LanguageRoom& ruby_room() {
  static const LanguageRoom room = {
      .language = Language::ruby,
      .layer_folders = {"ruby/gems/", "ruby/lib/"},
      .set_up_commands = set_up_commands,
      .signs = {.plain = {".rb"}, .may_be_too = {".ru"}},
      .check_handler = check::check_ruby_handler,
  };
  return room;
}

}  // namespace slim
