// patchelf gives a section that grows a new place, in a segment that it adds, and writes the letter X, or Z,
// over the old one. auditwheel calls it once for each name that it changes, so a wheel's library has up to
// six such segments, and all but the last hold an old string table as 36,000 X. Nothing refers to them: they
// came after the link, and what patchelf itself put there has gone on to the next segment.
//
// Such a tail goes by lowering p_filesz. p_memsz stays, so the same addresses stay mapped, and the loader
// fills them with zeros as it does .bss. All of this must hold:
//   - it is X, Z and zeros, and not only zeros;
//   - the file is a library (kernels before 6.10 had their own ways with more than one .bss in a program);
//   - the segment is writable, as the loader writes the zeros, and has no .bss of its own;
//   - no section and no other program header has a byte of it, in the file or in memory, and no entry of the
//     dynamic section has a value in it;
//   - where nothing is left of the segment, it begins at a page of its own: loaders map no page of it then.
#include "elf/filler.h"

#include <algorithm>

#include "elf/loader_view.h"

namespace slim::elf {
namespace {

constexpr std::uint64_t page = 4096;
constexpr std::size_t most_segments = 64;  // so that no file takes long; patchelf's have some 15

// Where in the segment what others refer to ends, at least: from its beginning.
class Claims {
 public:
  explicit Claims(const Segment& segment) : segment_(segment) {}
  void in_file(std::uint64_t begin, std::uint64_t size) { claim(begin, size, segment_.offset); }
  void in_memory(std::uint64_t begin, std::uint64_t size) { claim(begin, size, segment_.address); }
  std::uint64_t end() const { return end_; }

 private:
  void claim(std::uint64_t begin, std::uint64_t size, std::uint64_t base) {
    if (begin >= base + segment_.file_size || begin + size < begin) return;
    if (begin + size <= base) return;
    end_ = std::max(end_, std::min(begin + size - base, segment_.file_size));
  }
  const Segment& segment_;
  std::uint64_t end_ = 0;
};

std::uint64_t claimed_end(const Image& image, const LoaderView& view, std::size_t index) {
  const Segment& segment = image.segments[index];
  Claims claims(segment);
  claims.in_file(image.segment_table, image.segment_table_size());
  claims.in_file(0, image.shape.header);
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    if (i == index) continue;
    claims.in_file(image.segments[i].offset, image.segments[i].file_size);
    claims.in_memory(image.segments[i].address, image.segments[i].memory_size);
  }
  for (const Section& section : image.sections) {
    if (section.in_file()) claims.in_file(section.offset, section.size);
    if (section.allocated()) claims.in_memory(section.address, section.size);
  }
  for (const DynamicEntry& entry : view.dynamic) claims.in_memory(entry.value, 1);
  return claims.end();
}

std::uint64_t size_without_filler(const Image& image, const LoaderView& view, std::size_t index) {
  const Segment& segment = image.segments[index];
  const bool may = segment.type == segment_load && (segment.flags & segment_writable) != 0 &&
                   segment.file_size == segment.memory_size && segment.file_size > 0 &&
                   segment.address + segment.memory_size >= segment.address;
  if (!may) return segment.file_size;
  const ByteView bytes = image.bytes.subspan(segment.offset, segment.file_size);
  const std::uint64_t claimed = claimed_end(image, view, index);
  const ByteView tail = bytes.subspan(claimed);
  const auto is_filler = [](std::uint8_t byte) { return byte == 'X' || byte == 'Z' || byte == 0; };
  const auto is_zero = [](std::uint8_t byte) { return byte == 0; };
  if (!std::ranges::all_of(tail, is_filler) || std::ranges::all_of(tail, is_zero)) return segment.file_size;
  if (claimed == 0 && segment.address % std::max(segment.align, page) != 0) return segment.file_size;
  return claimed;
}

}  // namespace

Image without_filler(const Image& image) {
  Image out = image;
  // Without a section table nobody can say what is no section.
  if (image.sections.empty() || image.segments.size() > most_segments || is_program(image)) return out;
  const auto view = read_loader_view(image);
  if (!view) return out;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    out.segments[i].file_size = size_without_filler(image, *view, i);
  }
  return out;
}

}  // namespace slim::elf
