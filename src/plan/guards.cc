#include "plan/guards.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "languages/language.h"
#include "util/path.h"

namespace slim {
namespace {

// ".nfs" and 24 hex digits, ".fuse_hidden" and 16: nobody but a file system's driver makes up such names.
Verdict renamed_while_open(const GuardView& view, std::size_t i) {
  const std::string_view name = base_name(view.package.entries[i].path);
  for (const auto& [prefix, digits] :
       {std::pair<std::string_view, std::size_t>{".nfs", 24}, {".fuse_hidden", 16}}) {
    const std::string_view rest = name.substr(std::min(prefix.size(), name.size()));
    if (name.starts_with(prefix) && rest.size() == digits &&
        rest.find_first_not_of("0123456789abcdef") == std::string_view::npos)
      return std::nullopt;
  }
  return "its name is not one that a file system gives to deleted files";
}

// ".#x" that leads to "user@host.pid" or "user@host.pid:boot".
Verdict lock_of_editor(const GuardView& view, std::size_t i) {
  std::string_view target = view.package.entries[i].target;
  const std::size_t colon = target.rfind(':');
  if (colon != std::string_view::npos) target = target.substr(0, colon);
  const std::size_t dot = target.rfind('.');
  const bool has_pid = dot != std::string_view::npos && dot + 1 < target.size() &&
                       target.find_first_not_of("0123456789", dot + 1) == std::string_view::npos;
  if (has_pid && target.find('@') < dot && target.find('/') == std::string_view::npos) return std::nullopt;
  return "it does not name the process of an editor";
}

// Lambda runs a function as another user than the one who owns its files.
Verdict not_executable(const GuardView& view, std::size_t i) {
  if ((view.package.entries[i].mode & 0001) == 0) return std::nullopt;
  return "it can be executed already";
}

// Told by content: an ELF file that the kernel can start, or a "#!" line. Static programs that are position
// independent have no interpreter, as libraries; libraries are called so.
Verdict is_program(const GuardView& view, std::size_t i) {
  constexpr std::uint16_t fixed = 2;
  constexpr std::uint16_t position_independent = 3;
  const std::string_view name = base_name(view.package.entries[i].path);
  if (const auto& elf = view.inspection.files[i].elf) {
    const bool is_library =
        elf->interpreter.empty() && (!elf->soname.empty() || name.find(".so") != std::string_view::npos);
    if (elf->type == fixed || (elf->type == position_independent && !is_library)) return std::nullopt;
    return "it is a library";
  }
  const Result<Bytes> bytes = view.package.load(i);
  if (bytes && as_text(*bytes).starts_with("#!")) return std::nullopt;
  return "it is neither an ELF program nor a script with a #! line";
}

// The walk along references has reached it (evidence/reach.h).
Verdict not_imported(const GuardView& view, std::size_t i) {
  if (view.needed == nullptr) return std::nullopt;
  const auto found = view.needed->find(i);
  if (found == view.needed->end()) return std::nullopt;
  return found->second.reason;
}

std::map<std::string, Guard, std::less<>> all_guards() {
  std::map<std::string, Guard, std::less<>> table = {
      {"is-program", {is_program}},
      {"not-executable", {not_executable}},
      {"renamed-while-open", {renamed_while_open}},
      {"lock-of-editor", {lock_of_editor}},
      {kNotImported, {not_imported}},
  };
  for (const LanguageRoom* room : languages()) {
    if (room->guards == nullptr) continue;
    for (const NamedGuard& named : room->guards()) table.emplace(named.name, named.guard);
  }
  return table;
}

// Made once, and anew only where a test has added a language.
const std::map<std::string, Guard, std::less<>>& guards() {
  static std::map<std::string, Guard, std::less<>> table = all_guards();
  static std::size_t of_languages = languages().size();
  if (of_languages != languages().size()) {
    table = all_guards();
    of_languages = languages().size();
  }
  return table;
}

}  // namespace

const Guard* find_guard(const std::string& name) {
  const auto found = guards().find(name);
  return found == guards().end() ? nullptr : &found->second;
}

std::vector<std::string> guard_names() {
  std::vector<std::string> names;
  for (const auto& [name, guard] : guards()) names.push_back(name);
  return names;
}

}  // namespace slim
