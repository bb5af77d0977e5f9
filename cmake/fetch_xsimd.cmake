# Fetches xsimd where none was found. -DCMAKE_DISABLE_FIND_PACKAGE_xsimd=ON fetches it in any case.
if(TARGET xsimd)
  return()
endif()

include(FetchContent)
FetchContent_Declare(xsimd SYSTEM
  GIT_REPOSITORY https://github.com/xtensor-stack/xsimd.git
  GIT_TAG e88a72831858123924f7118f345dfe5d70d95991) # release 14.3.0

# The installed simdact finds the xsimd that is installed beside it.
if(NOT SIMDACT_INSTALL)
  set(XSIMD_SKIP_INSTALL ON)
endif()
FetchContent_MakeAvailable(xsimd)
