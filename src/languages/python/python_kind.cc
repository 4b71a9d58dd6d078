#include "languages/python/python_kind.h"

#include <algorithm>

namespace slim {
namespace {

// PEP 552: a 16-bit magic number, "\r\n", and 12 bytes more. Which number is which Python's is no matter
// here.
bool is_bytecode(ByteView bytes, std::string_view path) {
  if (!path.ends_with(".pyc") && !path.ends_with(".pyo")) return false;
  return bytes.size() >= 8 && bytes[2] == '\r' && bytes[3] == '\n';
}

bool is_python(ByteView bytes, std::string_view path) {
  if (path.ends_with(".py") || path.ends_with(".pyw")) return true;
  if (!as_text(bytes).starts_with("#!")) return false;
  const std::string_view text = as_text(bytes.first(std::min<std::size_t>(bytes.size(), 256)));
  return text.substr(0, text.find('\n')).find("python") != std::string_view::npos;
}

}  // namespace

std::optional<FileKind> find_python_kind(ByteView bytes, std::string_view path, bool is_text) {
  if (is_bytecode(bytes, path)) return FileKind::python_bytecode;
  return is_text && is_python(bytes, path) ? std::optional(FileKind::python_source) : std::nullopt;
}

}  // namespace slim
