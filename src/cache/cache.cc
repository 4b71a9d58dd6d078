#include "cache/cache.h"

#include "util/trace.h"

namespace slim::cache {

std::optional<Bytes> Cache::get(const Sha256& key) {
  if (!is_on()) return std::nullopt;
  const trace::Span span("cache get");
  std::optional<Bytes> value = store_->get(key);
  ++(value ? found_ : missed_);
  return value;
}

void Cache::put(const Sha256& key, ByteView value) {
  if (!is_on()) return;
  const trace::Span span("cache put");
  store_->put(key, value);
}

void Cache::finish() {
  if (is_on()) store_->trim();
}

}  // namespace slim::cache
