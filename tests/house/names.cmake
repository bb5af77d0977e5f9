# An activation's name is the name of its file.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

activation_files(files)
foreach(file IN LISTS files)
  read_activation(${file} names type)
  if(NOT "${names}" STREQUAL "${file}")
    message(SEND_ERROR "activations/${file}.hpp declares the name \"${names}\"")
  endif()
endforeach()
