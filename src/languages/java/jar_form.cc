#include "languages/java/jar_form.h"

#include <algorithm>
#include <string_view>

#include "model/seal.h"
#include "util/ascii.h"
#include "util/path.h"

namespace slim {
namespace {

// java.util.jar.JarFile takes it in any case of letters.
bool has_manifest(const Package& package) {
  return std::ranges::any_of(package.entries, [](const Entry& entry) {
    return entry.type == EntryType::file && entry.path.starts_with("META-INF/") &&
           in_upper_case(entry.path) == "META-INF/MANIFEST.MF";
  });
}

// Most jars have a manifest; Java asks for none.
bool is_named_as_jar(const Package& package, const std::string& output) {
  return is_named_as(package, output, {".jar", ".war", ".ear", ".rar", ".aar"});
}

// JAR File Specification, "Signed JAR File": it has the digest of every file.
bool is_signature_of_jar(const std::string& path) {
  return parent_of(path) == "META-INF" && in_upper_case(path).ends_with(".SF");
}

}  // namespace

Result<std::optional<PackageShape>> find_jar_shape(const Package& package, const std::string& output) {
  const bool is_jar = has_manifest(package) || is_named_as_jar(package, output);
  return is_jar ? std::optional(PackageShape::jar) : std::nullopt;
}

Result<std::optional<Seal>> find_jar_seal(const Package& package, const Inspection& inspection) {
  if (inspection.shape != PackageShape::jar) return std::optional<Seal>();
  return seal_of_signature(package, is_signature_of_jar);
}

}  // namespace slim
