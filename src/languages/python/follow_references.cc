// The closure of references from kept code into what rules would drop. An import of a.b.c runs a/__init__,
// a/b/__init__ and a/b/c (Python's import system, "The import system" in its language reference), so all
// three are needed. Whatever is needed is kept code from then on, and its own references count.
//
// A name that is made at run time reaches what its known beginning points to: f"pkg.tests.{x}" all below
// pkg.tests, f"pkg.test_{x}" all that begin so. f"pkg.{x}" could mean any module of pkg, so by itself it
// reaches none of the test folders: only a string that completes it does ("tests"), which the inspect stage
// has found.
//
// Code may read what lies beside it by names that are made at run time: so the data beside a module that is
// needed, and in folders of data below it, stays with it. Where only a few modules of a folder are tests, the
// folder may be what the package offers for testing: if one file of it is needed, all of it stays.
#include "languages/python/follow_references.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "languages/python/folders_of_tests.h"
#include "languages/python/modules.h"
#include "languages/python/python_facts.h"
#include "languages/python/top_package.h"
#include "python/module_name.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using Kind = Reference::Kind;

bool is_code(std::string_view path) {
  return path.ends_with(".py") || path.ends_with(".pyc") || path.ends_with(".pyi") || path.ends_with(".so");
}

class PythonFollower final : public Follower {
 public:
  PythonFollower(const Package& package, const Inspection& inspection, const std::vector<bool>& candidate)
      : package_(package), inspection_(inspection), modules_(all_modules(package, python_roots(inspection))) {
    for (const Module& module : modules_) {
      if (!candidate[module.entry]) python::add_with_packages(kept_modules_, module.name);
    }
  }

  // A stub runs nothing: it counts where somebody attaches it.
  bool begins_at(std::size_t i) const override { return !path(i).ends_with(".pyi"); }

  Status follow(std::size_t from, Reach& reach) override {
    const FileFacts& facts = inspection_.files[from];
    for (const Reference& reference : facts.references) CHECK_OK(follow(from, reference, reach));
    const PythonFacts& own = python_facts(facts);
    if (own.attaches_stub) {
      const auto stub = find_entry(package_, path(from) + "i");
      if (stub) reach.follow_later(*stub);
    }
    if (own.is_opaque) hold_package_of(from, reach);
    return {};
  }

 private:
  const std::string& path(std::size_t i) const { return package_.entries[i].path; }

  Status follow(std::size_t from, const Reference& reference, Reach& reach) {
    switch (reference.kind) {
      case Kind::import:
        reach_module(reference.name, from, "imports", reach);
        break;
      case Kind::string:
        reach_module(reference.name, from, "names", reach);
        break;
      case Kind::prefix:
        reach_prefix(reference.name, from, reach);
        break;
      case Kind::star:
        return reach_listed(reference.name, from, reach);
      case Kind::listed:
        break;
      case Kind::path:
        reach_path(reference.name, from, true, reach);
        break;
      case Kind::folder:
        reach_path(reference.name, from, false, reach);
        break;
      case Kind::suite:
        reach_suites(reference.name, from, reach);
        break;
    }
    return {};
  }

  void hold(std::size_t i, const std::string& reason, Reach& reach) {
    if (!reach.is_candidate(i)) return;
    const bool is_new = reach.need(i, {.reason = reason});
    if (is_new && is_code(path(i))) hold_what_belongs_to(i, reach);
  }

  void hold_what_belongs_to(std::size_t i, Reach& reach) {
    const auto suite = suite_of(inspection_.test_suites, path(i));
    if (suite != inspection_.test_suites.end() && suite->second == SuiteEvidence::some) {
      if (!searched_.insert(suite->first).second) return;
      reach.for_each_below(suite->first, [&](std::size_t k) {
        if (!reach.is_candidate(k) || reach.is_needed(k)) return;
        reach.need(
            k,
            {format("{} is needed, and little shows that {} is a test suite", path(i), suite->first), true});
        reach.follow_later(k);
      });
      return;
    }
    const std::string folder(folder_of(path(i)));
    if (package_.entries[i].size == 0) return;  // it reads nothing
    if (!searched_.insert(folder).second) return;
    reach.for_each_below(folder, [&](std::size_t k) {
      if (!reach.is_candidate(k) || is_code(path(k)) || lies_in_package_below(folder, path(k))) return;
      reach.need(k, {format("{} is needed, and this lies beside it", path(i)), true});
    });
  }

