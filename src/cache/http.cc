// One thread drives a few transfers at a time, with curl's multi interface, which keeps connections open
// between them. Proxies are curl's affair, with its usual variables (http_proxy, https_proxy, no_proxy).
//
// libcurl is loaded when the first address is opened: with the thirty libraries that it needs that takes
// longer than a cached run has to spare, and most runs have no server to speak to.
#include "cache/http.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <vector>

#include "util/format.h"

namespace slim::cache {
namespace {

constexpr std::size_t kTransfers = 8;        // at a time
constexpr std::size_t kPuts = 4;             // of these
constexpr long kConnectMilliseconds = 2000;  // a packet that got lost is sent again after one
constexpr long kSlowest = 1024;              // bytes in a second …
constexpr long kSilentGetSeconds = 2;        // … for so long: as good as dead
constexpr long kSilentPutSeconds = 5;        // it may have to store what it got
constexpr long kMostSeconds = 60;            // of one transfer

// The functions of libcurl that are used here, under their names without "curl_".
struct Curl {
  // clang-format off
#define SLIM_CURL_FUNCTIONS(X)                                                                 \
  X(global_init) X(slist_append) X(slist_free_all) X(free)                                     \
  X(easy_init) X(easy_setopt) X(easy_getinfo) X(easy_strerror) X(easy_reset) X(easy_cleanup)   \
  X(multi_init) X(multi_add_handle) X(multi_remove_handle) X(multi_perform) X(multi_info_read) \
  X(multi_poll) X(multi_wakeup) X(multi_cleanup)                                               \
  X(url) X(url_set) X(url_get) X(url_cleanup)
  // clang-format on
#define X(name) decltype(&curl_##name) name = nullptr;
  SLIM_CURL_FUNCTIONS(X)
#undef X

