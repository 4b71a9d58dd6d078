#include "util/version.h"

namespace slim {

const char* version() { return SLIM_VERSION; }

const char* homepage() { return SLIM_HOMEPAGE; }

}  // namespace slim
