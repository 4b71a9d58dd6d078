#include "model/growth.h"

#include <cstdint>

#include "deflate/deflate.h"
#include "util/format.h"

namespace slim {
namespace {

// Above it libdeflate spends several times the time on a per cent.
constexpr int kThorough = 9;

// What zips tell of their files one by one.
struct Shares {
  std::int64_t packed_anew = 0;  // more, or less, for files whose content stays
  std::uint64_t added = 0;       // for files that the input doesn't have
};

Shares shares_of(const Package& package, const Plan& plan, const Written& written) {
  Shares shares;
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    if (plan.actions[i].verb != Verb::keep) continue;
    shares.packed_anew +=
        static_cast<std::int64_t>(written.packed[i]) - static_cast<std::int64_t>(package.entries[i].packed);
  }
  for (const std::uint64_t bytes : written.packed_additions) shares.added += bytes;
  return shares;
}

// Only levels above the one that was used.
std::string harder_levels(const Options& options) {
  if (options.level < kThorough) return format("--level {} packs harder, --level max hardest", kThorough);
  if (options.level < deflate::kSmallest) return "--level max packs harder";
  return "no level packs harder: keep the input, if size is all that counts";
}

std::string causes(const Package& package, const Plan& plan, const Written& written, const Options& options) {
  if (package.format != ContainerFormat::zip) return "a zip packs each file by itself";
  const Shares shares = shares_of(package, plan, written);
  std::string out;
  if (shares.packed_anew > 0)
    out += format("files that stay take {} more, as they were packed harder than --level {} does",
                  human_bytes(static_cast<std::uint64_t>(shares.packed_anew)), level_name(options.level));
  if (shares.added > 0)
    out += format("{}{} that the input lacks take{} {}", out.empty() ? "" : ", and ",
                  written.packed_additions.size() == 1 ? "a file" : "files",
                  written.packed_additions.size() == 1 ? "s" : "", human_bytes(shares.added));
  return out.empty() ? "what was changed packs worse than it did" : out;
}

// slim has one level for each kind of tar, so that only another kind of packing makes a tar smaller.
std::string remedy_of_tar(ContainerFormat format) {
  switch (format) {
    case ContainerFormat::tar:
      return "a .tar is not packed at all: name the output .tar.gz, .tar.zst or .tar.xz";
    case ContainerFormat::tar_gz:
    case ContainerFormat::tar_zst:
      return "xz packs harder: name the output .tar.xz";
    default:
      return "nothing packs harder than its .tar.xz: keep the input, if size is all that counts";
  }
}

}  // namespace

std::string level_name(int level) { return level >= deflate::kSmallest ? "max" : std::to_string(level); }

std::optional<Finding> growth_finding(const Package& package, const Plan& plan, const Written& written,
                                      const Options& options) {
  if (package.format == ContainerFormat::folder || written.format == ContainerFormat::folder)
    return std::nullopt;
  const std::uint64_t before = package.container_bytes;
  const std::uint64_t after = written.container_bytes;
  if (after <= before) return std::nullopt;
  std::string message =
      format("the output is larger than the input, {} after {}: ", human_bytes(after), human_bytes(before));
  if (written.format == ContainerFormat::zip) {
    message += causes(package, plan, written, options) + "; ";
    message += options.fast ? "leave out --fast, which takes over what was packed; " : "";
    message += harder_levels(options);
  } else {
    message += remedy_of_tar(written.format);
  }
  return Finding{Severity::note, "output-larger", "", std::move(message)};
}

}  // namespace slim
