#include "languages/handler.h"

#include <algorithm>

#include "util/format.h"
#include "util/suggest.h"

namespace slim::check {

void report_missing_handler(Deployment& deployment, std::string message) {
  deployment.report_part(Severity::error, "missing-handler", 0, std::move(message));
}

std::optional<Place> find_any(const Deployment& deployment, const std::string& stem,
                              std::span<const std::string_view> suffixes) {
  for (const std::string_view suffix : suffixes) {
    if (const auto found = deployment.find(stem + std::string(suffix))) return found;
  }
  return std::nullopt;
}

void check_function(Deployment& deployment, const std::string& handler, Place place, const std::string& name,
                    MissingIn missing_in) {
  const Result<Bytes> bytes = deployment.parts()[place.part].package->load(place.index);
  const auto is_blank = [](std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  if (!bytes || std::ranges::all_of(*bytes, is_blank))
    return;  // nobody deploys an empty one: it is a stand-in
  const auto missing = missing_in(as_text(*bytes), name);
  if (!missing) return;
  deployment.report(
      Severity::error, "missing-handler", place,
      format("defines no {}, which the handler {} names: check the handler's name{}", printable(name),
             printable(handler), printable(did_you_mean(name, missing->instead))));
}

bool has_function(Deployment& deployment, const std::string& handler, std::size_t dot) {
  if (dot != std::string::npos && dot != 0 && dot + 1 < handler.size()) return true;
  report_missing_handler(deployment,
                         format("the handler {} has no dot between a file and a function: write it as "
                                "file.function, app.handler for the function handler in app",
                                printable(handler)));
  return false;
}

}  // namespace slim::check
