// Two readers differ where one takes the first of two and the other the last, where a table runs over the
// end of its segment into bytes that may go, or where addresses overlap. Each check here names one such
// place. How many headers may cover the same bytes is limited, so that the time and memory which a hostile
// file takes stay in proportion to its size.
#include "elf/ambiguity.h"

#include <algorithm>
#include <array>
#include <set>

#include "elf/facts.h"
#include "elf/loader_view.h"
#include "util/format.h"

namespace slim::elf {
namespace {

constexpr std::uint64_t most_dynamic_entries = 1000;  // LIEF reads no more
constexpr std::uint64_t most_segments = 1000;
constexpr std::uint64_t most_retellings = 8;  // of the file's size; linkers come to 3

std::string overlapping_segments(const Image& image) {
  if (image.segments.size() > most_segments) return "it has more than 1,000 program headers";
  std::uint64_t covered = 0;
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    covered += segment.file_size;
    if (covered / most_retellings > image.bytes.size())
      return "its program headers cover the same bytes again and again";
    if (segment.type != segment_load) continue;
    if (segment.address < end) return format("program header {} overlaps another in memory", i);
    end = segment.address + segment.memory_size;
  }
  return {};
}

// The headers change in a rewrite, so nothing else may be read from their place.
bool in_headers(const Image& image, std::uint64_t offset, std::uint64_t size) {
  const auto overlaps = [&](std::uint64_t begin, std::uint64_t length) {
    return size > 0 && offset < begin + length && begin < offset + size;
  };
  return overlaps(0, image.shape.header) || overlaps(image.segment_table, image.segment_table_size());
}

// Loaders find these by address and tools by offset.
std::string segments_at_odds(const Image& image) {
  std::size_t dynamic = 0;
  std::size_t interpreters = 0;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    if (segment.type == segment_dynamic && ++dynamic > 1) return "it has two dynamic sections";
    if (segment.type == segment_interpreter && ++interpreters > 1) return "it has two interpreters";
    const bool is_table = segment.type == segment_dynamic || segment.type == segment_interpreter ||
                          segment.type == segment_note;
    if (is_table && in_headers(image, segment.offset, segment.file_size)) {
      return format("program header {} covers headers", i);
    }
    const std::string_view text = as_text(image.bytes.subspan(segment.offset, segment.file_size));
    if (segment.type == segment_interpreter && text.find('\0') == std::string_view::npos) {
      return "its interpreter's name has no end";
    }
    if (segment.type != segment_dynamic && segment.type != segment_note) continue;
    if (segment.type == segment_note && segment.file_size == 0) continue;
    const auto bytes = loaded_range(image, segment.address, segment.file_size);
    if (!bytes || bytes->data() != image.bytes.data() + segment.offset) {
      return format("program header {} has other bytes at its address than at its offset", i);
    }
  }
  return {};
}

std::string repeated_tag(const LoaderView& view) {
  if (view.dynamic.size() > most_dynamic_entries) return "its dynamic section has more than 1,000 entries";
  std::set<std::int64_t> seen;
  for (const DynamicEntry& entry : view.dynamic) {
    if (entry.tag == dynamic_needed) continue;
    constexpr std::array may_repeat{
        std::int64_t{0x7ffffffd}, std::int64_t{0x7fffffff},   // DT_AUXILIARY, DT_FILTER
        std::int64_t{0x6ffffefb}, std::int64_t{0x6ffffefc}};  // DT_DEPAUDIT, DT_AUDIT
    if (std::ranges::find(may_repeat, entry.tag) != may_repeat.end()) continue;
    if (!seen.insert(entry.tag).second) return format("its dynamic section has tag {:#x} twice", entry.tag);
  }
  return {};
}

std::string tables_outside(const Image& image, const LoaderView& view) {
  for (const SizedTable& table : sized_tables) {
    const auto at = view.value(table.at);
    const std::uint64_t size = view.value(table.size).value_or(0);
    if (!at || size == 0) continue;
    const auto bytes = loaded_range(image, *at, size);
    if (!bytes) return format("the table at address {:#x} runs over the end of its segment", *at);
    if (in_headers(image, static_cast<std::uint64_t>(bytes->data() - image.bytes.data()), size)) {
      return format("the table at address {:#x} covers headers", *at);
    }
  }
  // The length of these is told elsewhere.
  for (const std::int64_t tag : {dynamic_symbols, dynamic_symbol_versions, dynamic_version_needs,
                                 dynamic_version_definitions, dynamic_hash, dynamic_gnu_hash}) {
    const auto at = view.value(tag);
    const auto offset = at ? offset_of_address(image, *at) : std::nullopt;
    if (offset && in_headers(image, *offset, 1)) {
      return format("the table at address {:#x} lies in the headers", *at);
    }
  }
  return {};
}

const Section* dynamic_symbol_section(const Image& image) {
  const auto found =
      std::ranges::find(image.sections, std::uint32_t{section_dynamic_symbols}, &Section::type);
  return found == image.sections.end() ? nullptr : &*found;
}

