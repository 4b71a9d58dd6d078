// What the user can ask for packages of Python alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/given.h"
#include "model/languages.h"

namespace slim {

enum class BytecodeMode : std::uint8_t {
  drop,        // what has its source beside it
  keep,        // what is provably fresh, with a header that no date makes stale
  compile,     // all of it, made anew by the matching interpreter
  init,        // the same, but of those modules alone that loading the handler loads
  fit,         // the same in order of worth, up to a size
  sourceless,  // compiled, in place of the sources of installed packages
};
std::optional<BytecodeMode> bytecode_mode_from(const std::string& name);

enum class DistInfoMode : std::uint8_t {
  reduce,  // to what importlib.metadata is asked for
  drop,    // all but licences, where no kept code can ask
};
std::optional<DistInfoMode> dist_info_mode_from(const std::string& name);

struct PythonOptions {
  std::optional<LanguageVersion> version;  // from --runtime python3.12
  std::string interpreter;                 // --python, as named by the user; empty: looked for on PATH
  BytecodeMode bytecode = BytecodeMode::drop;
  std::uint64_t bytecode_budget = 262'144'000;  // of fit: unpacked bytes of the whole output; Lambda's limit
  Given handler;                                // "app.handler"; empty: looked for
  std::string start_list;  // file that names the modules of the start; empty: they are found
  // The package's code must not be run to find them: only a slim.toml that nobody has named asks for it.
  bool must_not_load = false;
  DistInfoMode dist_info = DistInfoMode::reduce;
};

}  // namespace slim
