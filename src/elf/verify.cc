// The checks, one after another, each with its sentence. They read the rewritten file from its first byte,
// with the strict reader, and compare it with the original as a loader and then as a tool would see both.
// LIEF, a reader by other authors, is asked apart from it (elf/second_opinion.h).
#include "elf/verify.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "elf/ambiguity.h"
#include "elf/facts.h"
#include "elf/loader_view.h"
#include "util/format.h"

namespace slim::elf {
namespace {

using Check = std::string (*)(const Image& before, const Image& after);

bool same_bytes(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

// In the ELF header e_phoff and e_shoff (bytes 32 to 47), e_shnum and e_shstrndx (60 to 63) may change.
std::string headers_equal(const Image& before, const Image& after) {
  const auto same = [&](std::size_t begin, std::size_t end) {
    return same_bytes(before.bytes.subspan(begin, end - begin), after.bytes.subspan(begin, end - begin));
  };
  if (!same(0, 32) || !same(48, 60)) return "the ELF header differs in more than its table offsets";
  return {};
}

// A library's segment may have fewer bytes in the file where those that went are zeros and patchelf's X or Z,
// which nothing refers to: the loader puts zeros there. Gives the original as it is to be compared.
Result<Image> without_dropped_filler(const Image& before, const Image& after) {
  Image out = before;
  if (before.segments.size() != after.segments.size()) return fail("the number of program headers differs");
  for (std::size_t i = 0; i < out.segments.size(); ++i) {
    const Segment& was = before.segments[i];
    const std::uint64_t now = after.segments[i].file_size;
    if (now == was.file_size) continue;
    const bool may = was.type == segment_load && (was.flags & segment_writable) != 0 && now < was.file_size &&
                     was.memory_size == was.file_size && !is_program(before);
    if (!may) return fail(format("the file size of program header {} differs", i));
    for (const std::uint8_t byte : before.bytes.subspan(was.offset + now, was.file_size - now)) {
      if (byte != 'X' && byte != 'Z' && byte != 0)
        return fail(format("program header {} lost more than filler", i));
    }
    const auto inside = [&](std::uint64_t address, std::uint64_t size) {
      return size > 0 && address < was.address + was.memory_size && address + size > was.address + now;
    };
    for (const Section& section : before.sections) {
      if (section.allocated() && inside(section.address, section.size)) {
        return fail(
            format("program header {} lost bytes of section {}", i, printable(std::string(section.name))));
      }
    }
    for (std::size_t j = 0; j < before.segments.size(); ++j) {
      if (j != i && inside(before.segments[j].address, before.segments[j].memory_size)) {
        return fail(format("program header {} lost bytes of program header {}", i, j));
      }
    }
    out.segments[i].file_size = now;
  }
  return out;
}

// A library's segments may be aligned to the page alone where nothing asks for more: no section that is loaded, no
// other program header. Gives the original as it is to be compared.
Result<Image> without_large_alignment(Image before, const Image& after) {
  for (std::size_t i = 0; i < before.segments.size(); ++i) {
    Segment& was = before.segments[i];
    const std::uint64_t now = after.segments[i].align;
    if (now == was.align) continue;
    const std::uint64_t page = before.machine == machine_x86_64 ? 4096 : 65536;
    if (was.type != segment_load || now != page || was.align < page || is_program(before))
      return fail(format("the alignment of program header {} differs", i));
    if (before.sections.empty())
      return fail("alignments differ, and no section table tells who asks for them");
    for (const Section& section : before.sections) {
      if (!section.allocated() || section.align <= page) continue;
      return fail(format("section {} asks for its alignment", printable(std::string(section.name))));
    }
    for (const Segment& other : before.segments) {
      if (other.type != segment_load && other.align > page)
        return fail("a program header asks for its alignment");
    }
    was.align = now;
  }
  return before;
}

std::string segments_equal(const Image& before, const Image& after) {
  for (std::size_t i = 0; i < before.segments.size(); ++i) {
    Segment moved = after.segments[i];
    const Segment& was = before.segments[i];
    if (moved.offset > was.offset) return format("program header {} moved up in the file", i);
    moved.offset = was.offset;
    const bool same = moved.type == was.type && moved.flags == was.flags && moved.address == was.address &&
                      moved.physical == was.physical && moved.file_size == was.file_size &&
                      moved.memory_size == was.memory_size && moved.align == was.align;
    if (!same) return format("program header {} differs in more than its offset", i);
  }
  return {};
}

std::string segments_load(const Image&, const Image& after) {
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < after.segments.size(); ++i) {
    const Segment& segment = after.segments[i];
    if (segment.type != segment_load) continue;
    const std::uint64_t distance = segment.address - segment.offset;
    if (distance % 4096 != 0) return format("program header {} is not congruent with the page", i);
    if (segment.align > 1 && distance % segment.align != 0) {
      return format("program header {} is not congruent with its p_align", i);
    }
    if (segment.address < last) return format("program header {} breaks the ascending order of addresses", i);
    last = segment.address;
  }
  return {};
}

// Linux before 5.18 tells a program that its headers are at e_phoff behind the place of the first segment's
// offset 0, whichever segment they are in. Where that was true it must be true still.
std::string headers_where_kernel_says(const Image& before, const Image& after) {
  const auto told = [](const Image& image) {
    for (const Segment& segment : image.segments) {
      if (segment.type == segment_load) return segment.address - segment.offset + image.segment_table;
    }
    return std::uint64_t{0};
  };
  const auto right = [&](const Image& image) {
    return std::ranges::any_of(image.segments, [&](const Segment& segment) {
      return segment.type == segment_load && segment.offset <= image.segment_table &&
             image.segment_table < segment.end() &&
             segment.address + (image.segment_table - segment.offset) == told(image);
    });
  };
  if (!is_program(before) || !right(before) || right(after)) return {};
  return "kernels before Linux 5.18 would not find the program headers";
}

// Segments that shared no byte of the file still share none, and keep their order in it.
std::string segments_apart(const Image& before, const Image& after) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < before.segments.size(); ++i) {
    if (before.segments[i].file_size > 0) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(before.segments[i].offset, i); });
  std::uint64_t was_end = 0;
  std::uint64_t now_end = 0;
  for (const std::size_t i : order) {
    const Segment& was = before.segments[i];
    const Segment& now = after.segments[i];
    if (was.offset >= was_end && now.offset < now_end) return format("program header {} overlaps another", i);
    was_end = std::max(was_end, was.end());
    now_end = std::max(now_end, now.end());
  }
  return {};
}