  // Is there a package of its own between the folder and the file?
  bool lies_in_package_below(std::string_view folder, std::string_view file) const {
    for (std::string_view between = folder_of(file); between.size() > folder.size();
         between = folder_of(between.substr(0, between.size() - 1))) {
      if (is_import_package(package_, between)) return true;
    }
    return false;
  }

  // A configuration says "tests", and code puts it behind the name of a folder that is known only then.
  void reach_suites(std::string_view name, std::size_t from, Reach& reach) {
    const std::string top = top_package(inspection_, path(from));
    if (top.empty()) return;
    for (const auto& [folder, evidence] : inspection_.test_suites) {
      if (folder.starts_with(top) && base_name(folder.substr(0, folder.size() - 1)) == name)
        reach_path(folder, from, false, reach);
    }
  }

  void reach_module(std::string_view name, std::size_t from, std::string_view how, Reach& reach) {
    for (std::size_t end = name.find('.');; end = name.find('.', end + 1)) {
      const std::string_view module = name.substr(0, end);
      for (const Module& found : modules_named(modules_, module)) {
        if (!reach.is_candidate(found.entry)) continue;
        hold(found.entry, format("{} {} {}", path(from), how, module), reach);
        reach.follow_later(found.entry);
      }
      if (end == std::string_view::npos) return;
    }
  }

  void reach_prefix(std::string_view prefix, std::size_t from, Reach& reach) {
    if (prefix.ends_with('.') && kept_modules_.contains(std::string(prefix.substr(0, prefix.size() - 1))))
      return;
    auto found = std::ranges::lower_bound(modules_, prefix, {}, &Module::name);
    for (; found != modules_.end() && found->name.starts_with(prefix); ++found) {
      if (reach.is_candidate(found->entry)) {
        reach_module(found->name, from, format("imports names that begin with {}, such as", prefix), reach);
      }
    }
  }

  Status reach_listed(std::string_view name, std::size_t from, Reach& reach) {
    for (const Module& found : modules_named(modules_, name)) {
      CHECK_OK(reach.read_more()(std::span(&found.entry, 1)));
      for (const Reference& reference : inspection_.files[found.entry].references) {
        if (reference.kind == Kind::listed) {
          reach_module(reference.name, from, format("imports * from {}, which lists", name), reach);
        }
      }
    }
    return {};
  }

  // A file that is named may be run; of a folder's files none is followed, as it holds data.
  void reach_path(const std::string& name, std::size_t from, bool with_code, Reach& reach) {
    if (!name.ends_with('/')) {
      const auto file = find_entry(package_, name);
      if (!file || !reach.is_candidate(*file)) return;
      hold(*file, format("{} names it", path(from)), reach);
      return reach.follow_later(*file);
    }
    if (is_kept_package(name)) return;
    reach.for_each_below(name, [&](std::size_t i) {
      if (with_code || !is_code(path(i))) hold(i, format("{} names the folder {}", path(from), name), reach);
    });
  }

  // Who names the folder of a package that stays doesn't mean the tests in it.
  bool is_kept_package(std::string_view folder) const {
    return std::ranges::any_of(python_roots(inspection_), [&](const std::string& root) {
      return folder.starts_with(root) &&
             kept_modules_.contains(python::package_name(folder.substr(root.size())));
    });
  }

  // Code whose text can't be read for certain may need anything of its package.
  void hold_package_of(std::size_t from, Reach& reach) {
    reach.for_each_below(folder_of(path(from)), [&](std::size_t i) {
      if (!reach.is_candidate(i)) return;
      hold(i,
           format("{} has an encoding or a syntax that slim doesn't know, so it may need this", path(from)),
           reach);
      reach.follow_later(i);
    });
  }

  const Package& package_;
  const Inspection& inspection_;
  std::vector<Module> modules_;
  std::unordered_set<std::string> kept_modules_;  // and the packages that hold them
  std::unordered_set<std::string> searched_;      // folders whose data is held already
};

}  // namespace

std::unique_ptr<Follower> python_follower(const Package& package, const Inspection& inspection,
                                          const std::vector<bool>& candidate) {
  return std::make_unique<PythonFollower>(package, inspection, candidate);
}

}  // namespace slim
