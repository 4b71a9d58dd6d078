// Where the cache is: --cache, $SLIM_CACHE, or the place for users' caches.
#pragma once

#include <cstdint>
#include <string>

#include "cache/cache.h"

namespace slim::cache {

// A server's address rather than a folder; http and https are the ones that slim speaks.
bool is_address(const std::string& where);
bool is_http_address(const std::string& where);

// where: a folder, "off", or an address; empty: what $SLIM_CACHE says, which may be any of these. A server
// is used together with a folder, which is asked first: that of $SLIM_CACHE, or the default one, where the
// XDG Base Directory Specification has users' caches. A folder or server that can't be used is left out;
// where the user has named it, the reports say so. threads: how many may ask at a time.
Cache open_cache(const std::string& where, std::uint64_t limit, unsigned threads);

}  // namespace slim::cache
