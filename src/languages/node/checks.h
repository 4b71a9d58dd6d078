// What is checked of Node.js's files, one source file for each family of findings.
#pragma once

#include "model/deployed_files.h"

namespace slim::check {

void check_node_natives(Deployment& deployment);
void check_node_links(Deployment& deployment);
void check_node_handler(Deployment& deployment, const std::string& handler);

}  // namespace slim::check
