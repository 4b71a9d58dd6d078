// Where one block of a DEFLATE stream ends and the next begins.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "deflate/block.h"

namespace slim::deflate {

// Cuts the steps into blocks, each with its own code, so that they take few bits. Gives the index of the
// first step of each block; the first is 0.
std::vector<std::size_t> split(std::span<const Step> steps);

// Makes a cut better: blocks are cut in two or joined, and borders moved, where that gains.
void refine(std::span<const Step> steps, std::vector<std::size_t>& begins);

}  // namespace slim::deflate
