// Files by which packages have a say when Python starts: site.addsitedir, which Lambda's bootstrap calls for
// /var/task and /opt/python, reads every .pth in the folder as text, and what isn't ends the interpreter with
// a UnicodeDecodeError before any code of the function runs. Since 3.11.8, 3.12.2 and 3.13 names that begin
// with a dot are passed over (cpython#113659).
#include <algorithm>

#include "languages/python/checks.h"
#include "languages/python/python_facts.h"
#include "util/format.h"
#include "util/path.h"
#include "util/utf8.h"

namespace slim::check {
namespace {

constexpr std::uint64_t kMostLooked = 1 << 20;  // bytes; no such file has a thousandth of them

bool is_in_a_root(const Deployment& deployment, Place place) {
  const auto& roots = python_roots(*deployment.parts()[place.part].inspection);
  return std::ranges::find(roots, folder_of(deployment.entry(place).path)) != roots.end();
}

bool is_text(const Deployment& deployment, Place place) {
  const Entry& entry = deployment.entry(place);
  if (entry.type != EntryType::file || entry.size > kMostLooked) return true;
  const auto bytes = deployment.parts()[place.part].package->load(place.index);
  return !bytes || is_utf8(as_text(*bytes));
}

void check_startup_file(Deployment& deployment, Place place) {
  const bool is_hidden = base_name(deployment.entry(place).path).starts_with('.');
  if (is_hidden && deployment.target().version_of(Language::python)->minor >= 13) return;
  if (is_text(deployment, place)) return;
  const bool is_of_mac = deployment.facts(place).kind == FileKind::apple_double;
  const char* what = is_of_mac ? "holds attributes of macOS (AppleDouble) and no text" : "is no UTF-8";
  const char* remedy = !is_of_mac
                           ? "save it as UTF-8"
                           : "slim takes it away, and with COPYFILE_DISABLE=1 a Mac's tar leaves it out";
  if (is_hidden) {
    deployment.report(
        Severity::warning, "startup-file-unreadable", place,
        format("{}: Python before 3.11.8 and 3.12.2 reads it all the same and fails when it starts "
               "(UnicodeDecodeError): {}",
               what, remedy));
  } else {
    deployment.report(
        Severity::error, "startup-file-unreadable", place,
        format("{}, so that Python fails when it starts (UnicodeDecodeError): {}", what, remedy));
  }
}

}  // namespace

void check_startup_files(Deployment& deployment) {
  for (const Place place : deployment.files()) {
    if (deployment.entry(place).path.ends_with(".pth") && is_in_a_root(deployment, place))
      check_startup_file(deployment, place);
  }
}

}  // namespace slim::check
