# Finds xsimd as the target `xsimd`, or leaves that target undefined. Shared by the build of simdact
# and by its installed package.

# No version in the call: each xsimd declares itself compatible with its own major number only, while
# simdact takes every one from 8.1 on.
if(NOT TARGET xsimd)
  find_package(xsimd CONFIG QUIET)
  if(xsimd_FOUND AND xsimd_VERSION VERSION_LESS 8.1)
    message(FATAL_ERROR "simdact needs xsimd 8.1 or newer, but ${xsimd_DIR} has ${xsimd_VERSION}: "
      "point CMAKE_PREFIX_PATH to a newer one")
  endif()
endif()

# Debian 12's xsimd 8.1 asks the linker for a library `xtl` that is header-only and not used.
if(TARGET xsimd AND NOT TARGET xtl)
  get_target_property(simdact_xsimd_links xsimd INTERFACE_LINK_LIBRARIES)
  if("xtl" IN_LIST simdact_xsimd_links)
    list(REMOVE_ITEM simdact_xsimd_links xtl)
    set_property(TARGET xsimd PROPERTY INTERFACE_LINK_LIBRARIES ${simdact_xsimd_links})
  endif()
  unset(simdact_xsimd_links)
endif()
