# Debian's liblief-dev 0.9 ships neither a CMake nor a pkg-config file. A newer LIEF that brings its own
# LIEFConfig.cmake is used as it is; otherwise the header and library are looked up here.
find_package(LIEF QUIET CONFIG)
if(TARGET LIEF::LIEF)
  return()
endif()

find_path(LIEF_INCLUDE_DIR NAMES LIEF/ELF.hpp)
find_library(LIEF_LIBRARY NAMES LIEF)
if(LIEF_INCLUDE_DIR AND EXISTS ${LIEF_INCLUDE_DIR}/LIEF/version.h)
  file(STRINGS ${LIEF_INCLUDE_DIR}/LIEF/version.h LIEF_VERSION_LINE REGEX "define LIEF_VERSION ")
  string(REGEX REPLACE ".*\"([0-9]+\\.[0-9]+\\.[0-9]+).*" "\\1" LIEF_VERSION "${LIEF_VERSION_LINE}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LIEF REQUIRED_VARS LIEF_LIBRARY LIEF_INCLUDE_DIR VERSION_VAR LIEF_VERSION)
if(LIEF_FOUND)
  add_library(LIEF::LIEF UNKNOWN IMPORTED)
  set_target_properties(LIEF::LIEF PROPERTIES
    IMPORTED_LOCATION ${LIEF_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${LIEF_INCLUDE_DIR})
endif()
