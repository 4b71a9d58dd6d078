// What was run as a proof, and that it held, in each report's form. Nothing where nothing was run.
#pragma once

#include <string>
#include <vector>

#include "json/json.h"
#include "model/proof.h"
#include "report/painter.h"

namespace slim {

// Sentences without their full stops: what imports as before, which commands answer as before, and what was
// left alone for that. Raw: names and commands are as the package and the user have them.
std::vector<std::string> proof_sentences(const Proof& proof);

std::string terminal_proof(const Proof& proof, const Painter& paint, std::size_t width);
std::string markdown_proof(const Proof& proof);
void add_proof(json::Json& report, const Proof& proof);

}  // namespace slim
