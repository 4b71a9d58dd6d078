// Conditions of the rules about Python.
#include "languages/python/guards.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "languages/python/compiler_evidence.h"
#include "languages/python/folders_of_tests.h"
#include "languages/python/fresh_bytecode.h"
#include "languages/python/metadata_evidence.h"
#include "languages/python/python_facts.h"
#include "languages/python/service_evidence.h"
#include "languages/python/source_evidence.h"
#include "languages/python/top_package.h"
#include "python/bytecode.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

Verdict source_beside(const GuardView& view, std::size_t i) {
  const std::string source = python::source_of_bytecode(view.package.entries[i].path);
  if (has_file(view.package, source)) return std::nullopt;
  return "its source is not beside it, so this bytecode is the module itself";
}

Verdict no_source_beside(const GuardView& view, std::size_t i) {
  const std::string source = python::source_of_bytecode(view.package.entries[i].path);
  if (!has_file(view.package, source)) return std::nullopt;
  return format("its source {} is there", source);
}

Verdict inside_package(const GuardView& view, std::size_t i) {
  if (lies_in_package_tests(view.package, python_roots(view.inspection), view.package.entries[i].path))
    return std::nullopt;
  return "the folder does not lie inside an import package";
}

Verdict is_test_suite(const GuardView& view, std::size_t i) {
  const std::string& path = view.package.entries[i].path;
  if (suite_of(view.inspection.test_suites, path) != view.inspection.test_suites.end()) return std::nullopt;
  const auto folders = package_test_folders(view.package, python_roots(view.inspection), path);
  return format("nothing shows that {} is a test suite: too few of its modules are named or written as tests",
                folders.empty() ? folder_of(path) : folders.back());
}

// Is the folder that holds this file a complete metadata folder?
Verdict beside_metadata(const GuardView& view, std::size_t i) {
  const std::string folder(folder_of(view.package.entries[i].path));
  if (has_file(view.package, folder + "METADATA") || has_file(view.package, folder + "PKG-INFO"))
    return std::nullopt;
  return "there is no METADATA beside it, so this file may be all that tells of the distribution";
}

Verdict has_long_description(const GuardView& view, std::size_t i) {
  if (view.inspection.files[i].header_end != 0) return std::nullopt;
  return "it has nothing but headers";
}

// Some file whose name is `stem` with any suffix of a compiled module: a.cpython-311-x86_64-linux-gnu.so,
// a.abi3.so, a.so.
bool has_extension_module(const Package& package, const std::string& stem) {
  const auto first = std::ranges::lower_bound(package.entries, stem + ".", {}, &Entry::path);
  for (auto entry = first; entry != package.entries.end() && entry->path.starts_with(stem + "."); ++entry) {
    if (entry->path.ends_with(".so")) return true;
  }
  return false;
}

Verdict implementation_beside(const GuardView& view, std::size_t i) {
  const std::string& path = view.package.entries[i].path;
  const std::string stem = path.substr(0, path.size() - std::string_view(".pyi").size());
  if (has_file(view.package, stem + ".py") || has_extension_module(view.package, stem) ||
      is_import_package(view.package, stem + "/")) {
    return std::nullopt;
  }
  return "no implementation stands beside it, so the stub is data of a tool that reads stubs";
}

Verdict no_lazy_stub(const GuardView& view, std::size_t i) {
  const std::string& path = view.package.entries[i].path;
  const auto source = find_entry(view.package, path.substr(0, path.size() - 1));
  if (!source || !python_facts(view.inspection.files[*source]).attaches_stub) return std::nullopt;
  return "the package beside it reads this stub when it is imported (lazy_loader.attach_stub)";
}

// The names of all entries below a folder.
template <typename Visit>
void for_each_below(const Package& package, const std::string& folder, Visit visit) {
  const auto first = std::ranges::lower_bound(package.entries, folder, {}, &Entry::path);
  for (auto entry = first; entry != package.entries.end() && entry->path.starts_with(folder); ++entry) {
    if (!visit(static_cast<std::size_t>(entry - package.entries.begin()))) return;
  }
}

