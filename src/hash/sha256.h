// SHA-256 (FIPS 180-4); the wall in front of libcrypto.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "util/bytes.h"

namespace slim {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(ByteView bytes);
std::string to_hex(const Sha256& digest);  // 64 lower-case digits
std::string sha256_hex(ByteView bytes);
std::string to_base64url(const Sha256& digest);  // RFC 4648, section 5, without padding

}  // namespace slim
