# Writes one C++ source that holds files as text: cmake -DOUTPUT=… -DHEADER=… -DNAMESPACE=… -DFILES=… -P EmbedTexts.cmake.
# Each becomes a function NAME() that gives its text; HEADER declares them.
set(body "// Made by packaging/cmake/EmbedTexts.cmake.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n")
list(SORT FILES)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  string(MAKE_C_IDENTIFIER ${name} name)
  # Brackets and semicolons would be lists to CMake: the text goes through as hex.
  file(READ ${file} text HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" text "${text}")
  string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])+)" "\"\\1\"" text "${text}")
  string(APPEND body "std::string_view ${name}() { return ${text}; }\n")
endforeach()
file(WRITE ${OUTPUT} "${body}}  // namespace ${NAMESPACE}\n")
