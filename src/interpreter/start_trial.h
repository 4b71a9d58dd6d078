// Loads a function's handler, and tells what that takes.
#pragma once

#include <string>
#include <vector>

#include "interpreter/interpreter.h"

namespace slim::interpreter {

struct StartRequest {
  std::string task;                  // folder that holds the unpacked function
  std::vector<std::string> roots;    // folders that go in front of sys.path
  std::vector<std::string> clients;  // modules of a runtime client that the package brings
  std::string module;                // of the handler
  std::string function;
  std::string bytecode;   // an empty folder that takes bytecode, so that none comes into the function's
  unsigned seconds = 60;  // for each attempt
  unsigned megabytes = 4096;
};

struct StartResult {
  std::vector<std::string> files;    // sources that code was taken from, below the task's folder or not
  std::string error;                 // empty: the handler was loaded
  std::vector<std::string> made_up;  // variables of the environment that had to be set for that
  double seconds_without = 0;        // of processor time, where all is compiled
  double seconds_with = 0;           // where nothing is
};

// Runs the package's code, as a start does, in processes of their own with limits on time and memory; whatever it
// has started is ended with it. Errors: an interpreter that can't be started or hangs.
Result<StartResult> try_start(const Interpreter& interpreter, const StartRequest& request);

}  // namespace slim::interpreter
