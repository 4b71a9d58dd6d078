#include "languages/node/node.h"

#include "languages/node/checks.h"
#include "languages/node/components.h"
#include "languages/node/finding_kinds.h"
#include "languages/node/owners.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

void check_all(check::Deployment& deployment) {
  check::check_node_links(deployment);
  check::check_node_natives(deployment);
}

bool is_main_language(const Package& package, const Inspection&) {
  return has_entries_below(package, "node_modules/") || has_file(package, "package.json") ||
         has_file(package, "index.js") || has_file(package, "index.mjs");
}

bool is_addon(std::string_view path) { return path.ends_with(".node"); }

// "Packaging layer content" in Lambda's documentation.
Status set_up_commands(const Package&, const Inspection&, const TrialOptions&, CommandSetup& setup) {
  setup.search.push_back({"NODE_PATH", "nodejs/node[0-9]*/node_modules"});
  setup.search.push_back({"NODE_PATH", "nodejs/node_modules"});
  return {};
}

// node-gyp brings code of other languages.
std::function<bool(std::string_view)> its_own_files(const check::Deployment&) {
  return [](std::string_view path) { return path.find("/node_modules/") != std::string_view::npos; };
}

std::optional<UnsearchedFolder> find_folder_of_other_version(std::string_view path, const Target& target) {
  const LanguageVersion* node = target.version_of(Language::node);
  const std::optional<int> version = number_behind("nodejs/node", path);
  if (node == nullptr || node->major == 0 || !version || *version == node->major) return std::nullopt;
  return UnsearchedFolder{
      format("nodejs/node{}", *version),
      format("is in nodejs/node{}/, which Node.js {} does not search: use nodejs/node_modules/", *version,
             node->major)};
}

std::optional<std::string> build_for_arch(const std::string&, const Inspection& inspection, const Target&,
                                          Arch arch) {
  if (inspection.language != Language::node) return std::nullopt;
  return format("npm ci --os=linux --cpu={} --libc=glibc", arch == Arch::arm64 ? "arm64" : "x64");
}

}  // namespace

const LanguageRoom& node_room() {
  static const LanguageRoom room = {
      .language = Language::node,
      .layer_folders = {"nodejs/"},
      .is_main_language = is_main_language,
      .find_owners = find_node_owners,
      .find_components = find_node_components,
      .is_plugin = is_addon,
      .set_up_commands = set_up_commands,
      .signs = {.plain = {".js", ".mjs", ".cjs", ".node"}},
      .its_own_files = its_own_files,
      .finding_kinds = node_finding_kinds,
      .check = check_all,
      .check_handler = check::check_node_handler,
      .find_unsearched = find_folder_of_other_version,
      .build_for_arch = build_for_arch,
  };
  return room;
}

}  // namespace slim
