#include "trial/runtime_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>

#include "pack/unpack.h"
#include "util/format.h"
#include "util/glob.h"
#include "util/path.h"

namespace slim {
namespace {

namespace fs = std::filesystem;

void append(interpreter::Environment& environment, const std::string& variable, const std::string& path) {
  std::string& value = environment[variable];
  value += (value.empty() ? "" : ":") + path;
}

std::string joined(const std::string& folder, const std::string& below) {
  return below.empty() ? folder : folder + "/" + below;
}

Status write_launcher(const std::string& path, const std::vector<std::string>& call) {
  std::string command;
  for (const std::string& word : call) {
    std::string quoted;
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += format("'{}' ", quoted);
  }
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755));
  if (!file) return tl::unexpected(system_error(path));
  return write_all(file.get(), as_bytes(format("#!/bin/sh\nexec {}\"$@\"\n", command)));
}

// "package.tar.gz": what the user's file ends in, as a program may go by that.
std::string archive_name(const Package& package) {
  const std::string name(base_name(package.path));
  const std::size_t tar = name.rfind(".tar.");
  const std::size_t dot = tar != std::string::npos ? tar : name.rfind('.');
  return "package" + (dot == std::string::npos ? "" : name.substr(dot));
}

// A pattern without a slash would match folders of that name anywhere, so names stand for themselves.
Result<std::vector<std::string>> folders_like(const std::string& pattern,
                                              const std::set<std::string>& folders) {
  std::vector<std::string> found;
  if (pattern.find('*') == std::string::npos) {
    if (folders.contains(pattern)) found.push_back(pattern);
    return found;
  }
  TRY(const Glob glob, Glob::compile(pattern));
  std::ranges::copy_if(folders, std::back_inserter(found),
                       [&](const std::string& folder) { return glob.matches(folder); });
  return found;
}

Status add_search_paths(const Package& package, const std::string& top, const CommandSetup& setup,
                        interpreter::Environment& environment) {
  std::set<std::string> all = folders_of(package);
  all.insert("");
  for (const SearchPath& path : setup.search) {
    TRY(const std::vector<std::string> folders, folders_like(path.folder, all));
    for (const std::string& folder : folders)
      append(environment, path.variable, joined(top, folder) + path.suffix);
  }
  return {};
}

}  // namespace

Result<RuntimeFolder> RuntimeFolder::make(const Package& package, const CommandSetup& setup,
                                          unsigned threads) {
  TRY(TemporaryPath folder, trial_folder());
  RuntimeFolder runtime(std::move(folder), threads);
  CHECK_OK(runtime.set_up(package, setup));
  return runtime;
}

Status RuntimeFolder::set_up(const Package& package, const CommandSetup& setup) {
  const std::string& top = folder_.path();
  archive_name_ = archive_name(package);
  CHECK_OK(make_empty_folder(top + "/bin"));
  for (const auto& [name, call] : setup.programs) CHECK_OK(write_launcher(top + "/bin/" + name, call));
  environment_ = interpreter::small_environment();
  environment_["PATH"] = top + "/bin:" + environment_["PATH"] + ":" + task() + "/bin";
  environment_["TMPDIR"] = top + "/tmp";
  environment_["TZ"] = "UTC";
  environment_["LAMBDA_TASK_ROOT"] = task();
  environment_["SLIM_PACKAGE"] =
      package.format == ContainerFormat::folder ? task() : top + "/" + archive_name_;
  for (const auto& [name, value] : setup.variables) environment_[name] = value;
  return add_search_paths(package, task(), setup, environment_);
}

Result<interpreter::CommandResult> RuntimeFolder::run(const Package& package, const std::string& archive,
                                                      const std::string& command, unsigned seconds) {
  CHECK_OK(task_.hold(package));
  CHECK_OK(make_empty_folder(folder_.path() + "/tmp"));
  const std::string link = folder_.path() + "/" + archive_name_;
  std::error_code error;
  fs::remove(link, error);
  if (package.format != ContainerFormat::folder || !archive.empty())
    fs::create_symlink(fs::absolute(archive, error), link, error);
  return interpreter::run_command(
      {.command = command, .folder = task(), .environment = environment_, .seconds = seconds});
}

std::string RuntimeFolder::without_folder(std::string text) const {
  for (const std::string& name : {task() + "/", folder_.path() + "/"}) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at))
      text.erase(at, name.size());
  }
  return text;
}

}  // namespace slim
