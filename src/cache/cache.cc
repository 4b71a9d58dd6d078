#include "cache/cache.h"

#include "util/trace.h"

namespace slim::cache {

std::optional<Found> Cache::get(const Wanted& wanted) {
  if (!is_on()) return std::nullopt;
  if (store_ != nullptr) {
    const trace::Span span("cache get");
    if (std::optional<Bytes> value = store_->get(wanted.key, wanted.most)) {
      ++from_folder_;
      return Found{.value = std::move(*value), .is_trusted = store_->is_private()};
    }
  }
  if (remote_ != nullptr) {
    if (std::optional<Bytes> value = remote_->get(wanted)) {
      ++from_server_;
      return Found{.value = std::move(*value), .is_from_server = true};
    }
  }
  ++missed_;
  return std::nullopt;
}

void Cache::put(const Sha256& key, ByteView value) {
  put_own(key, value);
  if (remote_ != nullptr) remote_->put(key, value);
}

std::optional<Bytes> Cache::get_own(const Wanted& wanted) {
  if (store_ == nullptr || !store_->is_private()) return std::nullopt;
  const trace::Span span("cache get");
  std::optional<Bytes> value = store_->get(wanted.key, wanted.most);
  ++(value ? from_folder_ : missed_);
  return value;
}

void Cache::put_own(const Sha256& key, ByteView value) {
  if (store_ == nullptr) return;
  const trace::Span span("cache put");
  store_->put(key, value);
}

void Cache::proven(const Sha256& key, const Found& found) {
  if (found.is_from_server) put_own(key, found.value);
}

void Cache::wrong(const Found& found) {
  ++refused_;
  if (found.is_from_server) remote_->complain();
}

void Cache::expect(std::vector<Wanted> wanted) {
  if (remote_ == nullptr) return;
  if (store_ != nullptr) std::erase_if(wanted, [&](const Wanted& each) { return store_->has(each.key); });
  remote_->expect(std::move(wanted));
}

void Cache::finish() {
  if (store_ != nullptr) store_->trim();
  if (remote_ != nullptr) remote_->finish();
}

std::vector<std::string> Cache::troubles() const {
  std::vector<std::string> all = troubles_;
  if (store_ != nullptr) {
    if (auto trouble = store_->trouble()) all.push_back(std::move(*trouble));
  }
  if (remote_ != nullptr) {
    if (auto trouble = remote_->trouble()) all.push_back(std::move(*trouble));
  }
  return all;
}

Use Cache::use() const {
  return Use{.is_on = is_on(),
             .has_server = remote_ != nullptr,
             .from_folder = from_folder_,
             .from_server = from_server_,
             .missed = missed_,
             .refused = refused_,
             .sent = remote_ == nullptr ? 0 : remote_->sent()};
}

}  // namespace slim::cache
