// The program's version and its home, both set once in CMakeLists.txt.
#pragma once

namespace slim {

const char* version();   // "0.1.0"
const char* homepage();  // "https://…"

}  // namespace slim
