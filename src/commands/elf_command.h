// slim elf FILE: where every byte of an ELF file belongs, what strip would save, and why not more.
#pragma once

#include <string>

#include "util/result.h"

namespace slim {

Result<int> run_elf_command(const std::string& path);

}  // namespace slim
