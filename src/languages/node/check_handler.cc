// Node.js's handler: "folder/file.function".
#include <algorithm>
#include <array>

#include "languages/handler.h"
#include "languages/node/checks.h"
#include "util/format.h"
#include "util/path.h"
#include "util/words.h"

namespace slim::check {
namespace {

// "module.exports = require(…)", "module.exports = make()": what it has can't be told.
bool exports_something_else(std::string_view source) {
  for (std::size_t at = source.find("exports"); at != std::string_view::npos;
       at = source.find("exports", at + 1)) {
    std::string_view rest = skip_blanks(source.substr(at + 7));
    if (!rest.starts_with('=') || rest.starts_with("==")) continue;
    if (!skip_blanks(rest.substr(1)).starts_with('{')) return true;
  }
  return false;
}

std::optional<MissingName> missing_in_node(std::string_view source, const std::string& name) {
  static constexpr std::array<std::string_view, 8> ways = {
      "export *", "export*", "__exportStar", "exports[", "Object.assign(", "eval(", "\\u", "..."};
  if (has_word(source, name) || has_any(source, ways) || exports_something_else(source)) return std::nullopt;
  MissingName missing;
  for (const std::string_view marker : {"exports.", "export function", "export async function",
                                        "export const", "export let", "export var", "export class"}) {
    add_words_behind(source, marker, missing.instead);
  }
  add_words_in_braces(source, "export", missing.instead);
  add_words_in_braces(source, "exports =", missing.instead);
  return missing;
}

}  // namespace

// "folder/file.function": up to the first dot behind the last slash. An absolute path is taken as it is, as
// handlers of tools that wrap a function have it: "/opt/nodejs/node_modules/x/handler.handler".
void check_node_handler(Deployment& deployment, const std::string& handler) {
  const std::size_t dot = handler.find('.', folder_of(handler).size());
  if (!has_function(deployment, handler, dot)) return;
  const std::string module = handler.substr(0, dot);
  const std::string name =
      handler.substr(dot + 1, handler.find('.', dot + 1) - dot - 1);  // of "a.b" the object a
  constexpr std::string_view suffixes[] = {".js", ".mjs", ".cjs", "/index.js", ""};
  for (const std::string folder : {"/var/task/", "/opt/", "/"}) {
    if (folder == "/" && !module.starts_with('/')) continue;
    const auto found = find_any(deployment, normalised(folder + module), suffixes);
    if (found) return check_function(deployment, handler, *found, name, missing_in_node);
  }
  report_missing_handler(
      deployment, format("the handler {} needs {}.js, .mjs or .cjs, which is in no part of the package: "
                         "check the handler's name, and that the file was packed at the root",
                         printable(handler), printable(module)));
}

}  // namespace slim::check
