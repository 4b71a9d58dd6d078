// What is checked of every deployment, one file for each family of findings. What a language has to say of its
// own files is in languages/.
#pragma once

#include "model/deployed_files.h"

namespace slim::check {

void check_architecture(Deployment& deployment);
void check_segments(Deployment& deployment);
void check_loader(Deployment& deployment);
void check_layers(Deployment& deployment);
void check_names(Deployment& deployment);
void check_runtime(Deployment& deployment);
void check_language(Deployment& deployment);

}  // namespace slim::check
