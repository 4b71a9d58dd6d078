// The law of the layout, on program headers alone: what moves, how far, together with what, and what is
// refused.
#include "elf/layout.h"

#include <gtest/gtest.h>

#include <random>

namespace slim::elf {
namespace {

constexpr std::uint32_t relro = 0x6474e552;
constexpr std::uint32_t property = 0x6474e553;

Segment load(std::uint64_t offset, std::uint64_t address, std::uint64_t size, std::uint64_t align = 4096) {
  return {segment_load, segment_writable, offset, address, address, size, size, align};
}

Segment other(std::uint32_t type, std::uint64_t offset, std::uint64_t address, std::uint64_t size) {
  return {type, 0, offset, address, address, size, size, 8};
}

class File {
 public:
  explicit File(std::vector<Segment> segments, std::uint16_t type = type_shared) : bytes_(1 << 20) {
    image_.bytes = bytes_;
    image_.type = type;
    image_.segment_table = 64;
    image_.segments = std::move(segments);
  }
  Image& image() { return image_; }
  // Where the segment of this number lies in the new file.
  std::uint64_t place(std::size_t i) const {
    const auto layout = lay_out(image_);
    if (!layout) return ~std::uint64_t{0};
    return layout->new_offset(image_.segments[i].offset, image_.segments[i].file_size)
        .value_or(~std::uint64_t{0});
  }
  std::uint64_t size() const { return lay_out(image_)->end; }
  std::string refusal() const {
    const auto layout = lay_out(image_);
    return layout ? std::string() : layout.error().what;
  }

