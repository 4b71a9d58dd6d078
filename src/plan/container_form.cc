// Who opens the package decides. Lambda, pip and container engines unpack it: then only names, types, modes
// and bytes matter. A Java machine and Python's zipimport open the zip itself and look into it, each in its
// own way:
//
//   - Entries of folders: ClassLoader.getResource("/dir/") finds an entry of that name and nothing else.
//     zipimport before Python 3.13 sees a namespace package only where its folder has an entry.
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

#include "util/ascii.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using namespace std::string_view_literals;

// JAR File Specification, "Signed JAR File": it has the digest of every file.
bool is_signature_of_jar(const std::string& path) {
  return parent_of(path) == "META-INF" && in_upper_case(path).ends_with(".SF");
}

// Binary distribution format (PEP 427), "Signed wheel files": of RECORD, which has them.
bool is_signature_of_wheel(const std::string& path) {
  return path.ends_with(".dist-info/RECORD.jws") || path.ends_with(".dist-info/RECORD.p7s");
}

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

template <typename Is>
std::optional<std::string> first_that(const Package& package, Is is) {
  const auto found =
      std::ranges::find_if(package.entries, [&](const Entry& entry) { return is(entry.path); });
  return found == package.entries.end() ? std::nullopt : std::optional(found->path);
}

// Android maps what is stored in these into memory, at offsets that zipalign has chosen.
bool is_for_android(const Package& package) {
  return has_file(package, "AndroidManifest.xml") &&
         (has_file(package, "classes.dex") || has_file(package, "resources.arsc"));
}

Seal signed_by(const std::string& what) {
  return {format("the package is signed ({}), and any change would break that", what), true};
}

// What an application of Python was made from, by name of the content: pex shares what it has unpacked
// between all applications of a machine, shiv holds each file against its hash where it was asked to.
Result<std::optional<Seal>> seal_of_zipapp(const Package& package) {
  if (has_file(package, "PEX-INFO")) {
    return std::optional(
        Seal{"PEX-INFO names what the pex holds by a hash of its content, under which all pex "
             "files of a machine share it: build the pex from slimmed wheels instead",
             false});
  }
  const auto environment = find_entry(package, "environment.json");
  if (!environment || package.entries[*environment].type != EntryType::file) return std::optional<Seal>();
  TRY(const Bytes text, package.load(*environment));
  if (as_text(text).find("\"no_modify\": true") == std::string_view::npos) return std::optional<Seal>();
  return std::optional(
      Seal{"environment.json has the hash of each file, which shiv checks (--no-modify)", false});
}

bool is_archive_by_name(std::string_view path) {
  constexpr std::array suffixes = {".jar"sv, ".war"sv, ".rar"sv, ".ear"sv,
                                   ".zip"sv, ".whl"sv, ".aar"sv, ".egg"sv};
  return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return path.ends_with(suffix); });
}

// Zips that Python can run or import from without being told by name what they are.
bool python_may_open(const Package& package) {
  return has_file(package, "__main__.py") || has_file(package, "__main__.pyc") ||
         has_file(package, "EGG-INFO/PKG-INFO");
}

}  // namespace

Result<std::optional<Seal>> find_seal(const Package& package, const Inspection& inspection) {
  std::optional<std::string> signature;
  if (inspection.shape == PackageShape::zipapp) return seal_of_zipapp(package);
  if (inspection.shape == PackageShape::jar) signature = first_that(package, is_signature_of_jar);
  if (inspection.shape == PackageShape::wheel) signature = first_that(package, is_signature_of_wheel);
  if (!signature && is_document(package)) signature = first_that(package, is_signature_of_document);
  if (!signature && has_file(package, kContentTypes)) signature = first_that(package, is_signature_of_parts);
  if (!signature && package.frame.signing_block) signature = "a signing block before the zip's directory";
  if (signature) return std::optional(signed_by(*signature));
  if (!is_for_android(package)) return std::optional<Seal>();
  return std::optional(Seal{
      "this is a package for Android, which maps its files into memory where they lie (zipalign)", true});
}

void keep_form(const Package& package, const Inspection& inspection, Plan& plan) {
  const bool is_jar = inspection.shape == PackageShape::jar;
  const bool is_opened = is_jar || inspection.shape == PackageShape::zipapp;
  const bool is_ordered = is_jar || has_ordered_parts(package);
  plan.zip_form = {.folders = is_opened || python_may_open(package), .order = is_ordered, .frame = is_opened};
  if (is_document(package)) plan.actions[*find_entry(package, kMimetype)].stays_stored = true;
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
