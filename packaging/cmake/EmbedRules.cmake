# Writes one C++ source that holds every rules/*.toml as text: cmake -DOUTPUT=… -DFILES=… -P EmbedRules.cmake
# runtimes.toml is a table of facts and no rule set: it has a function of its own.
set(rules "")
set(table "")
list(SORT FILES)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  # Brackets and semicolons would be lists to CMake: the text goes through as hex and never as a list.
  file(READ ${file} text HEX)
  string(LENGTH "${text}" length)
  set(literals "")
  set(at 0)
  # A compiler takes string literals of 64 KiB at least; longer ones are cut into neighbours.
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 16000 part)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" part "${part}")
    string(APPEND literals "\"${part}\"\n")
    math(EXPR at "${at} + 16000")
  endwhile()
  if(name STREQUAL "runtimes.toml")
    set(table "${literals}")
  else()
    string(APPEND rules "{\"${name}\",\n${literals}},\n")
  endif()
endforeach()
file(WRITE ${OUTPUT} "// Made by packaging/cmake/EmbedRules.cmake from rules/*.toml.
#include \"util/embedded.h\"

namespace slim {
namespace {
constexpr EmbeddedFile rules[] = {
${rules}};
constexpr std::string_view runtime_table = \n${table};
}  // namespace
std::span<const EmbeddedFile> embedded_rules() { return rules; }
std::string_view embedded_runtime_table() { return runtime_table; }
}  // namespace slim
")
