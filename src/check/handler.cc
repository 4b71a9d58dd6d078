// Is the handler that Lambda is told to call in the package: its file, and the function in it?
#include <algorithm>
#include <span>
#include <string_view>

#include "check/deployment.h"
#include "check/handler_names.h"
#include "util/format.h"
#include "util/path.h"
#include "util/suggest.h"

namespace slim::check {
namespace {

Language language_of(const Deployment& deployment) {
  if (deployment.target().runtime != nullptr) return deployment.target().runtime->language;
  return deployment.parts()[0].inspection->language;
}

// "/var/task/", and every folder of a part that is on sys.path.
std::vector<std::string> python_folders(const Deployment& deployment) {
  std::vector<std::string> folders = {"/var/task/"};
  for (const Part& part : deployment.parts()) {
    for (const std::string& root : part.inspection->python_roots) folders.push_back(part.mount + "/" + root);
  }
  return folders;
}

void report_missing(Deployment& deployment, std::string message) {
  deployment.report_part(Severity::error, "missing-handler", 0, std::move(message));
}

std::optional<Place> find_any(const Deployment& deployment, const std::string& stem,
                              std::span<const std::string_view> suffixes) {
  for (const std::string_view suffix : suffixes) {
    if (const auto found = deployment.find(stem + std::string(suffix))) return found;
  }
  return std::nullopt;
}

// Is there an extension module, whatever Python it is for? "app.cpython-312-x86_64-linux-gnu.so"
bool has_extension(const Deployment& deployment, const std::string& stem) {
  return std::ranges::any_of(deployment.files(), [&](Place place) {
    const std::string path = deployment.absolute(place);
    return path.ends_with(".so") && path.starts_with(stem + ".");
  });
}

using MissingIn = std::optional<MissingName> (*)(std::string_view, const std::string&);

// The file is there; is the function? A file that can't be read has an error of its own.
void check_function(Deployment& deployment, const std::string& handler, Place place, const std::string& name,
                    MissingIn missing_in) {
  const Result<Bytes> bytes = deployment.parts()[place.part].package->load(place.index);
  const auto is_blank = [](std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  if (!bytes || std::ranges::all_of(*bytes, is_blank))
    return;  // nobody deploys an empty one: it is a stand-in
  const auto missing = missing_in(as_text(*bytes), name);
  if (!missing) return;
  deployment.report(
      Severity::error, "missing-handler", place,
      format("defines no {}, which the handler {} names: check the handler's name{}", printable(name),
             printable(handler), printable(did_you_mean(name, missing->instead))));
}

// "module.function": both have to be there.
bool has_function(Deployment& deployment, const std::string& handler, std::size_t dot) {
  if (dot != std::string::npos && dot != 0 && dot + 1 < handler.size()) return true;
  report_missing(deployment, format("the handler {} has no dot between a file and a function: write it as "
                                    "file.function, app.handler for the function handler in app",
                                    printable(handler)));
  return false;
}

// "package.module.function": the runtime turns the dots (or slashes) before the last into folders.
void check_python_handler(Deployment& deployment, const std::string& handler) {
  const std::size_t dot = handler.rfind('.');
  if (!has_function(deployment, handler, dot)) return;
  std::string module = handler.substr(0, dot);
  std::ranges::replace(module, '.', '/');
  constexpr std::string_view sources[] = {"/__init__.py", ".py"};
  constexpr std::string_view others[] = {"/__init__.pyc", ".pyc"};
  for (const std::string& folder : python_folders(deployment)) {
    const std::string stem = folder + module;
    if (has_extension(deployment, stem) || has_extension(deployment, stem + "/__init__")) return;
    if (const auto source = find_any(deployment, stem, sources))
      return check_function(deployment, handler, *source, handler.substr(dot + 1), missing_in_python);
    if (find_any(deployment, stem, others)) return;
  }
  report_missing(deployment,
                 format("the handler {} needs {}.py, which is in no part of the package: check the "
                        "handler's name, and that the file was packed at the root",
                        printable(handler), printable(module)));
}

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
  report_missing(deployment,
                 format("the handler {} needs {}.js, .mjs or .cjs, which is in no part of the package: "
                        "check the handler's name, and that the file was packed at the root",
                        printable(handler), printable(module)));
}

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
  report_missing(deployment,
                 format("the handler {} needs {}.rb, which is in no part of the package: check the "
                        "handler's name, and that the file was packed at the root",
                        printable(handler), printable(file)));
}

// "com.example.Handler::method". Jars are not looked into: a class that is in none of the folders may be
// there.
void check_java_handler(Deployment& deployment, const std::string& handler) {
  const std::size_t colons = handler.find("::");
  std::string name = handler.substr(0, colons);
  std::ranges::replace(name, '.', '/');
  if (const auto found = deployment.find("/var/task/" + name + ".class")) {
    if (colons == std::string::npos) return;  // the method of an interface
    return check_function(deployment, handler, *found, handler.substr(colons + 2),
                          [](std::string_view text, const std::string& method) {
                            return missing_in_class(as_bytes(text), method);
                          });
  }
  const bool has_jars = std::ranges::any_of(
      deployment.files(), [&](Place place) { return deployment.entry(place).path.ends_with(".jar"); });
  if (has_jars) return;
  report_missing(deployment,
                 format("the handler {} needs {}.class, which is not in the package: check the handler's "
                        "name, and that classes lie at the root and jars in lib/",
                        printable(handler), printable(name)));
}

}  // namespace

void check_handler(Deployment& deployment) {
  const std::string& handler = deployment.target().handler;
  if (handler.empty()) return;
  const Language language = language_of(deployment);
  if (language == Language::python) check_python_handler(deployment, handler);
  if (language == Language::node) check_node_handler(deployment, handler);
  if (language == Language::ruby) check_ruby_handler(deployment, handler);
  if (language == Language::java) check_java_handler(deployment, handler);
}

}  // namespace slim::check
