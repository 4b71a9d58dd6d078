// Sizes that a deployment may have: as the user writes them, and as Lambda sets them.
#pragma once

#include <cstdint>
#include <string>

#include "util/result.h"

namespace slim {

// Lambda's quotas: a zip that is uploaded directly, and the function with all its layers unpacked.
inline constexpr std::uint64_t kLambdaZipLimit = 52'428'800;
inline constexpr std::uint64_t kLambdaUnpackedLimit = 262'144'000;
inline constexpr std::size_t kLambdaLayerLimit = 5;

// How full a limit is. From nine tenths on it is worth a warning: the next dependency may break it.
enum class Fill : std::uint8_t { fine, nearly_full, over };
Fill fill_of(std::uint64_t bytes, std::uint64_t limit);

struct Budget {
  std::string name;  // "zip", "unpacked", or the name of a distribution, npm package or top folder
  std::uint64_t bytes = 0;
  bool hard = true;  // exceeded: an error; else a warning
  std::string from;  // where the user states it, for errors
};

// What may be added to a baseline before it counts as growth: a share of it, or bytes.
struct Allowance {
  double percent = 1;
  std::uint64_t bytes = 0;
  bool in_bytes = false;
  std::uint64_t above(std::uint64_t before) const;  // the most that `before` may have become
  std::string text() const;                         // "1 %", "200 kB"
};

// "20MB", "1.5 MiB", "800kB", "52428800". Decimal units but for those with an i.
Result<std::uint64_t> parse_size(const std::string& text);
// "zip=20MB"
Result<Budget> parse_budget(const std::string& text, bool hard);
// "1%", "200kB"
Result<Allowance> parse_allowance(const std::string& text);

}  // namespace slim
