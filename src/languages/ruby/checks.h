// What is checked of Ruby's files, one source file for each family of findings.
#pragma once

#include "model/deployed_files.h"

namespace slim::check {

void check_ruby_handler(Deployment& deployment, const std::string& handler);

}  // namespace slim::check
