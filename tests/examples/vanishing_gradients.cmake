# What is left of the gradient behind 10 and 50 layers, under either initialisation.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/gallery/run.cmake)

set(size " +([0-9.]+e[-+][0-9]+)")
function(expect name least10 most10 least50 most50 gain fit_least10 fit_most10 fit_least50 fit_most50)
  if(NOT out MATCHES "\n${name}${size}${size} +[0-9.]+ +${gain}${size}${size} +[0-9.]+\n")
    message(FATAL_ERROR "no row of ${name} with a gain of ${gain}:\n${out}")
  endif()
  if(CMAKE_MATCH_1 LESS least10 OR CMAKE_MATCH_1 GREATER most10
      OR CMAKE_MATCH_2 LESS least50 OR CMAKE_MATCH_2 GREATER most50
      OR CMAKE_MATCH_3 LESS fit_least10 OR CMAKE_MATCH_3 GREATER fit_most10
      OR CMAKE_MATCH_4 LESS fit_least50 OR CMAKE_MATCH_4 GREATER fit_most50)
    message(FATAL_ERROR "gradients of ${name} that are not what they should be:\n${out}")
  endif()
endfunction()

expect(sigmoid 3.3e-9 3.5e-9 2.6e-43 2.8e-43 1.8462 8.5e-5 8.7e-5 3.3e-21 3.7e-21)
expect(tanh 4.3e-3 4.5e-3 6.5e-13 6.9e-13 1.5925 2.2 2.4 60 80)
expect(relu 1.6e-4 1.8e-4 3.3e-20 3.5e-20 1.4142 1.2 1.4 0.8 1.2)
expect(gelu 4.2e-6 4.4e-6 1.4e-27 1.6e-27 1.5335 0.8 1.0 30 36)
expect(silu 4.2e-6 4.4e-6 1.2e-27 1.4e-27 1.6765 2.5 2.7 1.3e3 1.7e3)
expect(selu 0.17 0.19 3.2e-5 3.4e-5 1.0000 1.4 1.6 5 6.5)

# The picture's curves begin with one layer, and end with fifty.
list(LENGTH data lines)
if(NOT lines EQUAL 51 OR NOT heading MATCHES "^layers\tsigmoid, 1/sqrt.3.\tsigmoid\t")
  message(FATAL_ERROR "${lines} lines of data, the heading is ${heading}")
endif()
