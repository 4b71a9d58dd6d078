#include "deflate/deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "util/format.h"

namespace slim::deflate {
namespace {

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

constexpr std::size_t kPadding = 8;
constexpr int kQuick = 6;      // what tells whether more is worth its time
constexpr int kThorough = 10;  // the highest level that is: the two above win a thousandth

// Setting up a compressor costs more than deflating a small file, so each thread keeps one for each level.
libdeflate_compressor* compressor_of_this_thread(int level) {
  thread_local std::array<std::unique_ptr<libdeflate_compressor, FreeCompressor>, kThorough + 1> kept;
  auto& slot = kept.at(static_cast<std::size_t>(level));
  if (!slot) slot.reset(libdeflate_alloc_compressor(level));
  return slot.get();
}

libdeflate_decompressor* decompressor_of_this_thread() {
  thread_local std::unique_ptr<libdeflate_decompressor, FreeDecompressor> kept(
      libdeflate_alloc_decompressor());
  return kept.get();
}

// Formats whose content is packed already.
constexpr std::array<std::string_view, 7> kDenseMagic = {"\x1f\x8b\x08",
                                                         "BZh",
                                                         "\xfd"
                                                         "7zXZ",
                                                         "\x28\xb5\x2f\xfd",
                                                         "\xff\xd8\xff",
                                                         "wOF2",
                                                         "OggS"};

std::optional<std::size_t> compressed_size(ByteView bytes, int level, std::uint8_t* buffer,
                                           std::size_t room) {
  libdeflate_compressor* compressor = compressor_of_this_thread(level);
  if (compressor == nullptr) throw std::bad_alloc();
  const std::size_t length =
      libdeflate_deflate_compress(compressor, bytes.data(), bytes.size(), buffer, room);
  if (length == 0 || length >= bytes.size()) return std::nullopt;
  return length;
}

// Packed by another format, says its start.
bool claims_to_be_dense(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  return std::ranges::any_of(kDenseMagic, [&](auto magic) { return text.starts_with(magic); });
}

// A part of its middle shows that it truly is: deflating all of it would take a tenth of the time that a
// package takes, and win a thousandth of its size.
bool is_dense(ByteView bytes) {
  constexpr std::size_t sample = 4096;
  constexpr std::size_t worthwhile = sample / 64;
  if (!claims_to_be_dense(bytes)) return false;
  const ByteView middle =
      bytes.subspan((bytes.size() - std::min(bytes.size(), sample)) / 2, std::min(bytes.size(), sample));
  std::array<std::uint8_t, sample + kPadding> buffer;
  const auto length = compressed_size(middle, kLowestLevel, buffer.data(), buffer.size());
  return !length || middle.size() - *length < worthwhile;
}

}  // namespace

std::uint32_t crc32(ByteView bytes) { return libdeflate_crc32(0, bytes.data(), bytes.size()); }

namespace {

std::optional<Bytes> compress_by_library(ByteView bytes, int level) {
  // The buffer isn't cleared: pages that the stream doesn't reach never become resident. libdeflate wants
  // some bytes more than it uses.
  const std::size_t room = bytes.size() + kPadding;
  const auto buffer = std::make_unique_for_overwrite<std::uint8_t[]>(room);
  const auto length = compressed_size(bytes, level, buffer.get(), room);
  if (!length) return std::nullopt;
  return Bytes(buffer.get(), buffer.get() + *length);
}

// Where a level wins next to nothing, a higher one would not win much more, at many times the time.
bool is_worth_more(ByteView bytes, std::size_t deflated) {
  return deflated < bytes.size() - bytes.size() / 64;
}

}  // namespace

std::optional<Bytes> compress(ByteView bytes, int level, const ForEach& for_each) {
  if (bytes.size() < 2) return std::nullopt;  // the shortest stream takes two bytes
  level = std::clamp(level, kLowestLevel, kSmallest);
  if (level < kThorough) return is_dense(bytes) ? std::nullopt : compress_by_library(bytes, level);
  const bool may_be_dense = claims_to_be_dense(bytes);
  if (level < kSmallest && !may_be_dense) return compress_by_library(bytes, kThorough);
  // Here every byte counts, but effort goes only where a quick pass shows that there is something to win.
  std::optional<Bytes> quick = compress_by_library(bytes, kQuick);
  if (!quick || !is_worth_more(bytes, quick->size()))
    return may_be_dense ? quick : compress_by_library(bytes, kThorough);
  if (level < kSmallest) return compress_by_library(bytes, kThorough);
  Bytes smallest = compress_smallest(bytes, for_each);
  if (smallest.size() < quick->size()) return smallest;
  return quick;  // of some files of a few hundred bytes
}

Result<Bytes> decompress(ByteView deflated, std::uint64_t size) {
  if (size > max_inflated_size(deflated.size())) {
    return fail(
        format("{} deflated bytes can't unpack to the {} that are declared: the archive is damaged "
               "or made to exhaust memory",
               deflated.size(), size));
  }
  libdeflate_decompressor* decompressor = decompressor_of_this_thread();
  if (decompressor == nullptr) throw std::bad_alloc();
  Bytes out(size);
  std::uint8_t nothing = 0;
  std::size_t used = 0;
  const libdeflate_result result =
      libdeflate_deflate_decompress_ex(decompressor, deflated.data(), deflated.size(),
                                       size == 0 ? &nothing : out.data(), size, &used, nullptr);
  switch (result) {
    case LIBDEFLATE_SUCCESS:
      break;
    case LIBDEFLATE_SHORT_OUTPUT:
      return fail(format("it unpacks to fewer than the declared {} bytes: the archive is damaged", size));
    case LIBDEFLATE_INSUFFICIENT_SPACE:
      return fail(format("it unpacks to more than the declared {} bytes: the archive is damaged", size));
    default:
      return fail("its deflated data is damaged: fetch or build the archive again");
  }
  if (used != deflated.size()) {
    return fail(format("{} bytes follow the end of its deflated data: the archive is damaged",
                       deflated.size() - used));
  }
  return out;
}

}  // namespace slim::deflate
