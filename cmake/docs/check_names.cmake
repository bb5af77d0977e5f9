# cmake -DTAGS=file -DROOT=folder -DPAGES=folder -P check_names.cmake: every public type, concept, function, variable
# and macro, of which Doxygen has written a list, is named in the README or on a page, typed or made.
cmake_minimum_required(VERSION 3.25)

set(text "")
file(GLOB pages ${ROOT}/cmake/docs/*.md ${PAGES}/*.md)
foreach(page ${ROOT}/README.md ${pages})
  file(READ ${page} words)
  string(APPEND text " ${words}")
endforeach()
string(REGEX MATCHALL "[A-Za-z0-9_]+" words "${text}")
list(REMOVE_DUPLICATES words)

# Types and concepts are compounds; the rest are members of namespaces and files. Other members are described with
# their struct.
set(names 0)
file(STRINGS ${TAGS} lines)
foreach(line IN LISTS lines)
  if(line MATCHES "^  <compound kind=\"([a-z]+)\"")
    set(compound ${CMAKE_MATCH_1})
    set(kind ${compound})
  elseif(line MATCHES "^    <member kind=\"([a-z]+)\"")
    set(kind "${compound} ${CMAKE_MATCH_1}")
  elseif(kind MATCHES "^(struct|class|concept|(namespace|file) .+)$"
      AND line MATCHES "^ +<name>(.*::)?([A-Za-z0-9_]+)</name>")
    math(EXPR names "${names} + 1")
    if(NOT CMAKE_MATCH_2 IN_LIST words)
      message(SEND_ERROR "${CMAKE_MATCH_2} is public, and neither in README.md nor on a page of cmake/docs")
    endif()
  endif()
endforeach()
if(names EQUAL 0)
  message(FATAL_ERROR "${TAGS} has no names")
endif()
message(STATUS "${names} names")
