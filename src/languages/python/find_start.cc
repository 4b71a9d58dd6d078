// The user's list says it; else the handler is loaded, as Lambda's runtime client does it; else, where that can't be
// or fails, it is read in the sources. Without a handler (layers) any module may be one of the start.
#include "languages/python/find_start.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "interpreter/start_trial.h"
#include "languages/python/importable_modules.h"
#include "languages/python/python_facts.h"
#include "languages/python/python_handler.h"
#include "languages/python/source_modules.h"
#include "languages/python/start_by_imports.h"
#include "languages/python/start_list.h"
#include "languages/python/trial_interpreter.h"
#include "pack/unpack.h"
#include "util/file.h"
#include "util/format.h"

namespace slim {
namespace {

// Lambda's own client, where the package of a container image brings it: what `python -m awslambdaric` loads.
const std::vector<std::string> kClients = {"awslambdaric", "awslambdaric.__main__"};

bool is_wanted(const Options& options) {
  return options.python.bytecode == BytecodeMode::init || options.python.bytecode == BytecodeMode::fit;
}

Result<Start> start_of_list(const Options& options, const SourceModules& modules) {
  const std::string& file = options.python.start_list;
  TRY(const Bytes text, read_file(file));
  Result<std::vector<ListedName>> names = parse_start_list(as_text(text));
  if (!names) return tl::unexpected(at(format("--start-list {}", printable(file)), std::move(names.error())));
  TRY(ListedStart listed, find_listed(*names, modules, file));
  Start start;
  start.from = StartFrom::list;
  start.reason = format("--start-list {} names them", printable(file));
  start.entries = std::move(listed.entries);
  start.warnings = std::move(listed.warnings);
  return start;
}

std::string without_folder(std::string text, const std::string& folder) {
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.erase(at, folder.size());
  return text;
}

interpreter::StartRequest request_for(const Package& package, const Inspection& inspection,
                                      const SourceModules& modules, const PythonHandler& handler,
                                      const std::string& folder) {
  interpreter::StartRequest request;
  request.task = folder;
  request.module = handler.module;
  request.function = handler.function;
  for (const std::string& root : roots_in_use(package, inspection)) {
    std::string path = folder + "/" + root;
    while (path.ends_with('/')) path.pop_back();
    request.roots.push_back(std::move(path));
  }
  for (const std::string& client : kClients) {
    if (modules.has_module(client)) request.clients.push_back(client);
  }
  return request;
}

// Fills the start by loading the handler. Errors: why that can't be; the sources are read then.
Status load_handler(const Package& package, const Inspection& inspection, const Options& options,
                    const SourceModules& modules, const PythonHandler& handler, Start& start,
                    Progress& progress) {
  if (options.python.must_not_load)
    return fail(
        "a slim.toml that was found and not named must not make slim run the package's code, which "
        "--bytecode "
        "on the command line does");
  TRY(const interpreter::Interpreter found, trial_interpreter(inspection, options.python.interpreter));
  progress.begin("unpacking", 0);
  TRY(const TemporaryPath folder, unpack(package, options.threads));
  TRY(const TemporaryPath bytecode, trial_folder());
  progress.begin("loading the handler", 0);
  interpreter::StartRequest request = request_for(package, inspection, modules, handler, folder.path());
  request.bytecode = bytecode.path();
  TRY(const interpreter::StartResult result, interpreter::try_start(found, request));
  const std::string below = folder.path() + "/";
  if (!result.error.empty())
    return fail(format("loading it failed here ({})", without_folder(result.error, below)));
  std::set<std::size_t> entries;
  for (const std::string& file : result.files) {
    if (!file.starts_with(below)) continue;
    const auto entry = find_entry(package, file.substr(below.size()));
    if (entry && std::ranges::binary_search(modules.sources(), *entry)) entries.insert(*entry);
  }
  start.from = StartFrom::loading;
  start.entries.assign(entries.begin(), entries.end());
  start.reason = format("loading it under Python {}.{} has shown it", found.major, found.minor);
  if (!result.made_up.empty())
    start.reason += format(", with 1 for {} in the environment", fmt::join(result.made_up, ", "));
  start.time = StartTime{result.seconds_without, result.seconds_with};
  return {};
}

std::vector<std::size_t> entries_of(const PythonHandler& handler, const SourceModules& modules) {
  std::vector<std::size_t> entries;
  std::vector<std::string> names = kClients;
  names.push_back(handler.module);
  for (const std::string& name : names) {
    if (const auto entry = modules.find(name)) entries.push_back(*entry);
  }
  return entries;
}

std::vector<std::string> names_of(const std::vector<std::size_t>& entries, const SourceModules& modules) {
  std::vector<std::string> names;
  std::ranges::transform(entries, std::back_inserter(names),
                         [&](std::size_t entry) { return modules.name_of(entry); });
  std::ranges::sort(names);
  return names;
}

Result<Start> start_of_package(const Package& package, const Options& options, const ReadMore& read_more,
                               const Inspection& inspection, Progress& progress) {
  const SourceModules modules(package, inspection);
  if (!options.python.start_list.empty() && !modules.sources().empty())
    return start_of_list(options, modules);
  TRY(const auto handler, find_python_handler(package, inspection, modules, options));
  Start start;
  if (!handler) {
    start.reason = inspection.shape == PackageShape::function
                       ? "no handler is known: name it with --handler, such as app.handler"
                       : format("a {} has no handler", package_shape_name(inspection.shape));
    return start;
  }
  start.handler = handler->name;
  const Status loaded = load_handler(package, inspection, options, modules, *handler, start, progress);
  if (!loaded) {
    start.from = StartFrom::imports;
    start.reason = loaded.error().what;
    TRY(start.entries,
        start_by_imports(package, inspection, modules, entries_of(*handler, modules), read_more));
  }
  return start;
}

std::string counted(std::size_t modules) {
  return modules == 1 ? "1 module" : format("{} modules", with_commas(modules));
}

std::string told(const Start& start) {
  switch (start.from) {
    case StartFrom::everything:
      return format("every module counts as one that a start loads, as {}", start.reason);
    case StartFrom::list:
      return format("a start loads {}: {}", counted(start.entries.size()), start.reason);
    case StartFrom::loading:
      return format("a start of {} loads {} of the package: {}", start.handler, counted(start.entries.size()),
                    start.reason);
    case StartFrom::imports:
      break;
  }
  return format(
      "a start of {} loads {} of the package, as the imports in their sources tell: it was not loaded, as "
      "{}. "
      "A list that is right can be given with --start-list",
      start.handler, counted(start.entries.size()), start.reason);
}

}  // namespace

Status find_python_start(const Package& package, const Options& options, const ReadMore& read_more,
                         Inspection& inspection, Progress& progress) {
  if (!is_wanted(options) || python_roots(inspection).empty()) return {};
  TRY(Start start, start_of_package(package, options, read_more, inspection, progress));
  const bool is_known = start.from != StartFrom::everything;
  if (is_known) start.names = names_of(start.entries, SourceModules(package, inspection));
  if (!is_known && !options.write_start_list.empty())
    return fail(format("--write-start-list: there is nothing to list, as {}", start.reason));
  inspection.languages[Language::python].start = std::move(start);
  return {};
}

std::vector<Finding> findings_of_start(const Inspection& inspection, const Options& options) {
  std::vector<Finding> findings;
  const std::optional<Start>& start = inspection.use_of(Language::python).start;
  if (!start || !is_wanted(options)) return findings;
  for (const std::string& warning : start->warnings)
    findings.push_back({Severity::warning, "start-list", "", warning});
  findings.push_back({Severity::note, "modules-of-a-start", "", told(*start)});
  return findings;
}

}  // namespace slim
