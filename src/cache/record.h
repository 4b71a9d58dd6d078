// Values as bytes and back, for what is kept between runs. Little-endian, lengths before what they measure.
// What is read was written by the same program (cache/key.h), but may be damaged: a reader that runs out of
// bytes gives zeros and remembers.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "util/bytes.h"

namespace slim::cache {

class RecordWriter {
 public:
  void flag(bool value) { number(static_cast<std::uint8_t>(value)); }
  template <typename Integer>
  void number(Integer value) {
    static_assert(!std::is_same_v<Integer, bool>, "say flag()");
    const std::size_t at = out_.size();
    out_.resize(at + sizeof value);
    std::memcpy(out_.data() + at, &value, sizeof value);
  }
  void raw(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  void bytes(ByteView bytes) {
    number(static_cast<std::uint64_t>(bytes.size()));
    raw(bytes);
  }
  void text(std::string_view text) { bytes(as_bytes(text)); }
  const Bytes& written() const { return out_; }
  Bytes take() { return std::move(out_); }

 private:
  Bytes out_;
};

class RecordReader {
 public:
  explicit RecordReader(ByteView bytes) : bytes_(bytes) {}

  template <typename Integer>
  Integer number() {
    static_assert(!std::is_same_v<Integer, bool>, "say flag()");
    Integer value{};
    const ByteView part = raw(sizeof value);
    if (!part.empty()) std::memcpy(&value, part.data(), sizeof value);
    return value;
  }
  // A bool of any other byte than 0 and 1 would be undefined.
  bool flag() {
    const auto byte = number<std::uint8_t>();
    if (byte > 1) damaged_ = true;
    return byte == 1;
  }
  ByteView raw(std::uint64_t size) {
    if (size > bytes_.size() - at_) {
      damaged_ = true;
      return {};
    }
    const ByteView part = bytes_.subspan(at_, size);
    at_ += size;
    return part;
  }
  ByteView bytes() { return raw(number<std::uint64_t>()); }
  std::string text() { return std::string(as_text(bytes())); }
  bool damaged() const { return damaged_; }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
  bool damaged_ = false;
};

template <typename Items, typename Write>
void write_list(RecordWriter& out, const Items& items, Write write) {
  out.number(static_cast<std::uint32_t>(items.size()));
  for (const auto& item : items) write(item);
}

template <typename Item, typename Read>
std::vector<Item> read_list(RecordReader& in, Read read) {
  std::vector<Item> items;
  const auto count = in.number<std::uint32_t>();
  for (std::uint32_t i = 0; i < count && !in.damaged(); ++i) items.push_back(read());
  return items;
}

}  // namespace slim::cache
