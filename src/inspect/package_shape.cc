// What kind of package is it, for which language and machine? Told by the paths that Lambda itself gives a
// meaning: layers unpack under /opt, into folders of which each language has its own; functions under
// /var/task.
#include "inspect/package_shape.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "languages/language.h"
#include "util/most_frequent.h"

namespace slim {
namespace {

// A function may have a folder of that name; a layer has nothing but folders that /opt gives a meaning.
bool has_only_layer_folders(const Package& package) {
  return std::ranges::all_of(package.entries, [](const Entry& entry) {
    return is_searched_in_layers(entry.path.substr(0, entry.path.find('/')));
  });
}

// The language whose folder in layers it has.
Language language_of_layer(const Package& package) {
  for (const LanguageRoom* room : languages_by_rank()) {
    for (const std::string_view folder : room->layer_folders) {
      if (has_entries_below(package, folder)) return room->language;
    }
  }
  return Language::none;
}

// Those that one language alone opens: wheels, jars.
Result<bool> is_of_one_language(const Package& package, const Options& options, Inspection& inspection) {
  for (const LanguageRoom* room : languages_by_rank()) {
    if (room->find_shape == nullptr) continue;
    TRY(const std::optional<PackageShape> shape, room->find_shape(package, options.output));
    if (!shape) continue;
    inspection.shape = *shape;
    inspection.language = room->language;
    return true;
  }
  return false;
}

bool is_image_layer(const Package& package) {
  return package.format != ContainerFormat::zip && has_entries_below(package, "usr/") &&
         (has_entries_below(package, "etc/") || has_entries_below(package, "var/"));
}

}  // namespace

Status find_shape_and_language(const Package& package, const Options& options, Inspection& inspection) {
  const Language of_layer = language_of_layer(package);
  if (of_layer != Language::none && has_only_layer_folders(package)) {
    inspection.shape = PackageShape::layer;
    inspection.language = of_layer;
    return {};
  }
  if (is_image_layer(package)) {
    inspection.shape = PackageShape::image_layer;
  } else {
    TRY(const bool found, is_of_one_language(package, options, inspection));
    if (found) return {};
  }
  for (const LanguageRoom* room : languages_by_rank()) {
    if (room->is_main_language == nullptr || !room->is_main_language(package, inspection)) continue;
    inspection.language = room->language;
    break;
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
