// The file that comes out, in order: the layout's blocks, zeros between them; sections that stay though no
// segment holds them; the section names; the section table, at a multiple of 8. In the headers change:
// e_phoff, e_shoff, e_shnum, e_shstrndx, each p_offset, p_filesz where elf/filler.h says so, and p_align where
// elf/page_align.h does; nothing else within a segment.
#include "elf/writer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <utility>

#include "elf/put.h"
#include "elf/section_order.h"
#include "util/format.h"

namespace slim::elf {
namespace {

class Writer {
 public:
  Writer(const Image& image, const Layout& layout, const std::vector<SectionVerdict>& verdicts)
      : image_(image), layout_(layout), verdicts_(verdicts) {}

  Result<Bytes> write(bool with_table) {
    write_blocks();
    write_segment_headers();
    if (!with_table) {
      write_file_header(0, 0, 0);
      return std::move(out_);
    }
    TRY(order_, order_sections(image_, verdicts_));
    place_kept_sections();
    renumber_symbols();
    write_section_table();
    return std::move(out_);
  }

 private:
  void write_blocks() {
    out_.reserve(smallest_size(image_, layout_, verdicts_) + image_.section_table_size() + 4096);
    for (const Block& block : layout_.blocks) {
      out_.resize(block.moved_to, 0);
      append(out_, image_.bytes.subspan(block.begin, block.end - block.begin));
    }
  }

  void write_segment_headers() {
    const std::uint64_t table = layout_.new_place(image_.segment_table);
    for (std::size_t i = 0; i < image_.segments.size(); ++i) {
      const Segment& segment = image_.segments[i];
      store(out_, table + i * shape_64.segment + 8, layout_.new_offset(segment));
      store(out_, table + i * shape_64.segment + 32, segment.file_size);
      store(out_, table + i * shape_64.segment + 48, segment.align);
    }
    store(out_, 32, table);
  }

  // Sections that stay though no segment holds them, in the order of the file.
  void place_kept_sections() {
    offset_.assign(image_.sections.size(), 0);
    std::vector<std::uint32_t> kept;
    for (std::uint32_t i = 1; i < image_.sections.size(); ++i) {
      const Section& section = image_.sections[i];
      if (verdicts_[i].fate == SectionFate::kept && section.in_file() && section.size > 0) {
        kept.push_back(i);
      } else {
        const auto whole = layout_.new_offset(section.offset, section.in_file() ? section.size : 0);
        offset_[i] = whole.value_or(layout_.new_place(section.offset));
      }
    }
    std::ranges::sort(kept, {}, [&](std::uint32_t i) { return std::pair(image_.sections[i].offset, i); });
    for (const std::uint32_t i : kept) {
      const Section& section = image_.sections[i];
      const bool sane = std::has_single_bit(section.align) && section.align <= 64;
      pad_to(out_, sane ? section.align : 1);
      offset_[i] = out_.size();
      append(out_, image_.bytes.subspan(section.offset, section.size));
    }
  }

  std::uint32_t renumbered(std::uint32_t old_index) const {
    return old_index < order_.new_index.size() ? order_.new_index[old_index] : 0;
  }

  // Symbol tables that stay (level debug) name sections by their new numbers. A symbol of a section that went
  // becomes an empty one, so that the numbers of the others, which relocations use, stay.
  void renumber_symbols() {
    const std::vector<std::uint32_t> extended_of = extended_indices();
    for (std::uint32_t i = 1; i < image_.sections.size(); ++i) {
      const Section& table = image_.sections[i];
      if (table.type != section_symbols || verdicts_[i].fate != SectionFate::kept) continue;
      const std::uint32_t extended = extended_of[i];
      const ByteReader reader = image_.reader();
      for (std::uint64_t j = 0; j < table.size / shape_64.symbol; ++j) {
        const std::uint64_t at = offset_[i] + j * shape_64.symbol;
        std::uint32_t index = reader.read<std::uint16_t>(table.offset + j * shape_64.symbol + 6).value_or(0);
        const bool is_extended = index == index_extended && extended != 0;
        if (is_extended) {
          const Section& words = image_.sections[extended];
          if (4 * (j + 1) > words.size) continue;
          index = reader.read<std::uint32_t>(words.offset + 4 * j).value_or(0);
        } else if (index == index_undefined || index >= index_reserved) {
          continue;
        }
        const std::uint32_t now = renumbered(index);
        if (now == 0) {
          std::fill_n(out_.begin() + static_cast<std::ptrdiff_t>(at), shape_64.symbol, std::uint8_t{0});
        } else {
          store(out_, at + 6,
                static_cast<std::uint16_t>(now < index_reserved ? now : std::uint32_t{index_extended}));
        }
        if (is_extended) {
          store(out_, offset_[extended] + 4 * j, now < index_reserved ? std::uint32_t{0} : now);
        }
      }
    }
  }

