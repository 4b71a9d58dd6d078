// Ruby's handler: "file.method" or "file.Module::Class.method".
#include <algorithm>
#include <array>

#include "languages/handler.h"
#include "languages/ruby/checks.h"
#include "util/format.h"
#include "util/path.h"
#include "util/words.h"

namespace slim::check {
namespace {

std::optional<MissingName> missing_in_ruby(std::string_view source, const std::string& name) {
  static constexpr std::array<std::string_view, 14> ways = {
      "require_relative", "require '.", "require \".", "require File",  "require_all",    "load ", "load(",
      "include",          "extend",     "eval",        "define_method", "method_missing", "send",  "attr_"};
  if (has_word(source, name) || has_any(source, ways)) return std::nullopt;
  MissingName missing;
  add_words_behind(source, "def ", missing.instead);
  add_words_behind(source, "def self.", missing.instead);
  return missing;
}

}  // namespace

// "file.method" or "file.Module::Class.method".
void check_ruby_handler(Deployment& deployment, const std::string& handler) {
  const std::size_t dot = handler.find('.', folder_of(handler).size());
  if (!has_function(deployment, handler, dot)) return;
  const std::string file = handler.substr(0, dot);
  if (const auto found = deployment.find(normalised("/var/task/" + file + ".rb"))) {
    if (handler.find("::") != std::string::npos || handler.find('.', dot + 1) != std::string::npos)
      return;  // the class may be in a file that this one requires
    return check_function(deployment, handler, *found, handler.substr(handler.rfind('.') + 1),
                          missing_in_ruby);
  }
  report_missing_handler(deployment,
                         format("the handler {} needs {}.rb, which is in no part of the package: check the "
                                "handler's name, and that the file was packed at the root",
                                printable(handler), printable(file)));
}

}  // namespace slim::check
