// The file is cut at every place where a header, a segment or a section begins or ends; each cutting goes to
// the first of its claimants: headers, then sections, then segments. What nobody claims is dead.
#include "elf/account.h"

#include <algorithm>
#include <map>
#include <set>

#include "util/format.h"

namespace slim::elf {
namespace {

struct Claim {
  std::uint64_t begin;
  std::uint64_t end;
  std::string owner;
};

// In order of precedence.
std::vector<Claim> claims_of(const Image& image) {
  std::vector<Claim> claims = {{0, image.shape.header, "ELF header"}};
  const auto add = [&](std::uint64_t begin, std::uint64_t size, std::string owner) {
    if (size != 0) claims.push_back({begin, begin + size, std::move(owner)});
  };
  add(image.segment_table, image.segment_table_size(), "program headers");
  add(image.section_table, image.section_table_size(), "section headers");
  for (const Section& section : image.sections) {
    if (section.in_file())
      add(section.offset, section.size, section.name.empty() ? "(no name)" : std::string(section.name));
  }
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    add(image.segments[i].offset, image.segments[i].file_size, format("segment {}, no section", i));
  }
  return claims;
}

bool is_loaded(const Image& image, std::uint64_t at) {
  return std::ranges::any_of(image.segments, [&](const Segment& segment) {
    return at >= segment.offset && at - segment.offset < segment.file_size;
  });
}

}  // namespace

std::vector<Share> account_for(const Image& image) {
  const std::vector<Claim> claims = claims_of(image);
  const std::uint64_t file_size = image.bytes.size();
  std::set<std::uint64_t> cuts = {0, file_size};
  for (const Claim& claim : claims) {
    for (const std::uint64_t cut : {claim.begin, claim.end}) {
      if (cut < file_size) cuts.insert(cut);
    }
  }
  std::vector<Share> shares;
  std::map<std::pair<std::string, bool>, std::size_t> share_of;
  for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
    const auto claim =
        std::ranges::find_if(claims, [&](const Claim& c) { return *cut >= c.begin && *cut < c.end; });
    const std::string owner = claim == claims.end() ? "nothing refers to it" : claim->owner;
    const bool loaded = is_loaded(image, *cut);
    const auto [found, is_new] = share_of.try_emplace({owner, loaded}, shares.size());
    if (is_new) shares.push_back({owner, 0, loaded});
    shares[found->second].bytes += *std::next(cut) - *cut;
  }
  return shares;
}

}  // namespace slim::elf
