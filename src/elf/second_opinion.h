// LIEF's view of a file, to set beside slim's own. The implementation, lief_facts.cc, is the only file that
// includes LIEF.
#pragma once

#include <string>

#include "elf/facts.h"
#include "util/bytes.h"
#include "util/result.h"

namespace slim::elf {

// The facts as LIEF reads them. Only for files that slim's own reader has accepted: LIEF believes more than
// it should. Errors: what LIEF can't parse.
Result<Facts> second_opinion_facts(ByteView bytes);

// Whether LIEF sees the same program in both: dynamic section, dynamic symbols, relocations, versions, notes,
// thread-local storage, initialisers, build id, and the facts that slim's own reader has. Empty when it does,
// else the first difference.
std::string second_opinion_difference(ByteView original, ByteView rewritten);

}  // namespace slim::elf
