// A separate debug file is the original without what is loaded: the section table keeps its order, so that
// symbols, relocations and links between sections hold as they are; loaded sections become SHT_NOBITS, with
// their addresses, which is how debuggers match it to the program; segments keep their addresses and lose
// their bytes. Notes keep theirs: the build id in them ties the two files together.
// Sources: GDB manual, "Separate Debug Files"; objcopy(1), --only-keep-debug.
#include "elf/debug_file.h"

#include <algorithm>

#include "elf/put.h"

namespace slim::elf {
namespace {

bool has_contents(const Section& section) {
  return section.in_file() && (!section.allocated() || section.type == section_note);
}

void write_segments(const Image& image, Bytes& out) {
  const std::uint64_t table = out.size();
  append(out, image.bytes.subspan(image.segment_table, image.segment_table_size()));
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    const std::uint64_t header = table + i * shape_64.segment;
    store(out, header + 8, segment.align > 1 ? segment.address % segment.align : 0);  // still congruent
    store(out, header + 32, std::uint64_t{0});
  }
}

}  // namespace

Result<Bytes> debug_file(const Image& image) {
  if (!image.is_64() || image.order != std::endian::little || image.sections.empty()) {
    return fail("debug files are made of 64-bit little-endian files with a section table only");
  }
  std::uint64_t contents = 0;
  for (const Section& section : image.sections) {
    if (has_contents(section)) contents += section.size;
    if (contents > image.bytes.size()) return fail("its sections overlap");
  }
  Bytes out(image.bytes.begin(), image.bytes.begin() + shape_64.header);
  write_segments(image, out);
  std::vector<std::uint64_t> offsets(image.sections.size(), 0);
  for (std::size_t i = 1; i < image.sections.size(); ++i) {
    const Section& section = image.sections[i];
    constexpr std::uint64_t largest_align = 64;
    offsets[i] = pad_to(out, std::min(section.align, largest_align));
    if (has_contents(section)) append(out, image.bytes.subspan(section.offset, section.size));
  }
  const std::uint64_t table = pad_to(out, 8);
  append(out, image.bytes.subspan(image.section_table, image.section_table_size()));
  for (std::size_t i = 1; i < image.sections.size(); ++i) {
    const std::uint64_t header = table + i * shape_64.section;
    if (image.sections[i].in_file() && !has_contents(image.sections[i]))
      store(out, header + 4, section_nobits);
    store(out, header + 24, offsets[i]);
  }
  store(out, 32, std::uint64_t{shape_64.header});
  store(out, 40, table);
  return out;
}

std::string debug_file_path(const std::string& build_id) {
  constexpr std::size_t shortest = 4;   // two digits name the folder
  constexpr std::size_t longest = 128;  // linkers write 16 to 64 digits; no file system has names of 256
  if (build_id.size() < shortest || build_id.size() > longest) return {};
  return ".build-id/" + build_id.substr(0, 2) + "/" + build_id.substr(2) + ".debug";
}

}  // namespace slim::elf
