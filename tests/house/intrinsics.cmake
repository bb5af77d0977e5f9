# Intrinsics stand in core/primitives/registers.hpp and nowhere else.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

set(x86 "_mm[0-9]*_|__m(64|128|256|512)|__builtin_ia32_|[a-z]+intrin\\.h")
set(others "__riscv_|arm_(neon|sve)\\.h|(float|u?int)(8|16|32|64)x[0-9]+_t")
# NEON names its functions by verb and type, as in vcvt_f64_f32 or vfmaq_n_f32.
string(APPEND others "|v(abs|add|and|bsl|ceq|cgt|clt|cvt|div|dup|fma|fms|get|ld|max|min|mul|neg|qtbl"
  "|reinterpret|rnd|set|shl|shr|sqrt|st|sub|tbl)[a-z0-9]*_[a-z0-9_]*[fpsu](8|16|32|64)")

file(GLOB_RECURSE headers ${ROOT}/include/*.hpp)
list(REMOVE_ITEM headers ${ROOT}/include/simdact/core/primitives/registers.hpp)
foreach(header IN LISTS headers)
  read_code(${header} text)
  if(text MATCHES "(^|[^A-Za-z0-9_])((${x86}|${others})[A-Za-z0-9_]*)")
    message(SEND_ERROR "${header} uses ${CMAKE_MATCH_2}")
  endif()
endforeach()
