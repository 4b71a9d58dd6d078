#include "languages/node/owners.h"

#include <string>
#include <string_view>

namespace slim {
namespace {

// "…/node_modules/@scope/name/…" -> "@scope/name"; the innermost package counts.
std::string npm_owner(std::string_view path) {
  constexpr std::string_view marker = "node_modules/";
  const std::size_t at = path.rfind(marker);
  if (at == std::string_view::npos) return {};
  std::string_view rest = path.substr(at + marker.size());
  const std::string_view first = rest.substr(0, rest.find('/'));
  if (!first.starts_with('@') || rest.size() == first.size()) return std::string(first);
  rest.remove_prefix(first.size() + 1);
  return std::string(first) + "/" + std::string(rest.substr(0, rest.find('/')));
}

}  // namespace

void find_node_owners(const Package& package, Inspection& inspection) {
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    if (inspection.owner[i].empty()) inspection.owner[i] = npm_owner(package.entries[i].path);
  }
}

}  // namespace slim
