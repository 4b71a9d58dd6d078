// Any bytes at all: the scanner ends, stays in bounds, and every text that it gives lies in its pool.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "python/scanner.h"
#include "util/bytes.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const slim::python::SourceFacts facts = slim::python::scan_source(slim::as_text({data, size}));
  const auto inside = [&](slim::python::Text text) {
    check(std::uint64_t{text.offset} + text.size <= facts.pool.size());
  };
  for (const auto& each : facts.imports) {
    inside(each.module);
    inside(each.name);
    check(each.line >= 1 && each.line <= size + 1);
  }
  for (const auto& each : facts.dynamic_imports) inside(each.name);
  for (const auto& each : facts.strings) {
    inside(each.text);
    check(each.text.size > 0 && each.text.size < 256);
  }
  for (const auto& each : facts.metadata) inside(each.text);
  for (const auto& each : facts.services) inside(each.service);
  check(facts.pool.size() <= 4 * size + 16);
  return 0;
}
