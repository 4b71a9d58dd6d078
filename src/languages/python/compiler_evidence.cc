// Interface files are written for others: `cimport numpy` reads numpy/__init__.pxd wherever Cython runs.
// Three things show that a package's interface files are read here:
//   1. a compiler is there that has no other use (kCompilers);
//   2. code of another package says that it compiles (PythonFacts::compiler_words), or names the file.
//      Libraries that compile only when they are asked to (kToolkits) don't count themselves, but the code
//      that asks them does. numpy holds numpy.distutils and f2py, cryptography brings cffi, and neither
//      compiles anything by being there;
//   3. code says `cimport x`: then the files of x are read, even where the compiler is in another layer.
#include "languages/python/compiler_evidence.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "languages/python/folders_of_tests.h"
#include "languages/python/python_facts.h"
#include "languages/python/top_package.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

enum class Role : std::uint8_t { none, source, header, cython_interface, cython, stub };

Role role_of(std::string_view path) {
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  const std::string_view suffix = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
  const auto is_one = [&](std::initializer_list<std::string_view> of) {
    return std::ranges::find(of, suffix) != of.end();
  };
  if (is_one({".pxd", ".pxi"})) return Role::cython_interface;
  if (suffix == ".pyx") return Role::cython;
  if (is_one({".h", ".hh", ".hpp", ".hxx"})) return Role::header;
  if (suffix == ".pyi") return Role::stub;
  return is_one({".c", ".cc", ".cpp", ".cxx"}) ? Role::source : Role::none;
}

// What is in a package in order to compile or to look at others' code, and what it reads of them.
struct Compiler {
  std::string_view module;
  bool cython;  // .pxd, .pxi and .pyx
  bool headers;
  bool stubs;
  std::string_view evidence;
};
constexpr std::array<Compiler, 9> kCompilers = {{
    {"Cython", true, true, false, "Cython docs, \"Sharing declarations\": cimport reads .pxd along sys.path"},
    {"pyximport", true, true, false, "compiles .pyx at import, by Cython"},
    {"pythran", false, true, false, "pythran docs: compiles exported functions as C++"},
    {"cppyy", false, true, false, "cppyy docs: include() reads headers when the code runs"},
    {"pybind11", false, true, false, "pybind11 docs: nothing but headers and help for setuptools"},
    {"nanobind", false, true, false, "nanobind docs: nothing but headers and sources to build with"},
    {"mypyc", false, true, true, "mypyc docs: compiles by what mypy finds, which reads stubs (PEP 561)"},
    {"mypy", false, false, true, "PEP 561: type checkers read the stubs of what is installed"},
    {"jedi", false, false, true, "jedi completes by the stubs of what is installed"},
}};
// Scripts in bin/ do nothing but call the library that brought them.
constexpr std::array<std::string_view, 10> kToolkits = {"numpy", "cffi",  "setuptools",    "_distutils_hack",
                                                        "pip",   "torch", "pkg_resources", "numba",
                                                        "wheel", "bin"};

bool reads(const Compiler& compiler, Role role) {
  switch (role) {
    case Role::cython_interface:
    case Role::cython:
      return compiler.cython;
    case Role::header:
      return compiler.headers;
    case Role::stub:
      return compiler.stubs;
    case Role::source:
    case Role::none:
      return false;
  }
  return false;
}

bool is_kept_package(const GuardView& view, const std::string& folder) {
  const auto kept = [&](const char* name) {
    const auto found = find_entry(view.package, folder + name);
    return found && view.kept[*found];
  };
  return kept("__init__.py") || kept("__init__.pyc");
}

std::optional<std::string> compiler_that_is_there(const GuardView& view, std::string_view top, Role role) {
  for (const std::string& root : python_roots(view.inspection)) {
    for (const Compiler& compiler : kCompilers) {
      const std::string folder = root + std::string(compiler.module) + "/";
      const bool is_own = folder == top && role != Role::stub;  // its sources are what it compiles with
      if (!is_own && !reads(compiler, role)) continue;
      if (is_kept_package(view, folder))
        return format("{} is there, which reads such files of every package", compiler.module);
    }
  }
  return std::nullopt;
}

// "numpy" of "python/numpy/".
std::string_view name_of(std::string_view top) { return base_name(top.substr(0, top.size() - 1)); }

bool compiles_with(std::string_view word, Role role, std::string_view top) {
  constexpr std::string_view cimport = "cimport ";
  if (word.starts_with(cimport)) return name_of(top) == word.substr(cimport.size());
  const bool by_cython = word == ".pxd" || word == "import Cython" || word == "import pyximport";
  return role == Role::header ? word != ".pxd" : by_cython;
}

std::optional<std::string> code_that_compiles(const GuardView& view, std::string_view top,
                                              std::string_view name, Role role) {
  for (const std::size_t k : view.inspection.use_of(Language::python).noted) {
    const std::string& path = view.package.entries[k].path;
    if (!view.kept[k] || base_name(path) == "setup.py") continue;
    const std::string reader = top_package(view.inspection, path);
    if (reader == top) continue;
    const PythonFacts& facts = python_facts(view.inspection.files[k]);
    const bool is_telling = role != Role::stub && !name.starts_with("__init__.");
    if (is_telling && std::ranges::binary_search(facts.source_mentions, name))
      return format("{} names {}", path, name);
    const bool is_interface = role == Role::header || role == Role::cython_interface;
    if (!is_interface ||
        (!reader.empty() && std::ranges::find(kToolkits, name_of(reader)) != kToolkits.end()))
      continue;
    const auto word = std::ranges::find_if(
        facts.compiler_words, [&](const std::string& each) { return compiles_with(each, role, top); });
    if (word != facts.compiler_words.end()) return format("{} may have it compiled: it says {}", path, *word);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> who_compiles_with(const GuardView& view, std::size_t i) {
  const std::string& path = view.package.entries[i].path;
  const std::string top = top_package(view.inspection, path);
  const Role role = role_of(path);
  if (top.empty() || role == Role::none) return std::nullopt;
  if (auto compiler = compiler_that_is_there(view, top, role)) return compiler;
  return code_that_compiles(view, top, base_name(path), role);
}

}  // namespace slim
