// META-INF/maven/<group>/<artifact>/pom.properties tells what is in a jar, else the jar's file name.
#include "languages/java/components.h"

#include <sys/mman.h>
#include <unistd.h>

#include <optional>
#include <string_view>

#include "archive/zip.h"
#include "hash/sha256.h"
#include "util/header_lines.h"
#include "util/path.h"

namespace slim {
namespace {

constexpr std::uint64_t kLargestManifest = 1 << 20;

// "guava-33.0.0-jre.jar" -> guava, 33.0.0-jre: the version begins at the first dash before a digit.
void name_from_jar(std::string_view file, Component& component) {
  file.remove_suffix(std::string_view(".jar").size());
  std::size_t dash = file.find('-');
  while (dash != std::string_view::npos &&
         (dash + 1 >= file.size() || file[dash + 1] < '0' || file[dash + 1] > '9')) {
    dash = file.find('-', dash + 1);
  }
  component.name = file.substr(0, dash);
  if (dash != std::string_view::npos) component.version = file.substr(dash + 1);
}

std::optional<archive::Contents> open_jar(ByteView bytes) {
  const int descriptor = memfd_create("jar", MFD_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  Descriptor file(descriptor);
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t written = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (written <= 0) return std::nullopt;
    done += static_cast<std::size_t>(written);
  }
  Result<archive::Contents> contents = archive::read_zip(std::move(file));
  if (!contents) return std::nullopt;
  return std::move(*contents);
}

// A jar with several pom.properties has others shaded into it: each is a component, with the jar's hash.
Status add_jar(const Package& package, std::size_t i, Inspection& inspection) {
  TRY(const Bytes bytes, package.load(i));
  Component jar;
  jar.ecosystem = "maven";
  jar.path = package.entries[i].path;
  jar.sha256 = sha256_hex(bytes);
  bool named = false;
  if (const auto contents = open_jar(bytes)) {
    for (std::size_t k = 0; k < contents->entries.size(); ++k) {
      const Entry& entry = contents->entries[k];
      const bool is_pom =
          entry.path.starts_with("META-INF/maven/") && entry.path.ends_with("/pom.properties");
      if (!is_pom || entry.size > kLargestManifest) continue;
      const auto text = contents->source->load(k);
      if (!text) continue;
      jar.group = header_value(as_text(*text), "groupId=");
      jar.name = header_value(as_text(*text), "artifactId=");
      jar.version = header_value(as_text(*text), "version=");
      if (jar.name.empty()) continue;
      inspection.components.push_back(jar);
      named = true;
    }
  }
  if (named) return {};
  jar.group.clear();
  name_from_jar(base_name(jar.path), jar);
  inspection.components.push_back(std::move(jar));
  return {};
}

}  // namespace

Status find_java_components(const Package& package, Inspection& inspection) {
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const Entry& entry = package.entries[i];
    const bool is_jar = entry.type == EntryType::file && inspection.files[i].kind == FileKind::zip &&
                        entry.path.ends_with(".jar");
    if (is_jar) CHECK_OK(add_jar(package, i, inspection));
  }
  return {};
}

}  // namespace slim
