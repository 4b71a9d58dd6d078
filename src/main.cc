// slim: parse, run, print, return the exit code.
#include "commands/commands.h"

int main(int argc, char** argv) { return slim::run_command_line(argc, argv); }
