#include "languages/python/importable_modules.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "languages/python/folders_of_tests.h"
#include "languages/python/python_facts.h"
#include "python/module_name.h"
#include "util/path.h"

namespace slim {
namespace {

bool is_identifier(std::string_view text) {
  const auto letter = [](unsigned char c) {
    return c == '_' || c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  if (text.empty() || !letter(static_cast<unsigned char>(text[0]))) return false;
  return std::ranges::all_of(
      text, [&](char c) { return letter(static_cast<unsigned char>(c)) || (c >= '0' && c <= '9'); });
}

// "linalg.py" and "_umath.cpython-311-x86_64-linux-gnu.so", but not "a.b.py", which no import can name.
bool is_module_file(std::string_view file) {
  if (file.ends_with(".py")) return file.find('.') == file.size() - 3;
  return file.ends_with(".so") &&
         (file.find(".cpython-") != std::string_view::npos || file.ends_with(".abi3.so"));
}

bool is_left_out(std::string_view stem) {
  constexpr std::array<std::string_view, 3> scripts = {"__main__", "conftest", "setup"};
  return std::ranges::find(scripts, stem) != scripts.end() || stem.starts_with("test_");
}

// "numpy/linalg/__init__.py" -> "numpy.linalg"; empty for what import can't name, and for tests.
std::string name_to_try(std::string_view path) {
  const std::string_view file = base_name(path);
  const std::string_view stem = file.substr(0, file.find('.'));
  if (!is_module_file(file) || !is_identifier(stem) || is_left_out(stem)) return {};
  for (std::string_view folder = parent_of(path); !folder.empty(); folder = parent_of(folder)) {
    if (!is_identifier(base_name(folder)) || is_test_folder(base_name(folder))) return {};
  }
  return python::module_name(path);
}

}  // namespace

std::vector<std::string> roots_in_use(const Package& package, const Inspection& inspection) {
  std::vector<std::string> roots = python_roots(inspection);
  std::erase_if(roots, [&](const std::string& root) {
    return lies_in_package_tests(package, python_roots(inspection), root);
  });
  return roots;
}

std::vector<Module> importable_modules(const Package& package, const std::vector<std::string>& roots) {
  std::map<std::string, std::size_t> found;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    if (package.entries[i].type == EntryType::directory) continue;
    const std::string_view path = package.entries[i].path;
    const auto root = root_of(roots, path);
    const std::string name = root ? name_to_try(path.substr(root->size())) : std::string();
    if (!name.empty()) found.try_emplace(name, i);
  }
  std::vector<Module> modules;
  for (const auto& [name, entry] : found) modules.push_back({name, entry});
  return modules;
}

}  // namespace slim
