# cmake -DOUTPUT=file -P single_header.cmake
# Writes simdact.hpp, and all that it includes, as one file that stands on xsimd and the standard library alone.
cmake_minimum_required(VERSION 3.25)
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)

# Appends a header to `parts`, after those that it includes: each can stand alone, so this order does for all.
function(add_header path)
  if(path IN_LIST added)
    return()
  endif()
  list(APPEND added ${path})

  file(READ ${path} text)
  get_filename_component(folder ${path} DIRECTORY)
  string(REGEX MATCHALL "\n#include [^\n]+" includes "${text}")
  foreach(include IN LISTS includes)
    if(include MATCHES "\"(.+)\"")
      get_filename_component(included ${CMAKE_MATCH_1} ABSOLUTE BASE_DIR ${folder})
      add_header(${included})
    elseif(include MATCHES "<(.+)>")
      list(APPEND others ${CMAKE_MATCH_1})
    endif()
  endforeach()

  string(REGEX REPLACE "\n(#include|/// @file)[^\n]*" "" text "${text}")
  string(REGEX REPLACE "^#pragma once\n+" "" text "${text}")
  string(REGEX REPLACE "\n\n\n+" "\n\n" text "${text}")
  file(RELATIVE_PATH name ${root}/include ${path})
  string(APPEND parts "\n// ---- ${name}\n\n${text}")
  set(added "${added}" PARENT_SCOPE)
  set(others "${others}" PARENT_SCOPE)
  set(parts "${parts}" PARENT_SCOPE)
endfunction()

set(added "")
set(others "")
set(parts "")
add_header(${root}/include/simdact/simdact.hpp)

file(READ ${root}/LICENSE license)
string(REGEX REPLACE "([^\n]*)\n" "// \\1\n" license "${license}")
string(REPLACE "// \n" "//\n" license "${license}")
file(STRINGS ${root}/include/simdact/version.hpp version REGEX "^#define SIMDACT_VERSION_")
list(TRANSFORM version REPLACE ".* " "")
list(JOIN version . version)
list(SORT others)
list(REMOVE_DUPLICATES others)
list(TRANSFORM others REPLACE "(.+)" "#include <\\1>\n")
list(JOIN others "" others)

file(WRITE ${OUTPUT} "#pragma once

// simdact ${version} in one header, which needs xsimd and the standard library. It has all that simdact.hpp includes;
// the component dispatch, which is a library, is not in it. Made by cmake/single_header.cmake.
//
${license}
${others}${parts}")