  // By symbol table: the number of its SHT_SYMTAB_SHNDX section; 0 when there is none.
  std::vector<std::uint32_t> extended_indices() const {
    std::vector<std::uint32_t> out(image_.sections.size(), 0);
    for (std::uint32_t i = 1; i < image_.sections.size(); ++i) {
      const Section& section = image_.sections[i];
      const bool kept = verdicts_[i].fate == SectionFate::kept;
      if (section.type == section_symbol_indices && kept && section.link < out.size()) out[section.link] = i;
    }
    return out;
  }

  void write_section_table() {
    std::vector<std::string_view> names;
    for (const std::uint32_t old_index : order_.old_index) {
      names.push_back(old_index == no_section ? std::string_view() : image_.sections[old_index].name);
    }
    names.emplace_back(".shstrtab");
    const NameTable table = share_names(names);
    const std::uint64_t names_at = out_.size();
    append(out_, as_bytes(table.bytes));
    pad_to(out_, 8);
    const std::uint64_t table_at = out_.size();
    const std::uint64_t count = names.size();
    out_.resize(table_at + count * shape_64.section, 0);
    for (std::size_t i = 1; i + 1 < count; ++i) {
      if (order_.old_index[i] == no_section) continue;
      write_section(table_at + i * shape_64.section, table.offset[i], order_.old_index[i]);
    }
    const std::uint64_t last = table_at + (count - 1) * shape_64.section;
    store(out_, last, table.offset.back());
    store(out_, last + 4, std::uint32_t{section_strings});
    store(out_, last + 24, names_at);
    store(out_, last + 32, std::uint64_t{table.bytes.size()});
    store(out_, last + 48, std::uint64_t{1});
    write_file_header(table_at, count, count - 1);
  }

  void write_section(std::uint64_t at, std::uint32_t name, std::uint32_t old_index) {
    const Section& section = image_.sections[old_index];
    const bool relocations = section.type == section_rel || section.type == section_rela;
    const bool info_is_section = relocations || (section.flags & section_info_link) != 0;
    store(out_, at, name);
    store(out_, at + 4, section.type);
    store(out_, at + 8, section.flags & ~std::uint64_t{section_in_group});
    store(out_, at + 16, section.address);
    store(out_, at + 24, offset_[old_index]);
    store(out_, at + 32, section.size);
    store(out_, at + 40, renumbered(section.link));
    store(out_, at + 44, info_is_section ? renumbered(section.info) : section.info);
    store(out_, at + 48, section.align);
    store(out_, at + 56, section.entry_size);
  }

  // Numbers too large for the ELF header stand in section header 0.
  void write_file_header(std::uint64_t table, std::uint64_t count, std::uint64_t names) {
    store(out_, 40, table);
    store(out_, 60, static_cast<std::uint16_t>(count < index_reserved ? count : 0));
    store(out_, 62,
          static_cast<std::uint16_t>(names < index_reserved ? names : std::uint64_t{index_extended}));
    if (table == 0) return;
    if (count >= index_reserved) store(out_, table + 32, count);
    if (names >= index_reserved) store(out_, table + 40, static_cast<std::uint32_t>(names));
    if (image_.segments.size() >= phnum_extended) {
      store(out_, table + 44, static_cast<std::uint32_t>(image_.segments.size()));
    }
  }

  const Image& image_;
  const Layout& layout_;
  const std::vector<SectionVerdict>& verdicts_;
  Bytes out_;
  SectionOrder order_;
  std::vector<std::uint64_t> offset_;  // new offsets by old index
};

}  // namespace

std::uint64_t smallest_size(const Image& image, const Layout& layout,
                            const std::vector<SectionVerdict>& verdicts) {
  std::uint64_t size = layout.end;
  for (std::size_t i = 1; i < verdicts.size(); ++i) {
    if (verdicts[i].fate == SectionFate::kept && image.sections[i].in_file()) size += image.sections[i].size;
  }
  return size;
}

Result<Bytes> write_image(const Image& image, const Layout& layout,
                          const std::vector<SectionVerdict>& verdicts, bool with_table) {
  return Writer(image, layout, verdicts).write(with_table);
}

}  // namespace slim::elf
