// The new file: the ranges of the layout, then the bytes of those sections outside of segments that stay
// (notes, and at level debug the symbol table), then the section names and the section table.
//
// Section numbers are woven into the file as addresses are: .dynsym's st_shndx, inside a segment, sh_link,
// sh_info and groups. So no number changes. A section that goes leaves an empty header (SHT_NULL, "inactive"
// in the gABI) if one that stays comes behind it, and nothing if none does, which is the rule, as linkers put
// sections without addresses last.
#include "elf/writer.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "util/format.h"

namespace slim::elf {
namespace {

template <typename Integer>
void put(Bytes& out, std::uint64_t at, Integer value) {
  static_assert(std::endian::native == std::endian::little,
                "slim writes little-endian files on little-endian machines");
  std::memcpy(out.data() + at, &value, sizeof value);
}

bool is_debug(const SectionHeader& section) {
  const std::string_view name = section.name;
  for (const std::string_view prefix : {".debug_", ".zdebug_", ".gnu_debugdata", ".gdb_index", ".stab",
                                        ".line", ".gnu.debuglto_", ".rela.debug_", ".rel.debug_"}) {
    if (name.starts_with(prefix)) return true;
  }
  return name == ".debug";
}

// Outside of segments: what stays for those who come later. Notes and processor-specific sections are small
// and hold what profilers and distributions look for (systemtap probes, attributes); .gnu_debuglink leads to
// what has gone.
bool stays(const SectionHeader& section, StripLevel level) {
  constexpr std::uint32_t SHT_LOPROC = 0x70000000;
  constexpr std::uint32_t SHT_HIPROC = 0x7FFFFFFF;
  if (section.allocated()) return true;
  if (level == StripLevel::debug) return !is_debug(section) && section.type != SHT_NULL;
  if (section.type >= SHT_LOPROC && section.type <= SHT_HIPROC) return true;
  return section.type == SHT_NOTE || section.name == ".gnu_debuglink";
}

std::uint64_t aligned(std::uint64_t offset, std::uint64_t align) {
  return align <= 1 ? offset : (offset + align - 1) / align * align;
}

class Writer {
 public:
  Writer(const Image& image, ByteView file, const Layout& layout, StripLevel level)
      : image_(image), file_(file), layout_(layout), level_(level) {}

  Result<Bytes> run() {
    out_.resize(layout_.end);
    for (const Range& range : layout_.ranges) {
      std::memcpy(out_.data() + range.to, file_.data() + range.begin, range.end - range.begin);
    }
    CHECK_OK(move_segments());
    if (level_ == StripLevel::sections) {
      constexpr std::size_t most_without_table = 0xFFFE;
      if (image_.segments.size() > most_without_table)
        return fail("counts its program headers in the section table");
      write_header(0, 0, 0);
    } else {
      CHECK_OK(choose_sections());
      CHECK_OK(place_sections());
      write_table();
    }
    return std::move(out_);
  }

 private:
  Status move_segments() {
    const auto table = layout_.moved(image_.program_headers_at);
    if (!table) return fail("has program headers that got lost");
    table_at_ = *table;
    for (std::size_t i = 0; i < image_.segments.size(); ++i) {
      const ProgramHeader& segment = image_.segments[i];
      const auto offset = layout_.moved(segment.offset);
      // Segments without bytes (PT_GNU_STACK, an empty TLS block) may point anywhere; what can't follow
      // stays.
      if (!offset && segment.filesz != 0) return fail(format("has segment {} that got lost", i));
      put(out_, table_at_ + i * kProgramHeaderSize + 8,
          offset.value_or(segment.type == PT_LOAD ? segment.offset : 0));
    }
    return {};
  }

  Status choose_sections() {
    sections_ = image_.sections;
    sections_[0].size = 0;  // counts that a smaller table may no longer need; write_header sets them
    sections_[0].link = 0;
    std::size_t last = 0;
    for (std::size_t i = 1; i < sections_.size(); ++i) {
      if (i != image_.name_section && stays(sections_[i], level_)) {
        last = i;
      } else {
        sections_[i] = SectionHeader{};
      }
    }
    sections_.resize(last + 1);
    for (const SectionHeader& section : sections_) {
      if (section.link < sections_.size() && (section.link == 0 || sections_[section.link].type != SHT_NULL))
        continue;
      if (section.allocated() || section.type == SHT_SYMTAB)
        return fail("has a section that needs one which would go");
    }
    return {};
  }

