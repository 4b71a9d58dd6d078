// Zips lose symlinks: a wheel's or a Debian package's libx.so -> libx.so.1 -> libx.so.1.2.3 becomes three
// copies. And wheels bring the same runtime library (libgfortran, libquadmath) each for itself.
//
// A symlink is the same to the loader where three things hold. It finds the file under the same path: it
// does, that path is the link. $ORIGIN means the same: glibc takes it from the path that was opened, links
// unresolved, but other loaders and ldconfig resolve them, so a library that asks for $ORIGIN is only linked
// where either folder leads it to the same files. And one file loaded under two names is one library, with one
// set of variables, where two files would be two: so only real shared libraries with a SONAME, which the loader
// itself keeps single, never plug-ins, such as the extension modules of languages.
#include "transform/duplicates.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "languages/language.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

bool is_plugin(std::string_view path) {
  return std::ranges::any_of(languages(), [&](const LanguageRoom* room) {
    return room->is_plugin != nullptr && room->is_plugin(path);
  });
}

bool asks_origin(const elf::Facts& facts) {
  return (facts.rpath + facts.runpath).find("ORIGIN") != std::string::npos;
}

// Does it look beside itself and nowhere else?
bool asks_origin_alone(const elf::Facts& facts) {
  const auto is_origin = [](const std::string& path) {
    return path.empty() || path == "$ORIGIN" || path == "${ORIGIN}";
  };
  return is_origin(facts.rpath) && is_origin(facts.runpath);
}

// Why the file at `path` may not become a link to `original`, whatever becomes of others; nullopt: it may, but for
// what $ORIGIN leads to.
std::optional<std::string> objection(const elf::Facts& facts, std::string_view path,
                                     std::string_view original) {
  constexpr std::uint16_t shared_object = 3;
  if (facts.type != shared_object || facts.soname.empty() || is_plugin(path) || is_plugin(original)) {
    return "as a plug-in or program it may count on being a file of its own";
  }
  return std::nullopt;
}

// Of what stays: the entry, as a file that is no link of the input.
struct Neighbour {
  bool is_there = false;
  bool is_file = false;
  std::string path;  // of the file that it is, or becomes a link to
};

Neighbour neighbour(const Package& package, const Plan& plan, const std::string& path) {
  const auto index = find_entry(package, path);
  if (!index || plan.actions[*index].verb == Verb::drop) return {};
  const Action& action = plan.actions[*index];
  return {true, package.entries[*index].type == EntryType::file,
          action.verb == Verb::link ? action.link_to : path};
}

// Is every library that it needs, or that these need, one and the same file beside either path, or beside neither?
// One at least must lie there: else it is not known what it looks for. What those need counts since DT_RPATH holds for
// them, too.
bool finds_the_same(const Package& package, const Inspection& inspection, const Plan& plan,
                    const elf::Facts& facts, std::string_view path, std::string_view original) {
  constexpr std::size_t most_names = 100;  // so that no package keeps this busy
  if (!asks_origin_alone(facts)) return false;
  bool finds_one = false;
  std::vector<std::string> names = facts.needed;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const std::string name = names[k];
    if (names.size() > most_names || name.find('/') != std::string::npos) return false;
    const Neighbour here = neighbour(package, plan, std::string(folder_of(path)) + name);
    const Neighbour there = neighbour(package, plan, std::string(folder_of(original)) + name);
    if (!here.is_there && !there.is_there) continue;
    if (!here.is_file || !there.is_file || here.path != there.path) return false;
    finds_one = true;
    const auto index = find_entry(package, here.path);
    if (!index) return false;
    const auto& elf = inspection.files[*index].elf;
    if (!elf) return false;
    for (const std::string& next : elf->needed) {
      if (std::ranges::find(names, next) == names.end()) names.push_back(next);
    }
  }
  return finds_one;
}

void make_link(Action& action, const std::string& path, const std::string& original) {
  const std::string target = relative_target(path, original);
  action.verb = Verb::link;
  action.rule = action.link_rule;
  action.reason = format("is identical to {}", original);
  action.link_to = original;
  action.level = elf::StripLevel::none;
  action.size_after = target.size();
  action.hash_after = hash_bytes(as_bytes(target));
}

