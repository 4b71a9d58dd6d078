#include "languages/python/try_imports.h"

#include <algorithm>
#include <map>

#include "interpreter/import_trial.h"
#include "languages/python/importable_modules.h"
#include "languages/python/python_facts.h"
#include "languages/python/trial_interpreter.h"
#include "pack/unpack.h"
#include "parallel/parallel.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using interpreter::Interpreter;
using interpreter::TrialRequest;
using interpreter::TrialResult;

TrialRequest request_for(const std::vector<Module>& modules, const Inspection& facts,
                         const std::vector<std::string>& roots, const TrialOptions& options) {
  TrialRequest request;
  for (const Module& module : modules) request.modules.push_back(module.name);
  for (const Distribution& distribution : facts.distributions) {
    const std::string_view root = folder_of(distribution.info_dir);
    if (std::ranges::find(roots, root) != roots.end()) request.distributions.push_back(distribution.name);
  }
  request.jobs = threads_or_default(options.threads);
  return request;
}

// What an error says of the folder in which it was tried is no news: the paths are those of the package.
void take_out(const std::string& folder, TrialResult& result) {
  for (auto& [name, error] : result.modules) {
    if (!error) continue;
    for (std::size_t at = error->find(folder); at != std::string::npos; at = error->find(folder, at))
      error->erase(at, folder.size());
  }
}

Result<TrialResult> run_in(const TemporaryPath& folder, const std::vector<std::string>& roots,
                           const Interpreter& interpreter, TrialRequest request, const char* when,
                           Progress& progress) {
  for (const std::string& root : roots) {
    std::string path = folder.path() + "/" + root;
    while (path.ends_with('/')) path.pop_back();
    request.roots.push_back(std::move(path));
  }
  progress.begin_counted("importing", request.modules.size(), format("modules{}", when));
  TRY(TrialResult result, interpreter::try_imports(interpreter, request, [&] { progress.advance(1); }));
  take_out(folder.path() + "/", result);
  return result;
}

constexpr const char* kBefore = " (before)";
constexpr const char* kAfter = " (after)";

bool has_nothing_to_import(const Inspection& facts, const std::vector<Module>& modules) {
  return modules.empty() && facts.distributions.empty();
}

std::vector<Failure> failures_between(const std::vector<Module>& modules, const TrialResult& before,
                                      const TrialResult& after) {
  std::vector<Failure> failures;
  for (const Module& module : modules) {
    const auto was = before.modules.find(module.name);
    const auto now = after.modules.find(module.name);
    if (was == before.modules.end() || was->second || now == after.modules.end()) continue;
    if (const std::optional<std::string>& error = now->second)
      failures.push_back({module.name, false, *error, module.entry});
  }
  for (const auto& [name, answer] : before.distributions) {
    const auto now = after.distributions.find(name);
    if (answer == "null" || (now != after.distributions.end() && now->second == answer)) continue;
    failures.push_back({name, true, "importlib.metadata has another answer", std::nullopt});
  }
  return failures;
}

// Only the modules of these failures, for the second try.
std::vector<Module> of_failures(const std::vector<Failure>& failures) {
  std::vector<Module> modules;
  for (const Failure& failure : failures) {
    if (!failure.is_distribution) modules.push_back({failure.module, failure.entry.value_or(0)});
  }
  return modules;
}

}  // namespace

Result<Trial> try_imports_against(const Package& before, const Inspection& facts, const Package& after,
                                  const TrialOptions& options, Progress& progress) {
  const std::vector<std::string> roots = roots_in_use(before, facts);
  std::vector<Module> modules = importable_modules(before, roots);
  if (has_nothing_to_import(facts, modules)) return Trial{};
  TRY(const Interpreter interpreter, trial_interpreter(facts, options.interpreter));
  progress.begin("unpacking", 0);
  TRY(const TemporaryPath was, unpack(before, options.threads));
  TRY(const TemporaryPath now, unpack(after, options.threads));
  Trial trial{.language = Language::python,
              .version = format("{}.{}", interpreter.major, interpreter.minor),
              .modules = modules.size()};
  const TrialRequest all = request_for(modules, facts, roots, options);
  TRY(const TrialResult first_before, run_in(was, roots, interpreter, all, kBefore, progress));
  TRY(const TrialResult first_after, run_in(now, roots, interpreter, all, kAfter, progress));
  for (const auto& [name, error] : first_before.modules) trial.worked += error ? 0 : 1;
  for (const auto& [name, answer] : first_before.distributions)
    trial.distributions += answer == "null" ? 0 : 1;
  trial.failures = failures_between(modules, first_before, first_after);
  if (trial.failures.empty()) return trial;

  modules = of_failures(trial.failures);
  const TrialRequest again = request_for(modules, facts, roots, options);
  TRY(const TrialResult second_before, run_in(was, roots, interpreter, again, kBefore, progress));
  TRY(const TrialResult second_after, run_in(now, roots, interpreter, again, kAfter, progress));
  trial.failures = failures_between(modules, second_before, second_after);
  return trial;
}

Result<Trial> try_imports_alone(const Package& package, const Inspection& facts, const TrialOptions& options,
                                Progress& progress) {
  const std::vector<std::string> roots = roots_in_use(package, facts);
  const std::vector<Module> modules = importable_modules(package, roots);
  if (has_nothing_to_import(facts, modules)) return Trial{};
  TRY(const Interpreter interpreter, trial_interpreter(facts, options.interpreter));
  progress.begin("unpacking", 0);
  TRY(const TemporaryPath folder, unpack(package, options.threads));
  Trial trial{.language = Language::python,
              .version = format("{}.{}", interpreter.major, interpreter.minor),
              .modules = modules.size()};
  TRY(const TrialResult result,
      run_in(folder, roots, interpreter, request_for(modules, facts, roots, options), "", progress));
  for (const Module& module : modules) {
    const auto found = result.modules.find(module.name);
    if (found == result.modules.end()) continue;
    if (const std::optional<std::string>& error = found->second) {
      trial.failures.push_back({module.name, false, *error, module.entry});
    } else {
      ++trial.worked;
    }
  }
  for (const auto& [name, answer] : result.distributions) trial.distributions += answer == "null" ? 0 : 1;
  return trial;
}

}  // namespace slim
