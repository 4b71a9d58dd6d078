// What is checked of Java's files, one source file for each family of findings.
#pragma once

#include "model/deployed_files.h"

namespace slim::check {

void check_java_classes(Deployment& deployment);
void check_java_handler(Deployment& deployment, const std::string& handler);

}  // namespace slim::check
