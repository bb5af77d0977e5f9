# Most of the ReLUs die in large steps, and stay dead; every remedy leaves fewer. The bounds are wide, as large
# steps make much of how a compiler rounds.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/gallery/run.cmake)

set(percent " +([0-9.]+) %")
# What is dead after the large steps and after the small ones, and the accuracy in the end.
macro(expect name least_large most_large least_small most_small least_accuracy most_accuracy)
  if(NOT out MATCHES "\n${name}${percent}${percent}${percent}${percent}\n")
    message(FATAL_ERROR "no row of ${name}:\n${out}")
  endif()
  if(CMAKE_MATCH_1 LESS ${least_large} OR CMAKE_MATCH_1 GREATER ${most_large}
      OR CMAKE_MATCH_3 LESS ${least_small} OR CMAKE_MATCH_3 GREATER ${most_small}
      OR CMAKE_MATCH_4 LESS ${least_accuracy} OR CMAKE_MATCH_4 GREATER ${most_accuracy})
    message(FATAL_ERROR "${name} is not what it should be:\n${out}")
  endif()
endmacro()

expect("relu" 60 98 60 98 10 80)
expect("relu, then leaky_relu" 60 98 0 0 92 100)
expect("relu, then elu" 60 98 20 80 30 90)
expect("leaky_relu" 0 0 0 0 92 100)
expect("elu" 5 60 5 60 60 95)
expect("relu, larger weights" 0 15 0 15 92 100)
expect("relu in small steps" 0 0 0 0 97 100)
