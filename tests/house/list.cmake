# activations.hpp includes every header of activations/ and no other, and lists the type of each.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

read_code(${ROOT}/include/simdact/activations.hpp text)
match_all("#include [<\"][^>\"\n]*activations/([a-z0-9_]+)\\.hpp[>\"]" "${text}" included)
activation_files(files)
expect_same("the folder activations/" "${files}" "the includes of activations.hpp" "${included}")

string(REGEX REPLACE "#include[^\n]*" "" text "${text}")
string(REGEX MATCHALL "[A-Za-z0-9_]+" words "${text}")
activation_types(types)
foreach(type IN LISTS types)
  if(NOT type IN_LIST words)
    message(SEND_ERROR "${type} is not in the type list of activations.hpp")
  endif()
endforeach()
