# `cpack` makes a Debian package of what is installed; packaging/deb.sh calls it. Its dependencies are those that
# dpkg-shlibdeps reads from the program. Its name is not `slim`: Debian has a login manager of that name, with a higher
# version, that an upgrade would put in its place.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME slim-cli)
set(CPACK_PACKAGE_CONTACT "The authors of slim")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS python3)
set(CPACK_DEBIAN_PACKAGE_CONFLICTS slim)

# Licences want their text beside the program: slim's own, and those of the header-only libraries that are compiled in.
file(READ ${CMAKE_SOURCE_DIR}/LICENSE SLIM_COPYRIGHT)
foreach(library libcli11-dev libtomlplusplus-dev nlohmann-json3-dev libexpected-dev node-d3-hierarchy)
  if(EXISTS /usr/share/doc/${library}/copyright)
    file(READ /usr/share/doc/${library}/copyright text)
    string(APPEND SLIM_COPYRIGHT "\n\n== ${library}\n\n${text}")
  endif()
endforeach()
file(WRITE ${CMAKE_BINARY_DIR}/share/copyright "${SLIM_COPYRIGHT}")
install(FILES ${CMAKE_BINARY_DIR}/share/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/slim-cli)

include(CPack)
