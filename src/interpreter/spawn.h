// Starts programs that run a package's code, apart from slim: little environment, a process group of its own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "util/result.h"

namespace slim::interpreter {

using Environment = std::map<std::string, std::string>;

// Nothing of slim's own but PATH and LD_LIBRARY_PATH, and what makes runs alike: language, hash seeds,
// threads.
Environment small_environment();

// Descriptors that become standard input, output and error; -1 is /dev/null.
struct Streams {
  int in = -1;
  int out = -1;
  int err = -1;
};

// The number of the process, which is that of its group too. A signal that ends slim ends the group. Errors:
// it can't be started.
Result<int> spawn(const std::vector<std::string>& arguments, const Environment& environment,
                  const Streams& streams);

// Ends a process that spawn() gave, with its group, and waits for it. What has ended already is no error.
void end_group(int process);

}  // namespace slim::interpreter
