# consumer(<way>): a test that builds and runs the consumer by one way that run.cmake knows.

# The consumers take the same xsimd as this build. A fetched one is installed beside the package.
if(xsimd_SOURCE_DIR)
  set(xsimd_for_source -DCMAKE_DISABLE_FIND_PACKAGE_xsimd=ON
    -DFETCHCONTENT_SOURCE_DIR_XSIMD=${xsimd_SOURCE_DIR})
  set(xsimd_for_package "")
else()
  set(xsimd_for_source -Dxsimd_DIR=${xsimd_DIR})
  set(xsimd_for_package -Dxsimd_DIR=${xsimd_DIR})
endif()
set(with_dispatch OFF)
if(SIMDACT_BUILD_DISPATCH AND TARGET simdact_dispatch)
  set(with_dispatch ON)
endif()

function(consumer way)
  if(way MATCHES "^(plain|single_header|pkg_config)$")
    if(CMAKE_CROSSCOMPILING)
      message(STATUS "consumer_${way} is left out: it runs what it compiled without CMake, and only CMake "
        "knows the emulator")
      return()
    elseif(MSVC)
      message(STATUS "consumer_${way} is left out: it calls the compiler by the options of g++ and clang++")
      return()
    endif()
  endif()
  add_test(NAME consumer_${way} COMMAND ${CMAKE_COMMAND}
    -DWAY=${way} -DDISPATCH=${with_dispatch} -DROOT=${PROJECT_SOURCE_DIR} -DBUILD=${PROJECT_BINARY_DIR}
    -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/consumer_${way} -DGENERATOR=${CMAKE_GENERATOR}
    -DCXX=${CMAKE_CXX_COMPILER} "-DFLAGS=${CMAKE_CXX_FLAGS}"
    "-DXSIMD_FOR_SOURCE=${xsimd_for_source}" "-DXSIMD_FOR_PACKAGE=${xsimd_for_package}"
    "-DXSIMD_INCLUDES=$<TARGET_PROPERTY:xsimd,INTERFACE_INCLUDE_DIRECTORIES>"
    -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/run.cmake)
  if(CMAKE_CROSSCOMPILING)
    set_property(TEST consumer_${way} PROPERTY
      ENVIRONMENT CMAKE_TOOLCHAIN_FILE=${CMAKE_TOOLCHAIN_FILE})
  endif()
endfunction()
