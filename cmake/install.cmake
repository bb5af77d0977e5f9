include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# The headers are for all: nothing of them goes where a processor has its own folder.
set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/simdact)

install(TARGETS simdact EXPORT simdactTargets
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT simdactTargets NAMESPACE simdact:: DESTINATION ${package_dir})

write_basic_package_version_file(simdactConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/simdactConfig.cmake.in simdactConfig.cmake
  INSTALL_DESTINATION ${package_dir})
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/simdactConfigVersion.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/simdactConfig.cmake
    ${CMAKE_CURRENT_LIST_DIR}/find_xsimd.cmake
  DESTINATION ${package_dir})

# For those who build without CMake. It leads from itself to the headers, wherever the prefix is moved.
file(RELATIVE_PATH pc_to_headers ${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(${CMAKE_CURRENT_LIST_DIR}/simdact.pc.in simdact.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/simdact.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)

# The component is a package of its own beside them, which simdactConfig.cmake finds.
if(SIMDACT_BUILD_DISPATCH AND TARGET simdact_dispatch)
  set(dispatch_dir ${CMAKE_INSTALL_LIBDIR}/cmake/simdact_dispatch)
  install(TARGETS simdact_dispatch EXPORT simdact_dispatchConfig
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT simdact_dispatchConfig NAMESPACE simdact:: DESTINATION ${dispatch_dir})
  write_basic_package_version_file(simdact_dispatchConfigVersion.cmake COMPATIBILITY ExactVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/simdact_dispatchConfigVersion.cmake
    DESTINATION ${dispatch_dir})
endif()
