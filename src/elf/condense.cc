// Of a library of 25 MB the loader's tables are one: program headers, dynamic section, strings, symbols,
// versions, relocations, hash tables, arrays of initialisers, notes. A reader that is asked for these alone,
// and copies what it is given, need not be given the code.
//
// What lies behind the last table of a loaded segment goes, and nothing before it, so that an address still
// leads to the same byte: by the segment's p_vaddr as it was, and its p_offset, from which is taken what went
// before. No header is added, split or dropped, and every other field stays. Where the tables can't all be
// told (a chain of versions that leads astray), nothing goes but what no segment covers.
#include "elf/condense.h"

#include <algorithm>
#include <optional>

#include "elf/loader_view.h"
#include "elf/put.h"

namespace slim::elf {
namespace {

struct Range {
  std::uint64_t begin;
  std::uint64_t end;
};

constexpr std::uint64_t grain = 64;  // readers align within the file

// The tables that the dynamic section leads to, as ranges of the file.
class Tables {
 public:
  Tables(const Image& image, const LoaderView& view) : image_(image), view_(view) {}

  // False where a table can't be told.
  bool find(std::uint64_t symbols) {
    for (const SizedTable& table : sized_tables) {
      if (!add(table.at, view_.value(table.size).value_or(0))) return false;
    }
    return add(dynamic_symbols, symbols * image_.shape.symbol) && add(dynamic_symbol_versions, 2 * symbols) &&
           add_version_needs() && add_version_definitions() && add_hash() && add_gnu_hash(symbols);
  }
  const std::vector<Range>& ranges() const { return ranges_; }

 private:
  std::optional<ByteView> at(std::int64_t tag) const {
    const auto address = view_.value(tag);
    return address ? loaded_from(image_, *address) : std::nullopt;
  }

  bool add(std::int64_t tag, std::uint64_t size) {
    if (size == 0 || !view_.value(tag)) return true;
    const auto bytes = at(tag);
    if (!bytes || size > bytes->size()) return false;
    const auto begin = static_cast<std::uint64_t>(bytes->data() - image_.bytes.data());
    ranges_.push_back({begin, begin + size});
    return true;
  }

  // Elf_Verneed: vn_cnt at 2, vn_aux at 8, vn_next at 12; Elf_Vernaux: vna_next at 12.
  bool add_version_needs() {
    const ByteReader reader(view_.version_needs, image_.order);
    std::uint64_t end = 0;
    std::uint64_t steps = most_versions;
    std::uint64_t place = 0;
    for (std::uint64_t i = 0; i < view_.version_needs_count; ++i) {
      const auto count = reader.read<std::uint16_t>(place + 2);
      const auto first = reader.read<std::uint32_t>(place + 8);
      const auto next = reader.read<std::uint32_t>(place + 12);
      if (!count || !first || !next || steps-- == 0) return false;
      end = std::max(end, place + 16);
      std::uint64_t name = place + *first;
      for (std::uint16_t j = 0; j < *count; ++j) {
        const auto step = reader.read<std::uint32_t>(name + 12);
        if (!step || steps-- == 0) return false;
        end = std::max(end, name + 16);
        if (*step == 0) break;
        name += *step;
      }
      if (*next == 0) break;
      place += *next;
    }
    return add(dynamic_version_needs, end);
  }

  // Elf_Verdef: vd_cnt at 6, vd_aux at 12, vd_next at 16; Elf_Verdaux: vda_name at 0, vda_next at 4. What is
  // read behind the strings' end is another name in the condensed file, so no name may lie there.
  bool add_version_definitions() {
    const std::uint64_t number = view_.value(dynamic_version_definitions_count).value_or(0);
    const auto bytes = at(dynamic_version_definitions);
    if (number == 0 || !bytes) return number == 0 || !view_.value(dynamic_version_definitions);
    const ByteReader reader(*bytes, image_.order);
    std::uint64_t end = 0;
    std::uint64_t steps = most_versions;
    std::uint64_t place = 0;
    for (std::uint64_t i = 0; i < number; ++i) {
      const auto count = reader.read<std::uint16_t>(place + 6);
      const auto first = reader.read<std::uint32_t>(place + 12);
      const auto next = reader.read<std::uint32_t>(place + 16);
      if (!count || !first || !next || steps-- == 0) return false;
      end = std::max(end, place + 20);
      std::uint64_t name = place + *first;
      for (std::uint16_t j = 0; j < *count; ++j) {
        const auto text = reader.read<std::uint32_t>(name);
        const auto step = reader.read<std::uint32_t>(name + 4);
        if (!text || !step || steps-- == 0 || !ByteReader(view_.strings).c_string(*text)) return false;
        end = std::max(end, name + 8);
        if (*step == 0) break;
        name += *step;
      }
      if (*next == 0) break;
      place += *next;
    }
    return add(dynamic_version_definitions, end);
  }

