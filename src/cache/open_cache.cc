#include "cache/open_cache.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "util/format.h"

namespace slim::cache {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Empty where there is none: no home, or one that is another user's, as after sudo, whose own runs could not
// use what this one would leave there.
std::string default_folder() {
  const std::string home = variable("HOME");
  std::string folder = variable("XDG_CACHE_HOME");
  if (folder.empty() && !home.empty()) folder = home + "/.cache";
  if (!folder.starts_with('/')) return "";
  struct stat status;
  for (const std::string& place : {folder + "/slim", folder, home}) {
    if (!place.empty() && stat(place.c_str(), &status) == 0)
      return status.st_uid == geteuid() ? folder + "/slim" : "";
  }
  return folder + "/slim";
}

}  // namespace

bool is_address(const std::string& where) { return where.find("://") != std::string::npos; }
bool is_http_address(const std::string& where) {
  return where.starts_with("http://") || where.starts_with("https://");
}

Cache open_cache(const std::string& where, std::uint64_t limit, unsigned threads) {
  const std::string set = variable("SLIM_CACHE");
  const std::string asked = where.empty() ? set : where;
  std::string folder = asked;
  std::string address;
  if (is_address(asked)) {
    address = asked;
    folder = is_address(set) ? "" : set;
  }
  const bool is_default = folder.empty();
  if (is_default) folder = default_folder();

  std::vector<std::string> troubles;
  std::unique_ptr<Store> store;
  if (!folder.empty() && folder != "off") {
    Result<std::unique_ptr<Store>> opened = Store::open(folder, limit);
    if (opened) {
      store = std::move(*opened);
    } else if (!is_default) {
      troubles.push_back(std::move(opened.error().what));
    }
  }
  std::unique_ptr<Remote> remote;
  if (!address.empty()) {
    Result<std::unique_ptr<HttpClient>> client = HttpClient::open(address);
    if (client) {
      remote = std::make_unique<Remote>(std::move(*client), threads);
    } else {
      troubles.push_back(std::move(client.error().what));
    }
  }
  return Cache(std::move(store), std::move(remote), std::move(troubles));
}

}  // namespace slim::cache
