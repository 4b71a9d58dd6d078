// The program's version, set once in CMakeLists.txt.
#pragma once

namespace slim {

const char* version();  // "0.1.0"

}  // namespace slim
