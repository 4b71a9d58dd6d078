#include "languages/python/trial_interpreter.h"

#include <sys/utsname.h>

#include <optional>

#include "languages/python/python_facts.h"
#include "util/format.h"

namespace slim {
namespace {

using interpreter::Interpreter;

// A named interpreter may run foreign code through an emulator; one that slim finds does not.
Status check_machine(const Inspection& facts, const std::string& asked) {
  if (!facts.arch || !asked.empty()) return {};
  utsname system{};
  const bool known = uname(&system) == 0;
  const auto own = known ? arch_from(system.machine) : std::nullopt;
  if (!own || *own == *facts.arch) return {};
  return fail(
      format("the package is for {} and this machine is {}: name an interpreter that runs such code "
             "with --python",
             arch_name(*facts.arch), arch_name(*own)));
}

}  // namespace

Result<Interpreter> trial_interpreter(const Inspection& facts, const std::string& asked) {
  CHECK_OK(check_machine(facts, asked));
  const auto& version = python_version(facts);
  const int major = version ? version->major : 0;
  const int minor = version ? version->minor : 0;
  return interpreter::find_interpreter(asked, major, minor);
}

}  // namespace slim
