// Entries of several packages side by side, and where each comes from.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "model/package.h"

namespace slim {

class MixedSource final : public ContentSource {
 public:
  // A source and the index in it. Two entries of the same origin are the same.
  using Origin = std::pair<std::shared_ptr<const ContentSource>, std::size_t>;
  explicit MixedSource(std::vector<Origin> origins) : origins_(std::move(origins)) {}
  Result<Bytes> load(std::size_t index) const override {
    return origins_[index].first->load(origins_[index].second);
  }
  const Origin& origin(std::size_t index) const { return origins_[index]; }

 private:
  std::vector<Origin> origins_;
};

inline MixedSource::Origin origin_of(const Package& package, std::size_t index) {
  const auto* mixed = dynamic_cast<const MixedSource*>(package.source.get());
  return mixed != nullptr ? mixed->origin(index) : MixedSource::Origin{package.source, index};
}

}  // namespace slim
