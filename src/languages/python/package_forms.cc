// zipimport before Python 3.13 sees a namespace package only where its folder has an entry; so in a zip that
// the interpreter opens itself, entries of folders are content.
#include "languages/python/package_forms.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "model/seal.h"
#include "util/format.h"
#include "util/lines.h"
#include "util/path.h"

namespace slim {
namespace {

// "x-1.0.dist-info" at the root, with the two files that every wheel has there (binary distribution format).
std::string info_of_wheel(const Package& package) {
  for (const Entry& entry : package.entries) {
    const std::string_view folder = std::string_view(entry.path).substr(0, entry.path.find('/'));
    if (!folder.ends_with(".dist-info")) continue;
    std::string name(folder);
    if (has_file(package, name + "/WHEEL") && has_file(package, name + "/RECORD")) return name;
  }
  return {};
}

// Content tells a wheel, under whatever name: its RECORD lists all that there is, and nobody has installed
// it yet. Installers add a file of theirs, INSTALLER, and functions have files of their own.
Result<bool> is_wheel(const Package& package, const std::string& output) {
  if (package.path.ends_with(".whl")) return true;
  const std::string info = info_of_wheel(package);
  if (info.empty() || output.ends_with(".whl")) return !info.empty();
  TRY(const std::string record, load_text(package, info + "/RECORD"));
  std::set<std::string, std::less<>> listed;
  for (std::string_view line : lines_of(record)) {
    const bool in_quotes = line.starts_with('"');
    if (in_quotes) line.remove_prefix(1);
    listed.emplace(line.substr(0, line.find(in_quotes ? '"' : ',')));
  }
  return !listed.contains(info + "/INSTALLER") &&
         std::ranges::all_of(package.entries, [&](const Entry& entry) {
           return entry.type == EntryType::directory || listed.contains(entry.path);
         });
}

bool has_main(const Package& package) {
  return has_file(package, "__main__.py") || has_file(package, "__main__.pyc");
}

// What Python's zipapp module and its kin (pex, shiv) make: a zip that the interpreter runs as it is. Without
// the "#!" line it looks like any zip, so then the name must say so.
bool is_zipapp(const Package& package, const std::string& output) {
  return has_main(package) &&
         (package.frame.prefix != 0 || is_named_as(package, output, {".pyz", ".pyzw", ".pex"}));
}

// Binary distribution format (PEP 427), "Signed wheel files": of RECORD, which has them.
bool is_signature_of_wheel(const std::string& path) {
  return path.ends_with(".dist-info/RECORD.jws") || path.ends_with(".dist-info/RECORD.p7s");
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

}  // namespace

Result<std::optional<PackageShape>> find_python_shape(const Package& package, const std::string& output) {
  TRY(const bool wheel, is_wheel(package, output));
  if (wheel) return std::optional(PackageShape::wheel);
  return is_zipapp(package, output) ? std::optional(PackageShape::zipapp) : std::nullopt;
}

Result<std::optional<Seal>> find_python_seal(const Package& package, const Inspection& inspection) {
  if (inspection.shape == PackageShape::zipapp) return seal_of_zipapp(package);
  if (inspection.shape != PackageShape::wheel) return std::optional<Seal>();
  return seal_of_signature(package, is_signature_of_wheel);
}

bool python_may_open(const Package& package) {
  return has_main(package) || has_file(package, "EGG-INFO/PKG-INFO");
}

}  // namespace slim
