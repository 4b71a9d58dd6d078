// Python sources to bytecode, by the interpreter that will run it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "interpreter/interpreter.h"
#include "util/bytes.h"

namespace slim::interpreter {

struct Source {
  std::string file_name;  // what tracebacks will show: the path in the runtime
  Bytes text;
};

// Compiles `count` sources over `threads` interpreters; load(i) is called from any thread. result[i] is the
// marshalled code without a header, or nullopt where the source does not compile. The bytes depend on the
// source, its file name and the interpreter's release alone. Errors: what load fails with, an interpreter
// that ends or hangs.
Result<std::vector<std::optional<Bytes>>> compile_sources(
    const Interpreter& interpreter, std::size_t count, const std::function<Result<Source>(std::size_t)>& load,
    unsigned threads);

}  // namespace slim::interpreter