// Compares a file range, except for bytes [hole, hole_end) of it, given in the original's offsets.
struct Hole {
  std::uint64_t begin;
  std::uint64_t end;
};

bool equal_around(const Image& before, const Image& after, const Segment& was, const Segment& now,
                  const std::vector<Hole>& holes) {
  std::uint64_t at = was.offset;
  const auto equal_until = [&](std::uint64_t stop) {
    if (stop <= at) return true;
    const std::uint64_t size = stop - at;
    return same_bytes(before.bytes.subspan(at, size),
                      after.bytes.subspan(now.offset + (at - was.offset), size));
  };
  for (const Hole& hole : holes) {
    if (hole.end <= at || hole.begin >= was.end()) continue;
    if (!equal_until(hole.begin)) return false;
    at = std::max(at, std::min(hole.end, was.end()));
  }
  return equal_until(was.end());
}

// Every byte that a segment loads, but for the fields that headers_equal() and segments_equal() look after.
std::string contents_equal(const Image& before, const Image& after) {
  std::vector<Hole> holes{{32, 48}, {60, 64}};
  for (std::size_t i = 0; i < before.segments.size(); ++i) {
    const std::uint64_t field = before.segment_table + i * before.shape.segment + 8;
    holes.push_back({field, field + 8});
    holes.push_back({field + 24, field + 32});  // p_filesz
    holes.push_back({field + 40, field + 48});  // p_align
  }
  // Large ranges first, so that PT_DYNAMIC, PT_NOTE and the like are seen to be part of a compared PT_LOAD.
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < before.segments.size(); ++i) {
    if (before.segments[i].file_size > 0) order.push_back(i);
  }
  const auto offset_of = [&](std::size_t i) { return before.segments[i].offset; };
  const auto before_other = [&](std::size_t a, std::size_t b) {
    if (offset_of(a) != offset_of(b)) return offset_of(a) < offset_of(b);
    if (before.segments[a].file_size != before.segments[b].file_size) {
      return before.segments[a].file_size > before.segments[b].file_size;
    }
    return a < b;
  };
  std::ranges::sort(order, before_other);
  std::uint64_t compared_end = 0;
  std::uint64_t compared_shift = 0;
  bool any = false;
  for (const std::size_t i : order) {
    const Segment& was = before.segments[i];
    const Segment& now = after.segments[i];
    const std::uint64_t shift = was.offset - now.offset;
    if (any && was.end() <= compared_end && shift == compared_shift) continue;
    if (any && was.offset < compared_end && shift != compared_shift) {
      return format("program header {} moved away from the segment that holds it", i);
    }
    if (!equal_around(before, after, was, now, holes)) {
      return format("the bytes of program header {} differ", i);
    }
    any = true;
    compared_end = std::max(compared_end, was.end());
    compared_shift = shift;
  }
  return {};
}

bool same_notes(const std::vector<Note>& a, const std::vector<Note>& b) {
  return std::ranges::equal(a, b, [](const Note& x, const Note& y) {
    return x.type == y.type && x.owner == y.owner && same_bytes(x.content, y.content);
  });
}

std::string loader_view_equal(const Image& before, const Image& after) {
  const auto was = read_loader_view(before);
  const auto now = read_loader_view(after);
  if (!was || !now) return was ? now.error().what : was.error().what;
  if (was->dynamic != now->dynamic) return "the dynamic section differs";
  if (!same_bytes(was->strings, now->strings)) return "the dynamic strings differ";
  if (was->interpreter != now->interpreter) return "the interpreter differs";
  if (!same_notes(was->notes, now->notes)) return "the notes differ";
  const auto was_facts = read_facts(before.bytes);
  const auto now_facts = read_facts(after.bytes);
  if (!was_facts || !now_facts) return was_facts ? now_facts.error().what : was_facts.error().what;
  if (*was_facts != *now_facts) return "the loader's facts differ";
  return {};
}