  bool load() {
    void* library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return false;
    bool all = true;
#define X(name)                                                           \
  name = reinterpret_cast<decltype(name)>(dlsym(library, "curl_" #name)); \
  all = all && name != nullptr;
    SLIM_CURL_FUNCTIONS(X)
#undef X
    return all && global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }
};

// Loaded once and never let go of: libraries below it have threads and exit handlers of their own.
const Curl* libcurl() {
  static Curl curl;
  static const bool is_loaded = curl.load();
  return is_loaded ? &curl : nullptr;
}

// As OpenSSL and the curl tool have it; libcurl itself looks at no variable.
std::string certificates() {
  const char* file = std::getenv("SSL_CERT_FILE");
  return file == nullptr ? "" : file;
}

struct Transfer {
  HttpRequest request;
  HttpAnswer answer;
  std::size_t sent = 0;
  CURL* handle = nullptr;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* of) {
  auto& transfer = *static_cast<Transfer*>(of);
  if (size > transfer.request.most - transfer.answer.body.size()) {
    transfer.answer.too_large = true;
    return 0;
  }
  transfer.answer.body.insert(transfer.answer.body.end(), data, data + size);
  return size;
}

std::size_t give_body(char* out, std::size_t, std::size_t room, void* of) {
  auto& transfer = *static_cast<Transfer*>(of);
  const std::size_t size = std::min(room, transfer.request.body.size() - transfer.sent);
  std::memcpy(out, transfer.request.body.data() + transfer.sent, size);
  transfer.sent += size;
  return size;
}

// Not for the interpreters that a run may start.
curl_socket_t open_socket(void*, curlsocktype, curl_sockaddr* address) {
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int rewind_body(void* of, curl_off_t offset, int origin) {
  auto& transfer = *static_cast<Transfer*>(of);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::uint64_t>(offset) > transfer.request.body.size())
    return CURL_SEEKFUNC_FAIL;
  transfer.sent = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

struct Address {
  std::string full;   // as curl gets it
  std::string shown;  // without user and password
  bool is_https = false;
};

Result<Address> parse_address(const Curl& curl, const std::string& text) {
  const std::unique_ptr<CURLU, decltype(curl.url_cleanup)> url(curl.url(), curl.url_cleanup);
  const auto part = [&](CURLUPart which) {
    char* value = nullptr;
    std::string copy;
    if (curl.url_get(url.get(), which, &value, 0) == CURLUE_OK) copy = value;
    curl.free(value);
    return copy;
  };
  const bool is_url = url != nullptr && curl.url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  Address address;
  const std::string scheme = is_url ? part(CURLUPART_SCHEME) : "";
  const bool is_plain = part(CURLUPART_QUERY).empty() && part(CURLUPART_FRAGMENT).empty();
  if ((scheme != "http" && scheme != "https") || !is_plain)
    return fail("the cache's address is none: write it as http://HOST:PORT/PATH");
  address.is_https = scheme == "https";
  address.full = part(CURLUPART_URL);
  curl.url_set(url.get(), CURLUPART_USER, nullptr, 0);
  curl.url_set(url.get(), CURLUPART_PASSWORD, nullptr, 0);
  address.shown = part(CURLUPART_URL);
  for (std::string* each : {&address.full, &address.shown}) {
    while (each->ends_with('/')) each->pop_back();
  }
  return address;
}

class CurlClient final : public HttpClient {
 public:
  CurlClient(const Curl& curl, Address address)
      : curl_(curl), address_(std::move(address)), multi_(curl.multi_init()) {
    headers_ = curl.slist_append(nullptr, "Content-Type: application/octet-stream");
    headers_ =
        curl.slist_append(headers_, "Expect:");  // not all servers answer it, and then curl waits a second
    thread_ = std::thread([this] { run(); });
  }
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  ~CurlClient() override {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
    }
    curl_.multi_wakeup(multi_);
    thread_.join();
    for (auto& [handle, transfer] : active_) {
      curl_.multi_remove_handle(multi_, handle);
      curl_.easy_cleanup(handle);
    }
    for (CURL* handle : idle_) curl_.easy_cleanup(handle);
    curl_.multi_cleanup(multi_);
    curl_.slist_free_all(headers_);
  }

  void start(HttpRequest request) override {
    {
      const std::lock_guard lock(mutex_);
      (request.is_put ? puts_ : gets_).push_back(std::move(request));
    }
    curl_.multi_wakeup(multi_);
  }

  const std::string& shown() const override { return address_.shown; }

 private:
  void run() {
    // Signals are for main's threads; and a write to a connection that is gone must end no program (SIGPIPE).
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    for (;;) {
      {
        const std::lock_guard lock(mutex_);
        if (ends_) return;
      }
      begin_waiting();
      int running = 0;
      curl_.multi_perform(multi_, &running);
      bool ended_any = false;
      int left = 0;
      while (const CURLMsg* message = curl_.multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        end_transfer(message->easy_handle, message->data.result);
        ended_any = true;
      }
      if (!ended_any) curl_.multi_poll(multi_, nullptr, 0, 1000, nullptr);
    }
  }

  void begin_waiting() {
    while (active_.size() < kTransfers) {
      HttpRequest request;
      {
        const std::lock_guard lock(mutex_);
        std::deque<HttpRequest>& queue = gets_.empty() && active_puts_ < kPuts ? puts_ : gets_;
        if (queue.empty()) return;
        request = std::move(queue.front());
        queue.pop_front();
      }
      begin_transfer(std::move(request));
    }
  }

  void begin_transfer(HttpRequest request) {
    CURL* handle = nullptr;
    if (idle_.empty()) {
      handle = curl_.easy_init();
    } else {
      handle = idle_.back();
      idle_.pop_back();
    }
    if (handle == nullptr) return request.done(HttpAnswer{.fault = "out of memory", .body = {}});
    auto transfer = std::make_unique<Transfer>(Transfer{.request = std::move(request), .answer = {}});
    set_options(handle, *transfer);
    if (transfer->request.is_put) ++active_puts_;
    active_.emplace(handle, std::move(transfer));
    curl_.multi_add_handle(multi_, handle);
  }

  void set_options(CURL* handle, Transfer& transfer) {
    const auto set = [&](CURLoption option, auto value) { curl_.easy_setopt(handle, option, value); };
    set(CURLOPT_URL, (address_.full + transfer.request.path).c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, address_.is_https ? "https" : "http,https");
    set(CURLOPT_FOLLOWLOCATION, transfer.request.is_put ? 0L : 1L);
    set(CURLOPT_MAXREDIRS, 3L);
    if (!certificates_.empty()) set(CURLOPT_CAINFO, certificates_.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_USERAGENT, "slim");
    set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
    set(CURLOPT_LOW_SPEED_LIMIT, kSlowest);
    set(CURLOPT_LOW_SPEED_TIME, transfer.request.is_put ? kSilentPutSeconds : kSilentGetSeconds);
    set(CURLOPT_TIMEOUT, kMostSeconds);
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, &transfer);
    if (!transfer.request.is_put) return;
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(transfer.request.body.size()));
    set(CURLOPT_READFUNCTION, &give_body);
    set(CURLOPT_READDATA, &transfer);
    set(CURLOPT_SEEKFUNCTION, &rewind_body);
    set(CURLOPT_SEEKDATA, &transfer);
  }

  void end_transfer(CURL* handle, CURLcode code) {
    const auto found = active_.find(handle);
    const std::unique_ptr<Transfer> transfer = std::move(found->second);
    active_.erase(found);
    if (transfer->request.is_put) --active_puts_;
    HttpAnswer& answer = transfer->answer;
    if (code == CURLE_OK) {
      long status = 0;
      curl_.easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
      answer.status = static_cast<int>(status);
    } else if (!answer.too_large) {
      answer.fault = curl_.easy_strerror(code);
    }
    curl_.multi_remove_handle(multi_, handle);
    curl_.easy_reset(handle);
    idle_.push_back(handle);
    transfer->request.done(std::move(answer));
  }

  const Curl& curl_;
  const Address address_;
  const std::string certificates_ = certificates();
  CURLM* const multi_;
  curl_slist* headers_ = nullptr;

  std::mutex mutex_;  // of these three
  std::deque<HttpRequest> gets_;
  std::deque<HttpRequest> puts_;
  bool ends_ = false;

  // Of the client's thread.
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> active_;
  std::size_t active_puts_ = 0;
  std::vector<CURL*> idle_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<HttpClient>> HttpClient::open(const std::string& address) {
  const Curl* curl = libcurl();
  if (curl == nullptr)
    return fail("libcurl, which speaks to the cache's server, is not installed: install libcurl4");
  TRY(Address parsed, parse_address(*curl, address));
  try {
    return std::unique_ptr<HttpClient>(new CurlClient(*curl, std::move(parsed)));
  } catch (const std::system_error& error) {
    return fail(format("the cache's server is left alone: no thread to speak to it ({})", error.what()));
  }
}

}  // namespace slim::cache