 private:
  Bytes bytes_;
  Image image_;
};

TEST(ElfLayout, AHoleBetweenSegmentsGoesByWholePages) {
  const File file({load(0, 0, 0x1100), load(0x9200, 0x19200, 0x300)});
  EXPECT_EQ(file.place(0), 0U);
  EXPECT_EQ(file.place(1), 0x1200U);
  EXPECT_EQ(file.size(), 0x1500U);
}

TEST(ElfLayout, ASegmentStaysCongruentToItsOwnAlignmentAndNotToThePageOnly) {
  const File file({load(0, 0, 0x1100, 0x10000), load(0x39200, 0x59200, 0x300, 0x10000)});
  EXPECT_EQ(file.place(1), 0x9200U);
}

TEST(ElfLayout, WhatASegmentHoldsMovesWithIt) {
  const File file({load(0, 0, 0x1100), load(0x9200, 0x19200, 0x300),
                   other(segment_dynamic, 0x9280, 0x19280, 64), other(relro, 0x9200, 0x19200, 0x100),
                   other(property, 0x9210, 0x19210, 32), other(segment_note, 0x9210, 0x19210, 32)});
  EXPECT_EQ(file.place(2), 0x1280U);
  EXPECT_EQ(file.place(3), 0x1200U);
  EXPECT_EQ(file.place(4), 0x1210U);
  EXPECT_EQ(file.place(5), 0x1210U);
}

TEST(ElfLayout, SegmentsThatShareBytesMoveByTheLargerAlignment) {
  const File file(
      {load(0, 0, 0x1100), load(0x39200, 0x59200, 0x300), load(0x39300, 0x69300, 0x400, 0x10000)});
  EXPECT_EQ(file.place(1), 0x9200U);
  EXPECT_EQ(file.place(2), 0x9300U);
}

TEST(ElfLayout, ANoteThatNoSegmentLoadsMovesByItsOwnAlignment) {
  const File file({load(0, 0, 0x1100), other(segment_note, 0x9204, 0, 32)});
  EXPECT_EQ(file.place(1), 0x1104U);
}

TEST(ElfLayout, ASegmentWithoutBytesKeepsItsCongruence) {
  Segment bss = load(0x9200, 0x19200, 0, 0x1000);
  bss.memory_size = 0x5000;
  const File file({load(0, 0, 0x1100), bss});
  EXPECT_EQ(file.place(1) % 0x1000, 0x200U);
  EXPECT_LE(file.place(1), 0x9200U);
}

// patchelf puts program headers that grow behind the last segment, into one of their own.
TEST(ElfLayout, TheHeadersOfALibraryMoveWithTheSegmentThatHoldsThem) {
  File file({load(0, 0, 0x1100), load(0x9000, 0x9000, 0x300)});
  file.image().segment_table = 0x9000;
  EXPECT_EQ(file.place(1), 0x2000U);
}

// Linux before 5.18 computes the address of a program's headers from e_phoff and the first segment.
TEST(ElfLayout, TheHeadersOfAProgramStayWhereOldKernelsLookForThem) {
  std::vector<Segment> segments{load(0, 0x400000, 0x1100), load(0x5000, 0x405000, 0x100),
                                load(0x9000, 0x409000, 0x300)};
  File fixed(segments, type_executable);
  fixed.image().segment_table = 0x9000;
  EXPECT_EQ(fixed.place(1), 0x2000U);
  EXPECT_EQ(fixed.place(2), 0x9000U);

  File pie(segments);
  pie.image().segment_table = 0x9000;
  pie.image().segments.push_back(other(segment_interpreter, 0x100, 0x400100, 16));
  EXPECT_EQ(pie.place(2), 0x9000U);

  segments[2].address = 0x40a000;  // they don't find it now
  File never_found(segments, type_executable);
  never_found.image().segment_table = 0x9000;
  EXPECT_EQ(never_found.place(2), 0x3000U);
}

TEST(ElfLayout, HeadersThatBreakARuleAreRefused) {
  EXPECT_NE(File({load(0, 0x5000, 0x100), load(0x1000, 0x1000, 0x100)}).refusal().find("ascending"),
            std::string::npos);
  EXPECT_NE(File({load(0x10, 0x20, 0x100)}).refusal().find("congruent with the page"), std::string::npos);
  EXPECT_NE(File({load(0x1000, 0x2000, 0x100, 0x10000)}).refusal().find("p_align"), std::string::npos);
  EXPECT_NE(File({load(0, 0, 0x100, 24)}).refusal().find("power of two"), std::string::npos);
  Segment short_of_room = load(0, 0, 0x100);
  short_of_room.memory_size = 0x80;
  EXPECT_NE(File({short_of_room}).refusal().find("more bytes than it has room for"), std::string::npos);
  Segment constant = load(0, 0, 0x100);
  constant.flags = 0;
  constant.memory_size = 0x2000;
  EXPECT_NE(File({constant}).refusal().find("read-only"), std::string::npos);
}

// Whatever the headers: nothing moves up, nothing overlaps that did not, congruence holds, and the result of
// the result is itself.
TEST(ElfLayout, HoldsItsLawOnRandomHeaders) {
  std::mt19937 random(5);
  const auto below = [&](std::uint64_t limit) { return random() % limit; };
  for (int round = 0; round < 500; ++round) {
    std::vector<Segment> segments;
    std::uint64_t offset = below(0x2000) & ~std::uint64_t{15};
    std::uint64_t address = offset + (below(4) << 16);
    for (std::uint64_t i = 0; i < 1 + below(5); ++i) {
      const std::uint64_t align = below(3) == 0 ? 0x10000 : 0x1000;
      address += (offset - address) & (align - 1);
      const std::uint64_t size = below(0x3000);
      segments.push_back(load(offset, address, size, align));
      if (below(2) == 0 && size > 64) segments.push_back(other(segment_note, offset + 16, address + 16, 32));
      offset += size + below(0x8000);
      address += size + below(0x20000);
    }
    File file(segments);
    const auto layout = lay_out(file.image());
    ASSERT_TRUE(layout.has_value());
    std::uint64_t end = 0;
    Image again = file.image();
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const std::uint64_t now = file.place(i);
      EXPECT_LE(now, segments[i].offset);
      again.segments[i].offset = now;
      if (segments[i].type != segment_load) {
        EXPECT_EQ(segments[i].offset - segments[i - 1].offset, now - file.place(i - 1));
        continue;
      }
      EXPECT_EQ((segments[i].address - now) % segments[i].align, 0U);
      EXPECT_GE(now, end);
      end = now + segments[i].file_size;
    }
    const auto second = lay_out(again);
    ASSERT_TRUE(second.has_value());
    EXPECT_FALSE(second->moves_anything());
  }
}

}  // namespace
}  // namespace slim::elf
