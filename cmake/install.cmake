include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# Headers only, so nothing goes where a processor has its own folder.
set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/simdact)

install(TARGETS simdact EXPORT simdactTargets
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT simdactTargets NAMESPACE simdact:: DESTINATION ${package_dir})

write_basic_package_version_file(simdactConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/simdactConfigVersion.cmake
    ${CMAKE_CURRENT_LIST_DIR}/simdactConfig.cmake
    ${CMAKE_CURRENT_LIST_DIR}/find_xsimd.cmake
  DESTINATION ${package_dir})
