// .dynsym lies in a segment and each of its symbols states a section number (st_shndx). The loader asks only
// whether it is SHN_UNDEF or SHN_ABS, but tools read it, and a segment's bytes are not to change. So instead
// of new numbers in .dynsym the sections that it names keep theirs: they are pinned. Linkers put sections
// without SHF_ALLOC last, and there dropping them renumbers nothing. Where patchelf has put them before
// others, sections that no dynamic symbol names move up into the holes, and a hole that nothing fills becomes
// an empty header (SHT_NULL, "inactive" in the gABI).
#include "elf/section_order.h"

#include <algorithm>
#include <numeric>

#include "util/format.h"

namespace slim::elf {
namespace {

bool stays(const SectionVerdict& verdict) {
  return verdict.fate == SectionFate::in_segment || verdict.fate == SectionFate::kept;
}

Result<std::vector<bool>> pinned_sections(const Image& image) {
  std::vector<bool> pinned(image.sections.size(), false);
  const ByteReader reader = image.reader();
  std::uint64_t symbols_left = image.bytes.size() / image.shape.symbol;  // tables that overlap are no tables
  const std::uint64_t index_at = image.is_64() ? 6 : 14;                 // st_shndx in Elf64_Sym, Elf32_Sym
  for (const Section& table : image.sections) {
    const bool symbols = table.type == section_dynamic_symbols || table.type == section_symbols;
    if (!symbols || !table.allocated()) continue;
    const std::uint64_t count = table.size / image.shape.symbol;
    if (count > symbols_left) return fail("the loaded symbol tables overlap");
    symbols_left -= count;
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto index = reader.read<std::uint16_t>(table.offset + i * image.shape.symbol + index_at);
      if (!index || *index == index_extended) {
        return fail(
            format("symbol {} of {} has an extended section number", i, printable(std::string(table.name))));
      }
      if (*index < index_reserved && *index < pinned.size()) pinned[*index] = true;
    }
  }
  return pinned;
}

}  // namespace

Result<SectionOrder> order_sections(const Image& image, const std::vector<SectionVerdict>& verdicts) {
  TRY(const std::vector<bool> pinned, pinned_sections(image));
  std::vector<std::uint32_t> loose;
  std::uint32_t last_pinned = 0;
  for (std::uint32_t i = 1; i < image.sections.size(); ++i) {
    if (!stays(verdicts[i])) continue;
    if (pinned[i]) {
      last_pinned = i;
    } else {
      loose.push_back(i);
    }
  }
  SectionOrder order;
  order.old_index.push_back(0);
  order.new_index.assign(image.sections.size(), 0);
  const auto place = [&](std::uint32_t old_index) {
    order.new_index[old_index] = static_cast<std::uint32_t>(order.old_index.size());
    order.old_index.push_back(old_index);
  };
  auto next = loose.begin();
  while (next != loose.end() || order.old_index.size() <= last_pinned) {
    const auto here = static_cast<std::uint32_t>(order.old_index.size());
    if (here < image.sections.size() && pinned[here] && stays(verdicts[here])) {
      place(here);
    } else if (next != loose.end()) {
      place(*next++);
    } else {
      order.old_index.push_back(no_section);
    }
  }
  return order;
}

NameTable share_names(const std::vector<std::string_view>& names) {
  std::vector<std::size_t> by_tail(names.size());
  std::iota(by_tail.begin(), by_tail.end(), std::size_t{0});
  // Descending order of the reversed names puts each name right behind those that it ends. By bytes: whether
  // char has a sign is the processor's choice.
  const auto byte = [](char c) { return static_cast<unsigned char>(c); };
  std::ranges::sort(by_tail, [&](std::size_t a, std::size_t b) {
    return std::ranges::lexicographical_compare(names[b].rbegin(), names[b].rend(), names[a].rbegin(),
                                                names[a].rend(), std::ranges::less{}, byte, byte);
  });
  NameTable table;
  table.bytes.push_back('\0');
  table.offset.assign(names.size(), 0);
  std::string_view last;
  for (const std::size_t i : by_tail) {
    if (names[i].empty()) continue;
    if (!last.ends_with(names[i])) {
      last = names[i];
      table.bytes.append(last);
      table.bytes.push_back('\0');
    }
    table.offset[i] = static_cast<std::uint32_t>(table.bytes.size() - 1 - names[i].size());
  }
  return table;
}

}  // namespace slim::elf
