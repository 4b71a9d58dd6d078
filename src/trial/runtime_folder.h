// A package unpacked as a runtime has it, with what a command needs to run in it.
#pragma once

#include <string>

#include "interpreter/command.h"
#include "model/command_setup.h"
#include "model/package.h"
#include "trial/held_package.h"
#include "util/file.h"

namespace slim {

// One folder for all packages that are held against each other, one after the other: so paths in a command's
// output are the same.
//
//   task/     the package, where the command begins
//   bin/      first on PATH: the interpreters of the package's languages
//   tmp/      $TMPDIR, empty at each start
class RuntimeFolder {
 public:
  // What `setup` names no program for, the command finds on the machine.
  static Result<RuntimeFolder> make(const Package& package, const CommandSetup& setup, unsigned threads);

  // Runs the command in this package, as fresh from its archive, which is $SLIM_PACKAGE to the command.
  Result<interpreter::CommandResult> run(const Package& package, const std::string& archive,
                                         const std::string& command, unsigned seconds);

  // The text without this folder's name: paths as the package has them.
  std::string without_folder(std::string text) const;

 private:
  RuntimeFolder(TemporaryPath folder, unsigned threads)
      : folder_(std::move(folder)), task_(folder_.path() + "/task", threads) {}
  Status set_up(const Package& package, const CommandSetup& setup);
  std::string task() const { return folder_.path() + "/task"; }

  TemporaryPath folder_;
  std::string archive_name_;
  interpreter::Environment environment_;
  HeldPackage task_;
};

}  // namespace slim
