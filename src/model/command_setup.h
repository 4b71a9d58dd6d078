// What a command that is run beside an unpacked package has to find.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace slim {

// A folder of the package in a variable of the environment, where it is there.
struct SearchPath {
  std::string variable;     // "NODE_PATH"
  std::string folder;       // may be a glob; "" for the package itself
  std::string suffix = {};  // behind it
};

struct CommandSetup {
  std::map<std::string, std::vector<std::string>> programs;  // name on PATH -> program and its arguments
  std::map<std::string, std::string> variables;
  std::vector<SearchPath> search;
};

}  // namespace slim