// Takes out of `waiting` what becomes a link. One link may let the next be made: of libgfortran, once libquadmath,
// which it needs, is one.
void link_what_may_be(const Package& package, const Inspection& inspection,
                      std::map<std::size_t, std::size_t>& waiting, Plan& plan) {
  constexpr std::ptrdiff_t most_followed = 300;  // each may wait for each
  const auto must_look_beside = [&](const auto& pair) {
    const auto& elf = inspection.files[pair.first].elf;
    const std::string& path = package.entries[pair.first].path;
    return elf && asks_origin(*elf) && folder_of(path) != folder_of(package.entries[pair.second].path);
  };
  const bool are_few = std::ranges::count_if(waiting, must_look_beside) <= most_followed;
  const auto link = [&](const auto& pair) {
    const auto& elf = inspection.files[pair.first].elf;
    const std::string& path = package.entries[pair.first].path;
    const std::string& original = package.entries[pair.second].path;
    if (!elf || objection(*elf, path, original)) return false;
    if (must_look_beside(pair) &&
        (!are_few || !finds_the_same(package, inspection, plan, *elf, path, original)))
      return false;
    make_link(plan.actions[pair.first], path, original);
    return true;
  };
  while (std::erase_if(waiting, link) != 0) continue;
}

// Libraries that say of themselves to be the same and are not: two distributions each bring their own build
// (one SONAME), or auditwheel has given one build another name and search path in each wheel (one build id).
// Which one a process gets is a matter of import order, and both cost their bytes; slim can't choose.
struct Likeness {
  std::string elf::Facts::* by;
  const char* what;  // of the mark that they share and of what follows
};
constexpr std::array likenesses{
    Likeness{&elf::Facts::soname,
             "SONAME {} as {} ({}) and other bytes: versions that agree would share one"},
    Likeness{&elf::Facts::build_id,
             "build id {} as {} ({}) and other bytes: it is one build, which a tool has rewritten for each"}};

// SONAME (or build id) -> the libraries that state it. Of several with identical bytes only the first is
// listed.
std::map<std::string, std::vector<std::size_t>> alike(const Inspection& inspection, const Plan& plan,
                                                      std::string elf::Facts::* by) {
  std::map<std::string, std::vector<std::size_t>> holders;
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    const Action& action = plan.actions[i];
    const auto& elf = inspection.files[i].elf;
    if (!elf || ((*elf).*by).empty() || action.verb == Verb::drop || action.verb == Verb::link) continue;
    auto& known = holders[(*elf).*by];
    const bool is_copy = std::ranges::any_of(
        known, [&](std::size_t other) { return plan.actions[other].hash_after == action.hash_after; });
    if (!is_copy) known.push_back(i);
  }
  return holders;
}

void report_near_duplicates(const Package& package, const Inspection& inspection, Plan& plan) {
  std::set<std::vector<std::size_t>> told;
  for (const Likeness& likeness : likenesses) {
    for (const auto& [mark, entries] : alike(inspection, plan, likeness.by)) {
      if (entries.size() < 2 || !told.insert(entries).second) continue;
      std::string others;
      std::uint64_t bytes = 0;
      for (std::size_t i = 1; i < entries.size(); ++i) {
        others += (others.empty() ? "" : ", ") + printable(package.entries[entries[i]].path);
        bytes += plan.actions[entries[i]].size_after;
      }
      plan.findings.push_back({Severity::note, "near-duplicate", package.entries[entries[0]].path,
                               "has the same " + fmt::format(fmt::runtime(likeness.what), printable(mark),
                                                             others, human_bytes(bytes))});
    }
  }
}

}  // namespace

void link_duplicates(const Package& package, const Inspection& inspection, Plan& plan) {
  std::map<std::tuple<Hash128, std::uint64_t, std::uint32_t>, std::size_t> first_of;  // with its permissions
  std::map<std::size_t, std::size_t> waiting;                                         // copy -> the first
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    const Action& action = plan.actions[i];
    const Entry& entry = package.entries[i];
    const bool eligible = !action.link_rule.empty() && action.verb != Verb::drop;
    if (!inspection.files[i].elf || !eligible || entry.type != EntryType::file) continue;
    const auto [found, is_first] =
        first_of.try_emplace({action.hash_after, action.size_after, entry.mode}, i);
    if (!is_first) waiting.emplace(i, found->second);
  }
  link_what_may_be(package, inspection, waiting, plan);
  for (const auto& [i, first] : waiting) {
    Action& action = plan.actions[i];
    const std::string& path = package.entries[i].path;
    const std::string& original = package.entries[first].path;
    const auto& elf = inspection.files[i].elf;
    const auto reason = elf ? objection(*elf, path, original) : std::nullopt;
    action.holds.push_back(
        {action.link_rule,
         reason.value_or("it looks for its own libraries beside itself ($ORIGIN), and the folders differ")});
    plan.findings.push_back({Severity::note, "duplicate", path,
                             format("is identical to {} and costs {}; it stays because {}", original,
                                    human_bytes(action.size_after), action.holds.back().reason)});
  }
  report_near_duplicates(package, inspection, plan);
}

}  // namespace slim
