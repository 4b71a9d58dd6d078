#include "interpreter/compiler.h"

#include <algorithm>
#include <atomic>

#include "interpreter/child.h"
#include "interpreter/scripts.h"
#include "parallel/parallel.h"
#include "util/format.h"

namespace slim::interpreter {
namespace {

constexpr std::chrono::seconds one_file_limit{120};

void put32(Bytes& out, std::size_t value) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

Result<Bytes> read_answer(Child& child) {
  TRY(const Bytes head, child.read(4, one_file_limit));
  return child.read(ByteReader(head).read<std::uint32_t>(0).value_or(0), one_file_limit);
}

Result<Child> start_compiler(const Interpreter& interpreter) {
  TRY(Child child, Child::start({interpreter.program, "-I", "-S", "-c", std::string(scripts::compile())}));
  CHECK_OK(read_answer(child));  // its version, looked at before
  return child;
}

Result<std::optional<Bytes>> compile_one(Child& child, const Source& source) {
  constexpr std::size_t largest = 64 << 20;  // no module; and lengths must fit into 32 bits
  if (source.text.size() > largest) return std::optional<Bytes>();
  Bytes head;
  put32(head, source.file_name.size());
  put32(head, source.text.size());
  CHECK_OK(child.write(head));
  CHECK_OK(child.write(as_bytes(source.file_name)));
  CHECK_OK(child.write(source.text));
  TRY(Bytes code, read_answer(child));
  if (code.empty()) return std::optional<Bytes>();
  return std::optional(std::move(code));
}

}  // namespace

Result<std::vector<std::optional<Bytes>>> compile_sources(
    const Interpreter& interpreter, std::size_t count, const std::function<Result<Source>(std::size_t)>& load,
    unsigned threads) {
  std::vector<std::optional<Bytes>> results(count);
  const std::size_t workers = std::min<std::size_t>(threads_or_default(threads), count);
  std::vector<Status> outcomes(workers);
  std::atomic<std::size_t> next = 0;
  const auto work = [&]() -> Status {
    TRY(Child child, start_compiler(interpreter));
    for (std::size_t i = next++; i < count; i = next++) {
      TRY(const Source source, load(i));
      Result<std::optional<Bytes>> compiled = compile_one(child, source);
      if (!compiled) return tl::unexpected(at(printable(source.file_name), std::move(compiled.error())));
      results[i] = std::move(*compiled);
    }
    return {};
  };
  parallel_for(workers, static_cast<unsigned>(workers),
               [&](std::size_t worker) { outcomes[worker] = work(); });
  for (Status& outcome : outcomes) {
    if (!outcome) return tl::unexpected(std::move(outcome.error()));
  }
  return results;
}

}  // namespace slim::interpreter
