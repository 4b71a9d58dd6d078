// Protocol buffers' wire format: fields, each a tag (its number times 8 plus a wire type) and a value;
// numbers in groups of 7 bits, lowest first, the top bit saying that more follow. Here:
//
//   ActionResult   2: output_files, each an OutputFile
//   OutputFile     1: path, a text    2: digest, a Digest
//   Digest         1: hash, 64 hex digits    2: size_bytes, a number
//
// bazel-remote takes no other bytes under /ac/ unless it is told to, gives them out only while /cas/ has what
// they name, and adds a field of its own (execution_metadata). Twenty lines of a stable format need no
// library.
#include "cache/action_result.h"

#include <string>
#include <string_view>

namespace slim::cache {
namespace {

constexpr std::string_view kPath = "slim-result";

enum WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

void put_number(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

void put_field(Bytes& out, unsigned number, ByteView value) {
  put_number(out, number << 3 | kLengthDelimited);
  put_number(out, value.size());
  out.insert(out.end(), value.begin(), value.end());
}

struct Field {
  std::uint64_t number = 0;
  std::uint64_t value = 0;  // of a number
  ByteView bytes;           // of what has a length
};

class FieldReader {
 public:
  explicit FieldReader(ByteView bytes) : rest_(bytes) {}

  // nullopt at the end, and where the bytes are no fields: damaged() tells.
  std::optional<Field> next() {
    if (rest_.empty() || damaged_) return std::nullopt;
    const std::uint64_t tag = number();
    Field field{.number = tag >> 3, .bytes = {}};
    switch (tag & 7) {
      case kVarint:
        field.value = number();
        break;
      case kFixed64:
        skip(8);
        break;
      case kLengthDelimited:
        field.bytes = skip(number());
        break;
      case kFixed32:
        skip(4);
        break;
      default:
        damaged_ = true;
    }
    return damaged_ ? std::nullopt : std::optional(field);
  }
  bool damaged() const { return damaged_; }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const std::uint8_t byte = rest_.front();
      rest_ = rest_.subspan(1);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    damaged_ = true;
    return 0;
  }
  ByteView skip(std::uint64_t size) {
    if (damaged_ || size > rest_.size()) {
      damaged_ = true;
      return {};
    }
    const ByteView part = rest_.first(size);
    rest_ = rest_.subspan(size);
    return part;
  }

  ByteView rest_;
  bool damaged_ = false;
};

std::optional<std::uint8_t> hex_value(std::uint8_t digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
  return std::nullopt;
}

std::optional<Sha256> from_hex(ByteView digits) {
  Sha256 hash{};
  if (digits.size() != 2 * hash.size()) return std::nullopt;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const auto high = hex_value(digits[2 * i]);
    const auto low = hex_value(digits[2 * i + 1]);
    if (!high || !low) return std::nullopt;
    hash[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return hash;
}

std::optional<Digest> read_digest(ByteView message) {
  FieldReader fields(message);
  std::optional<Sha256> hash;
  Digest digest;
  while (const auto field = fields.next()) {
    if (field->number == 1) hash = from_hex(field->bytes);
    if (field->number == 2) digest.size = field->value;
  }
  if (fields.damaged() || !hash) return std::nullopt;
  digest.hash = *hash;
  return digest;
}

std::optional<Digest> read_output_file(ByteView message) {
  FieldReader fields(message);
  bool is_ours = false;
  std::optional<Digest> digest;
  while (const auto field = fields.next()) {
    if (field->number == 1) is_ours = as_text(field->bytes) == kPath;
    if (field->number == 2) digest = read_digest(field->bytes);
  }
  return fields.damaged() || !is_ours ? std::nullopt : digest;
}

}  // namespace

Bytes action_result(const Digest& digest) {
  Bytes digest_message;
  put_field(digest_message, 1, as_bytes(to_hex(digest.hash)));
  put_number(digest_message, 2 << 3 | kVarint);
  put_number(digest_message, digest.size);
  Bytes file;
  put_field(file, 1, as_bytes(kPath));
  put_field(file, 2, digest_message);
  Bytes result;
  put_field(result, 2, file);
  return result;
}

std::optional<Digest> digest_in(ByteView action_result) {
  FieldReader fields(action_result);
  std::optional<Digest> digest;
  while (const auto field = fields.next()) {
    if (field->number == 2 && !digest) digest = read_output_file(field->bytes);
  }
  return fields.damaged() ? std::nullopt : digest;
}

}  // namespace slim::cache
