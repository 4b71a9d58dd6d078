#include "languages/python/start_by_imports.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "languages/python/python_facts.h"
#include "util/path.h"

namespace slim {
namespace {

using Kind = Reference::Kind;

class Walk {
 public:
  Walk(const Package& package, const Inspection& inspection, const SourceModules& modules,
       const ReadMore& read_more)
      : package_(package), inspection_(inspection), modules_(modules), read_more_(read_more) {}

  Result<std::vector<std::size_t>> from(const std::vector<std::size_t>& entries) {
    for (const std::size_t entry : entries) {
      reach_packages_of(entry);
      reach(entry);
    }
    for (std::size_t i = 0; i < package_.entries.size(); ++i) {
      if (is_startup_file(i)) follow(i, true);
    }
    while (!waiting_.empty()) {
      const std::vector<std::size_t> wave = std::exchange(waiting_, {});
      CHECK_OK(read_more_(wave));
      for (const std::size_t next : wave) follow(next, false);
    }
    return std::vector<std::size_t>(reached_.begin(), reached_.end());
  }

 private:
  bool is_startup_file(std::size_t i) const {
    const std::string_view path = package_.entries[i].path;
    const auto& roots = python_roots(inspection_);
    return path.ends_with(".pth") && std::ranges::find(roots, folder_of(path)) != roots.end();
  }

  void reach(std::size_t entry) {
    if (reached_.insert(entry).second) waiting_.push_back(entry);
  }

  // An import of a.b.c loads a, a.b and a.b.c.
  void reach_name(std::string_view name) {
    for (std::size_t end = name.find('.');; end = name.find('.', end + 1)) {
      if (const auto entry = modules_.find(name.substr(0, end))) reach(*entry);
      if (end == std::string_view::npos) return;
    }
  }

  void reach_packages_of(std::size_t entry) {
    const std::string name = modules_.name_of(entry);
    if (name.find('/') == std::string::npos) reach_name(name);
  }

  // Every import of a .pth file runs. `import *` stands outside functions, and loads what __all__ lists.
  void follow(std::size_t from, bool all) {
    for (const Reference& reference : inspection_.files[from].references) {
      if (reference.kind == Kind::import && (reference.at_start || all)) reach_name(reference.name);
      if (reference.kind == Kind::star) reach_listed(reference.name);
    }
  }

  void reach_listed(std::string_view name) {
    const auto entry = modules_.find(name);
    if (!entry) return;
    for (const Reference& reference : inspection_.files[*entry].references) {
      if (reference.kind == Kind::listed) reach_name(reference.name);
    }
  }

  const Package& package_;
  const Inspection& inspection_;
  const SourceModules& modules_;
  const ReadMore& read_more_;
  std::set<std::size_t> reached_;
  std::vector<std::size_t> waiting_;
};

}  // namespace

Result<std::vector<std::size_t>> start_by_imports(const Package& package, const Inspection& inspection,
                                                  const SourceModules& modules,
                                                  const std::vector<std::size_t>& from,
                                                  const ReadMore& read_more) {
  return Walk(package, inspection, modules, read_more).from(from);
}

}  // namespace slim
