// ctypes.util.find_library("magic"): is there such a library?
#include <algorithm>
#include <set>

#include "languages/python/checks.h"
#include "languages/python/python_facts.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

// "libmagic.so.1", "libmagic-1a2b3c.so.1" and "libmagic_x86_64.so" are "magic", "libmagickcore.so" is not.
bool is_library_of(std::string_view file, const std::string& name) {
  const std::string prefix = "lib" + name;
  if (!file.starts_with(prefix) || file.find(".so") == std::string_view::npos) return false;
  const char next = file[prefix.size()];
  return next == '.' || next == '-' || next == '_';
}

class Libraries {
 public:
  explicit Libraries(const Deployment& deployment) {
    for (const Place place : deployment.files()) {
      if (const std::string_view file = base_name(deployment.entry(place).path); file.starts_with("lib"))
        files_.emplace_back(file);
    }
    const RuntimeTable& table = runtime_table();
    for (const auto* list : {&table.image_libraries, &table.openssl1, &table.openssl3})
      files_.insert(files_.end(), list->begin(), list->end());
  }

  bool has(const std::string& name) const {
    return std::ranges::any_of(files_, [&](const std::string& file) { return is_library_of(file, name); });
  }

 private:
  std::vector<std::string> files_;
};

// Names of other systems' libraries: frameworks are written with a capital, "kernel32", "msvcrt".
bool is_of_other_system(const std::string& name) {
  return (name[0] >= 'A' && name[0] <= 'Z') || name.ends_with("32") || name == "objc" || name == "msvcrt";
}

}  // namespace

void check_lookups(Deployment& deployment) {
  if (std::ranges::any_of(deployment.parts(), is_of_image)) return;  // its system may have it
  std::vector<Place> asking;
  for (const Place place : deployment.files()) {
    if (!python_facts(deployment.facts(place)).library_lookups.empty()) asking.push_back(place);
  }
  if (asking.empty()) return;
  const Libraries libraries(deployment);
  std::set<std::pair<std::string, std::string>> reported;
  for (const Place place : asking) {
    for (const std::string& name : python_facts(deployment.facts(place)).library_lookups) {
      if (name.empty() || is_of_other_system(name) || libraries.has(name)) continue;
      if (!reported.insert({deployment.owner(place), name}).second) continue;
      deployment.report(
          Severity::warning, "library-unknown-to-system", place,
          format(
              "looks up the library {} by ctypes.util.find_library, and no lib{}.so is in the packages or in "
              "Lambda's images: put it into lib/ of the function or of a layer and load it by its file name, "
              "or "
              "use a build of {} that brings it",
              printable(name), printable(name), printable(deployment.owner(place))));
    }
  }
}

}  // namespace slim::check
