# The example's output: values, names, and errors and times that are what they should be.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE out COMMAND_ERROR_IS_FATAL ANY)

string(CONCAT expected
  "^x +-inf  -8.0000  -2.0000  -1.0000   0.0000   1.0000   8.0000      inf\n"
  "forward +inf   0.9970  -0.0182  -0.1776   0.0000   0.6974   7.9970      inf\n"
  "backward +-0.1250  -0.1276  -0.2271  -0.0436   0.4375   0.9186   1.0026   1.0000\n"
  "gated +inf   1.9940  -0.0364  -0.3551   0.0000   1.3949  15.9940      inf\n\n"
  "HookedSiLU is hooked_silu, f.1. = 0.6974\n"
  "gelu_new is gelu_tanh, f.1. = 0.8412\n"
  "simdact: unknown activation 'hooked_sulu', the nearest names are hooked_silu, [^\n]*\n\n"
  "as written +([0-9.]+) ULP +([0-9.]+) ns\n"
  "tabulated +([0-9.]+) ULP +([0-9.]+) ns\n"
  "fast gelu +([0-9.]+) ns\n$")
if(NOT out MATCHES "${expected}")
  message(FATAL_ERROR "expected\n${expected}\nfound\n${out}")
endif()
if(CMAKE_MATCH_1 GREATER 2 OR CMAKE_MATCH_3 GREATER 4)
  message(FATAL_ERROR "errors above 2 and 4 ULP:\n${out}")
endif()
foreach(time ${CMAKE_MATCH_2} ${CMAKE_MATCH_4} ${CMAKE_MATCH_5})
  if(NOT time GREATER 0)
    message(FATAL_ERROR "a time of ${time} ns:\n${out}")
  endif()
endforeach()
