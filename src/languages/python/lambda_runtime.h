// What Lambda's Python runtimes are called, where they look, and which builds of a package they load.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "languages/language.h"

namespace slim {

// As LanguageRoom has them.
std::string python_runtime_id(const LanguageVersion& version);
std::optional<UnsearchedFolder> find_folder_of_other_python(std::string_view path, const Target& target);
OtherBuild python_build_for(const std::string& owner, const System& system, Arch arch);
std::optional<std::string> python_build_for_arch(const std::string& owner, const Inspection& inspection,
                                                 const Target& target, Arch arch);
// What lies in a package of Python is Python's: swagger's JavaScript.
std::function<bool(std::string_view)> files_in_python_packages(const check::Deployment& deployment);
bool is_python_extension(std::string_view path);
bool is_import_only(std::string_view path);
Status set_up_python_commands(const Package& package, const Inspection& inspection,
                              const TrialOptions& options, CommandSetup& setup);

}  // namespace slim
