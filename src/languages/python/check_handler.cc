// Python's handler: "package.module.function".
#include <algorithm>
#include <array>

#include "languages/handler.h"
#include "languages/python/checks.h"
#include "languages/python/python_facts.h"
#include "python/module_names.h"
#include "util/format.h"

namespace slim::check {
namespace {

// "/var/task/", and every folder of a part that is on sys.path.
std::vector<std::string> python_folders(const Deployment& deployment) {
  std::vector<std::string> folders = {"/var/task/"};
  for (const Part& part : deployment.parts()) {
    for (const std::string& root : python_roots(*part.inspection)) folders.push_back(part.mount + "/" + root);
  }
  return folders;
}

// Is there an extension module, whatever Python it is for? "app.cpython-312-x86_64-linux-gnu.so"
bool has_extension(const Deployment& deployment, const std::string& stem) {
  return std::ranges::any_of(deployment.files(), [&](Place place) {
    const std::string path = deployment.absolute(place);
    return path.ends_with(".so") && path.starts_with(stem + ".");
  });
}

std::optional<MissingName> missing_in_python(std::string_view source, const std::string& name) {
  const python::ModuleNames found = python::module_names(source);
  if (found.is_open || found.names.contains(name)) return std::nullopt;
  return MissingName{{found.names.begin(), found.names.end()}};
}

}  // namespace

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
  report_missing_handler(deployment,
                         format("the handler {} needs {}.py, which is in no part of the package: check the "
                                "handler's name, and that the file was packed at the root",
                                printable(handler), printable(module)));
}

}  // namespace slim::check
