# Each activation's comment says where the function comes from.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

activation_files(files)
foreach(file IN LISTS files)
  file(READ ${ROOT}/include/simdact/activations/${file}.hpp text)
  if(NOT text MATCHES "\n/// Source: [^\n]")
    message(SEND_ERROR "activations/${file}.hpp has no line \"/// Source: \"")
  endif()
endforeach()
