// A child process that is spoken with over one socket: what slim writes comes on its standard input, what it
// writes on its standard output comes back. Its standard error goes nowhere.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "util/bytes.h"
#include "util/file.h"

namespace slim::interpreter {

class Child {
 public:
  // Starts a program with nothing of slim's environment but PATH and LD_LIBRARY_PATH. Errors: it can't be
  // started.
  static Result<Child> start(const std::vector<std::string>& arguments);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();  // ends the process and all that it started

  Status write(ByteView bytes);
  void end_of_input();
  // Errors: the child ended before, or was silent for longer than `limit`.
  Result<Bytes> read(std::size_t size, std::chrono::seconds limit);
  // Up to the next newline, without it; an empty result at the end of its output.
  Result<std::optional<std::string>> read_line(std::chrono::seconds limit);

 private:
  Child(int process, Descriptor socket) : process_(process), socket_(std::move(socket)) {}
  Result<bool> fill(std::chrono::seconds limit);  // false: the end

  int process_ = -1;
  Descriptor socket_;
  Bytes buffer_;
  std::size_t taken_ = 0;
};

}  // namespace slim::interpreter
