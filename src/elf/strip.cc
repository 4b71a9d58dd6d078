#include "elf/strip.h"

#include <algorithm>

#include "elf/ambiguity.h"
#include "elf/candidates.h"
#include "elf/filler.h"
#include "elf/layout.h"
#include "elf/page_align.h"
#include "elf/reader.h"
#include "elf/second_opinion.h"
#include "elf/verify.h"
#include "elf/writer.h"
#include "util/format.h"

namespace slim::elf {
namespace {

StripResult keep(std::string reason, bool doubtful = false) {
  StripResult result;
  result.reason = std::move(reason);
  result.doubtful = doubtful;
  return result;
}

}  // namespace

std::optional<StripLevel> strip_level_from(const std::string& name) {
  for (const StripLevel level :
       {StripLevel::none, StripLevel::debug, StripLevel::symbols, StripLevel::sections}) {
    if (name == strip_level_name(level)) return level;
  }
  return std::nullopt;
}

const char* strip_level_name(StripLevel level) {
  switch (level) {
    case StripLevel::none:
      return "none";
    case StripLevel::debug:
      return "debug";
    case StripLevel::symbols:
      return "symbols";
    case StripLevel::sections:
      return "sections";
  }
  return "none";
}

namespace {

StripResult strip(ByteView original, StripLevel asked, const std::function<void()>& release_original) {
  if (asked == StripLevel::none) return keep("strip is switched off for it");
  const auto whole = read_image(original);
  if (!whole) return keep(whole.error().what);
  if (std::string reason = reason_by_header(*whole); !reason.empty()) return keep(std::move(reason));
  auto layout = lay_out(*whole);
  if (!layout) return keep(layout.error().what);
  if (std::string reason = reason_to_leave(*whole, *layout); !reason.empty()) return keep(std::move(reason));
  if (std::string reason = ambiguity(*whole); !reason.empty()) return keep(std::move(reason));
  const Image image = with_page_alignment(without_filler(*whole));
  layout = lay_out(image);
  if (!layout) return keep(layout.error().what);

  StripResult result;
  result.level = safe_level(image, asked, result.held_back);
  const auto verdicts = judge_sections(image, *layout, result.level);
  const char* no_gain = "it would not get smaller";
  if (smallest_size(image, *layout, verdicts) >= original.size()) return keep(no_gain);
  // LIEF reads the original before there is a second file: the order that takes the least memory.
  const std::uint64_t symbols = dynamic_symbol_count(image);
  const SecondOpinion before = second_opinion(image, symbols);
  auto rewritten = write_image(image, *layout, verdicts, result.level != StripLevel::sections);
  if (!rewritten) return keep(rewritten.error().what);
  if (rewritten->size() >= original.size()) return keep(no_gain);

  std::string fault = difference(*whole, *rewritten);
  release_original();
  if (fault.empty()) fault = difference(before, *rewritten, symbols);
  if (!fault.empty()) return keep(format("the stripped file failed a check: {}", fault), true);
  result.bytes = std::move(*rewritten);
  return result;
}

}  // namespace

StripResult strip(ByteView original, StripLevel level) {
  return strip(original, level, [] {});
}

StripResult strip(Bytes&& original, StripLevel level) {
  Bytes owned = std::move(original);
  return strip(ByteView(owned), level, [&] { owned = Bytes(); });
}

std::uint64_t strippable_bytes(ByteView original, StripLevel level) {
  const auto whole = read_image(original);
  if (!whole || level == StripLevel::none || !reason_by_header(*whole).empty()) return 0;
  auto layout = lay_out(*whole);
  if (!layout || !reason_to_leave(*whole, *layout).empty()) return 0;
  const Image image = with_page_alignment(without_filler(*whole));
  layout = lay_out(image);
  if (!layout) return 0;
  const std::uint64_t smallest = smallest_size(image, *layout, judge_sections(image, *layout, level));
  return original.size() - std::min<std::uint64_t>(smallest, original.size());
}

}  // namespace slim::elf
