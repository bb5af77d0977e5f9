# Without an activation the network knows nothing; with each of them it knows all four points.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/gallery/run.cmake)

set(number " +([0-9.]+)")
if(NOT out MATCHES "\nnone +0.6931 +0.5000 +0.5000 +0.5000 +0.5000\n")
  message(FATAL_ERROR "without an activation the answer is not 1/2:\n${out}")
endif()
foreach(name sigmoid tanh relu elu gelu silu)
  if(NOT out MATCHES "\n${name}${number}${number}${number}${number}${number}\n")
    message(FATAL_ERROR "no row of ${name}:\n${out}")
  endif()
  if(CMAKE_MATCH_1 GREATER 0.03 OR CMAKE_MATCH_2 GREATER 0.05 OR CMAKE_MATCH_3 LESS 0.95
      OR CMAKE_MATCH_4 LESS 0.95 OR CMAKE_MATCH_5 GREATER 0.05)
    message(FATAL_ERROR "${name} does not solve it:\n${out}")
  endif()
endforeach()

# A folder is no file.
execute_process(COMMAND ${PROGRAM} --data ${SCRATCH}
  RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE error)
if(NOT code EQUAL 2 OR NOT error STREQUAL "cannot write ${SCRATCH}\n")
  message(FATAL_ERROR "exit code ${code}, stderr '${error}'")
endif()