  Status place_sections() {
    for (std::size_t i = 1; i < sections_.size(); ++i) {
      SectionHeader& section = sections_[i];
      if (section.type == SHT_NULL) continue;
      if (section.allocated()) {
        CHECK_OK(follow_segment(section));
      } else if (section.has_bytes()) {
        const auto bytes = file_.subspan(section.offset, section.size);
        out_.resize(aligned(out_.size(), section.addralign));
        section.offset = out_.size();
        out_.insert(out_.end(), bytes.begin(), bytes.end());
      } else {
        section.offset = out_.size();
      }
    }
    return {};
  }

  Status follow_segment(SectionHeader& section) {
    const auto begin = layout_.moved(section.offset);
    if (section.has_bytes()) {
      const auto end = layout_.moved(section.offset + section.size - 1);
      if (!begin || !end || *end - *begin != section.size - 1) {
        return fail(format("has section {} that is not wholly in a segment", printable(section.name)));
      }
    }
    section.offset = begin.value_or(std::min(section.offset, layout_.end));
    return {};
  }

  void write_table() {
    Bytes names(1, 0);
    std::map<std::string, std::uint32_t> name_at = {{"", 0}};
    SectionHeader name_section;
    name_section.name = ".shstrtab";
    name_section.type = SHT_STRTAB;
    name_section.addralign = 1;
    sections_.push_back(name_section);
    for (const SectionHeader& section : sections_) {
      const auto [found, is_new] =
          name_at.try_emplace(section.name, static_cast<std::uint32_t>(names.size()));
      if (!is_new) continue;
      names.insert(names.end(), section.name.begin(), section.name.end());
      names.push_back(0);
    }
    sections_.back().offset = out_.size();
    sections_.back().size = names.size();
    out_.insert(out_.end(), names.begin(), names.end());
    out_.resize(aligned(out_.size(), 8));
    const std::uint64_t table = out_.size();
    out_.resize(table + sections_.size() * kSectionHeaderSize);
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      write_section(table + i * kSectionHeaderSize, sections_[i], name_at[sections_[i].name]);
    }
    write_header(table, sections_.size(), sections_.size() - 1);
  }

  void write_section(std::uint64_t at, const SectionHeader& s, std::uint32_t name) {
    put(out_, at, name);
    put(out_, at + 4, s.type);
    put(out_, at + 8, s.flags);
    put(out_, at + 16, s.addr);
    put(out_, at + 24, s.offset);
    put(out_, at + 32, s.size);
    put(out_, at + 40, s.link);
    put(out_, at + 44, s.info);
    put(out_, at + 48, s.addralign);
    put(out_, at + 56, s.entsize);
  }

  void write_header(std::uint64_t table, std::uint64_t count, std::uint64_t names) {
    constexpr std::uint64_t first_reserved =
        0xFF00;  // SHN_LORESERVE: from here on, the null section holds the numbers
    put(out_, 32, table_at_);
    put(out_, 40, table);
    const bool extended = count >= first_reserved;
    put(out_, 58, static_cast<std::uint16_t>(count == 0 ? 0 : kSectionHeaderSize));
    put(out_, 60, static_cast<std::uint16_t>(extended ? 0 : count));
    put(out_, 62, static_cast<std::uint16_t>(extended ? 0xFFFF : names));
    if (extended) {
      put(out_, table + 32, count);
      put(out_, table + 40, static_cast<std::uint32_t>(names));
    }
  }

  const Image& image_;
  ByteView file_;
  const Layout& layout_;
  StripLevel level_;
  Bytes out_;
  std::uint64_t table_at_ = 0;
  std::vector<SectionHeader> sections_;
};

}  // namespace

Result<Bytes> write_image(const Image& image, ByteView file, const Layout& layout, StripLevel level) {
  return Writer(image, file, layout, level).run();
}

}  // namespace slim::elf
