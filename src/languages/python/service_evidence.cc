#include "languages/python/service_evidence.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

// Every session may ask these for credentials, whatever the code says.
constexpr std::array<std::string_view, 4> credential_services = {"sts", "sso", "sso-oidc", "signin"};

// The SDK's own code hands service names on; only its callers know them.
bool is_sdk(std::string_view path) {
  return std::ranges::any_of(std::array<std::string_view, 6>{"boto3/", "botocore/", "s3transfer/",
                                                             "aiobotocore/", "aioboto3/", "googleapiclient/"},
                             [&](std::string_view top) {
                               return path.starts_with(top) ||
                                      path.find("/" + std::string(top)) != std::string_view::npos;
                             });
}

// Packages bring optional imports for what isn't there; the user's own code imports what it uses.
bool is_own_code(const GuardView& view, std::size_t index) {
  return view.inspection.distribution_named(view.inspection.owner[index]) == nullptr;
}

// Whether kept code names a service, can't be told, or names none at all: then it is not seen how the code
// comes by its clients, and that is a doubt too.
std::optional<std::string> use_in_code(const GuardView& view, std::string_view service, Provider provider) {
  if (view.inspection.shape == PackageShape::layer) {
    return "the functions that use a layer are not seen, so it can't be told which are used";
  }
  bool any = false;
  for (const std::size_t i : view.inspection.service_users) {
    const std::string& path = view.package.entries[i].path;
    if (!view.kept[i] || is_sdk(path)) continue;
    for (const ServiceUse& use : view.inspection.files[i].services) {
      if (use.provider != provider) continue;
      if (!use.from_outside.empty()) {
        if (!is_own_code(view, i)) continue;
        return format(
            "{} line {} imports {}, which is not in the package, so it can't be told what that uses",
            printable(path), use.line, printable(use.from_outside));
      }
      any = true;
      if (use.service == service) return format("{} line {} uses it", path, use.line);
      if (use.service.empty() && use.line == 0) {
        return format("{} is compiled and deals with AWS, so it can't be told what it uses", path);
      }
      if (use.service.empty()) {
        return format("{} line {} asks for a service whose name is only known when it runs", path, use.line);
      }
    }
  }
  if (any) return std::nullopt;
  return "no call that names a service was found, so it can't be told which are used";
}

}  // namespace

std::string_view service_of_data(std::string_view path) {
  for (const std::string_view data : {"botocore/data/", "boto3/data/"}) {
    const std::size_t at = path.find(data);
    if (at == std::string_view::npos || (at != 0 && path[at - 1] != '/')) continue;
    const std::string_view rest = path.substr(at + data.size());
    const std::size_t slash = rest.find('/');
    return slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
  }
  return {};
}

std::set<std::string> services_of(const Package& package) {
  std::set<std::string> services;
  for (const Entry& entry : package.entries) {
    if (const std::string_view service = service_of_data(entry.path); !service.empty())
      services.emplace(service);
  }
  return services;
}

std::optional<std::string> who_uses_service(const GuardView& view, std::size_t index) {
  const std::string_view service = service_of_data(view.package.entries[index].path);
  if (service.empty()) return "every service reads it";
  if (std::ranges::find(credential_services, service) != credential_services.end()) {
    return "sessions get their credentials by it";
  }
  bool by_code = false;
  for (const Given& wanted : view.options.services) {
    if (wanted.text == service) return "--services names it";
    by_code = by_code || wanted.text == "auto";
  }
  return by_code ? use_in_code(view, service, Provider::aws) : std::nullopt;
}

std::optional<std::string> who_uses_google_document(const GuardView& view, std::size_t index) {
  const std::string_view name = base_name(view.package.entries[index].path);  // "drive.v3.json"
  return use_in_code(view, name.substr(0, name.find('.')), Provider::google);
}

}  // namespace slim
