// What kind of package is it, for which language and machine? Told by the paths that Lambda itself gives a
// meaning: layers unpack under /opt (python/, nodejs/node_modules/, java/lib/, ruby/gems/), functions under
// /var/task.
#include "inspect/package_shape.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "util/ascii.h"
#include "util/lines.h"
#include "util/most_frequent.h"
#include "util/path.h"

namespace slim {
namespace {

std::string_view first_component(std::string_view path) { return path.substr(0, path.find('/')); }

bool any_path_starts_with(const Package& package, std::string_view prefix) {
  const auto found = std::ranges::lower_bound(
      package.entries, prefix, {}, [](const Entry& entry) { return std::string_view(entry.path); });
  return found != package.entries.end() && found->path.starts_with(prefix);
}

// By the name of what is read, or by that of what is to be written: a folder may become a jar.
bool is_named_as(const Package& package, const std::string& output,
                 std::initializer_list<std::string_view> suffixes) {
  return std::ranges::any_of(suffixes, [&](std::string_view s) {
    return (package.format == ContainerFormat::zip && package.path.ends_with(s)) || output.ends_with(s);
  });
}

// "x-1.0.dist-info" at the root, with the two files that every wheel has there (binary distribution format).
std::string info_of_wheel(const Package& package) {
  for (const Entry& entry : package.entries) {
    const std::string_view folder = first_component(entry.path);
    if (!folder.ends_with(".dist-info")) continue;
    std::string name(folder);
    if (has_file(package, name + "/WHEEL") && has_file(package, name + "/RECORD")) return name;
  }
  return {};
}

// Content tells a wheel, under whatever name: its RECORD lists all that there is, and nobody has installed
// it yet. Installers add a file of theirs, INSTALLER, and functions have files of their own.
Result<bool> is_wheel(const Package& package, const std::string& output) {
  if (package.path.ends_with(".whl")) return true;
  const std::string info = info_of_wheel(package);
  if (info.empty() || output.ends_with(".whl")) return !info.empty();
  TRY(const std::string record, load_text(package, info + "/RECORD"));
  std::set<std::string, std::less<>> listed;
  for (std::string_view line : lines_of(record)) {
    const bool in_quotes = line.starts_with('"');
    if (in_quotes) line.remove_prefix(1);
    listed.emplace(line.substr(0, line.find(in_quotes ? '"' : ',')));
  }
  return !listed.contains(info + "/INSTALLER") &&
         std::ranges::all_of(package.entries, [&](const Entry& entry) {
           return entry.type == EntryType::directory || listed.contains(entry.path);
         });
}

// What Python's zipapp module and its kin (pex, shiv) make: a zip that the interpreter runs as it is. Without
// the "#!" line it looks like any zip, so then the name must say so.
bool is_zipapp(const Package& package, const std::string& output) {
  const bool has_main = has_file(package, "__main__.py") || has_file(package, "__main__.pyc");
  return has_main && (package.frame.prefix != 0 || is_named_as(package, output, {".pyz", ".pyzw", ".pex"}));
}

// java.util.jar.JarFile takes it in any case of letters.
bool has_manifest(const Package& package) {
  return std::ranges::any_of(package.entries, [](const Entry& entry) {
    return entry.type == EntryType::file && entry.path.starts_with("META-INF/") &&
           in_upper_case(entry.path) == "META-INF/MANIFEST.MF";
  });
}

// Most jars have a manifest; Java asks for none.
bool is_named_as_jar(const Package& package, const std::string& output) {
  return is_named_as(package, output, {".jar", ".war", ".ear", ".rar", ".aar"});
}

}  // namespace

Status find_shape_and_language(const Package& package, const Options& options, Inspection& inspection) {
  struct LayerFolder {
    std::string_view prefix;
    Language language;
  };
  constexpr std::array<LayerFolder, 6> layer_folders = {{{"python/", Language::python},
                                                         {"nodejs/", Language::node},
                                                         {"java/lib/", Language::java},
                                                         {"ruby/gems/", Language::ruby},
                                                         {"ruby/lib/", Language::ruby},
                                                         {"dotnetcore/", Language::dotnet}}};
  for (const LayerFolder& folder : layer_folders) {
    if (!any_path_starts_with(package, folder.prefix)) continue;
    // A function may have a folder of that name; a layer has nothing but folders that /opt gives a meaning.
    constexpr std::array<std::string_view, 9> opt_names = {
        "python", "nodejs", "java", "ruby", "dotnetcore", "bin", "lib", "extensions", "etc"};
    const bool only_opt_names = std::ranges::all_of(package.entries, [&](const Entry& entry) {
      return std::ranges::find(opt_names, first_component(entry.path)) != opt_names.end();
    });
    if (only_opt_names) {
      inspection.shape = PackageShape::layer;
      inspection.language = folder.language;
      return {};
    }
  }
  TRY(const bool wheel, is_wheel(package, options.output));
  const auto has = [&](std::string_view prefix) { return any_path_starts_with(package, prefix); };
  if (package.format != ContainerFormat::zip && has("usr/") && (has("etc/") || has("var/"))) {
    inspection.shape = PackageShape::image_layer;
  } else if (wheel) {
    inspection.shape = PackageShape::wheel;
  } else if (is_zipapp(package, options.output)) {
    inspection.shape = PackageShape::zipapp;
  } else if (has_manifest(package) || is_named_as_jar(package, options.output)) {
    inspection.shape = PackageShape::jar;
  }
  if (inspection.shape == PackageShape::jar) {
    inspection.language = Language::java;
  } else if (!inspection.python_roots.empty()) {
    inspection.language = Language::python;
  } else if (has("node_modules/") || has("package.json") || has("index.js") || has("index.mjs")) {
    inspection.language = Language::node;
  } else if (std::ranges::any_of(package.entries,
                                 [](const Entry& entry) { return entry.path.ends_with(".deps.json"); })) {
    inspection.language = Language::dotnet;
  } else if (has("bootstrap")) {
    inspection.language = Language::native;
  }
  return {};
}

void find_architecture(const Package& package, const Options& options, Inspection& inspection) {
  std::map<Arch, std::size_t> by_machine;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const FileFacts& facts = inspection.files[i];
    if (!facts.elf || !facts.elf->is_64) continue;
    if (facts.elf->machine == elf::Machine::x86_64) ++by_machine[Arch::x86_64];
    if (facts.elf->machine == elf::Machine::aarch64) ++by_machine[Arch::arm64];
  }
  inspection.arch = options.arch ? options.arch : most_frequent(by_machine);
  if (inspection.arch) inspection.arch_evidence = options.arch ? "--arch" : "ELF files";
}

}  // namespace slim
