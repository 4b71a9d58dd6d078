// Bytecode in a source's place is found by imports, and by nothing that asks for a file whose name ends in
// .py. Static evidence can't follow a path from the string that begins it to the call that opens it, so every
// kept file that speaks of sources counts:
//
// - A file that asks for the text of code, or loads files by their paths, keeps the sources of its own
//   distribution. The function's own code may mean what it imports (torch.jit.script(resnet18())), so it keeps
//   that, too.
// - A bare suffix (".py", "*.py", "%s.py") may become any name: it keeps those of its own distribution. Where
//   the file asks where a module lies (m.__file__), it keeps those of what it imports, too.
// - A name ("config.py") keeps every source whose name ends so. "__init__.py" and "__main__.py", which every
//   package has, keep those of the own distribution only.
// - A source that mentions __file__ stays, since it may open itself.
// - A source stays whose functions are decorated by a distribution that reads the text of code: it may read
//   theirs.
// - A module that nobody imports by name is found by listing its folder, if at all: plug-ins, migrations,
//   commands. Where half of a folder's modules are such, all of it stays.
// - What stands as a source in a distribution that has bytecode in place of others was left so with intent.
//   Bytecode shows less of what it needs than its source did, and more of what may be a module's name: so its
//   names prove no import. Both together keep a second run from going further than the first.
#include "languages/python/source_evidence.h"

#include <algorithm>

#include "languages/python/python_facts.h"
#include "python/bytecode.h"
#include "python/module_name.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using Kind = Reference::Kind;

constexpr std::string_view kSuffix = ".py";

// The name of every package's own file says nothing of which package is meant.
bool is_of_every_package(std::string_view name) { return name == "__init__.py" || name == "__main__.py"; }

bool names_module(Kind kind) { return kind == Kind::import || kind == Kind::string || kind == Kind::star; }

}  // namespace

SourceEvidence::SourceEvidence(const Package& package, const Inspection& inspection,
                               const std::vector<bool>& kept)
    : package_(package), inspection_(inspection), modules_(all_modules(package, python_roots(inspection))) {
  for (const Distribution& each : inspection.distributions) installed_.insert(each.name);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i]) take(i);
  }
  find_unnamed(kept);
}

void SourceEvidence::take(std::size_t reader) {
  const FileFacts& facts = inspection_.files[reader];
  const PythonFacts& own = python_facts(facts);
  const std::string& path = package_.entries[reader].path;
  const bool is_lone = python::is_lone_bytecode(path);
  if (is_lone) lone_bytecode_.try_emplace(inspection_.owner[reader], reader);
  for (const Reference& reference : facts.references) {
    if (!is_lone && names_module(reference.kind)) take_import(reference.name, reader);
  }
  if (own.reads_source) {
    const std::string reason = format("{} reads the text of code or loads files by their paths", path);
    readers_.try_emplace(inspection_.owner[reader], reader);
    owners_.try_emplace(inspection_.owner[reader], reason);
    if (!installed_.contains(inspection_.owner[reader])) hold_what_it_uses(reader, reason);
  }
  if (own.is_opaque)
    owners_.try_emplace(inspection_.owner[reader],
                        format("{} is in an encoding that slim doesn't read", path));
  take_names(reader);
}

// An import of a.b.c runs a and a.b, too. That a module names itself says nothing.
void SourceEvidence::take_import(std::string_view name, std::size_t reader) {
  const auto found = modules_named(modules_, name);
  if (found.size() == 1 && found.front().entry == reader) return;
  python::add_with_packages(imported_, name);
}

void SourceEvidence::take_names(std::size_t reader) {
  const PythonFacts& facts = python_facts(inspection_.files[reader]);
  const std::string& owner = inspection_.owner[reader];
  for (const std::string& name : facts.source_names) {
    if (name == kSuffix) {
      const std::string reason =
          format("{} deals in files by their suffix .py", package_.entries[reader].path);
      owners_.try_emplace(owner, reason);
      if (facts.asks_module_paths) hold_what_it_uses(reader, reason);
    } else if (is_of_every_package(name)) {
      own_names_.try_emplace({owner, name}, reader);
    } else {
      names_.try_emplace(name, reader);
    }
  }
}

