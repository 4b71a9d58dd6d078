#include "hash/sha256.h"

#include <openssl/sha.h>

#include <array>

#include "util/format.h"

namespace slim {

std::string sha256_hex(ByteView bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(bytes.data(), bytes.size(), digest.data());
  std::string hex;
  for (const unsigned char byte : digest) hex += format("{:02x}", byte);
  return hex;
}

}  // namespace slim
