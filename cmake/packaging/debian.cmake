# Debian's package of the installed files, and of the licence where Debian looks for it.
set(CPACK_DEBIAN_PACKAGE_NAME libsimdact-dev)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_PACKAGE_NAME} RENAME copyright
  COMPONENT debian EXCLUDE_FROM_ALL)
set(CPACK_INSTALL_CMAKE_PROJECTS
  "${PROJECT_BINARY_DIR};${PROJECT_NAME};ALL;/"
  "${PROJECT_BINARY_DIR};${PROJECT_NAME};debian;/")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libxsimd-dev (>= 8.1)")
set(CPACK_PACKAGE_CONTACT "The simdact authors")
set(CPACK_PACKAGE_DESCRIPTION
  "Headers for C++20: values, derivatives and gradients of the activation functions of neural networks, the softmax "
  "family and gated units, over scalars, SIMD batches and arrays.")
list(JOIN CPACK_PACKAGE_DESCRIPTION "" CPACK_PACKAGE_DESCRIPTION)
# The component dispatch is compiled for one architecture; headers are for all.
if(NOT SIMDACT_BUILD_DISPATCH)
  set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE all)
endif()
include(CPack)
