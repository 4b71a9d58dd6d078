// The closure of imports from kept code into what rules would drop. An import of a.b.c runs a/__init__,
// a/b/__init__ and a/b/c (Python's import system, "The import system" in its language reference), so all
// three are needed. Whatever is needed is kept code from then on, and its own imports count.
#include "plan/import_evidence.h"

#include <deque>
#include <string_view>
#include <unordered_map>

#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using Modules =
    std::unordered_multimap<std::string, std::size_t>;  // "a.b" -> a/b.py, a/b/__init__.py, a/b.abi3.so

// "a/b/c.cpython-311-x86_64-linux-gnu.so" -> "a.b.c"; empty for what is no module.
std::string module_name(std::string_view path) {
  const std::string_view name = base_name(path);
  const bool source = name.ends_with(".py");
  if (!source && !name.ends_with(".so") && !name.ends_with(".pyc")) return {};
  std::string module(folder_of(path));
  module += name.substr(0, name.find('.'));
  for (char& c : module) {
    if (c == '/') c = '.';
  }
  constexpr std::string_view init = ".__init__";
  if (module.ends_with(init)) module.resize(module.size() - init.size());
  return module;
}

Modules all_modules(const Package& package, const Inspection& inspection) {
  Modules modules;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string_view path = package.entries[i].path;
    for (const std::string& root : inspection.python_roots) {
      if (!path.starts_with(root)) continue;
      const std::string name = module_name(path.substr(root.size()));
      if (!name.empty()) modules.emplace(name, i);
    }
  }
  return modules;
}

class Closure {
 public:
  Closure(const Package& package, const Inspection& inspection, const std::vector<bool>& candidate)
      : package_(package),
        inspection_(inspection),
        candidate_(candidate),
        modules_(all_modules(package, inspection)) {}

  std::map<std::size_t, std::string> run() {
    for (std::size_t i = 0; i < candidate_.size(); ++i) {
      if (!candidate_[i]) follow(i);
    }
    while (!queue_.empty()) {
      const std::size_t next = queue_.front();
      queue_.pop_front();
      follow(next);
    }
    return std::move(needed_);
  }

 private:
  void follow(std::size_t from) {
    for (const std::string& name : inspection_.files[from].imports) {
      for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
        reach(name.substr(0, dot), from);
      }
      reach(name, from);
    }
  }

  void reach(const std::string& module, std::size_t from) {
    const auto [first, last] = modules_.equal_range(module);
    for (auto found = first; found != last; ++found) {
      const std::size_t i = found->second;
      if (!candidate_[i]) continue;
      const bool added =
          needed_.try_emplace(i, format("{} imports {}", package_.entries[from].path, module)).second;
      if (added) queue_.push_back(i);
    }
  }

  const Package& package_;
  const Inspection& inspection_;
  const std::vector<bool>& candidate_;
  Modules modules_;
  std::map<std::size_t, std::string> needed_;
  std::deque<std::size_t> queue_;
};

}  // namespace

std::map<std::size_t, std::string> needed_by_kept_code(const Package& package, const Inspection& inspection,
                                                       const std::vector<bool>& candidate) {
  return Closure(package, inspection, candidate).run();
}

}  // namespace slim
