// Bytes and the one checked way to read them. Every offset that comes from a file is checked here, once.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace slim {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Random access to a file's bytes. Reads outside give nullopt, never a wild read; no offset can overflow.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes, std::endian order = std::endian::little)
      : bytes_(bytes), order_(order) {}

  std::uint64_t size() const { return bytes_.size(); }
  bool covers(std::uint64_t offset, std::uint64_t length) const {
    return offset <= bytes_.size() && length <= bytes_.size() - offset;
  }
  std::optional<ByteView> slice(std::uint64_t offset, std::uint64_t length) const {
    if (!covers(offset, length)) return std::nullopt;
    return bytes_.subspan(offset, length);
  }
  template <typename Integer>
  std::optional<Integer> read(std::uint64_t offset) const {
    if (!covers(offset, sizeof(Integer))) return std::nullopt;
    Integer value;
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    if (order_ != std::endian::native) value = swap(value);
    return value;
  }
  // The text from offset to the next NUL; nullopt when none follows.
  std::optional<std::string_view> c_string(std::uint64_t offset) const {
    if (offset >= bytes_.size()) return std::nullopt;
    const void* end = std::memchr(bytes_.data() + offset, 0, bytes_.size() - offset);
    if (end == nullptr) return std::nullopt;
    const auto* begin = reinterpret_cast<const char*>(bytes_.data() + offset);
    return std::string_view(begin, static_cast<std::size_t>(static_cast<const char*>(end) - begin));
  }

 private:
  template <typename Integer>
  static Integer swap(Integer value) {
    Integer out{};
    for (std::size_t i = 0; i < sizeof value; ++i) {
      out = static_cast<Integer>(static_cast<Integer>(out << 4 << 4) | static_cast<Integer>(value & 0xff));
      value = static_cast<Integer>(value >> 4 >> 4);
    }
    return out;
  }

  ByteView bytes_;
  std::endian order_;
};

}  // namespace slim
