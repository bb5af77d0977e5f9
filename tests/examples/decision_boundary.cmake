# A straight line leaves a third of the spirals on the wrong side; with an activation none is in the end.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/gallery/run.cmake)

set(frame " +([0-9.]+), +([0-9.]+) %")
macro(read_row name)
  if(NOT out MATCHES "\n${name}${frame}${frame}${frame}${frame}\n")
    message(FATAL_ERROR "no row of ${name}:\n${out}")
  endif()
endmacro()

read_row(none)
if(CMAKE_MATCH_7 LESS 0.64 OR CMAKE_MATCH_7 GREATER 0.67 OR CMAKE_MATCH_8 LESS 60 OR CMAKE_MATCH_8 GREATER 70)
  message(FATAL_ERROR "a straight line parts the spirals:\n${out}")
endif()
foreach(name sigmoid tanh relu gelu)
  read_row(${name})
  if(CMAKE_MATCH_1 LESS 0.5 OR CMAKE_MATCH_7 GREATER 0.05 OR CMAKE_MATCH_8 LESS 99)
    message(FATAL_ERROR "${name} does not learn the spirals from the tenth epoch to the last:\n${out}")
  endif()
endforeach()

# 61 x 61 points of the square, 300 samples, a heading for each, and what parts the two for gnuplot.
list(LENGTH data lines)
if(NOT lines EQUAL 4025)
  message(FATAL_ERROR "${lines} lines of data")
endif()
