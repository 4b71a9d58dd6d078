// Which alignments are lowered, and what speaks against it.
#include "elf/page_align.h"

#include <gtest/gtest.h>

#include "elf/layout.h"

namespace slim::elf {
namespace {

constexpr std::uint64_t huge = 0x200000;

Segment load(std::uint64_t offset, std::uint64_t address, std::uint64_t size, std::uint64_t align) {
  return {segment_load, segment_writable, offset, address, address, size, size, align};
}

// A library of 2 MB and a little, of which a hole is most.
struct File {
  File() : bytes(huge + 0x1000) {
    image.bytes = bytes;
    image.type = type_shared;
    image.machine = machine_x86_64;
    image.segment_table = 64;
    image.segments = {load(0, 0, 0x1100, huge), load(huge, 2 * huge, 0x800, huge)};
    image.sections.resize(2);
    image.sections[1].flags = section_allocated;
    image.sections[1].align = 64;
  }
  std::vector<std::uint64_t> alignments() const {
    std::vector<std::uint64_t> out;
    for (const Segment& segment : with_page_alignment(image).segments) out.push_back(segment.align);
    return out;
  }
  Bytes bytes;
  Image image;
};

using Alignments = std::vector<std::uint64_t>;

TEST(ElfPageAlign, AHoleOfTwoMegabytesCloses) {
  const File file;
  EXPECT_EQ(file.alignments(), (Alignments{4096, 4096}));
  EXPECT_EQ(lay_out(with_page_alignment(file.image))->end, 0x2800U);
}

TEST(ElfPageAlign, NothingElseOfASegmentChanges) {
  const File file;
  const Image lowered = with_page_alignment(file.image);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(lowered.segments[i].offset, file.image.segments[i].offset);
    EXPECT_EQ(lowered.segments[i].address, file.image.segments[i].address);
    EXPECT_EQ(lowered.segments[i].file_size, file.image.segments[i].file_size);
    EXPECT_EQ(lowered.segments[i].memory_size, file.image.segments[i].memory_size);
  }
}

TEST(ElfPageAlign, WithoutAHoleTheHeadersStay) {
  File file;
  file.image.segments[1] = load(0x1100, huge + 0x1100, 0x800, huge);
  EXPECT_EQ(file.alignments(), (Alignments{huge, huge}));
}

TEST(ElfPageAlign, ArmKeepsThePageOfItsLargestKernels) {
  File file;
  file.image.machine = machine_aarch64;
  EXPECT_EQ(file.alignments(), (Alignments{65536, 65536}));
  file.image.segments = {load(0, 0, 0x1100, 65536), load(0x20000, 0x30000, 0x800, 65536)};
  EXPECT_EQ(file.alignments(), (Alignments{65536, 65536}));
}

TEST(ElfPageAlign, OtherProcessorsAreLeftAlone) {
  File file;
  file.image.machine = 243;  // RISC-V
  EXPECT_EQ(file.alignments(), (Alignments{huge, huge}));
}

TEST(ElfPageAlign, ALoadedSectionThatAsksForMoreKeepsIt) {
  File file;
  file.image.sections[1].align = 8192;
  EXPECT_EQ(file.alignments(), (Alignments{huge, huge}));
  file.image.sections[1].flags = 0;  // not loaded
  EXPECT_EQ(file.alignments(), (Alignments{4096, 4096}));
}

TEST(ElfPageAlign, ThreadLocalStorageThatAsksForMoreKeepsIt) {
  File file;
  Segment thread = load(huge, 2 * huge, 0x10, 8192);
  thread.type = 7;
  file.image.segments.push_back(thread);
  EXPECT_EQ(file.alignments(), (Alignments{huge, huge, 8192}));
}

TEST(ElfPageAlign, CodeThatMayLieOnHugePagesKeepsIt) {
  File file;
  file.image.segments[0].flags = segment_executable | segment_writable;
  EXPECT_EQ(file.alignments(), (Alignments{4096, 4096}));
  file.image.segments[0].memory_size = huge;
  EXPECT_EQ(file.alignments(), (Alignments{huge, huge}));
}

TEST(ElfPageAlign, WithoutASectionTableNobodyKnowsWhoAsks) {
  File file;
  file.image.sections.clear();
  EXPECT_EQ(file.alignments(), (Alignments{huge, huge}));
}

TEST(ElfPageAlign, ProgramsKeepIt) {
  File file;
  file.image.type = type_executable;
  EXPECT_EQ(file.alignments(), (Alignments{huge, huge}));
}

}  // namespace
}  // namespace slim::elf
