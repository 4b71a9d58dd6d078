// The file is cut at every place where a header, a segment or a section begins or ends; each cutting goes to
// the first of its claimants: headers, then sections, then segments. What nobody claims is dead.
#include "elf/account.h"

#include <algorithm>
#include <map>
#include <optional>
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

// A sweep over the file: which claims, by their precedence, and how many segments hold the present place. A
// hostile file has tens of thousands of sections, so none is looked at for every cut.
class Sweep {
 public:
  Sweep(const Image& image, const std::vector<Claim>& claims) {
    for (std::size_t i = 0; i < claims.size(); ++i) {
      begins_[claims[i].begin].push_back(i);
      ends_[claims[i].end].push_back(i);
    }
    for (const Segment& segment : image.segments) {
      if (segment.file_size == 0) continue;
      ++segments_change_[segment.offset];
      --segments_change_[segment.end()];
    }
    cuts_ = {0, image.bytes.size()};
    for (const auto& [place, ignored] : begins_) cuts_.insert(place);
    for (const auto& [place, ignored] : ends_) cuts_.insert(place);
    for (const auto& [place, ignored] : segments_change_) cuts_.insert(place);
  }

  // Calls visit(begin, end, index of the claim that has it or nullopt, whether it is loaded).
  template <typename Visit>
  void run(std::uint64_t file_size, const Visit& visit) {
    std::set<std::size_t> active;
    std::int64_t segments = 0;
    for (auto cut = cuts_.begin(); cut != cuts_.end() && *cut < file_size; ++cut) {
      for (const std::size_t i : ends_[*cut]) active.erase(i);
      for (const std::size_t i : begins_[*cut]) active.insert(i);
      segments += segments_change_[*cut];
      const auto owner = active.empty() ? std::nullopt : std::optional(*active.begin());
      visit(*cut, std::min(*std::next(cut), file_size), owner, segments > 0);
    }
  }

 private:
  std::map<std::uint64_t, std::vector<std::size_t>> begins_;
  std::map<std::uint64_t, std::vector<std::size_t>> ends_;
  std::map<std::uint64_t, std::int64_t> segments_change_;
  std::set<std::uint64_t> cuts_;
};

}  // namespace

std::vector<Share> account_for(const Image& image) {
  const std::vector<Claim> claims = claims_of(image);
  std::vector<Share> shares;
  std::map<std::pair<std::string, bool>, std::size_t> share_of;
  Sweep(image, claims).run(image.bytes.size(), [&](auto begin, auto end, auto claim, bool loaded) {
    const std::string owner = claim ? claims[*claim].owner : "nothing refers to it";
    const auto [found, is_new] = share_of.try_emplace({owner, loaded}, shares.size());
    if (is_new) shares.push_back({owner, 0, loaded});
    shares[found->second].bytes += end - begin;
  });
  return shares;
}

}  // namespace slim::elf
