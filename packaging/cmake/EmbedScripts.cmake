# Writes one C++ source that holds the scripts that slim hands to an interpreter:
# cmake -DOUTPUT=… -DFILES=… -P EmbedScripts.cmake. Each becomes a function scripts::NAME() that gives its text.
set(body "// Made by packaging/cmake/EmbedScripts.cmake.\n#include \"interpreter/scripts.h\"\n\nnamespace slim::interpreter::scripts {\n")
list(SORT FILES)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  # Brackets and semicolons would be lists to CMake: the text goes through as hex.
  file(READ ${file} text HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" text "${text}")
  string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])+)" "\"\\1\"" text "${text}")
  string(APPEND body "std::string_view ${name}() { return ${text}; }\n")
endforeach()
file(WRITE ${OUTPUT} "${body}}  // namespace slim::interpreter::scripts\n")
