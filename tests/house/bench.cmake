# The benchmark has rows for every activation, under its own name, and for that of the examples.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

execute_process(COMMAND ${BENCH} --benchmark_list_tests OUTPUT_VARIABLE rows
  COMMAND_ERROR_IS_FATAL ANY)
activation_files(files)
foreach(file IN LISTS files)
  foreach(type float double)
    if(NOT rows MATCHES "(^|\n)${type}/${file}/forward/")
      message(SEND_ERROR "the benchmark has no row ${type}/${file}/forward")
    endif()
  endforeach()
endforeach()
if(NOT rows MATCHES "(^|\n)float/hooked_silu/backward/")
  message(SEND_ERROR "the benchmark has no row float/hooked_silu/backward")
endif()
