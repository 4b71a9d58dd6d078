// The program's commands: `slim IN -o OUT` and its smaller siblings.
#pragma once

namespace slim {

// Parses the command line, runs the command, prints any error as one sentence on standard error.
// Exit codes: 0 done; 1 done, with findings that the user asked to fail on; 2 error.
int run_command_line(int argc, char** argv);

}  // namespace slim
