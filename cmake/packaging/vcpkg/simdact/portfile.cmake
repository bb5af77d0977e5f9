# vcpkg install simdact --overlay-ports=cmake/packaging/vcpkg
# A port of the checkout that it lies in. No test runs vcpkg, which Debian does not have; its scripts of 2026-08-22 have
# run this file once, by hand.
get_filename_component(SOURCE_PATH ${CURRENT_PORT_DIR}/../../../.. ABSOLUTE)
set(VCPKG_BUILD_TYPE release) # headers are the same in a debug build

vcpkg_cmake_configure(
  SOURCE_PATH ${SOURCE_PATH}
  OPTIONS
    -DSIMDACT_BUILD_TESTS=OFF
    -DSIMDACT_BUILD_BENCH=OFF
    -DSIMDACT_BUILD_EXAMPLES=OFF
    -DSIMDACT_BUILD_DISPATCH=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH share/cmake/simdact)
vcpkg_fixup_pkgconfig()
vcpkg_install_copyright(FILE_LIST ${SOURCE_PATH}/LICENSE)
file(INSTALL ${CURRENT_PORT_DIR}/usage DESTINATION ${CURRENT_PACKAGES_DIR}/share/${PORT})