// The sources of its own distribution, and of those whose modules it imports or names.
void SourceEvidence::hold_what_it_uses(std::size_t reader, const std::string& reason) {
  owners_.try_emplace(inspection_.owner[reader], reason);
  for (const Reference& reference : inspection_.files[reader].references) {
    if (!names_module(reference.kind)) continue;
    for (const Module& found : modules_named(modules_, reference.name))
      owners_.try_emplace(inspection_.owner[found.entry], reason);
  }
}

bool SourceEvidence::is_imported_by_name(std::size_t index) const {
  const std::string_view path = package_.entries[index].path;
  return std::ranges::any_of(python_roots(inspection_), [&](const std::string& root) {
    return path.starts_with(root) && imported_.contains(python::module_name(path.substr(root.size())));
  });
}

void SourceEvidence::find_unnamed(const std::vector<bool>& kept) {
  struct Count {
    std::size_t modules = 0;
    std::size_t unnamed = 0;
    std::size_t first = 0;  // of these
  };
  std::map<std::string_view, Count> folders;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const std::string_view path = package_.entries[i].path;
    if (!kept[i] || !path.ends_with(kSuffix) || is_of_every_package(base_name(path))) continue;
    Count& count = folders[folder_of(path)];
    ++count.modules;
    if (is_imported_by_name(i)) continue;
    unnamed_.insert(i);
    if (count.unnamed++ == 0) count.first = i;
  }
  for (const auto& [folder, count] : folders) {
    if (2 * count.unnamed >= count.modules && count.unnamed > 0) listed_.emplace(folder, count.first);
  }
}

std::optional<std::string> SourceEvidence::who_needs(std::size_t index) const {
  const std::string& path = package_.entries[index].path;
  const auto path_of = [&](std::size_t i) { return std::string_view(package_.entries[i].path); };
  if (auto reader = who_reads(index)) return reader;
  if (const auto found = lone_bytecode_.find(inspection_.owner[index]); found != lone_bytecode_.end())
    return format("{} stands for its source, so that what is left as one is so on purpose",
                  path_of(found->second));
  constexpr const char* listed = "no kept code imports {} by its name, so its folder may be listed for it";
  if (unnamed_.contains(index)) return format(listed, path);
  if (const auto found = listed_.find(std::string(folder_of(path))); found != listed_.end())
    return format(listed, path_of(found->second));
  return std::nullopt;
}

std::optional<std::string> SourceEvidence::who_reads(std::size_t index) const {
  const PythonFacts& facts = python_facts(inspection_.files[index]);
  const std::string& path = package_.entries[index].path;
  const std::string& owner = inspection_.owner[index];
  const auto path_of = [&](std::size_t i) { return std::string_view(package_.entries[i].path); };
  if (const auto found = owners_.find(owner); found != owners_.end()) return found->second;
  if (facts.asks_own_file) return "it asks for its own file (__file__)";
  const std::string name(base_name(path));
  for (std::size_t at = 0; at + kSuffix.size() < name.size(); ++at) {
    if (const auto found = names_.find(name.substr(at)); found != names_.end())
      return format("{} names {}", path_of(found->second), found->first);
  }
  if (const auto found = own_names_.find({owner, name}); found != own_names_.end())
    return format("{} names {}", path_of(found->second), name);
  for (const std::string& top : facts.decorators) {
    for (const Module& module : modules_named(modules_, top)) {
      if (const auto reader = readers_.find(inspection_.owner[module.entry]); reader != readers_.end())
        return format("{} decorates its code, and {} reads the text of code", top, path_of(reader->second));
    }
  }
  return std::nullopt;
}

}  // namespace slim
