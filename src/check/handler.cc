// Is the handler that Lambda is told to call in the package?
#include <algorithm>

#include "check/deployment.h"
#include "util/format.h"
#include "util/path.h"

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

bool has_any(const Deployment& deployment, const std::string& stem,
             std::span<const std::string_view> suffixes) {
  return std::ranges::any_of(
      suffixes, [&](std::string_view suffix) { return deployment.has(stem + std::string(suffix)); });
}

// "package.module.function": the runtime turns the dots (or slashes) before the last into folders.
void check_python_handler(Deployment& deployment, const std::string& handler) {
  std::string module = handler.substr(0, handler.rfind('.'));
  std::ranges::replace(module, '.', '/');
  constexpr std::string_view suffixes[] = {".py", "/__init__.py", ".pyc", "/__init__.pyc", ".so"};
  for (const std::string& folder : python_folders(deployment)) {
    if (has_any(deployment, folder + module, suffixes)) return;
  }
  deployment.report_part(
      Severity::error, "missing-handler", 0,
      format("the handler {} needs {}.py, which is in no part of the package: check the handler's "
             "name, and that the file was packed at the root",
             printable(handler), printable(module)));
}

// "folder/file.function": up to the first dot behind the last slash.
void check_node_handler(Deployment& deployment, const std::string& handler) {
  const std::size_t dot = handler.find('.', folder_of(handler).size());
  const std::string module = handler.substr(0, dot);
  constexpr std::string_view suffixes[] = {".js", ".mjs", ".cjs", "/index.js"};
  if (has_any(deployment, "/var/task/" + module, suffixes) || has_any(deployment, "/opt/" + module, suffixes))
    return;
  deployment.report_part(
      Severity::error, "missing-handler", 0,
      format("the handler {} needs {}.js, .mjs or .cjs, which is in no part of the package: check "
             "the handler's name, and that the file was packed at the root",
             printable(handler), printable(module)));
}

// "com.example.Handler::method". Jars are not looked into: a class that is in none of the folders may be
// there.
void check_java_handler(Deployment& deployment, const std::string& handler) {
  std::string name = handler.substr(0, handler.find("::"));
  std::ranges::replace(name, '.', '/');
  const bool has_jars = std::ranges::any_of(
      deployment.files(), [&](Place place) { return deployment.entry(place).path.ends_with(".jar"); });
  if (has_jars || deployment.has("/var/task/" + name + ".class")) return;
  deployment.report_part(
      Severity::error, "missing-handler", 0,
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
  if (language == Language::java) check_java_handler(deployment, handler);
}

}  // namespace slim::check
