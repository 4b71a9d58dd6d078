// Lambda's own limits and the user's budgets.
#include <algorithm>

#include "check/sizes.h"
#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

// In exact bytes, because limits are often missed by little.
std::string exact(std::uint64_t bytes) { return with_commas(bytes) + " bytes"; }

// "pandas 71.2 MB, botocore 26.9 MB, numpy 20.1 MB"
std::string largest(const DeploymentSizes& sizes) {
  std::vector<OwnerSize> owners = sizes.owners;
  std::ranges::stable_sort(owners, std::greater{}, &OwnerSize::unpacked);
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, owners.size()); ++i)
    out += format("{}{} {}", i == 0 ? "" : ", ", printable(owners[i].name), human_bytes(owners[i].unpacked));
  return out;
}

Result<std::uint64_t> size_of(const DeploymentSizes& sizes, const std::string& name) {
  if (name == "unpacked") return sizes.unpacked;
  if (name == "zip") {
    if (sizes.zipped) return *sizes.zipped;
    return fail("zip: a package is no zip, so that it has no zipped size: check what is deployed, the zip");
  }
  std::vector<std::string> names = {"zip", "unpacked"};
  for (const OwnerSize& owner : sizes.owners) {
    if (owner.name == name) return owner.unpacked;
    names.push_back(owner.name);
  }
  return fail(format("{}: no package of that name is in the deployment{}", printable(name),
                     did_you_mean(name, names)));
}

}  // namespace

std::vector<Finding> check_lambda_limits(const DeploymentSizes& sizes, std::span<const Part> parts) {
  std::vector<Finding> findings;
  // Container images have a limit of their own (10 GB), which is counted over layers that are not here.
  const auto is_of_image = [](const Part& part) {
    return part.inspection->shape == PackageShape::image_layer;
  };
  if (std::ranges::any_of(parts, is_of_image)) return findings;
  if (sizes.unpacked > kLambdaUnpackedLimit) {
    findings.push_back(
        {Severity::error, "lambda-unpacked-limit", "",
         format("{} unpacked, and Lambda takes {} for a function with its layers: slim them, or take "
                "away from the largest ({}), or deploy a container image",
                exact(sizes.unpacked), with_commas(kLambdaUnpackedLimit), largest(sizes))});
  }
  for (const PartSize& part : sizes.parts) {
    if (!part.zipped || *part.zipped <= kLambdaZipLimit) continue;
    findings.push_back(
        {Severity::warning, "lambda-zip-limit", "",
         format("{} is {}, and Lambda takes {} in a direct upload: slim it, or upload it through S3",
                printable(part.path), exact(*part.zipped), with_commas(kLambdaZipLimit))});
  }
  const auto layers = static_cast<std::size_t>(
      std::ranges::count_if(parts, [](const Part& part) { return part.mount == "/opt"; }));
  if (layers > kLambdaLayerLimit) {
    findings.push_back(
        {Severity::error, "too-many-layers", "",
         format("{} layers, and Lambda takes {}: merge some of them", layers, kLambdaLayerLimit)});
  }
  return findings;
}

Result<std::vector<Finding>> check_budgets(const DeploymentSizes& sizes, const std::vector<Budget>& budgets) {
  std::vector<Finding> findings;
  for (const Budget& budget : budgets) {
    const Result<std::uint64_t> found = size_of(sizes, budget.name);
    if (!found) return tl::unexpected(at(budget.from, found.error()));
    const std::uint64_t size = *found;
    if (size <= budget.bytes) continue;
    const bool whole = budget.name == "zip" || budget.name == "unpacked";
    findings.push_back(
        {budget.hard ? Severity::error : Severity::warning, "over-budget", "",
         format("{}{} is {}, {} over its budget of {}: take something away{}, or raise the budget",
                printable(budget.name), whole ? "" : " unpacked", exact(size),
                with_commas(size - budget.bytes), with_commas(budget.bytes),
                whole ? format(" (largest unpacked: {})", largest(sizes)) : "")});
  }
  return findings;
}

}  // namespace slim
