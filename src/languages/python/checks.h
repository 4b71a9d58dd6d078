// What is checked of Python's files, one source file for each family of findings.
#pragma once

#include "model/deployed_files.h"

namespace slim::check {

void check_python(Deployment& deployment);
void check_startup_files(Deployment& deployment);
void check_bytecode(Deployment& deployment);
void check_editable(Deployment& deployment);
void check_requirements(Deployment& deployment);
void check_lookups(Deployment& deployment);
void check_python_handler(Deployment& deployment, const std::string& handler);

}  // namespace slim::check
