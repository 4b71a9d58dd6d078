#include "check/check.h"

#include <algorithm>

#include "check/checks.h"
#include "languages/language.h"
#include "util/format.h"

namespace slim {

std::string mount_of(const Inspection& inspection) {
  if (inspection.shape == PackageShape::image_layer) return "";
  return inspection.shape == PackageShape::layer ? "/opt" : "/var/task";
}

namespace {

// "nodejs22.x", by the version that the files are for; what the user has named comes first.
std::string runtime_of_files(const Target& target) {
  if (!target.runtime_id.empty()) return target.runtime_id;
  for (const auto& [language, version] : target.versions) {
    const LanguageRoom* room = room_of(language);
    if (room != nullptr && room->runtime_id != nullptr) return room->runtime_id(version);
  }
  return {};
}

}  // namespace

Target target_of(std::span<const Part> parts, const std::string& runtime, std::optional<Arch> arch) {
  Target target;
  target.runtime_id = runtime;
  target.arch = arch;
  target.arch_named = arch.has_value();
  target.runtime_named = !runtime.empty();
  for (const Part& part : parts) {
    if (!target.arch) target.arch = part.inspection->arch;
    for (const auto& [language, use] : part.inspection->languages) {
      if (use.version) target.versions.emplace(language, *use.version);
    }
  }
  // A container image has what its base image has, which need not be one of Lambda's.
  const bool of_image = std::ranges::any_of(parts, check::is_of_image);
  if (!of_image) target.runtime_id = runtime_of_files(target);
  target.runtime = runtime_table().find(target.runtime_id);
  if (target.runtime == nullptr) return target;
  target.versions.clear();
  if (target.runtime->version) target.versions.emplace(target.runtime->language, *target.runtime->version);
  return target;
}

namespace {

// Each language knows how its handlers are named.
void check_handler(check::Deployment& deployment) {
  const Target& target = deployment.target();
  if (target.handler.empty()) return;
  const Language language =
      target.runtime != nullptr ? target.runtime->language : deployment.parts()[0].inspection->language;
  const LanguageRoom* room = room_of(language);
  if (room != nullptr && room->check_handler != nullptr) room->check_handler(deployment, target.handler);
}

}  // namespace

std::vector<std::vector<Finding>> check_deployment(std::span<const Part> parts, const Target& target) {
  check::Deployment deployment(parts, target);
  check::check_runtime(deployment);
  check::check_language(deployment);
  check::check_architecture(deployment);
  check::check_segments(deployment);
  check::check_loader(deployment);
  for (const LanguageRoom* room : languages()) {
    if (room->check != nullptr) room->check(deployment);
  }
  check_handler(deployment);
  check::check_layers(deployment);
  check::check_names(deployment);
  return deployment.take_findings();
}

std::vector<Finding> check_package(const Package& package, const Inspection& inspection, const Plan& plan,
                                   const Options& options) {
  const Part part{&package, &inspection, &plan, mount_of(inspection)};
  Target target = target_of({&part, 1}, options.runtime, options.arch);
  target.repacked = true;
  return std::move(check_deployment({&part, 1}, target).front());
}

}  // namespace slim
