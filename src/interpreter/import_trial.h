// Tries what imports: the proof that a package works after slimming as it did before.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/interpreter.h"

namespace slim::interpreter {

struct TrialRequest {
  std::vector<std::string> roots;          // folders that go in front of sys.path
  std::vector<std::string> modules;        // absolute names
  std::vector<std::string> distributions;  // names to ask importlib.metadata for
  unsigned jobs = 1;
  unsigned seconds = 60;      // for each import
  unsigned megabytes = 4096;  // of address space for each import
};

struct TrialResult {
  // What each import failed with; nullopt: it worked.
  std::map<std::string, std::optional<std::string>> modules;
  // What importlib.metadata said, as JSON text; "null" where it knows no such distribution.
  std::map<std::string, std::string> distributions;
};

// Runs the package's code, as importing it does, in processes of their own with limits on time and memory;
// whatever it has started is ended with it. on_module() is called as each module is done. Errors: an
// interpreter that can't be started or hangs.
Result<TrialResult> try_imports(const Interpreter& interpreter, const TrialRequest& request,
                                const std::function<void()>& on_module);

}  // namespace slim::interpreter
