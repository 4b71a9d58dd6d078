// Sources by the names under which imports find them, as Python looks: the first folder of sys.path that has the
// name, and there a package before a module.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

class SourceModules {
 public:
  SourceModules(const Package& package, const Inspection& inspection);

  std::optional<std::size_t> find(std::string_view name) const;
  // How a list names a source: by its module's name, or by its path ("./a.b.py") where no import finds it.
  std::string name_of(std::size_t entry) const;
  // And back.
  std::optional<std::size_t> named(std::string_view name) const;
  // Is there any module of that name, be it compiled?
  bool has_module(std::string_view name) const;
  std::vector<std::string> names() const;
  // All sources below a folder of sys.path, importable by a name or not; in ascending order.
  const std::vector<std::size_t>& sources() const { return sources_; }

 private:
  struct Found {
    std::size_t entry = 0;
    std::size_t rank = 0;  // the lowest counts
  };
  const Package& package_;
  std::map<std::string, Found, std::less<>> modules_;
  std::map<std::size_t, std::string> names_;
  std::map<std::string, std::size_t, std::less<>> compiled_;
  std::vector<std::size_t> sources_;
};

}  // namespace slim
