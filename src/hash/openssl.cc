// The wall in front of libcrypto.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <memory>

#include "hash/sha256.h"
#include "hash/siphash.h"
#include "util/format.h"

namespace slim {
namespace {

using Mac = std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)>;
using Digest = std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

void put_little(std::uint8_t* out, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

}  // namespace

// SHA256() looks the algorithm up each time, which takes twice as long as hashing a small file.
Sha256 sha256(ByteView bytes) {
  static const Digest algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  // Not one for each thread: a pool's threads outlive main(), and would give theirs back after libcrypto's
  // end.
  const DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Sha256 digest{};
  const bool done = algorithm != nullptr && context != nullptr &&
                    EVP_DigestInit_ex(context.get(), algorithm.get(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
  if (!done) SHA256(bytes.data(), bytes.size(), digest.data());
  return digest;
}

std::string to_hex(const Sha256& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : digest) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

std::string to_base64url(const Sha256& digest) {
  std::array<unsigned char, 45> text{};  // four for each begun three bytes, and a NUL
  const int length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  std::string out(text.begin(), text.begin() + length);
  while (out.ends_with('=')) out.pop_back();
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

std::string sha256_hex(ByteView bytes) { return to_hex(sha256(bytes)); }

Result<std::uint64_t> siphash(ByteView bytes, std::uint64_t key0, std::uint64_t key1, unsigned c_rounds,
                              unsigned d_rounds) {
  // Fetched once: looking an algorithm up takes longer than hashing a source file.
  static const Mac mac(EVP_MAC_fetch(nullptr, "SIPHASH", nullptr), &EVP_MAC_free);
  const MacContext context(EVP_MAC_CTX_new(mac.get()), &EVP_MAC_CTX_free);
  std::array<std::uint8_t, 16> key{};
  put_little(key.data(), key0);
  put_little(key.data() + 8, key1);
  std::size_t size = 8;
  const std::array<OSSL_PARAM, 4> params = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                            OSSL_PARAM_construct_uint(OSSL_MAC_PARAM_C_ROUNDS, &c_rounds),
                                            OSSL_PARAM_construct_uint(OSSL_MAC_PARAM_D_ROUNDS, &d_rounds),
                                            OSSL_PARAM_construct_end()};
  std::array<std::uint8_t, 8> out{};
  std::size_t written = 0;
  const bool done = mac != nullptr && context != nullptr &&
                    EVP_MAC_init(context.get(), key.data(), key.size(), params.data()) == 1 &&
                    EVP_MAC_update(context.get(), bytes.data(), bytes.size()) == 1 &&
                    EVP_MAC_final(context.get(), out.data(), &written, out.size()) == 1;
  if (!done || written != out.size()) return fail("this libcrypto has no SipHash");
  return ByteReader(out).read<std::uint64_t>(0).value_or(0);
}

}  // namespace slim
