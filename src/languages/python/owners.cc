// RECORD would tell exactly, but installers wrote it for installers, and slim takes it away: an owner that
// came from it would be another one after slimming, a budget for a package would mean another thing, and
// `slim diff` would show growth that isn't. What is asked here stays in every output: names of folders and
// distributions, top_level.txt, and Import-Name in METADATA (PEP 794). In this order:
//   1. In a namespace, which many distributions share, the name decides: google/cloud/storage belongs to
//      google-cloud-storage.
//   2. Else the one distribution that states the folder: PIL belongs to pillow.
//   3. Else the distribution of the same name: pandas, yarl.libs.
//   4. A distribution that has got nothing so far gets the one import package that nobody claims and whose
//      name resembles its own: sklearn belongs to scikit-learn.
//   5. Else the folder owns itself: what lies in opentelemetry/ beside the folders of single distributions
//      counts as "opentelemetry".
// Measured on 250 distributions: nineteen bytes of twenty get the owner that RECORD names.
#include "languages/python/owners.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "languages/python/python_facts.h"
#include "util/ascii.h"
#include "util/path.h"

namespace slim {
namespace {

std::string_view first_component(std::string_view path) { return path.substr(0, path.find('/')); }

bool is_separator(char c) { return c == '-' || c == '_' || c == '.' || c == ' '; }

// "Flask-SQLAlchemy" -> {"flask", "sqlalchemy"}
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    if (!is_separator(c)) {
      words.back() += lower_case(c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// How names are compared: "Flask-SQLAlchemy" and "flask_sqlalchemy" -> "flasksqlalchemy"
std::string squeezed(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (!is_separator(c)) out += lower_case(c);
  }
  return out;
}

// "numpy.libs" -> numpy, "six.py" -> six, "_cffi_backend.cpython-312-x86_64-linux-gnu.so" -> _cffi_backend
std::string_view stem_of(std::string_view top, bool is_file) {
  if (is_file) return top.substr(0, top.find('.'));
  if (top.ends_with(".libs")) top.remove_suffix(5);
  return top;
}

bool is_subsequence(std::string_view small, std::string_view large) {
  for (const char c : large) {
    if (!small.empty() && small.front() == c) small.remove_prefix(1);
  }
  return small.empty();
}

// "multipart" for python-multipart, "faiss" for faiss-cpu, "zmq" for pyzmq; but no "api" for
// opentelemetry-api.
bool is_most_of_name(const std::string& package, const Distribution& distribution) {
  std::vector<std::string> words = words_of(distribution.name);
  std::erase_if(words, [](const std::string& word) { return word == "python" || word == "py"; });
  std::size_t size = 0;
  for (const std::string& word : words) size += word.size();
  if (package.size() * 2 < size) return false;
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    std::string run;
    for (std::size_t end = begin; end < words.size(); ++end) {
      run += words[end];
      if (run == package) return true;
    }
  }
  return squeezed(distribution.name) == "py" + package;
}

// "sklearn" for scikit-learn, "bs4" for beautifulsoup4.
bool abbreviates(const std::string& package, const Distribution& distribution) {
  const std::string name = squeezed(distribution.name);
  return package.size() >= 3 && name.starts_with(package.front()) && is_subsequence(package, name);
}

struct Top {
  bool is_file = false;
  bool is_import_package = false;  // a module, or a folder with an __init__
  const Distribution* owner = nullptr;
};

// One folder of sys.path.
class Root {
 public:
  Root(const Package& package, std::string prefix) : package_(package), prefix_(std::move(prefix)) {}

  void add(const Distribution& distribution) {
    distributions_.push_back(&distribution);
    by_name_[squeezed(distribution.name)] = &distribution;
    by_info_.emplace(base_name(distribution.info_dir), &distribution);
    for (const std::string& stated : distribution.stated_top_level)
      stating_[std::string(first_component(stated))].insert(&distribution);
  }
  void add(std::string_view path) {
    const std::string_view name = first_component(path);
    Top& top = tops_[std::string(name)];
    top.is_file = name.size() == path.size();
    if (top.is_file) {
      top.is_import_package = path.ends_with(".py") || path.ends_with(".pyc") || path.ends_with(".so");
    } else if (const std::string_view rest = path.substr(name.size() + 1);
               rest == "__init__.py" || rest == "__init__.pyc") {
      top.is_import_package = true;
    }
    if (const Distribution* found = top.is_file ? nullptr : in_namespace(path)) known_.insert(found);
  }
  void settle();
  std::string owner_of(std::string_view path);

 private:
  bool is_namespace(const std::string& folder);
  const Distribution* of_name(const std::string& squeezed_name) const {
    const auto found = by_name_.find(squeezed_name);
    return found == by_name_.end() ? nullptr : found->second;
  }
  const Distribution* in_namespace(std::string_view path);
  const Distribution* stating(const std::string& name) const {
    const auto found = stating_.find(name);
    return found == stating_.end() || found->second.size() != 1 ? nullptr : *found->second.begin();
  }
  void guess(const Distribution& distribution);

