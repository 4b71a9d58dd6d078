#include "elf/strip.h"

#include <array>
#include <utility>

#include "elf/candidates.h"
#include "elf/image.h"
#include "elf/layout.h"
#include "elf/verify.h"
#include "elf/writer.h"

namespace slim::elf {
namespace {

constexpr std::array<std::pair<StripLevel, const char*>, 4> kLevels = {{{StripLevel::none, "none"},
                                                                        {StripLevel::debug, "debug"},
                                                                        {StripLevel::symbols, "symbols"},
                                                                        {StripLevel::sections, "sections"}}};

StripResult keep(std::string reason, bool doubtful) { return {std::nullopt, std::move(reason), doubtful}; }

}  // namespace

std::optional<StripLevel> strip_level_from(const std::string& name) {
  for (const auto& [level, text] : kLevels) {
    if (name == text) return level;
  }
  return std::nullopt;
}

const char* strip_level_name(StripLevel level) {
  for (const auto& [known, text] : kLevels) {
    if (level == known) return text;
  }
  return "none";
}

StripResult strip(ByteView original, StripLevel level) {
  if (level == StripLevel::none) return keep("nothing was to be stripped", false);
  const Result<Image> image = read_image(original);
  if (!image) return keep(image.error().what, false);
  if (auto reason = reason_to_leave(*image, original)) return keep(std::move(*reason), false);
  const Result<Layout> layout = lay_out(*image);
  if (!layout) return keep(layout.error().what, true);
  Result<Bytes> written = write_image(*image, original, *layout, allowed_level(*image, level));
  if (!written) return keep(written.error().what, true);
  if (written->size() >= original.size()) return keep("would not get smaller", false);
  if (auto difference = find_difference(original, *written))
    return keep("after the strip " + *difference, true);
  return {std::move(*written), "", false};
}

}  // namespace slim::elf
