#include "interpreter/start_trial.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "interpreter/child.h"
#include "interpreter/descendants.h"
#include "interpreter/scripts.h"
#include "json/json.h"
#include "util/format.h"

namespace slim::interpreter {
namespace {

// Names of files may hold anything but zero; a line break would end the line.
Result<std::string> as_lines(const StartRequest& request) {
  std::string text =
      format("task {}\nmodule {}\nfunction {}\nbytecode {}\nseconds {}\nmegabytes {}\n", request.task,
             request.module, request.function, request.bytecode, request.seconds, request.megabytes);
  std::size_t lines = 6;
  for (const std::string& root : request.roots) text += format("root {}\n", root);
  for (const std::string& client : request.clients) text += format("client {}\n", client);
  lines += request.roots.size() + request.clients.size();
  if (static_cast<std::size_t>(std::ranges::count(text, '\n')) != lines)
    return fail("a name has a line break in it");
  return text;
}

std::vector<std::string> texts(const json::Json& list) {
  std::vector<std::string> out;
  for (const json::Json& item : list.items()) out.push_back(item.text());
  return out;
}

}  // namespace

Result<StartResult> try_start(const Interpreter& interpreter, const StartRequest& request) {
  TRY(const std::string lines, as_lines(request));
  const Descendants descendants;
  TRY(Child child,
      Child::start({interpreter.program, "-I", "-S", "-c", std::string(scripts::start_trial())}));
  CHECK_OK(child.write(as_bytes(lines)));
  child.end_of_input();
  constexpr unsigned most_attempts = 52;
  TRY(const std::optional<std::string> line,
      child.read_line(std::chrono::seconds(most_attempts * (request.seconds + 1))));
  if (!line) return fail("the interpreter ended before it was done");
  TRY(const json::Json answer, json::parse(*line));
  StartResult result;
  result.files = texts(answer.at("files"));
  if (!answer.at("error").is_null()) result.error = answer.at("error").text();
  result.made_up = texts(answer.at("made_up"));
  result.seconds_without = static_cast<double>(answer.at("without").unsigned_integer()) / 1e6;
  result.seconds_with = static_cast<double>(answer.at("with").unsigned_integer()) / 1e6;
  return result;
}

}  // namespace slim::interpreter