  // nbucket, nchain, and as many words (gABI, "Hash Table").
  bool add_hash() {
    const auto bytes = at(dynamic_hash);
    if (!bytes) return !view_.value(dynamic_hash);
    const ByteReader reader(*bytes, image_.order);
    const std::uint64_t buckets = reader.read<std::uint32_t>(0).value_or(0);
    const std::uint64_t chains = reader.read<std::uint32_t>(4).value_or(0);
    return add(dynamic_hash, 4 * (2 + buckets + chains));
  }

  // nbuckets, the first symbol, the filter's words, its shift; filter, buckets, a word for each symbol.
  bool add_gnu_hash(std::uint64_t symbols) {
    const auto bytes = at(dynamic_gnu_hash);
    if (!bytes) return !view_.value(dynamic_gnu_hash);
    const ByteReader reader(*bytes, image_.order);
    const std::uint64_t buckets = reader.read<std::uint32_t>(0).value_or(0);
    const std::uint64_t first = reader.read<std::uint32_t>(4).value_or(0);
    const std::uint64_t filter = reader.read<std::uint32_t>(8).value_or(0);
    const std::uint64_t hashed = symbols - std::min(first, symbols);
    return add(dynamic_gnu_hash, 16 + image_.shape.word * filter + 4 * (buckets + hashed));
  }

  const Image& image_;
  const LoaderView& view_;
  std::vector<Range> ranges_;
};

// All that a segment covers, and the headers.
Range covered(const Image& image) {
  std::uint64_t end =
      std::max<std::uint64_t>(image.shape.header, image.segment_table + image.segment_table_size());
  for (const Segment& segment : image.segments) end = std::max(end, segment.end());
  return {0, end};
}

bool is_table(const Segment& segment) {
  return segment.type == segment_dynamic || segment.type == segment_interpreter ||
         segment.type == segment_note;
}

// From each loaded segment's beginning to the last table in it.
void add_segments(const Image& image, std::vector<Range>& ranges) {
  const std::size_t tables = ranges.size();
  for (const Segment& segment : image.segments) {
    if (segment.type != segment_load) continue;
    std::uint64_t end = segment.offset;
    for (std::size_t i = 0; i < tables; ++i) {
      const bool inside = segment.offset <= ranges[i].begin && ranges[i].begin < segment.end();
      if (inside) end = std::max(end, std::min(ranges[i].end, segment.end()));
    }
    ranges.push_back({segment.offset, end});
  }
}

std::vector<Range> needed(const Image& image, std::uint64_t symbols) {
  const auto view = read_loader_view(image);
  if (!view) return {covered(image)};
  Tables tables(image, *view);
  if (!tables.find(symbols)) return {covered(image)};
  std::vector<Range> ranges = tables.ranges();
  ranges.push_back({0, image.shape.header});
  ranges.push_back({image.segment_table, image.segment_table + image.segment_table_size()});
  for (const Segment& segment : image.segments) {
    if (is_table(segment)) ranges.push_back({segment.offset, segment.end()});
  }
  add_segments(image, ranges);
  std::ranges::sort(ranges, {}, &Range::begin);
  return ranges;
}

}  // namespace

Condensed::Condensed(const Image& image, std::uint64_t symbols, std::size_t spare) {
  std::uint64_t size = 0;
  for (const Range& range : needed(image, symbols)) {
    if (pieces_.empty() || range.begin > pieces_.back().end) {
      const std::uint64_t at = size + (range.begin - size) % grain;
      pieces_.push_back({range.begin, range.end, at});
    }
    Piece& piece = pieces_.back();
    piece.end = std::max(piece.end, range.end);
    size = piece.moved_to + (piece.end - piece.begin);
  }
  bytes.reserve(size + spare);
  for (const Piece& piece : pieces_) {
    bytes.resize(piece.moved_to, 0);
    append(bytes, image.bytes.subspan(piece.begin, piece.end - piece.begin));
  }
  segment_table_ = place(image.segment_table);
  store(bytes, 32, segment_table_);
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    store(bytes, segment_table_ + i * shape_64.segment + 8, place(image.segments[i].offset));
  }
}

std::uint64_t Condensed::place(std::uint64_t offset) const {
  const auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::begin);
  if (after == pieces_.begin()) return 0;
  const Piece& piece = *std::prev(after);
  return piece.moved_to + std::min(offset, piece.end) - piece.begin;
}

}  // namespace slim::elf
