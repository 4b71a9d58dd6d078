// Errors as values. Every function that can fail returns Result<T>; the sentence is written where the fault
// is seen and the outermost frame adds the file's name once (ErrorAt). No exception crosses a module's edge.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace slim {

struct Error {
  std::string
      what;  // one sentence without its full stop: what is wrong, at which offset, and what to do about it
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

// Makes a failed Result from a sentence.
inline tl::unexpected<Error> fail(std::string what) { return tl::unexpected<Error>(Error{std::move(what)}); }

// Puts "where: " before an error's sentence; used once, at the frame that knows the file's name.
inline Error at(const std::string& where, Error error) { return Error{where + ": " + std::move(error.what)}; }

}  // namespace slim

#define SLIM_CONCAT_INNER(a, b) a##b
#define SLIM_CONCAT(a, b) SLIM_CONCAT_INNER(a, b)

// TRY(declaration, expression): declares from a Result or returns its error.
#define TRY(declaration, ...) SLIM_TRY_INNER(SLIM_CONCAT(slim_try_, __COUNTER__), declaration, __VA_ARGS__)
#define SLIM_TRY_INNER(name, declaration, ...)                              \
  auto name = (__VA_ARGS__);                                                \
  if (!name) return tl::unexpected<::slim::Error>(std::move(name.error())); \
  declaration = std::move(*name)

// CHECK_OK(expression): returns the error of a Status or Result, if any.
#define CHECK_OK(...)                                                                       \
  do {                                                                                      \
    auto slim_status = (__VA_ARGS__);                                                       \
    if (!slim_status) return tl::unexpected<::slim::Error>(std::move(slim_status.error())); \
  } while (false)
