// Bytecode by date proves its source by two numbers: the source's date and size, as they were when Python
// compiled it (PEP 552). The container has the source's date too: in UTC, or, in zips without extra fields,
// as local time in steps of two seconds. Which zone that was nobody knows; zones differ from UTC by whole
// quarters of an hour, so dates that differ by something else are different dates. Bytecode by hash proves it
// by the hash.
#include "languages/python/fresh_bytecode.h"

#include "archive/dos_time.h"
#include "languages/python/python_facts.h"
#include "python/bytecode.h"
#include "util/format.h"

namespace slim {
namespace {

bool is_same_date(const Entry& source, std::uint32_t time) {
  if (source.mtime) return static_cast<std::uint32_t>(*source.mtime) == time;
  if (!source.dos_time) return false;
  constexpr std::int64_t quarter_hour = 900;
  constexpr std::int64_t widest_offset = 26 * 3600;
  const std::int64_t difference =
      archive::seconds_of_dos_time(*source.dos_time) - static_cast<std::int64_t>(time);
  if (difference < -widest_offset || difference > widest_offset) return false;
  const std::int64_t rest = ((difference % quarter_hour) + quarter_hour) % quarter_hour;
  return rest <= 1 || rest >= quarter_hour - 1;  // rounded down, or up, to two seconds
}

}  // namespace

std::optional<std::string> why_not_fresh(const Package& package, const Inspection& inspection,
                                         std::size_t index) {
  const auto& header = python_facts(inspection.files[index]).bytecode;
  const std::string& path = package.entries[index].path;
  if (!header) return "it has no header that slim knows";
  const std::optional<LanguageVersion>& python = python_version(inspection);
  if (!python) return "which Python will read it is not known: say --runtime";
  const auto [major, minor] = *python;
  const std::string source_path = python::source_of_bytecode(path);
  if (!python::bytecode_magic(major, minor))
    return format("slim does not know the bytecode of Python {}.{}", major, minor);
  if (path != python::bytecode_of_source(source_path, python::cache_tag(major, minor)) ||
      header->magic != python::bytecode_magic(major, minor)) {
    return "Python " + format("{}.{}", major, minor) + " does not load it";
  }
  const auto source = find_entry(package, source_path);
  if (!source) return "its source is not there";
  if (!header->by_hash()) {
    const Entry& entry = package.entries[*source];
    const bool fresh = header->source_size == static_cast<std::uint32_t>(entry.size) &&
                       is_same_date(entry, header->source_time);
    if (fresh) return std::nullopt;
    return "it is of a source with another date or size, so nothing proves that it is of this one";
  }
  const auto text = package.load(*source);
  const auto hash = text ? python::source_hash(*text, header->magic) : tl::unexpected(text.error());
  if (hash && *hash == header->source_hash) return std::nullopt;
  return "it is of a source with another hash";
}

}  // namespace slim
