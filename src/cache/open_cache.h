// Where the cache is: --cache, $SLIM_CACHE, or the place for users' caches.
#pragma once

#include <cstdint>
#include <string>

#include "cache/cache.h"

namespace slim::cache {

// A server's address rather than a folder; http and https are the ones that slim speaks.
bool is_address(const std::string& where);
bool is_http_address(const std::string& where);

// where: a folder, "off", an address, or empty: $SLIM_CACHE says what it would. In front of a server is the
// folder of $SLIM_CACHE, or the default one, where the XDG Base Directory Specification has users' caches.
// What can't be had is left out, and told where it was asked for. threads: that may ask at a time.
Cache open_cache(const std::string& where, std::uint64_t limit, unsigned threads);

}  // namespace slim::cache
