# For the tests, the benchmark and the examples: never exported.
add_library(simdact_warnings INTERFACE)
target_compile_options(simdact_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror>)
# g++ 12 warns of its own AVX-512 header, whose "undefined" registers are just that (GCC bug 105593).
target_compile_options(simdact_warnings INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-uninitialized -Wno-maybe-uninitialized>)
