#include "languages/python/check_services.h"

#include <set>
#include <string>

#include "languages/python/service_evidence.h"
#include "languages/python/service_titles.h"
#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

// "S3" and "s33" are misspelt; EventBridge is what AWS calls events.
std::string service_hint(const Package& package, const std::set<std::string>& known,
                         const std::string& typed) {
  std::vector<std::string> names(known.begin(), known.end());
  names.emplace_back("auto");
  std::string meant = nearest_name(typed, names);
  if (folded_name(meant) != folded_name(typed)) {
    const std::string titled = service_titled(package, typed);
    if (!titled.empty()) meant = titled;
  }
  if (meant.empty()) return ": write it as boto3.client() takes it, such as " + *known.begin();
  return ": did you mean '" + meant + "'?";
}

}  // namespace

Result<std::vector<Finding>> check_services(const Package& package, const Inspection& inspection,
                                            const Options& options) {
  std::vector<Finding> findings;
  if (options.services.empty()) return findings;
  const std::set<std::string> known = services_of(package);
  const bool whole = inspection.shape == PackageShape::wheel || inspection.shape == PackageShape::jar;
  if (known.empty() || whole) {
    findings.push_back(
        {Severity::warning, "services-without-effect", "",
         format("{} has no effect: {}", options.services.front().from,
                known.empty() ? "the package holds no data of botocore"
                              : format("a {} is left whole", package_shape_name(inspection.shape)))});
    return findings;
  }
  for (const Given& service : options.services) {
    if (service.text == "auto" || known.contains(service.text)) continue;
    return fail(format("{} {}: the package's botocore has no such service{}", service.from,
                       printable(service.text), service_hint(package, known, service.text)));
  }
  return findings;
}

}  // namespace slim
