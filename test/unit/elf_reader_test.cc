// Files of 32 bits and of the other byte order are read as well as those that slim writes: the same facts.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "elf/account.h"
#include "elf/facts.h"
#include "elf/loader_view.h"
#include "elf/strip.h"
#include "util/file.h"

namespace slim::elf {
namespace {

void swap(Bytes& bytes, std::uint64_t at, std::uint64_t size) {
  std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
               bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
}

// Swaps fields of the sizes given, one behind the other, and gives the place behind them.
std::uint64_t swap_fields(Bytes& bytes, std::uint64_t at, std::initializer_list<std::uint64_t> sizes) {
  for (const std::uint64_t size : sizes) {
    swap(bytes, at, size);
    at += size;
  }
  return at;
}

void swap_notes(Bytes& bytes, ByteReader was, std::uint64_t at, std::uint64_t end) {
  const auto padded = [](std::uint64_t size) { return (size + 3) & ~std::uint64_t{3}; };
  while (at + 12 <= end) {
    const std::uint64_t owner = was.read<std::uint32_t>(at).value();
    const std::uint64_t content = was.read<std::uint32_t>(at + 4).value();
    swap_fields(bytes, at, {4, 4, 4});
    at += 12 + padded(owner) + padded(content);
  }
}

void swap_version_needs(Bytes& bytes, ByteReader was, std::uint64_t at) {
  for (bool more = true; more;) {
    const std::uint64_t count = was.read<std::uint16_t>(at + 2).value();
    std::uint64_t aux = at + was.read<std::uint32_t>(at + 8).value();
    const std::uint64_t next = was.read<std::uint32_t>(at + 12).value();
    swap_fields(bytes, at, {2, 2, 4, 4, 4});
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t step = was.read<std::uint32_t>(aux + 12).value();
      swap_fields(bytes, aux, {4, 2, 2, 4, 4});
      aux += step;
    }
    at += next;
    more = next != 0;
  }
}

// The library as a compiler for a big-endian processor would have made it, but for its code.
Bytes big_endian(const Bytes& library) {
  const Image image = *read_image(library);
  const ByteReader was(library);
  const LoaderView view = *read_loader_view(image);
  Bytes out = library;
  out[5] = 2;
  swap_fields(out, 16, {2, 2, 4, 8, 8, 8, 4, 2, 2, 2, 2, 2, 2});
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    swap_fields(out, image.segment_table + i * shape_64.segment, {4, 4, 8, 8, 8, 8, 8, 8});
    if (segment.type == segment_note) swap_notes(out, was, segment.offset, segment.end());
    if (segment.type != segment_dynamic) continue;
    for (std::uint64_t at = segment.offset; at < segment.end(); at += 8) swap(out, at, 8);
  }
  for (std::size_t i = 0; i < image.sections.size(); ++i) {
    swap_fields(out, image.section_table + i * shape_64.section, {4, 4, 8, 8, 8, 8, 4, 4, 8, 8});
  }
  if (const auto needs = view.value(dynamic_version_needs)) {
    swap_version_needs(out, was, *offset_of_address(image, *needs));
  }
  return out;
}

Bytes seed(const char* name) {
  return *read_file(std::string(SLIM_SOURCE_DIR "/test/fuzz/elf_strip/corpus/") + name);
}

std::uint64_t accounted(ByteView bytes) {
  std::uint64_t sum = 0;
  for (const Share& share : account_for(*read_image(bytes))) sum += share.bytes;
  return sum;
}

TEST(ElfReader, ABigEndianFileHasTheSameFacts) {
  const Bytes little = seed("bfd_versions_compressed.so");
  const Bytes big = big_endian(little);
  Facts expected = *read_facts(little);
  const auto facts = read_facts(big);
  ASSERT_TRUE(facts.has_value()) << facts.error().what;
  EXPECT_FALSE(expected.build_id.empty() && expected.version_needs.empty());
  EXPECT_FALSE(facts->little_endian);
  EXPECT_EQ(facts->machine, Machine::other);
  expected.little_endian = false;
  expected.machine = Machine::other;
  EXPECT_EQ(*facts, expected);
  EXPECT_EQ(accounted(big), big.size());
  EXPECT_EQ(strip(big, StripLevel::sections).reason,
            "slim writes ELF files for 64-bit x86_64 and little-endian aarch64 only");
}

TEST(ElfReader, A32BitFileIsReadByItsOwnLayout) {
  const Bytes library = seed("i386.so");
  const auto facts = read_facts(library);
  ASSERT_TRUE(facts.has_value()) << facts.error().what;
  EXPECT_FALSE(facts->is_64);
  EXPECT_STREQ(machine_name(*facts), "i386");
  EXPECT_EQ(facts->soname, "libpart.so.1");
  EXPECT_EQ(facts->needed, std::vector<std::string>{"libother.so.2"});
  EXPECT_EQ(facts->runpath, "$ORIGIN");
  EXPECT_EQ(facts->build_id.size(), 40U);
  EXPECT_EQ(accounted(library), library.size());
  EXPECT_EQ(strip(library, StripLevel::symbols).reason,
            "slim writes ELF files for 64-bit x86_64 and little-endian aarch64 only");
}

// Every cut of a file is a file that someone may send.
TEST(ElfReader, NoCutIsReadBeyondItsEnd) {
  for (const Bytes& whole : {seed("i386.so"), big_endian(seed("bfd_versions_compressed.so"))}) {
    for (std::size_t size = 0; size < whole.size(); size += 7) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      (void)read_facts(cut);
      if (read_image(cut)) {
        EXPECT_EQ(accounted(cut), size);
      }
      EXPECT_FALSE(strip(cut, StripLevel::symbols).bytes.has_value());
    }
  }
}

}  // namespace
}  // namespace slim::elf