  const Package& package_;
  std::string prefix_;  // "" or "python/"
  std::vector<const Distribution*> distributions_;
  std::map<std::string, const Distribution*, std::less<>> by_name_;
  std::map<std::string, const Distribution*, std::less<>> by_info_;
  std::map<std::string, std::set<const Distribution*>, std::less<>> stating_;
  std::map<std::string, Top, std::less<>> tops_;
  std::set<const Distribution*> known_;  // for which a folder is found
  std::unordered_map<std::string, bool> namespaces_;
};

// PEP 420: a folder without an __init__. With one, too, where several distributions state it (pkgutil and
// pkg_resources). What is in a package's own folder is its own, whatever it is called (pip/_vendor/rich).
bool Root::is_namespace(const std::string& folder) {
  const auto [found, is_new] = namespaces_.emplace(folder, false);
  if (!is_new) return found->second;
  const auto has = [&](const char* name) {
    return find_entry(package_, prefix_ + folder + name).has_value();
  };
  const auto stating = stating_.find(folder);
  found->second = (stating != stating_.end() && stating->second.size() > 1) ||
                  (!has("/__init__.py") && !has("/__init__.pyc"));
  return found->second;
}

// "google/cloud/storage_v2/x.py" is google-cloud-storage's, "google/protobuf/x.py" is protobuf's.
const Distribution* Root::in_namespace(std::string_view path) {
  const Distribution* best = nullptr;
  std::string name;
  for (std::size_t begin = 0, depth = 0; begin < path.size(); ++depth) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const bool is_file = end == path.size();
    const std::string_view component = stem_of(path.substr(begin, end - begin), is_file);
    for (const std::string& word : words_of(component)) {
      name += word;
      const Distribution* called_so = depth == 0 ? nullptr : of_name(name);
      if (called_so != nullptr) best = called_so;
    }
    if (depth == 1 && best == nullptr) best = of_name(squeezed(component));
    if (is_file || !is_namespace(std::string(path.substr(0, end)))) return best;
    begin = end + 1;
  }
  return best;
}

void Root::guess(const Distribution& distribution) {
  for (const auto resembles : {is_most_of_name, abbreviates}) {
    Top* only = nullptr;
    std::size_t count = 0;
    for (auto& [name, top] : tops_) {
      if (top.owner != nullptr || !top.is_import_package) continue;
      if (!resembles(squeezed(stem_of(name, top.is_file)), distribution)) continue;
      only = &top;
      ++count;
    }
    if (count > 1) return;
    if (count == 1) {
      only->owner = &distribution;
      return;
    }
  }
}

void Root::settle() {
  for (auto& [name, top] : tops_) {
    const std::string stem(stem_of(name, top.is_file));
    top.owner = stating(stem);
    if (top.owner == nullptr && !stating_.contains(stem)) top.owner = of_name(squeezed(stem));
    if (top.is_import_package && top.owner != nullptr) known_.insert(top.owner);
  }
  for (const Distribution* distribution : distributions_) {
    if (!known_.contains(distribution) && distribution->stated_top_level.empty()) guess(*distribution);
  }
}

std::string Root::owner_of(std::string_view path) {
  const std::string_view name = first_component(path);
  if (const auto info = by_info_.find(name); info != by_info_.end()) return info->second->name;
  if (name.size() != path.size()) {
    if (const Distribution* found = in_namespace(path)) return found->name;
  }
  const auto top = tops_.find(name);
  const bool is_owned = top != tops_.end() && top->second.owner != nullptr;
  return is_owned ? top->second.owner->name : std::string(name);
}

}  // namespace

void find_python_owners(const Package& package, Inspection& inspection) {
  std::vector<std::string> prefixes = python_roots(inspection);
  if (std::ranges::find(prefixes, "") == prefixes.end()) prefixes.emplace_back();
  std::ranges::sort(prefixes, std::greater{},
                    &std::string::size);  // the innermost that holds a path comes first
  std::map<std::string, Root, std::less<>> roots;
  for (const std::string& prefix : prefixes) roots.try_emplace(prefix, package, prefix);
  for (const Distribution& distribution : inspection.distributions)
    roots.at(std::string(folder_of(distribution.info_dir))).add(distribution);

  const auto prefix_of = [&](std::string_view path) -> const std::string& {
    return *std::ranges::find_if(prefixes,
                                 [&](const std::string& prefix) { return path.starts_with(prefix); });
  };
  for (const Entry& entry : package.entries) {
    const std::string& prefix = prefix_of(entry.path);
    if (entry.path.size() > prefix.size())
      roots.at(prefix).add(std::string_view(entry.path).substr(prefix.size()));
  }
  for (auto& [prefix, root] : roots) root.settle();

  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string_view path = package.entries[i].path;
    std::string& owner = inspection.owner[i];
    if (!owner.empty()) continue;  // another language knows
    const std::string& prefix = prefix_of(path);
    owner = roots.at(prefix).owner_of(path.substr(prefix.size()));
  }
}

}  // namespace slim
