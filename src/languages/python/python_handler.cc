#include "languages/python/python_handler.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "languages/python/python_facts.h"
#include "python/module_names.h"
#include "util/format.h"
#include "util/path.h"
#include "util/suggest.h"

namespace slim {
namespace {

// As the runtime client does it: "folder/app.handler" is app in the package `folder`.
Result<PythonHandler> stated_handler(const Given& stated, const SourceModules& modules) {
  const std::size_t dot = stated.text.rfind('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == stated.text.size())
    return fail(
        format("{} {}: has no dot between a file and a function: write it as file.function, "
               "app.handler for the function handler in app",
               stated.from, printable(stated.text)));
  PythonHandler handler{stated.text, stated.text.substr(0, dot), stated.text.substr(dot + 1)};
  std::ranges::replace(handler.module, '/', '.');
  if (modules.has_module(handler.module)) return handler;
  return fail(format("{} {}: the package has no module {}{}", stated.from, printable(stated.text),
                     printable(handler.module), printable(did_you_mean(handler.module, modules.names()))));
}

Result<std::optional<PythonHandler>> only_handler(const Package& package, const Inspection& inspection,
                                                  const SourceModules& modules) {
  std::optional<PythonHandler> only;
  const auto& roots = python_roots(inspection);
  for (const std::size_t i : own_sources(inspection, modules)) {
    const std::string& path = package.entries[i].path;
    const std::string module = modules.name_of(i);
    if (std::ranges::find(roots, folder_of(path)) == roots.end() || module.find('/') != std::string::npos)
      continue;
    TRY(const Bytes text, package.load(i));
    const python::ModuleNames found = python::module_names(as_text(text));
    for (const char* function : {"lambda_handler", "handler"}) {
      if (!found.names.contains(std::string_view(function))) continue;
      if (only) return std::optional<PythonHandler>();
      only = PythonHandler{format("{}.{}", module, function), module, function};
      break;
    }
  }
  return only;
}

}  // namespace

Result<std::optional<PythonHandler>> find_python_handler(const Package& package, const Inspection& inspection,
                                                         const SourceModules& modules,
                                                         const Options& options) {
  if (inspection.shape != PackageShape::function || modules.sources().empty())
    return std::optional<PythonHandler>();
  if (options.python.handler.text.empty()) return only_handler(package, inspection, modules);
  TRY(PythonHandler handler, stated_handler(options.python.handler, modules));
  return std::optional(std::move(handler));
}

std::vector<std::size_t> own_sources(const Inspection& inspection, const SourceModules& modules) {
  std::set<std::string> installed;
  for (const Distribution& distribution : inspection.distributions) installed.insert(distribution.name);
  std::vector<std::size_t> own;
  for (const std::size_t i : modules.sources()) {
    if (!installed.contains(inspection.owner[i])) own.push_back(i);
  }
  return own;
}

}  // namespace slim