std::string symbols_at_odds(const Image& image, const LoaderView& view) {
  for (const Section& table : image.sections) {
    if (table.type == section_dynamic_symbols && !table.allocated())
      return "its dynamic symbols don't count as loaded";
  }
  const Section* section = dynamic_symbol_section(image);
  const auto at = view.value(dynamic_symbols);
  if (section == nullptr || !at) return {};
  const auto table = loaded_range(image, *at, section->size);
  if (!table || section->offset != static_cast<std::uint64_t>(table->data() - image.bytes.data())) {
    return "the section table and the dynamic section tell of different symbols";
  }
  if (in_headers(image, section->offset, section->size)) return "its dynamic symbols cover headers";
  const std::uint64_t count = dynamic_symbol_count(image);
  const auto versions = view.value(dynamic_symbol_versions);
  if (versions && !loaded_range(image, *versions, 2 * count))
    return "the symbols' versions lie outside of the file";
  const ByteReader symbols(*table, image.order);
  const ByteReader strings(view.strings);
  std::uint64_t left = most_retellings * image.bytes.size();
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint32_t name_at = symbols.read<std::uint32_t>(i * image.shape.symbol).value_or(0);
    const auto name = strings.c_string(name_at);
    if (name_at != 0 && !name) return format("the name of dynamic symbol {} lies outside of the strings", i);
    if (!name) continue;
    if (name->size() > left) return "the dynamic symbols' names are longer than the file";
    left -= name->size();
  }
  return {};
}

// Elf_Verdef and Elf_Verdaux are the same in both classes: vd_cnt at 6, vd_aux at 12, vd_next at 16; vda_next
// at 4.
std::string definitions_astray(const Image& image, const LoaderView& view) {
  const auto at = view.value(dynamic_version_definitions);
  const std::uint64_t count = view.value(dynamic_version_definitions_count).value_or(0);
  if (!at || count == 0) return {};
  const auto bytes = loaded_from(image, *at);
  if (!bytes || count > most_versions) return "its version definitions can't be read";
  const ByteReader reader(*bytes, image.order);
  std::uint64_t steps = most_versions;
  std::uint64_t place = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto names = reader.read<std::uint16_t>(place + 6);
    const auto next = reader.read<std::uint32_t>(place + 16);
    if (!names || !next) return "its version definitions lead outside of their segment";
    std::uint64_t name = place + reader.read<std::uint32_t>(place + 12).value_or(0);
    for (std::uint16_t j = 0; j < *names; ++j) {
      const auto step = reader.read<std::uint32_t>(name + 4);
      if (!step || steps-- == 0) return "its version definitions lead outside of their segment";
      if (*step == 0) break;
      name += *step;
    }
    if (*next == 0) break;
    place += *next;
  }
  return {};
}

// LIEF aligns notes to 4 bytes, whatever p_align is; padding to 8 looks to it like a reserved note.
std::string notes_cut_off(const Image& image) {
  for (const Segment& segment : image.segments) {
    if (segment.type != segment_note) continue;
    const ByteReader notes(image.bytes.subspan(segment.offset, segment.file_size), image.order);
    std::uint64_t at = 0;
    while (at < notes.size()) {
      const auto owner = notes.read<std::uint32_t>(at);
      const auto content = notes.read<std::uint32_t>(at + 4);
      if (owner == 0U) break;  // a reserved note: readers stop here
      const auto padded = [](std::uint64_t size) { return (size + 3) & ~std::uint64_t{3}; };
      if (!owner || !content || !notes.covers(at + 12, padded(*owner) + padded(*content)))
        return "its notes are cut off";
      const std::string_view name = as_text(notes.slice(at + 12, *owner).value_or(ByteView()));
      const std::uint64_t name_end = name.find('\0');
      if (name_end == std::string_view::npos || padded(name_end + 1) != padded(*owner)) {
        return "it is unclear where a note's owner ends";
      }
      at += 12 + padded(*owner) + padded(*content);
    }
  }
  return {};
}

}  // namespace

std::uint64_t dynamic_symbol_count(const Image& image) {
  const Section* section = dynamic_symbol_section(image);
  return section == nullptr ? 0 : section->size / image.shape.symbol;
}

std::string ambiguity(const Image& image) {
  for (const auto check : {overlapping_segments, segments_at_odds, notes_cut_off}) {
    if (std::string reason = check(image); !reason.empty()) return reason;
  }
  const auto view = read_loader_view(image);
  if (!view) return view.error().what;
  if (std::string reason = repeated_tag(*view); !reason.empty()) return reason;
  if (view->version_needs_count > most_versions) return "it needs more than 10,000 versions";
  for (const auto check : {tables_outside, symbols_at_odds, definitions_astray}) {
    if (std::string reason = check(image, *view); !reason.empty()) return reason;
  }
  const auto facts = read_facts(image.bytes);
  return facts ? std::string() : facts.error().what;
}

}  // namespace slim::elf
