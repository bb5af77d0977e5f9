# What a release has beside the sources: the single header, and Debian's package, which `cpack -G DEB` makes.

set(single_header ${CMAKE_CURRENT_BINARY_DIR}/simdact_single.hpp)
add_custom_command(
  OUTPUT ${single_header}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${single_header} -P ${CMAKE_CURRENT_LIST_DIR}/single_header.cmake
  DEPENDS ${headers} ${PROJECT_SOURCE_DIR}/LICENSE ${CMAKE_CURRENT_LIST_DIR}/single_header.cmake
  VERBATIM)
add_custom_target(single-header DEPENDS ${single_header})

# It depends on Debian's xsimd, and would have a fetched one in it.
if(SIMDACT_INSTALL AND NOT xsimd_SOURCE_DIR)
  include(cmake/packaging/debian.cmake)
endif()
