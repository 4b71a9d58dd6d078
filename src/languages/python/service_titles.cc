// botocore/data/SERVICE/VERSION/service-2.json.gz begins with the service's metadata; serviceId and
// serviceFullName are its titles.
#include "languages/python/service_titles.h"

#include <algorithm>
#include <optional>

#include "deflate/deflate.h"
#include "languages/python/service_evidence.h"
#include "util/bytes.h"
#include "util/suggest.h"

namespace slim {
namespace {

constexpr std::size_t kMetadata = 4096;      // titles stand within
constexpr std::uint64_t kLargest = 1 << 25;  // of a model; the largest has 7 MB

// gzip (RFC 1952) with no more than a file's name in its header, as botocore's build writes it.
std::optional<Bytes> unzipped(ByteView bytes) {
  constexpr std::size_t header = 10;
  constexpr std::size_t trailer = 8;
  const ByteReader reader(bytes, std::endian::little);
  const auto magic = reader.read<std::uint32_t>(0);
  if (!magic || (*magic & 0xFFFFFFU) != 0x088B1FU || bytes.size() < header + trailer) return std::nullopt;
  const std::uint32_t flags = *magic >> 24U;
  std::size_t begin = header;
  if (flags == 8) {
    const auto end = std::find(bytes.begin() + header, bytes.end(), std::uint8_t{0});
    begin = static_cast<std::size_t>(end - bytes.begin()) + 1;
  }
  const auto size = reader.read<std::uint32_t>(bytes.size() - 4);
  if (flags > 8 || begin + trailer > bytes.size() || !size || *size > kLargest) return std::nullopt;
  const Result<Bytes> text = deflate::decompress(bytes.subspan(begin, bytes.size() - trailer - begin), *size);
  return text ? std::optional(*text) : std::nullopt;
}

// The text behind "key": in a JSON document; empty where it isn't near its start.
std::string_view value_of(std::string_view json, std::string_view key) {
  const std::size_t at = json.substr(0, kMetadata).find(key);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = json.find('"', json.find(':', at));
  if (begin == std::string_view::npos) return {};
  const std::size_t end = json.find('"', begin + 1);
  return end == std::string_view::npos ? std::string_view() : json.substr(begin + 1, end - begin - 1);
}

std::string without_maker(std::string_view title) {
  const std::string folded = folded_name(title);
  for (const std::string_view maker : {"amazon", "aws"}) {
    if (folded.starts_with(maker)) return folded.substr(maker.size());
  }
  return folded;
}

}  // namespace

std::string service_titled(const Package& package, std::string_view title) {
  const std::string wanted = without_maker(title);
  std::string begins_so;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string& path = package.entries[i].path;
    const bool packed = path.ends_with("/service-2.json.gz");
    const std::string_view service = service_of_data(path);
    if (service.empty() || (!packed && !path.ends_with("/service-2.json"))) continue;
    const Result<Bytes> bytes = package.load(i);
    if (!bytes) continue;
    const std::optional<Bytes> model = packed ? unzipped(*bytes) : std::optional(*bytes);
    if (!model) continue;
    for (const std::string_view key : {"\"serviceId\"", "\"serviceFullName\""}) {
      const std::string found = without_maker(value_of(as_text(*model), key));
      if (found == wanted) return std::string(service);
      const bool shorter = begins_so.empty() || service.size() < begins_so.size();
      if (wanted.size() > 5 && shorter && found.starts_with(wanted)) begins_so = service;
    }
  }
  return begins_so;
}

}  // namespace slim
