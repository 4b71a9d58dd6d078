#include "util/version.h"

namespace slim {

const char* version() { return SLIM_VERSION; }

}  // namespace slim
