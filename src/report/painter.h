// Colours for a terminal, or none.
#pragma once

#include <string>

#include "report/report.h"
#include "util/format.h"

namespace slim {

class Painter {
 public:
  explicit Painter(const TerminalStyle& style) : colour_(style.colour) {}
  std::string bold(const std::string& text) const { return paint("1", text); }
  std::string dim(const std::string& text) const { return paint("2", text); }
  std::string green(const std::string& text) const { return paint("32", text); }
  std::string cyan(const std::string& text) const { return paint("36", text); }
  std::string yellow(const std::string& text) const { return paint("33", text); }
  std::string red(const std::string& text) const { return paint("31", text); }

 private:
  std::string paint(const char* code, const std::string& text) const {
    return colour_ ? format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  bool colour_;
};

}  // namespace slim
