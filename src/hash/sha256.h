// SHA-256 (FIPS 180-4); the wall in front of libcrypto.
#pragma once

#include <string>

#include "util/bytes.h"

namespace slim {

std::string sha256_hex(ByteView bytes);  // 64 lower-case hex digits

}  // namespace slim
