# The component `dispatch`: the kernels compiled once for each instruction set, and what chooses among them as the
# program runs. Defines simdact::dispatch where the compiler and the processor are known, built only if
# something links to it or SIMDACT_BUILD_DISPATCH asks for it. For the tests, simdact_dispatch_sets are the
# instruction sets, the best first, and simdact_dispatch_flags_<set> what they are compiled with.

# The flags come behind the user's, so they take away what those may have given too much.
set(simdact_dispatch_sets "")
if(CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang|AppleClang)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8
    AND NOT CMAKE_CXX_COMPILER_FRONTEND_VARIANT STREQUAL "MSVC")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    set(simdact_dispatch_sets avx512 avx2 sse2)
    set(simdact_dispatch_flags_sse2 -march=x86-64 -mno-sse3)
    set(simdact_dispatch_flags_avx2 -march=x86-64 -mno-avx512f -mavx2 -mfma)
    set(simdact_dispatch_flags_avx512
      -march=x86-64 -mfma -mavx512f -mavx512cd -mavx512dq -mavx512bw -mavx512vl)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
    set(simdact_dispatch_sets neon)
    set(simdact_dispatch_flags_neon "")
  endif()
endif()
if(NOT simdact_dispatch_sets)
  message(STATUS "simdact: no component dispatch for ${CMAKE_CXX_COMPILER_ID} on ${CMAKE_SYSTEM_PROCESSOR}")
  return()
endif()

add_library(simdact_dispatch STATIC)
add_library(simdact::dispatch ALIAS simdact_dispatch)
set_target_properties(simdact_dispatch PROPERTIES
  EXPORT_NAME dispatch
  LINKER_LANGUAGE CXX
  VERIFY_INTERFACE_HEADER_SETS ${PROJECT_IS_TOP_LEVEL})
if(NOT SIMDACT_BUILD_DISPATCH)
  set_target_properties(simdact_dispatch PROPERTIES EXCLUDE_FROM_ALL TRUE)
endif()
target_sources(simdact_dispatch
  INTERFACE FILE_SET HEADERS BASE_DIRS include FILES ${dispatch_headers})
target_link_libraries(simdact_dispatch PUBLIC simdact)

# Objects of a source, for the static library, which others may link into a shared one.
function(simdact_add_dispatch_objects name source)
  add_library(${name} OBJECT EXCLUDE_FROM_ALL include/simdact/dispatch/${source})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${name} PRIVATE simdact $<TARGET_NAME_IF_EXISTS:simdact_warnings>)
  target_sources(simdact_dispatch PRIVATE $<TARGET_OBJECTS:${name}>)
endfunction()

simdact_add_dispatch_objects(simdact_dispatch_architecture architecture.cpp)

# Always optimised: a program that is not may be as fast, and no function may be left that is not inlined and
# would be shared with the program's own copy of it.
foreach(set IN LISTS simdact_dispatch_sets)
  foreach(kernels IN ITEMS "precise_floats;float;Precise" "fast_floats;float;Fast" "doubles;double;Precise")
    list(GET kernels 0 table)
    list(GET kernels 1 value)
    list(GET kernels 2 accuracy)
    set(name simdact_dispatch_${set}_${table})
    simdact_add_dispatch_objects(${name} kernels.cpp)
    target_compile_options(${name} PRIVATE ${simdact_dispatch_flags_${set}} -O3)
    target_compile_definitions(${name} PRIVATE
      NDEBUG
      SIMDACT_DISPATCH_NAMESPACE=simdact_${set}
      SIMDACT_DISPATCH_KERNELS=${table}
      SIMDACT_DISPATCH_VALUE=${value}
      SIMDACT_DISPATCH_ACCURACY=${accuracy})
  endforeach()
endforeach()
