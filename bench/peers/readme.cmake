# cmake [-DCHECK=ON] [-DREADME=file] [-DRESULTS=folder] -P readme.cmake
# Puts the summaries of the results between the README's markers, the one of the widest instruction set
# first and the others folded; with CHECK fails if something else is there.
cmake_minimum_required(VERSION 3.25)

get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
include(${root}/cmake/between_markers.cmake)
if(NOT README)
  set(README ${root}/README.md)
endif()
if(NOT RESULTS)
  set(RESULTS ${CMAKE_CURRENT_LIST_DIR}/results)
endif()

set(block "")
foreach(isa avx512 avx2 avx sse2 neon scalar)
  if(NOT EXISTS ${RESULTS}/${isa}.md)
    continue()
  endif()
  file(READ ${RESULTS}/${isa}.md text)
  between_markers(summary "${text}" summary)
  string(REPLACE "](" "](bench/peers/results/" summary "${summary}")
  set(link "Every library's times and errors: [${isa}](bench/peers/results/${isa}.md).\n")
  if(block STREQUAL "")
    set(block "${summary}\n${link}")
  else()
    string(APPEND block "\n<details><summary>The same on ${isa}</summary>\n\n${summary}\n${link}\n</details>\n")
  endif()
endforeach()
if(block STREQUAL "")
  message(FATAL_ERROR "no results in ${RESULTS}: bench/peers/run makes them")
endif()

put_between_markers(peers ${README} "${block}" "${CHECK}"
  "${README} shows other measurements than ${RESULTS}: cmake -P bench/peers/readme.cmake puts them there")
