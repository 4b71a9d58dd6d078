// Colours for a terminal, or none.
#pragma once

#include <cstdint>
#include <string>

#include "report/report.h"
#include "util/format.h"

namespace slim {

enum class Ink : std::uint8_t { plain, bold, dim, green, cyan, yellow, red };

class Painter {
 public:
  explicit Painter(const TerminalStyle& style) : colour_(style.colour) {}
  std::string bold(const std::string& text) const { return ink(Ink::bold, text); }
  std::string dim(const std::string& text) const { return ink(Ink::dim, text); }
  std::string green(const std::string& text) const { return ink(Ink::green, text); }
  std::string cyan(const std::string& text) const { return ink(Ink::cyan, text); }
  std::string yellow(const std::string& text) const { return ink(Ink::yellow, text); }
  std::string red(const std::string& text) const { return ink(Ink::red, text); }

  std::string ink(Ink colour, const std::string& text) const {
    if (!colour_ || colour == Ink::plain || text.empty()) return text;
    return format("\x1b[{}m{}\x1b[0m", code(colour), text);
  }

 private:
  static int code(Ink colour) {
    switch (colour) {
      case Ink::bold:
        return 1;
      case Ink::dim:
        return 2;
      case Ink::green:
        return 32;
      case Ink::cyan:
        return 36;
      case Ink::yellow:
        return 33;
      case Ink::red:
        return 31;
      default:
        return 0;
    }
  }
  bool colour_;
};

}  // namespace slim
