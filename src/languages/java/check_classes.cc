// Java: classes that are newer than the runtime's virtual machine. A class file starts with 0xCAFEBABE, minor
// and major version (JVM specification 4.1); major 65 is Java 21, one more for each release.
// META-INF/versions/N is for newer machines by design (JEP 238).
#include "languages/java/checks.h"
#include "util/format.h"

namespace slim::check {
namespace {

constexpr int kMajorOfJava0 = 44;
constexpr std::size_t kEnough = 200;  // classes of one compilation have one version

std::optional<int> java_of_class(const Package& package, std::size_t index) {
  const Result<Bytes> bytes = package.load(index);
  if (!bytes) return std::nullopt;
  const ByteReader reader(*bytes, std::endian::big);
  const auto magic = reader.read<std::uint32_t>(0);
  const auto major = reader.read<std::uint16_t>(6);
  if (magic != 0xCAFEBABEU || !major) return std::nullopt;
  return *major - kMajorOfJava0;
}

}  // namespace

void check_java_classes(Deployment& deployment) {
  const Runtime* runtime = deployment.target().runtime;
  const LanguageVersion* offered = deployment.target().version_of(Language::java);
  if (runtime == nullptr || offered == nullptr) return;
  std::size_t read = 0;
  std::size_t newer = 0;
  int highest = 0;
  Place first;  // of the newer ones
  for (const Place place : deployment.files()) {
    const std::string& path = deployment.entry(place).path;
    if (!path.ends_with(".class") || path.starts_with("META-INF/") || path.ends_with("module-info.class"))
      continue;
    if (read == kEnough) break;
    const auto java = java_of_class(*deployment.parts()[place.part].package, place.index);
    if (!java) continue;
    ++read;
    if (*java <= offered->major) continue;
    if (newer++ == 0) first = place;
    highest = std::max(highest, *java);
  }
  // A library may carry single classes for newer machines, which it loads by name where they fit.
  if (newer == 0 || newer * 2 < read) return;
  deployment.report(
      Severity::error, "java-class-too-new", first,
      format("and most classes are compiled for Java {}, {} has Java {}: compile with --release {}", highest,
             runtime->id, offered->major, offered->major));
}

}  // namespace slim::check
