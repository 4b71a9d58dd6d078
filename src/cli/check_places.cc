#include "cli/check_places.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "util/format.h"

namespace slim {
namespace {

constexpr const char* kStream = "-";

struct Suffix {
  std::string_view text;
  ContainerFormat format;
};
constexpr std::array<Suffix, 17> kSuffixes = {{{".zip", ContainerFormat::zip},
                                               {".whl", ContainerFormat::zip},
                                               {".jar", ContainerFormat::zip},
                                               {".war", ContainerFormat::zip},
                                               {".ear", ContainerFormat::zip},
                                               {".aar", ContainerFormat::zip},
                                               {".egg", ContainerFormat::zip},
                                               {".pyz", ContainerFormat::zip},
                                               {".pyzw", ContainerFormat::zip},
                                               {".pex", ContainerFormat::zip},
                                               {".tar", ContainerFormat::tar},
                                               {".tar.gz", ContainerFormat::tar_gz},
                                               {".tgz", ContainerFormat::tar_gz},
                                               {".tar.xz", ContainerFormat::tar_xz},
                                               {".txz", ContainerFormat::tar_xz},
                                               {".tar.zst", ContainerFormat::tar_zst},
                                               {".tzst", ContainerFormat::tar_zst}}};

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

// A name without a suffix is a folder's where a folder is read or is there; else a file may have been meant.
Result<ContainerFormat> format_by_name(const std::string& output, const std::string& input) {
  if (output == kStream) return ContainerFormat::zip;
  if (output.ends_with('/') || is_folder(output)) return ContainerFormat::folder;
  for (const Suffix& suffix : kSuffixes) {
    if (output.ends_with(suffix.text)) return suffix.format;
  }
  const std::string name = std::filesystem::path(output).filename().string();
  if (name.find('.') == std::string::npos && is_folder(input)) return ContainerFormat::folder;
  return fail(format(
      "--output {}: the name says no format: end it with .zip, .whl, .jar, .pyz, .tar, .tar.gz, .tar.xz, "
      ".tar.zst, or with / for a folder",
      printable(output)));
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  if (std::filesystem::equivalent(a, b, error)) return true;
  return std::filesystem::absolute(a, error).lexically_normal() ==
         std::filesystem::absolute(b, error).lexically_normal();
}

// A file that the run reads or writes, and what to call it.
struct Taken {
  std::string what;
  std::string path;
  bool is_report = false;
};

// What the command works on comes from standard input once at most.
Status add_inputs(const Values& values, std::vector<Taken>& taken) {
  std::size_t streams = 0;
  for (const char* name : {"PACKAGE", "layer", "A", "B", "against"}) {
    for (const std::string& path : values.texts(name)) {
      if (path != kStream) taken.push_back({path, path});
      if (path == kStream && ++streams == 2)
        return fail("-: standard input can be read once: name a file for the other");
    }
  }
  for (const char* name : {"baseline", "config", "start-list"}) {
    if (values.has(name)) taken.push_back({values.text(name), values.text(name)});
  }
  return {};
}

// These flags take no "-" for a stream, and a file or folder that is called "-" is hardly ever meant.
Status refuse_streams(const Values& values) {
  for (const char* name : {"baseline", "debug-dir", "rules", "start-list"}) {
    for (const Given& value : values.all(name)) {
      if (value.text == kStream)
        return fail(format("{} -: is no stream: name a {}", value.from,
                           std::string_view(name) == "debug-dir" ? "folder" : "file"));
    }
  }
  return {};
}

}  // namespace

Status check_files(const Values& values) {
  CHECK_OK(refuse_streams(values));
  std::vector<Taken> taken;
  CHECK_OK(add_inputs(values, taken));
  if (values.text("output") == kStream) {
    taken.push_back({"-o -", kStream});
  } else if (values.has("output")) {
    taken.push_back({values.text("output"), values.text("output")});
  }
  for (const char* name :
       {"json", "markdown", "sarif", "junit", "html", "sbom", "write-start-list", "trace"}) {
    const std::string path = values.text(name);
    if (path.empty()) continue;
    const std::string what = format("--{} {}", name, path);
    for (const Taken& other : taken) {
      if (path == kStream && other.path == kStream) {
        return fail(format("{} and {}: standard output takes one {}: name a file for the other", other.what,
                           what, other.is_report ? "report" : "of them"));
      }
      if (path == kStream || other.path == kStream || !is_same_file(path, other.path)) continue;
      const std::string use = other.is_report ? "where " + printable(other.what) + " goes"
                                              : "something that this run reads or writes";
      return fail(format("{}: is also {}: name another file", printable(what), use));
    }
    taken.push_back({what, path, true});
  }
  return {};
}

Status check_targets(Options& options) {
  if (options.input.empty()) return fail("no package was named: slim in.zip -o out.zip");
  const bool streamed = options.input == kStream;
  if (options.in_place && !options.output.empty())
    return fail("--in-place and --output exclude each other: name one");
  if (options.in_place && streamed)
    return fail("--in-place is for folders: name one, and not standard input");
  if ((options.verify || !options.verify_commands.empty()) && (options.in_place || options.dry_run)) {
    return fail(format("{} tries what was written to a new output: leave out {}, and name one with -o",
                       options.verify ? "--verify" : "--verify-command",
                       options.in_place ? "--in-place" : "--dry-run"));
  }
  if (options.in_place) options.output_format = ContainerFormat::folder;
  if (options.output.empty()) {
    if (options.in_place || options.dry_run) return {};
    return fail(
        "no output was named: add -o out.zip, or --dry-run to see the plan, or --in-place for a folder");
  }
  if (streamed && options.output.ends_with(".whl"))
    return fail("-: a wheel is known by its file's name: name the file instead of standard input");
  TRY(options.output_format, format_by_name(options.output, options.input));
  if (options.output.ends_with('/') && options.output.find_first_not_of("-/") == std::string::npos)
    options.output.insert(0, "./");
  while (options.output.size() > 1 && options.output.ends_with('/')) options.output.pop_back();
  return {};
}

Result<std::string> checked_program(const Values& values) {
  const Given* value = values.one("python");
  if (value == nullptr) return std::string();
  std::string_view rest = ":";  // of a name with a slash only the path itself
  const char* path = std::getenv("PATH");
  if (value->text.find('/') == std::string::npos) rest = path != nullptr ? path : "/usr/bin:/bin";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::filesystem::path program = std::filesystem::path(rest.substr(0, end)) / value->text;
    if (!is_folder(program.string()) && access(program.c_str(), X_OK) == 0) return value->text;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return fail(
      format("{} {}: there is no such program: name a Python interpreter by its path, or by its name on PATH",
             value->from, printable(value->text)));
}

}  // namespace slim
