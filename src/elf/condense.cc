// Of a library of 25 MB the loader's tables are one: program headers, dynamic section, strings, symbols,
// versions, relocations, hash tables, arrays of initialisers, notes. A reader that is asked for these alone,
// and copies what it is given, need not be given the code.
//
// What lies behind the last table of a loaded segment goes, and nothing before it, so that an address still
// leads to the same byte: by the segment's p_vaddr as it was, and its p_offset, from which is taken what went
// before. No header is added, split or dropped, and every other field is as in the image. Where the tables can't all be
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

// The fields of Elf_Verneed and Elf_Vernaux, or of Elf_Verdef and Elf_Verdaux, by their offsets (gABI,
// "Symbol Versioning"): records in a chain, and from each a chain of names.
struct VersionChain {
  std::uint64_t size;
  std::uint64_t count;  // of names: vn_cnt, vd_cnt
  std::uint64_t first;  // of them: vn_aux, vd_aux
  std::uint64_t next;
  std::uint64_t name_size;
  std::uint64_t name_next;
  // Of definitions the place of the name's text, too. Behind the end of the string table the condensed file
  // has other bytes than the original, so that no name may lie there.
  std::optional<std::uint64_t> text = {};
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

  bool add_version_needs() {
    constexpr VersionChain needs{
        .size = 16, .count = 2, .first = 8, .next = 12, .name_size = 16, .name_next = 12};
    const auto end = end_of(needs, view_.version_needs, view_.version_needs_count);
    return end && add(dynamic_version_needs, *end);
  }

  bool add_version_definitions() {
    constexpr VersionChain definitions{
        .size = 20, .count = 6, .first = 12, .next = 16, .name_size = 8, .name_next = 4, .text = 0};
    const std::uint64_t number = view_.value(dynamic_version_definitions_count).value_or(0);
    const auto bytes = at(dynamic_version_definitions);
    if (number == 0 || !bytes) return number == 0 || !view_.value(dynamic_version_definitions);
    const auto end = end_of(definitions, *bytes, number);
    return end && add(dynamic_version_definitions, *end);
  }

  // Where the last record ends; nullopt where the chain leads out, or on for too long.
  std::optional<std::uint64_t> end_of(const VersionChain& chain, ByteView bytes, std::uint64_t number) const {
    const ByteReader reader(bytes, image_.order);
    std::uint64_t end = 0;
    std::uint64_t steps = most_versions;
    std::uint64_t place = 0;
    for (std::uint64_t i = 0; i < number; ++i) {
      const auto count = reader.read<std::uint16_t>(place + chain.count);
      const auto first = reader.read<std::uint32_t>(place + chain.first);
      const auto next = reader.read<std::uint32_t>(place + chain.next);
      if (!count || !first || !next || steps-- == 0) return std::nullopt;
      end = std::max(end, place + chain.size);
      std::uint64_t name = place + *first;
      for (std::uint16_t j = 0; j < *count; ++j) {
        const auto step = reader.read<std::uint32_t>(name + chain.name_next);
        if (!step || steps-- == 0 || !is_text(chain, reader, name)) return std::nullopt;
        end = std::max(end, name + chain.name_size);
        if (*step == 0) break;
        name += *step;
      }
      if (*next == 0) break;
      place += *next;
    }
    return end;
  }

  bool is_text(const VersionChain& chain, const ByteReader& reader, std::uint64_t name) const {
    if (!chain.text) return true;
    const auto text = reader.read<std::uint32_t>(name + *chain.text);
    return text && ByteReader(view_.strings).c_string(*text).has_value();
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

bool is_table(const Segment& segment) {
  return segment.type == segment_dynamic || segment.type == segment_interpreter ||
         segment.type == segment_note;
}

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
    store(bytes, segment_table_ + i * shape_64.segment + 48, image.segments[i].align);
  }
}

std::uint64_t Condensed::place(std::uint64_t offset) const {
  const auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::begin);
  if (after == pieces_.begin()) return 0;
  const Piece& piece = *std::prev(after);
  return piece.moved_to + std::min(offset, piece.end) - piece.begin;
}

}  // namespace slim::elf
