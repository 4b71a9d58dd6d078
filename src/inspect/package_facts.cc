// What kind of package is it, for which language, and where does Python look? All told by the paths that
// Lambda and Python themselves give a meaning: layers unpack under /opt (python/, nodejs/node_modules/,
// java/lib/, ruby/gems/), functions under /var/task, a .dist-info folder lies on sys.path by definition (PEP
// 376).
#include "inspect/package_facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "util/path.h"

namespace slim {
namespace {

std::string_view first_component(std::string_view path) { return path.substr(0, path.find('/')); }

bool any_path_starts_with(const Package& package, std::string_view prefix) {
  const auto found = std::ranges::lower_bound(
      package.entries, prefix, {}, [](const Entry& entry) { return std::string_view(entry.path); });
  return found != package.entries.end() && found->path.starts_with(prefix);
}

// "python/lib/python3.12/site-packages/" -> 3.12
std::optional<PythonVersion> version_in_path(std::string_view path) {
  const std::size_t at = path.find("/python3.");
  if (at == std::string_view::npos) return std::nullopt;
  int minor = 0;
  std::size_t digits = 0;
  for (char c : path.substr(at + 9)) {
    if (c < '0' || c > '9' || digits == 2) break;
    minor = minor * 10 + (c - '0');
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return PythonVersion{3, minor};
}

// "cpython-311-x86_64-linux-gnu", "cpython-311", "cp311" -> 3.11
std::optional<PythonVersion> version_in_tag(std::string_view tag) {
  if (tag.starts_with("cpython-3")) {
    tag.remove_prefix(9);
  } else if (tag.starts_with("cp3")) {
    tag.remove_prefix(3);
  } else {
    return std::nullopt;
  }
  int minor = 0;
  std::size_t digits = 0;
  while (digits < tag.size() && digits < 3 && tag[digits] >= '0' && tag[digits] <= '9') {
    minor = minor * 10 + (tag[digits] - '0');
    ++digits;
  }
  if (digits == 0 || digits > 2) return std::nullopt;
  return PythonVersion{3, minor};
}

// "x/_core.cpython-311-x86_64-linux-gnu.so" -> "cpython-311-x86_64-linux-gnu"
std::string_view middle_suffix(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t last = name.rfind('.');
  if (last == std::string_view::npos) return {};
  name = name.substr(0, last);
  const std::size_t first = name.find('.');
  return first == std::string_view::npos ? std::string_view{} : name.substr(first + 1);
}

// The most frequent key; the larger key among equals, so that the answer never depends on the order.
template <typename Key>
std::optional<Key> most_frequent(const std::map<Key, std::size_t>& counts) {
  std::optional<Key> best;
  std::size_t most = 0;
  for (const auto& [key, count] : counts) {
    if (count >= most) {
      best = key;
      most = count;
    }
  }
  return best;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

Result<std::string> load_text(const Package& package, const std::string& path) {
  const auto found = std::ranges::lower_bound(package.entries, path, {}, &Entry::path);
  if (found == package.entries.end() || found->path != path || found->type != EntryType::file)
    return std::string();
  TRY(const Bytes bytes, package.load(static_cast<std::size_t>(found - package.entries.begin())));
  return std::string(as_text(bytes));
}

// "numpy-2.4.6.dist-info" -> {"numpy", "2.4.6"}
void name_from_folder(std::string_view folder, Distribution& distribution) {
  folder = folder.substr(0, folder.rfind('.'));
  const std::size_t dash = folder.find('-');
  distribution.name = folder.substr(0, dash);
  if (dash == std::string_view::npos) return;
  folder.remove_prefix(dash + 1);
  distribution.version = folder.substr(0, folder.find("-py"));
}

void name_from_metadata(std::string_view text, Distribution& distribution) {
  for (std::string_view line : lines_of(text)) {
    if (line.empty()) return;
    if (line.starts_with("Name: ")) distribution.name = line.substr(6);
    if (line.starts_with("Version: ")) distribution.version = line.substr(9);
    if (line.starts_with("Import-Name: ")) {  // PEP 794: "a.b; private"
      const std::string_view name = line.substr(13);
      distribution.stated_top_level.emplace_back(name.substr(0, name.find_first_of(".; ")));
    }
  }
}

// First components of the files that RECORD lists (PEP 376: path, hash, size), less the metadata folder
// itself.
std::vector<std::string> top_level_of(std::string_view record, std::string_view info_name) {
  std::set<std::string, std::less<>> names;
  for (std::string_view line : lines_of(record)) {
    if (line.starts_with('"')) line.remove_prefix(1);
    const std::string_view first = first_component(line.substr(0, line.find_first_of(",\"")));
    if (first.empty() || first == ".." || first == "bin" || first == "__pycache__" || first == info_name)
      continue;
    names.emplace(first);
  }
  return {names.begin(), names.end()};
}

// "[console_scripts]" -> console_scripts
std::vector<std::string> groups_of(std::string_view entry_points) {
  std::vector<std::string> groups;
  for (const std::string_view line : lines_of(entry_points)) {
    if (!line.starts_with('[') || line.find(']') == std::string_view::npos) continue;
    groups.emplace_back(line.substr(1, line.find(']') - 1));
  }
  return groups;
}

constexpr std::array kInfoSuffixes = {std::string_view(".dist-info"), std::string_view(".egg-info")};

bool is_info_name(std::string_view name) {
  if (name.starts_with('.')) return false;  // "._numpy-2.4.6.dist-info", the attributes of a folder
  return std::ranges::any_of(kInfoSuffixes, [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// The paths of all metadata folders (and old single-file .egg-info), each once.
std::set<std::string> info_folders(const Package& package) {
  std::set<std::string> folders;
  for (const Entry& entry : package.entries) {
    for (std::size_t end = entry.path.find('/');; end = entry.path.find('/', end + 1)) {
      const std::string_view parent = std::string_view(entry.path).substr(0, end);
      const std::size_t slash = parent.rfind('/');
      if (is_info_name(slash == std::string_view::npos ? parent : parent.substr(slash + 1))) {
        folders.emplace(parent);
        break;
      }
      if (end == std::string::npos) break;
    }
  }
  return folders;
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

void find_python_roots(const Package& package, Inspection& inspection) {
  std::set<std::string> roots;
  for (const std::string& folder : info_folders(package)) {
    const std::size_t slash = folder.rfind('/');
    roots.insert(slash == std::string::npos ? "" : folder.substr(0, slash + 1));
  }
  constexpr std::string_view site = "/site-packages/";
  for (const Entry& entry : package.entries) {
    const std::size_t at = entry.path.find(site);
    if (at != std::string::npos) roots.insert(entry.path.substr(0, at + site.size()));
  }
  const bool has_python =
      std::ranges::any_of(package.entries, [](const Entry& entry) { return entry.path.ends_with(".py"); });
  if (has_python && any_path_starts_with(package, "python/")) roots.insert("python/");
  if (has_python && roots.empty()) roots.insert("");
  inspection.python_roots.assign(roots.begin(), roots.end());
}

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

Status find_distributions(const Package& package, Inspection& inspection) {
  for (const std::string& folder : info_folders(package)) {
    Distribution distribution;
    distribution.info_dir = folder;
    const std::string info_name = folder.substr(folder.rfind('/') + 1);
    name_from_folder(info_name, distribution);
    const bool is_dist_info = info_name.ends_with(".dist-info");
    TRY(const std::string metadata, load_text(package, folder + (is_dist_info ? "/METADATA" : "/PKG-INFO")));
    name_from_metadata(metadata, distribution);
    TRY(const std::string record, load_text(package, folder + "/RECORD"));
    distribution.top_level = top_level_of(record, info_name);
    TRY(const std::string names, load_text(package, folder + "/top_level.txt"));
    for (std::string_view line : lines_of(names)) {
      if (!line.empty()) distribution.stated_top_level.emplace_back(line);
    }
    if (distribution.top_level.empty()) distribution.top_level = distribution.stated_top_level;
    TRY(const std::string entry_points, load_text(package, folder + "/entry_points.txt"));
    distribution.entry_point_groups = groups_of(entry_points);
    inspection.distributions.push_back(std::move(distribution));
  }
  return {};
}

void find_runtime(const Package& package, const Options& options, Inspection& inspection) {
  std::map<PythonVersion, std::size_t> by_extension;
  std::map<PythonVersion, std::size_t> by_bytecode;
  std::map<PythonVersion, std::size_t> by_path;
  std::map<Arch, std::size_t> by_machine;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string& path = package.entries[i].path;
    const FileFacts& facts = inspection.files[i];
    const auto in_tag = version_in_tag(middle_suffix(path));
    if (in_tag && facts.kind == FileKind::elf) ++by_extension[*in_tag];
    if (in_tag && facts.kind == FileKind::python_bytecode) ++by_bytecode[*in_tag];
    if (const auto in_path = version_in_path(path)) ++by_path[*in_path];
    if (!facts.elf || !facts.elf->is_64) continue;
    if (facts.elf->machine == elf::Machine::x86_64) ++by_machine[Arch::x86_64];
    if (facts.elf->machine == elf::Machine::aarch64) ++by_machine[Arch::arm64];
  }
  const auto take = [&](const std::map<PythonVersion, std::size_t>& counts, const char* evidence) {
    if (inspection.python) return;
    inspection.python = most_frequent(counts);
    if (inspection.python) inspection.python_evidence = evidence;
  };
  if (options.python) {
    inspection.python = options.python;
    inspection.python_evidence = "--runtime";
  }
  take(by_extension, "extension modules");
  take(by_path, "site-packages folder");
  take(by_bytecode, "bytecode tags");
  inspection.arch = options.arch ? options.arch : most_frequent(by_machine);
  if (inspection.arch) inspection.arch_evidence = options.arch ? "--arch" : "ELF files";
}

}  // namespace slim
