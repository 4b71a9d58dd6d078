// LIEF is given a file without its code, and still sees every change of what it is asked for.
#include "elf/second_opinion.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "elf/ambiguity.h"
#include "elf/condense.h"
#include "elf/loader_view.h"
#include "util/file.h"

namespace slim::elf {
namespace {

Bytes library(const std::string& name) {
  return *read_file(SLIM_SOURCE_DIR "/test/fuzz/elf_strip/corpus/" + name);
}

std::uint64_t field(ByteView bytes, std::uint64_t at) {
  return ByteReader(bytes).read<std::uint64_t>(at).value_or(0);
}

// Where a reader of the condensed file, who knows nothing of the original, finds an address.
std::uint64_t place_of_address(const Image& image, const Condensed& file, std::uint64_t address) {
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const std::uint64_t header = file.segment_table() + i * shape_64.segment;
    const std::uint64_t begin = field(file.bytes, header + 16);
    const bool loads = (field(file.bytes, header) & 0xffffffff) == segment_load;
    if (loads && begin <= address && address < begin + field(file.bytes, header + 40)) {
      return field(file.bytes, header + 8) + (address - begin);
    }
  }
  return 0;
}

TEST(ElfSecondOpinion, EveryTableIsFoundByItsAddressInTheCondensedFile) {
  for (const char* name : {"bfd.so", "bfd_arm64.so", "bfd_versions_compressed.so", "lld_relr.so", "mold.so",
                           "patchelf.so", "patchelf_filler.so"}) {
    const Bytes bytes = library(name);
    const Image image = *read_image(bytes);
    const Condensed file(image, dynamic_symbol_count(image), 0);
    const LoaderView view = *read_loader_view(image);
    std::size_t found = 0;
    for (const SizedTable& table : sized_tables) {
      const auto address = view.value(table.at);
      if (!address) continue;
      const ByteView was = *loaded_range(image, *address, *view.value(table.size));
      const auto now = ByteReader(file.bytes).slice(place_of_address(image, file, *address), was.size());
      ASSERT_TRUE(now.has_value()) << name << " " << table.at;
      EXPECT_TRUE(std::ranges::equal(was, *now)) << name << " " << table.at;
      ++found;
    }
    EXPECT_GE(found, 1U) << name;
  }
}

TEST(ElfSecondOpinion, CodeIsLeftOut) {
  const Bytes bytes = *read_file("/proc/self/exe");
  const Image image = *read_image(bytes);
  const Condensed file(image, dynamic_symbol_count(image), 0);
  const auto code = std::ranges::find_if(image.segments, [](const Segment& segment) {
    return segment.type == segment_load && (segment.flags & segment_executable) != 0;
  });
  ASSERT_NE(code, image.segments.end());
  EXPECT_LT(file.bytes.size(), bytes.size() - code->file_size / 2);
  EXPECT_EQ(second_opinion(image, dynamic_symbol_count(image)).fault, "");
}

class AChange {
 public:
  explicit AChange(Bytes bytes) : bytes_(std::move(bytes)), image_(*read_image(bytes_)) {
    symbols_ = dynamic_symbol_count(image_);
    before_ = second_opinion(image_, symbols_);
    EXPECT_EQ(difference(before_, bytes_, symbols_), "");
  }
  const Image& image() const { return image_; }

  void is_seen(std::uint64_t begin, std::uint64_t size, const std::string& what) const {
    EXPECT_GT(size, 0U) << what;
    for (std::uint64_t at = begin; at < begin + size; ++at) {
      Bytes changed = bytes_;
      changed[at] ^= 1;
      EXPECT_NE(difference(before_, changed, symbols_), "") << what << ", byte " << at - begin;
    }
  }
  // Of the table at this tag the bytes from `skip` to `size`.
  void is_seen_in_table(std::int64_t tag, std::uint64_t size, const std::string& what,
                        std::uint64_t skip = 0) const {
    const auto at = offset_of_address(image_, *read_loader_view(image_)->value(tag));
    is_seen(*at + skip, size - skip, what);
  }
  std::uint64_t value(std::int64_t tag) const { return *read_loader_view(image_)->value(tag); }
  std::uint64_t symbols() const { return symbols_; }

 private:
  Bytes bytes_;
  Image image_;
  std::uint64_t symbols_ = 0;
  SecondOpinion before_;
};

TEST(ElfSecondOpinion, EveryByteOfTheTablesCounts) {
  for (const char* name : {"bfd.so", "bfd_versions_compressed.so", "patchelf.so"}) {
    const AChange change(library(name));
    change.is_seen_in_table(dynamic_symbols, change.symbols() * 24, "symbols but the first, which is none",
                            24);
    change.is_seen_in_table(dynamic_rela, change.value(dynamic_rela_size), "relocations");
    change.is_seen_in_table(dynamic_plt_relocations, change.value(dynamic_plt_size),
                            "relocations of the PLT");
    change.is_seen_in_table(dynamic_init_array, change.value(dynamic_init_array_size), "initialisers");
    change.is_seen_in_table(dynamic_fini_array, change.value(dynamic_fini_array_size), "finalisers");
    change.is_seen_in_table(dynamic_strings, 8, "the first name", 1);
    for (const Segment& segment : change.image().segments) {
      const std::uint64_t entries = read_loader_view(change.image())->dynamic.size();
      if (segment.type == segment_dynamic) change.is_seen(segment.offset, 16 * entries, "dynamic section");
      if (segment.type == segment_note) change.is_seen(segment.offset, segment.file_size, "notes");
    }
  }
}

TEST(ElfSecondOpinion, EveryByteOfTheVersionsCounts) {
  const AChange change(library("bfd_versions_compressed.so"));
  change.is_seen_in_table(dynamic_symbol_versions, 2 * change.symbols(), "versions of symbols");
  change.is_seen_in_table(dynamic_version_definitions, 6, "version, flags and number of a definition");
}

TEST(ElfSecondOpinion, EveryFieldOfTheProgramHeadersCountsButTheirPlaces) {
  const AChange change(library("bfd.so"));
  for (std::size_t i = 0; i < change.image().segments.size(); ++i) {
    const std::uint64_t header = change.image().segment_table + i * shape_64.segment;
    change.is_seen(header, 8, "type and flags");
    change.is_seen(header + 16, 8, "address");
    change.is_seen(header + 32, 24, "sizes and alignment");
    if (change.image().segments[i].type == segment_load) change.is_seen(header + 8, 8, "offset");
  }
}

}  // namespace
}  // namespace slim::elf
