// Names of modules: which file has which, told by its path below a folder of sys.path alone, and how they are
// put together.
#pragma once

#include <string>
#include <string_view>

namespace slim::python {

// "a/b/c.cpython-311-x86_64-linux-gnu.so" -> "a.b.c", "a/b/__init__.py" -> "a.b"; empty for what is no
// module.
std::string module_name(std::string_view path);

// The package that a file's relative imports start from: "a/b/c.py" and "a/b/__init__.py" -> "a.b".
std::string package_name(std::string_view path);

// "..x" seen from the package a.b is a.x; "x" is x. Empty where the dots lead out of the top.
std::string absolute_name(std::string_view name, std::string_view package);

// "a.b.c" -> "a.b"; empty for a name without a dot.
std::string_view package_above(std::string_view name);

// Adds the name and those of all packages above it, as an import of a.b.c runs a and a.b, too. It stops at one
// that is there, since those above that one have been added with it.
template <typename Names>
void add_with_packages(Names& names, std::string_view name) {
  while (!name.empty() && names.emplace(name).second) name = package_above(name);
}

// "a.b", "c" -> "a.b.c"; either may be empty.
std::string join_names(std::string_view left, std::string_view right);

}  // namespace slim::python
