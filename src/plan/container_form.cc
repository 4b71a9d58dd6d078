// Who opens the package decides. Lambda, pip and container engines unpack it: then only names, types, modes
// and bytes matter. A Java machine, or an interpreter that imports from zips, opens the zip itself and looks
// into it in its own way:
//
//   - Entries of folders: ClassLoader.getResource("/dir/") finds an entry of that name and nothing else.
//   - Order: Spring Boot's class path is the order of BOOT-INF/lib in the directory; JarInputStream takes the
//     manifest from the front and nowhere else, and the signature files right behind it.
//   - Method: a jar inside a jar is opened where it lies, without unpacking, if it is stored, and not at all
//     if it is deflated.
//   - Marker: jexec, by which Linux runs jars as programs, looks for the extra field 0xCAFE of the first
//     entry.
#include "plan/container_form.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "languages/language.h"
#include "model/seal.h"
#include "util/ascii.h"
#include "util/path.h"

namespace slim {
namespace {

using namespace std::string_view_literals;

// Documents (EPUB, OpenDocument, ASiC) are told by a first file named mimetype, which isn't packed, so that the
// kind stands at a fixed offset (EPUB Open Container Format 3.3, 4.3; OpenDocument 1.3 part 2, 3.3).
constexpr std::string_view kMimetype = "mimetype";
// Of Office documents, NuGet packages, extensions of Visual Studio, MSIX (Open Packaging Conventions, ECMA-376
// part 2). What looks at their start, as file(1) does, finds it there.
constexpr std::string_view kContentTypes = "[Content_Types].xml";

bool is_document(const Package& package) {
  const auto found = find_entry(package, kMimetype);
  return found && package.format == ContainerFormat::zip && package.entries[*found].type == EntryType::file &&
         package.entries[*found].place == 0 && !package.entries[*found].deflated;
}

bool has_ordered_parts(const Package& package) {
  return package.format == ContainerFormat::zip && (is_document(package) || has_file(package, kContentTypes));
}

// Signatures over the whole of a document: META-INF/signatures.xml, documentsignatures.xml, signature.p7s.
bool is_signature_of_document(const std::string& path) {
  const std::string name = in_upper_case(base_name(path));
  return parent_of(path) == "META-INF" && name.find("SIGNATURE") != std::string::npos &&
         (name.ends_with(".XML") || name.ends_with(".P7S"));
}

bool is_signature_of_parts(const std::string& path) {
  return path == ".signature.p7s" || path == "AppxSignature.p7x" || path.starts_with("_xmlsignatures/") ||
         path.starts_with("package/services/digital-signature/");
}

// Android maps what is stored in these into memory, at offsets that zipalign has chosen.
bool is_for_android(const Package& package) {
  return has_file(package, "AndroidManifest.xml") &&
         (has_file(package, "classes.dex") || has_file(package, "resources.arsc"));
}

bool is_archive_by_name(std::string_view path) {
  constexpr std::array suffixes = {".jar"sv, ".war"sv, ".rar"sv, ".ear"sv,
                                   ".zip"sv, ".whl"sv, ".aar"sv, ".egg"sv};
  return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return path.ends_with(suffix); });
}

// Is there a runtime that may open the zip itself, whatever it is called?
bool some_runtime_may_open(const Package& package) {
  return std::ranges::any_of(languages(), [&](const LanguageRoom* room) {
    return room->may_open_zip != nullptr && room->may_open_zip(package);
  });
}

}  // namespace

Result<std::optional<Seal>> find_seal(const Package& package, const Inspection& inspection) {
  for (const LanguageRoom* room : languages()) {
    if (room->find_seal == nullptr) continue;
    TRY(std::optional<Seal> seal, room->find_seal(package, inspection));
    if (seal) return seal;
  }
  if (inspection.shape == PackageShape::zipapp) return std::optional<Seal>();
  std::optional<Seal> seal;
  if (is_document(package)) seal = seal_of_signature(package, is_signature_of_document);
  if (!seal && has_file(package, kContentTypes)) seal = seal_of_signature(package, is_signature_of_parts);
  if (!seal && package.frame.signing_block) seal = signed_by("a signing block before the zip's directory");
  if (seal || !is_for_android(package)) return seal;
  return std::optional(Seal{
      "this is a package for Android, which maps its files into memory where they lie (zipalign)", true});
}

void keep_form(const Package& package, const Inspection& inspection, Plan& plan) {
  const bool is_jar = inspection.shape == PackageShape::jar;
  const bool is_opened = is_jar || inspection.shape == PackageShape::zipapp;
  const bool is_ordered = is_jar || has_ordered_parts(package);
  plan.zip_form = {
      .folders = is_opened || some_runtime_may_open(package), .order = is_ordered, .frame = is_opened};
  const auto mimetype = find_entry(package, kMimetype);
  if (mimetype && is_document(package)) plan.actions[*mimetype].stays_stored = true;
  if (!is_opened) return;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const Entry& entry = package.entries[i];
    const bool is_archive = inspection.files[i].kind == FileKind::zip || is_archive_by_name(entry.path);
    plan.actions[i].stays_stored = entry.type == EntryType::file && is_archive && !entry.deflated;
  }
}

bool is_whiteout(const Package& package, std::size_t index) {
  if (package.format == ContainerFormat::zip || package.format == ContainerFormat::folder) return false;
  return base_name(package.entries[index].path).starts_with(".wh.");
}

}  // namespace slim