const char* same_section(const Section& was, const Section& now) {
  if (was.name != now.name || was.type != now.type || was.address != now.address || was.size != now.size) {
    return "its name, type, address or size differs";
  }
  if ((was.flags & ~std::uint64_t{section_in_group}) != now.flags || was.align != now.align ||
      was.entry_size != now.entry_size) {
    return "its flags, alignment or entry size differs";
  }
  return nullptr;
}

// sh_info is a section's number in relocations and with SHF_INFO_LINK, else a number that stays.
bool same_info(const Image& before, const Image& after, const Section& was, const Section& now) {
  const bool is_section =
      was.type == section_rel || was.type == section_rela || (was.flags & section_info_link) != 0;
  if (!is_section) return was.info == now.info;
  if (now.info == 0 || now.info >= after.sections.size()) return now.info == 0;
  return was.info < before.sections.size() && before.sections[was.info].name == after.sections[now.info].name;
}

// The loaded sections of both files, in the order of their addresses and names.
std::vector<const Section*> loaded_sections(const Image& image) {
  std::vector<const Section*> out;
  for (std::size_t i = 1; i < image.sections.size(); ++i) {  // section 0 is none, whatever it says
    const Section& section = image.sections[i];
    if (section.allocated() && section.type != section_null) out.push_back(&section);
  }
  std::ranges::sort(out, [](const Section* a, const Section* b) {
    if (a->address != b->address) return a->address < b->address;
    if (a->name != b->name) return a->name < b->name;
    if (a->type != b->type) return a->type < b->type;
    if (a->size != b->size) return a->size < b->size;
    return a < b;  // their order in the table
  });
  return out;
}

std::string sections_equal(const Image& before, const Image& after) {
  if (!after.section_fault.empty()) return after.section_fault;
  if (after.sections.empty()) return {};  // level sections
  const auto was = loaded_sections(before);
  const auto now = loaded_sections(after);
  if (was.size() != now.size()) return "a loaded section is missing in the new section table";
  for (std::size_t i = 0; i < was.size(); ++i) {
    const std::string name = printable(std::string(was[i]->name));
    if (const char* what = same_section(*was[i], *now[i])) return format("section {}: {}", name, what);
    const std::string_view was_link =
        was[i]->link < before.sections.size() ? before.sections[was[i]->link].name : std::string_view();
    const std::string_view now_link =
        now[i]->link < after.sections.size() ? after.sections[now[i]->link].name : std::string_view();
    if (!now_link.empty() && was_link != now_link) return format("section {} links to another section", name);
    if (!same_info(before, after, *was[i], *now[i])) return format("section {} tells something else", name);
    if (!was[i]->in_file()) continue;
    if (!after.reader().covers(now[i]->offset, now[i]->size)) return format("section {} lies outside", name);
    const auto at = offset_of_address(after, now[i]->address);
    const auto was_at = offset_of_address(before, was[i]->address);
    if (was_at == was[i]->offset && now[i]->size > 0 && at != now[i]->offset) {
      return format("section {} does not lie where its segment has its address", name);
    }
  }
  return {};
}

// Dynamic symbols name the same sections by the same numbers.
std::string symbols_point_home(const Image& before, const Image& after) {
  if (after.sections.empty()) return {};
  const ByteReader reader = before.reader();
  std::vector<bool> seen(0x10000, false);
  std::uint64_t left = before.bytes.size() / before.shape.symbol;
  for (const Section& table : before.sections) {
    if (table.type != section_dynamic_symbols) continue;
    const std::uint64_t count = std::min(table.size / before.shape.symbol, left);
    left -= count;
    for (std::uint64_t i = 0; i < count; ++i) {
      seen[reader.read<std::uint16_t>(table.offset + i * before.shape.symbol + 6).value_or(0)] = true;
    }
  }
  for (std::size_t i = 1; i < std::min<std::size_t>(before.sections.size(), index_reserved); ++i) {
    if (!seen[i] || !before.sections[i].allocated() || before.sections[i].type == section_null) continue;
    if (i >= after.sections.size() || same_section(before.sections[i], after.sections[i]) != nullptr) {
      return format("dynamic symbols name section {}, which is another one now", i);
    }
  }
  return {};
}

}  // namespace

std::string difference(const Image& original, ByteView rewritten) {
  const auto after = read_image(rewritten);
  if (!after) return after.error().what;
  const auto filled = without_dropped_filler(original, *after);
  if (!filled) return filled.error().what;
  const auto before = without_large_alignment(*filled, *after);
  if (!before) return before.error().what;
  for (const Check check :
       {headers_equal, segments_equal, segments_load, headers_where_kernel_says, segments_apart,
        contents_equal, loader_view_equal, sections_equal, symbols_point_home}) {
    if (std::string fault = check(*before, *after); !fault.empty()) return fault;
  }
  return {};
}

}  // namespace slim::elf
