#include "languages/node/node.h"

#include "languages/node/checks.h"
#include "languages/node/components.h"
#include "languages/node/owners.h"

namespace slim {
namespace {

void check_all(check::Deployment& deployment) {
  check::check_node_links(deployment);
  check::check_node_natives(deployment);
}

}  // namespace

const LanguageRoom& node_room() {
  static const LanguageRoom room = {
      .language = Language::node,
      .find_owners = find_node_owners,
      .find_components = find_node_components,
      .check = check_all,
      .check_handler = check::check_node_handler,
  };
  return room;
}

}  // namespace slim
