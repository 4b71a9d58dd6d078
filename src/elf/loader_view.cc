#include "elf/loader_view.h"

#include <algorithm>

#include "util/format.h"

namespace slim::elf {
namespace {

std::uint64_t align_up(std::uint64_t value, std::uint64_t align) {
  return (value + align - 1) & ~(align - 1);
}

// Notes are aligned to 4 bytes, in a segment with p_align 8 to 8 (glibc's ELF_NOTE_NEXT_OFFSET); but mold
// puts notes of both kinds into one segment with p_align 8, so what is skipped there must be zero. What does
// not parse ends the walk, as it ends the loader's.
void read_notes(const Image& image, std::uint64_t offset, std::uint64_t size, std::uint64_t segment_align,
                std::vector<Note>& notes) {
  const auto bytes = image.reader().slice(offset, size);
  if (!bytes) return;
  const ByteReader reader(*bytes, image.order);
  std::uint64_t at = 0;
  while (reader.covers(at, 12)) {
    const std::uint64_t owner_size = reader.read<std::uint32_t>(at).value_or(0);
    const std::uint64_t content_size = reader.read<std::uint32_t>(at + 4).value_or(0);
    const std::uint64_t content_at = align_up(at + 12 + owner_size, 4);
    const auto owner = reader.slice(at + 12, owner_size);
    const auto content = reader.slice(content_at, content_size);
    if (!owner || !content) return;
    std::string_view name = as_text(*owner);
    while (!name.empty() && name.back() == '\0') name.remove_suffix(1);
    notes.push_back({reader.read<std::uint32_t>(at + 8).value_or(0), name, *content});
    at = align_up(content_at + content_size, 4);
    const bool padded = segment_align == 8 && at % 8 != 0 && reader.read<std::uint32_t>(at) == 0U;
    if (padded) at += 4;
  }
}

// Thousands of headers that cover the same bytes would give more notes than memory holds: no more bytes are
// walked than twice the file (a note may lie in a PT_NOTE of its own and in one for all).
void read_all_notes(const Image& image, LoaderView& view) {
  std::uint64_t left = 2 * image.bytes.size();
  const auto read = [&](std::uint64_t offset, std::uint64_t size, std::uint64_t align) {
    if (size > left) return;
    left -= size;
    read_notes(image, offset, size, align, view.notes);
  };
  for (const Segment& segment : image.segments) {
    if (segment.type == segment_note) read(segment.offset, segment.file_size, segment.align);
  }
  if (!image.segments.empty()) return;
  for (const Section& section : image.sections) {
    if (section.type == section_note) read(section.offset, section.size, section.align);
  }
}

void read_dynamic(const Image& image, const Segment& segment, LoaderView& view) {
  const ByteReader reader = image.reader();
  const std::uint64_t step = 2 * std::uint64_t{image.shape.word};
  for (std::uint64_t at = segment.offset; at + step <= segment.end(); at += step) {
    DynamicEntry entry;
    if (image.is_64()) {
      entry.tag = reader.read<std::int64_t>(at).value_or(0);
      entry.value = reader.read<std::uint64_t>(at + 8).value_or(0);
    } else {
      entry.tag = reader.read<std::int32_t>(at).value_or(0);
      entry.value = reader.read<std::uint32_t>(at + 4).value_or(0);
    }
    if (entry.tag == dynamic_null) return;
    view.dynamic.push_back(entry);
  }
}

Status find_tables(const Image& image, LoaderView& view) {
  const auto strings = view.value(dynamic_strings);
  if (strings) {
    const auto bytes = loaded_range(image, *strings, view.value(dynamic_strings_size).value_or(0));
    if (!bytes) return fail(format("the dynamic strings at address {:#x} are not in the file", *strings));
    view.strings = *bytes;
  }
  const auto needs = view.value(dynamic_version_needs);
  if (needs) {
    const auto bytes = loaded_from(image, *needs);
    if (!bytes) return fail(format("the version needs at address {:#x} are not in the file", *needs));
    view.version_needs = *bytes;
    view.version_needs_count = view.value(dynamic_version_needs_count).value_or(0);
  }
  return {};
}

}  // namespace

std::optional<std::uint64_t> LoaderView::value(std::int64_t tag) const {
  for (auto entry = dynamic.rbegin(); entry != dynamic.rend(); ++entry) {
    if (entry->tag == tag) return entry->value;
  }
  return std::nullopt;
}

std::optional<ByteView> loaded_from(const Image& image, std::uint64_t address) {
  for (const Segment& segment : image.segments) {
    if (segment.type != segment_load || address < segment.address) continue;
    const std::uint64_t inside = address - segment.address;
    if (inside < segment.file_size) {
      return image.bytes.subspan(segment.offset + inside, segment.file_size - inside);
    }
  }
  return std::nullopt;
}

std::optional<ByteView> loaded_range(const Image& image, std::uint64_t address, std::uint64_t size) {
  const auto bytes = loaded_from(image, address);
  if (!bytes || size > bytes->size()) return std::nullopt;
  return bytes->first(size);
}

std::optional<std::uint64_t> offset_of_address(const Image& image, std::uint64_t address) {
  const auto bytes = loaded_from(image, address);
  if (!bytes) return std::nullopt;
  return static_cast<std::uint64_t>(bytes->data() - image.bytes.data());
}

bool is_program(const Image& image) {
  if (image.type == type_executable) return true;
  if (std::ranges::find(image.segments, std::uint32_t{segment_interpreter}, &Segment::type) !=
      image.segments.end()) {
    return true;
  }
  const auto view = read_loader_view(image);
  return view && (view->value(dynamic_flags_1).value_or(0) & dynamic_flag_1_pie) != 0;
}

Result<LoaderView> read_loader_view(const Image& image) {
  LoaderView view;
  for (const Segment& segment : image.segments) {
    if (segment.type == segment_interpreter && view.interpreter.empty()) {
      view.interpreter = as_text(image.bytes.subspan(segment.offset, segment.file_size));
      view.interpreter = view.interpreter.substr(0, view.interpreter.find('\0'));
    }
    if (segment.type == segment_gnu_stack) view.executable_stack = (segment.flags & segment_executable) != 0;
    if (segment.type == segment_dynamic && view.dynamic.empty()) read_dynamic(image, segment, view);
  }
  read_all_notes(image, view);
  CHECK_OK(find_tables(image, view));
  return view;
}

}  // namespace slim::elf
