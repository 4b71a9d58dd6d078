// HTTP GET and PUT in the background; the wall in front of libcurl.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "util/bytes.h"
#include "util/result.h"

namespace slim::cache {

struct HttpAnswer {
  int status = 0;          // 0: none came, or not all of it
  bool too_large = false;  // more than the request allows
  std::string fault;       // why there is no status, one clause
  Bytes body;
};

struct HttpRequest {
  std::string path;              // below the server's address: "/cas/…"
  bool is_put = false;           // else a GET
  Bytes body;                    // of a PUT
  std::uint64_t most = 1 << 16;  // bytes that the answer may have
  // Called once, by the thread of the client, unless the client ends before.
  std::function<void(HttpAnswer)> done;
};

class HttpClient {
 public:
  // http://[user:password@]host[:port][/path]. Errors: no such address, or no libcurl on this machine; they
  // don't show the password.
  static Result<std::unique_ptr<HttpClient>> open(const std::string& address);
  virtual ~HttpClient() = default;  // abandons what is under way, at once

  // May be called from any thread. GETs go before PUTs that wait.
  virtual void start(HttpRequest request) = 0;
  // The address without user and password.
  virtual const std::string& shown() const = 0;
};

}  // namespace slim::cache
