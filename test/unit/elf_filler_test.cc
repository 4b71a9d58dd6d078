// What patchelf has overwritten at the end of a segment goes, and only that.
#include "elf/filler.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "elf/loader_view.h"
#include "elf/put.h"
#include "elf/strip.h"
#include "util/file.h"

namespace slim::elf {
namespace {

constexpr std::uint64_t filler = 0x3000;

// A library with one more segment behind its others, of X all over, as patchelf leaves it. Its program
// headers are moved there too, in front of the X.
struct Library {
  Bytes bytes;
  std::uint64_t at = 0;       // of the segment, in the file
  std::uint64_t address = 0;  // and in memory
  std::uint64_t header = 0;   // of its program header
  std::uint64_t headers_size = 0;
};

Library with_filler() {
  Library library;
  library.bytes = *read_file(SLIM_SOURCE_DIR "/test/fuzz/elf_strip/corpus/bfd.so");
  const Bytes was = library.bytes;
  const Image image = *read_image(was);
  std::size_t after_loads = 0;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    if (segment.type == segment_load) after_loads = i + 1;
    library.address = std::max(library.address, segment.address + segment.memory_size);
  }
  library.address = (library.address + 0xffff) & ~std::uint64_t{0xfff};
  library.at = pad_to(library.bytes, 4096);
  library.headers_size = (image.segments.size() + 1) * shape_64.segment;
  const auto headers = ByteView(was).subspan(image.segment_table, image.segment_table_size());
  append(library.bytes, headers.first(after_loads * shape_64.segment));
  library.header = library.bytes.size();
  library.bytes.resize(library.header + shape_64.segment, 0);
  append(library.bytes, headers.subspan(after_loads * shape_64.segment));
  library.bytes.resize(library.at + filler, 'X');
  store(library.bytes, library.header, std::uint32_t{segment_load});
  store(library.bytes, library.header + 4, std::uint32_t{segment_writable | 4});
  for (const auto& [field, value] : {std::pair{8, library.at},
                                     {16, library.address},
                                     {24, library.address},
                                     {32, filler},
                                     {40, filler},
                                     {48, std::uint64_t{4096}}}) {
    store(library.bytes, library.header + static_cast<std::uint64_t>(field), value);
  }
  store(library.bytes, 32, library.at);
  store(library.bytes, 56, static_cast<std::uint16_t>(image.segments.size() + 1));
  return library;
}

std::uint64_t file_size_of(const Bytes& bytes, std::uint64_t address) {
  const Image image = *read_image(bytes);
  const auto found = std::ranges::find(image.segments, address, &Segment::address);
  EXPECT_EQ(found->memory_size, filler);
  return found->file_size;
}

std::uint64_t size_after(const Library& library) {
  const StripResult result = strip(library.bytes, StripLevel::symbols);
  EXPECT_EQ(result.reason, result.bytes ? "" : "it would not get smaller");
  return file_size_of(result.bytes ? *result.bytes : library.bytes, library.address);
}

TEST(ElfFiller, TheTailOfXGoesAndTheAddressesStay) {
  const Library library = with_filler();
  EXPECT_EQ(size_after(library), library.headers_size);
}

TEST(ElfFiller, ZIsFillerAsWellAsX) {
  Library library = with_filler();
  std::replace(library.bytes.begin() + static_cast<std::ptrdiff_t>(library.at + library.headers_size),
               library.bytes.end(), std::uint8_t{'X'}, std::uint8_t{'Z'});
  EXPECT_EQ(size_after(library), library.headers_size);
}

TEST(ElfFiller, OnlyZerosStay) {
  Library library = with_filler();
  std::fill(library.bytes.begin() + static_cast<std::ptrdiff_t>(library.at + library.headers_size),
            library.bytes.end(), std::uint8_t{0});
  EXPECT_EQ(size_after(library), filler);
}

TEST(ElfFiller, OneOtherByteKeepsIt) {
  Library library = with_filler();
  library.bytes[library.at + filler - 5] = 'Y';
  EXPECT_EQ(size_after(library), filler);
}

TEST(ElfFiller, ASegmentThatCantBeWrittenKeepsIt) {
  Library library = with_filler();
  store(library.bytes, library.header + 4, std::uint32_t{4});
  EXPECT_EQ(size_after(library), filler);
}

TEST(ElfFiller, AnAddressInTheDynamicSectionKeepsIt) {
  Library library = with_filler();
  const Image image = *read_image(library.bytes);
  const auto dynamic = std::ranges::find(image.segments, std::uint32_t{segment_dynamic}, &Segment::type);
  const std::uint64_t end = dynamic->offset + read_loader_view(image)->dynamic.size() * 16;
  store(library.bytes, end, std::int64_t{0x6ffffef0});  // a tag that slim doesn't know
  store(library.bytes, end + 8, library.address + 0x1000);
  EXPECT_EQ(size_after(library), 0x1001U);
}

TEST(ElfFiller, ASectionKeepsWhatItHolds) {
  Library library = with_filler();
  const Image image = *read_image(library.bytes);
  const auto comment = std::ranges::find(image.sections, std::string_view(".comment"), &Section::name);
  ASSERT_NE(comment, image.sections.end());
  const std::uint64_t header =
      image.section_table + static_cast<std::uint64_t>(comment - image.sections.begin()) * shape_64.section;
  store(library.bytes, header + 24, library.at + 0x1000);
  store(library.bytes, header + 32, std::uint64_t{0x800});
  EXPECT_EQ(size_after(library), 0x1800U);
}

TEST(ElfFiller, ASegmentOfNothingElseHasNoBytesLeft) {
  Library library = with_filler();
  // The headers go back to where they were: one fewer fits there, so the GNU_STACK's place is taken.
  const Bytes original = *read_file(SLIM_SOURCE_DIR "/test/fuzz/elf_strip/corpus/bfd.so");
  const Image image = *read_image(original);
  const auto stack = std::ranges::find(image.segments, std::uint32_t{segment_gnu_stack}, &Segment::type);
  ASSERT_NE(stack, image.segments.end());
  const auto index = static_cast<std::uint64_t>(stack - image.segments.begin());
  const Bytes header(library.bytes.begin() + static_cast<std::ptrdiff_t>(library.header),
                     library.bytes.begin() + static_cast<std::ptrdiff_t>(library.header + shape_64.segment));
  std::ranges::copy(header, library.bytes.begin() +
                                static_cast<std::ptrdiff_t>(image.segment_table + index * shape_64.segment));
  store(library.bytes, 32, image.segment_table);
  store(library.bytes, 56, static_cast<std::uint16_t>(image.segments.size()));
  std::fill_n(library.bytes.begin() + static_cast<std::ptrdiff_t>(library.at), library.headers_size,
              std::uint8_t{'X'});
  EXPECT_EQ(size_after(library), 0U);
  const StripResult once = strip(library.bytes, StripLevel::symbols);
  EXPECT_LE(once.bytes->size(), strip(original, StripLevel::symbols).bytes->size());
  EXPECT_FALSE(strip(*once.bytes, StripLevel::symbols).bytes.has_value());
}

}  // namespace
}  // namespace slim::elf
