#include "languages/python/importable_modules.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "languages/python/python_facts.h"
#include "languages/python/test_folders.h"

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

// "linalg.py" and "_umath.cpython-311-x86_64-linux-gnu.so" -> "linalg" and "_umath".
std::optional<std::string_view> stem_of_module(std::string_view file) {
  if (file.ends_with(".py")) return file.substr(0, file.size() - 3);
  const bool extension = file.ends_with(".so") &&
                         (file.find(".cpython-") != std::string_view::npos || file.ends_with(".abi3.so"));
  if (extension) return file.substr(0, file.find('.'));
  return std::nullopt;
}

bool is_left_out(std::string_view stem) {
  constexpr std::array<std::string_view, 3> scripts = {"__main__", "conftest", "setup"};
  return std::ranges::find(scripts, stem) != scripts.end() || stem.starts_with("test_");
}

// "numpy/linalg/__init__.py" -> "numpy.linalg"; nullopt for what import can't name, and for tests.
std::optional<std::string> module_name(std::string_view path) {
  std::string name;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    const std::string_view folder = path.substr(0, slash);
    if (!is_identifier(folder) || is_test_folder(folder)) return std::nullopt;
    name += std::string(folder) + ".";
    path.remove_prefix(slash + 1);
  }
  const auto stem = stem_of_module(path);
  if (!stem || !is_identifier(*stem) || is_left_out(*stem)) return std::nullopt;
  if (*stem != "__init__") return name + std::string(*stem);
  if (name.empty()) return std::nullopt;
  name.pop_back();
  return name;
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
    std::string_view longest;
    bool in_root = false;
    for (const std::string& root : roots) {
      if (!path.starts_with(root)) continue;
      in_root = true;
      if (root.size() > longest.size()) longest = root;
    }
    if (!in_root) continue;
    if (const auto name = module_name(path.substr(longest.size()))) found.try_emplace(*name, i);
  }
  std::vector<Module> modules;
  for (const auto& [name, entry] : found) modules.push_back({name, entry});
  return modules;
}

}  // namespace slim
