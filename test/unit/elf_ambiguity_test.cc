// Files that two readers could understand differently are left alone; each case is a real library with one
// such change.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "elf/loader_view.h"
#include "elf/put.h"
#include "elf/strip.h"
#include "util/file.h"

namespace slim::elf {
namespace {

struct Library {
  Bytes bytes;
  Image image;  // of the library as it was
  std::uint64_t segment(std::uint32_t type) const {
    const auto found = std::ranges::find(image.segments, type, &Segment::type);
    return image.segment_table +
           static_cast<std::uint64_t>(found - image.segments.begin()) * shape_64.segment;
  }
  std::uint64_t dynamic_entry(std::int64_t tag) const {
    const auto found = std::ranges::find(image.segments, std::uint32_t{segment_dynamic}, &Segment::type);
    const auto view = read_loader_view(image);
    const auto entry = std::ranges::find(view->dynamic, tag, &DynamicEntry::tag);
    return found->offset + static_cast<std::uint64_t>(entry - view->dynamic.begin()) * 16;
  }
  std::uint64_t table(std::int64_t tag) const {
    return *offset_of_address(image, *read_loader_view(image)->value(tag));
  }
};

std::string reason_after(const std::function<void(Library&)>& change) {
  const auto file = read_file(SLIM_SOURCE_DIR "/test/fuzz/elf_strip/corpus/bfd_versions_compressed.so");
  Library library{*file, {}};
  library.image = *read_image(*file);
  change(library);
  const StripResult result = strip(library.bytes, StripLevel::symbols);
  EXPECT_FALSE(result.doubtful) << result.reason;
  return result.bytes ? "stripped" : result.reason;
}

TEST(ElfAmbiguity, AnUnchangedLibraryIsStripped) {
  EXPECT_EQ(reason_after([](Library&) {}), "stripped");
}

TEST(ElfAmbiguity, TwoDynamicSections) {
  EXPECT_EQ(reason_after([](Library& library) {
              store(library.bytes, library.segment(segment_gnu_stack), std::uint32_t{segment_dynamic});
            }),
            "it has two dynamic sections");
}

TEST(ElfAmbiguity, ADynamicTagTwice) {
  EXPECT_EQ(reason_after([](Library& library) {
              store(library.bytes, library.dynamic_entry(dynamic_rela_size), std::int64_t{dynamic_rela});
            }),
            "its dynamic section has tag 0x7 twice");
}

TEST(ElfAmbiguity, AddressAndOffsetAtOdds) {
  EXPECT_NE(reason_after([](Library& library) {
              const std::uint64_t address = library.segment(segment_note) + 16;
              store(library.bytes, address,
                    ByteReader(library.bytes).read<std::uint64_t>(address).value() + 8);
            }).find("has other bytes at its address than at its offset"),
            std::string::npos);
}

TEST(ElfAmbiguity, SegmentsOverlapInMemory) {
  EXPECT_EQ(reason_after([](Library& library) {
              const auto first =
                  std::ranges::find(library.image.segments, std::uint32_t{segment_load}, &Segment::type);
              const std::uint64_t header = library.segment(segment_load);
              store(library.bytes, header + 4, std::uint32_t{segment_writable | 4});
              store(library.bytes, header + 40, first->memory_size + 0x10000);
            }),
            "program header 1 overlaps another in memory");
}

TEST(ElfAmbiguity, RelocationsRunOverTheEndOfTheirSegment) {
  EXPECT_NE(reason_after([](Library& library) {
              store(library.bytes, library.dynamic_entry(dynamic_rela_size) + 8, std::uint64_t{24 * 1000});
            }).find("runs over the end of its segment"),
            std::string::npos);
}

TEST(ElfAmbiguity, ASymbolsNameOutsideOfTheStrings) {
  EXPECT_EQ(reason_after([](Library& library) {
              store(library.bytes, library.table(dynamic_symbols) + shape_64.symbol,
                    std::uint32_t{0x7fffffff});
            }),
            "the name of dynamic symbol 1 lies outside of the strings");
}

TEST(ElfAmbiguity, StringsInTheHeaders) {
  EXPECT_EQ(reason_after([](Library& library) {
              store(library.bytes, library.dynamic_entry(dynamic_strings) + 8, std::uint64_t{0x20});
            }),
            "the table at address 0x20 covers headers");
}

TEST(ElfAmbiguity, VersionDefinitionsInARing) {
  EXPECT_EQ(reason_after([](Library& library) {
              // vd_next: 32-bit readers add it up and come round to the first definition again.
              store(library.bytes, library.table(dynamic_version_definitions) + 16,
                    std::uint32_t{0xfffffff0});
              store(library.bytes, library.dynamic_entry(dynamic_version_definitions_count) + 8,
                    std::uint64_t{9000});
            }),
            "its version definitions lead outside of their segment");
}

TEST(ElfAmbiguity, ANoteThatIsCutOff) {
  EXPECT_EQ(reason_after([](Library& library) {
              const auto note =
                  std::ranges::find(library.image.segments, std::uint32_t{segment_note}, &Segment::type);
              store(library.bytes, note->offset + 4, std::uint32_t{0x1000});
            }),
            "its notes are cut off");
}

}  // namespace
}  // namespace slim::elf
