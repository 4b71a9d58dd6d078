#include "interpreter/import_trial.h"

#include "interpreter/child.h"
#include "interpreter/descendants.h"
#include "interpreter/scripts.h"
#include "json/json.h"
#include "util/format.h"

namespace slim::interpreter {
namespace {

std::string as_lines(const TrialRequest& request) {
  std::string text =
      format("seconds {}\nmegabytes {}\njobs {}\n", request.seconds, request.megabytes, request.jobs);
  for (const std::string& root : request.roots) text += format("root {}\n", root);
  for (const std::string& module : request.modules) text += format("module {}\n", module);
  for (const std::string& name : request.distributions) text += format("distribution {}\n", name);
  return text;
}

Status take(const std::string& line, TrialResult& result) {
  TRY(const json::Json answer, json::parse(line));
  if (const std::string& module = answer.at("module").text(); !module.empty()) {
    const json::Json& error = answer.at("error");
    result.modules[module] = error.is_null() ? std::nullopt : std::optional(error.text());
  } else {
    result.distributions[answer.at("distribution").text()] = answer.at("answer").dump();
  }
  return {};
}

}  // namespace

Result<TrialResult> try_imports(const Interpreter& interpreter, const TrialRequest& request,
                                const std::function<void()>& on_module) {
  const Descendants descendants;
  TRY(Child child,
      Child::start({interpreter.program, "-I", "-S", "-c", std::string(scripts::import_trial())}));
  CHECK_OK(child.write(as_bytes(as_lines(request))));
  child.end_of_input();
  TrialResult result;
  const std::chrono::seconds silence(2 * request.seconds + 60);
  while (true) {
    TRY(const auto line, child.read_line(silence));
    if (!line) break;
    const std::size_t known = result.modules.size();
    CHECK_OK(take(*line, result));
    if (result.modules.size() != known) on_module();
  }
  for (const std::string& module : request.modules) {
    result.modules.try_emplace(module, "the interpreter ended before it got to it");
  }
  return result;
}

}  // namespace slim::interpreter
