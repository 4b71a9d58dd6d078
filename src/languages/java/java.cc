#include "languages/java/java.h"

#include "languages/java/checks.h"
#include "languages/java/components.h"
#include "languages/java/finding_kinds.h"
#include "languages/java/jar_form.h"

namespace slim {

namespace {

// "Packaging layer content" in Lambda's documentation.
Status set_up_commands(const Package&, const Inspection&, const TrialOptions&, CommandSetup& setup) {
  setup.search.push_back({"CLASSPATH", ""});
  setup.search.push_back({"CLASSPATH", "lib", "/*"});
  setup.search.push_back({"CLASSPATH", "java/lib", "/*"});
  return {};
}

}  // namespace

const LanguageRoom& java_room() {
  static const LanguageRoom room = {
      .language = Language::java,
      .layer_folders = {"java/lib/"},
      .find_shape = find_jar_shape,
      .find_components = find_java_components,
      .find_seal = find_jar_seal,
      .set_up_commands = set_up_commands,
      .signs = {.plain = {".class", ".jar"}, .may_be_too = {".war"}},
      .finding_kinds = java_finding_kinds,
      .check = check::check_java_classes,
      .check_handler = check::check_java_handler,
  };
  return room;
}

}  // namespace slim