Verdict in_import_package(const GuardView& view, std::size_t i) {
  const std::string top = top_package(view.inspection, view.package.entries[i].path);
  if (!top.empty() && is_import_package(view.package, top)) return std::nullopt;
  return "it lies in no import package";
}

Verdict compiled_package(const GuardView& view, std::size_t i) {
  const std::string top = top_package(view.inspection, view.package.entries[i].path);
  if (top.empty()) return "it belongs to no package";
  bool compiled = false;
  for_each_below(view.package, top, [&](std::size_t k) {
    compiled = view.kept[k] && view.inspection.files[k].kind == FileKind::elf &&
               view.package.entries[k].path.ends_with(".so");
    return !compiled;
  });
  if (compiled) return std::nullopt;
  return "its package holds no compiled module that it could be the source of";
}

// Kept code that names a file may read it. A suffix alone (".h") may be a part of any file's name.
Verdict not_named_by_code(const GuardView& view, std::size_t i) {
  const std::string_view path = view.package.entries[i].path;
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  const std::string_view suffix = dot == std::string_view::npos ? name : name.substr(dot);
  const std::string top = top_package(view.inspection, path);
  Verdict verdict;
  for_each_below(view.package, top, [&](std::size_t k) {
    if (!view.kept[k]) return true;
    for (const std::string& mention : python_facts(view.inspection.files[k]).source_mentions) {
      if (mention != name && mention != suffix) continue;
      verdict = format("{} names {}", view.package.entries[k].path, mention);
      return false;
    }
    return true;
  });
  return verdict;
}

Verdict not_kept_as_fresh(const GuardView& view, std::size_t i) {
  if (view.options.python.bytecode != BytecodeMode::keep) return std::nullopt;
  const auto& python = python_version(view.inspection);
  if (python && !python::bytecode_magic(python->major, python->minor)) {
    return format(
        "--bytecode keep: slim does not know the bytecode of Python {}.{}, so that it can't tell whether "
        "this is of use",
        python->major, python->minor);
  }
  if (why_not_fresh(view.package, view.inspection, i)) return std::nullopt;
  return "--bytecode keep: it is of exactly this source, and this Python reads it";
}

Verdict kept_as_fresh(const GuardView& view, std::size_t i) {
  if (view.options.python.bytecode != BytecodeMode::keep) return "bytecode is kept with --bytecode keep only";
  return why_not_fresh(view.package, view.inspection, i);
}

Verdict in_python_root(const GuardView& view, std::size_t i) {
  const auto& roots = python_roots(view.inspection);
  if (std::ranges::find(roots, folder_of(view.package.entries[i].path)) != roots.end()) return std::nullopt;
  return "it does not lie where packages are installed";
}

Verdict in_virtual_environment(const GuardView& view, std::size_t i) {
  if (has_file(view.package, std::string(folder_of(view.package.entries[i].path)) + "pyvenv.cfg"))
    return std::nullopt;
  return "there is no pyvenv.cfg beside it";
}

Verdict bytecode_is_compiled(const GuardView& view, std::size_t) {
  const BytecodeMode mode = view.options.python.bytecode;
  if (mode != BytecodeMode::drop && mode != BytecodeMode::keep) return std::nullopt;
  return "--bytecode asks for none";
}

Verdict bytecode_replaces_sources(const GuardView& view, std::size_t) {
  if (view.options.python.bytecode == BytecodeMode::sourceless) return std::nullopt;
  return "sources give way with --bytecode sourceless only";
}

Verdict importable(const GuardView& view, std::size_t i) {
  const std::string_view path = view.package.entries[i].path;
  const bool in_root = std::ranges::any_of(python_roots(view.inspection),
                                           [&](const std::string& root) { return path.starts_with(root); });
  if (in_root && view.package.entries[i].type == EntryType::file) return std::nullopt;
  return "no import finds it";
}

// Not the function's own code: that may be read by others (a decorator that compiles it).
Verdict of_a_distribution(const GuardView& view, std::size_t i) {
  const bool is_installed = std::ranges::any_of(view.inspection.distributions, [&](const Distribution& each) {
    return each.name == view.inspection.owner[i];
  });
  if (is_installed) return std::nullopt;
  return "it is of no installed distribution";
}

// Null as long as it is not known what stays.
const SourceEvidence* source_evidence(const GuardView& view) {
  const auto found = view.of_what_stays.find(Language::python);
  if (found == view.of_what_stays.end()) return nullptr;
  return &static_cast<const SourceEvidenceOnDemand*>(found->second)->get();
}

Verdict source_not_needed(const GuardView& view, std::size_t i) {
  const SourceEvidence* evidence = source_evidence(view);
  return evidence == nullptr ? "who reads it is not known yet" : evidence->who_needs(i);
}

Verdict source_not_read(const GuardView& view, std::size_t i) {
  const SourceEvidence* evidence = source_evidence(view);
  return evidence == nullptr ? "who reads it is not known yet" : evidence->who_reads(i);
}

// Bytecode that stays states the size or the hash of its source, and what is fresh would be stale.
Verdict no_bytecode_kept(const GuardView& view, std::size_t i) {
  const std::string& path = view.package.entries[i].path;
  Verdict verdict;
  for_each_below(view.package, std::string(folder_of(path)) + "__pycache__/", [&](std::size_t k) {
    const std::string& other = view.package.entries[k].path;
    if (view.kept[k] && python::source_of_bytecode(other) == path)
      verdict = format("{}, which stays, is of the source as it is", other);
    return !verdict;
  });
  return verdict;
}

}  // namespace

std::span<const NamedGuard> python_guards() {
  static const std::vector<NamedGuard> table = {
      {"source-beside", {source_beside}},
      {"no-source-beside", {no_source_beside}},
      {"kept-as-fresh", {kept_as_fresh}},
      {"not-kept-as-fresh", {not_kept_as_fresh}},
      {"services-are-named", {[](const GuardView& view, std::size_t) -> Verdict {
         if (!view.options.services.empty()) return std::nullopt;
         return "--services names none";
       }}},
      {"service-unused", {who_uses_service, true}},
      {"google-document-unused", {who_uses_google_document, true}},
      {"licences-go", {[](const GuardView& view, std::size_t) -> Verdict {
         if (view.options.licences == LicenceMode::drop) return std::nullopt;
         return "licences go with --licenses drop only";
       }}},
      {"licences-are-collected", {[](const GuardView& view, std::size_t) -> Verdict {
         if (view.options.licences == LicenceMode::collect) return std::nullopt;
         return "licences are collected with --licenses collect only";
       }}},
      {"bytecode-is-compiled", {bytecode_is_compiled}},
      {"bytecode-replaces-sources", {bytecode_replaces_sources}},
      {"importable", {importable}},
      {"of-a-distribution", {of_a_distribution}},
      {"source-not-needed", {source_not_needed, true}},
      {"source-not-read", {source_not_read, true}},
      {"no-bytecode-kept", {no_bytecode_kept, true}},
      {"inside-package", {inside_package}},
      {"in-python-root", {in_python_root}},
      {"in-virtual-environment", {in_virtual_environment}},
      {"is-test-suite", {is_test_suite}},
      {"beside-metadata", {beside_metadata}},
      {"has-long-description", {has_long_description}},
      {"implementation-beside", {implementation_beside}},
      {"no-lazy-stub", {no_lazy_stub}},
      {"in-import-package", {in_import_package}},
      {"compiled-package", {compiled_package, true}},
      {"not-named-by-code", {not_named_by_code, true}},
      {"not-compiled-with", {who_compiles_with, true}},
      {"metadata-not-asked", {who_asks_for_metadata, true}},
      {"installer-file-not-read", {who_reads_installer_file, true}},
  };
  return table;
}

}  // namespace slim
