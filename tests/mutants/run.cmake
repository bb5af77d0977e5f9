# Compiles check.cpp against a copy of the headers with the MUTANT of list.cmake, and runs it: it must
# exit with 1. With no mutant it must exit with 0.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${SCRATCH})
file(COPY ${ROOT}/include/simdact DESTINATION ${SCRATCH})

set(mutated FALSE)
function(mutant name file activation text replacement)
  if(NOT name STREQUAL "${MUTANT}")
    return()
  endif()
  file(READ ${SCRATCH}/simdact/${file} before)
  string(FIND "${before}" "${text}" first)
  string(FIND "${before}" "${text}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "this stands in ${file} not at all, or more than once: ${text}")
  endif()
  string(REPLACE "${text}" "${replacement}" after "${before}")
  file(WRITE ${SCRATCH}/simdact/${file} "${after}")
  set(mutated TRUE PARENT_SCOPE)
endfunction()
include(${CMAKE_CURRENT_LIST_DIR}/list.cmake)
if(MUTANT AND NOT mutated)
  message(FATAL_ERROR "list.cmake has no mutant ${MUTANT}")
endif()

list(TRANSFORM INCLUDES PREPEND -I)
separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
execute_process(
  COMMAND ${CXX} -std=c++20 ${FLAGS} -O1 ${MORE_FLAGS} -I${SCRATCH} ${INCLUDES}
    -DACTIVATION=${ACTIVATION} "-DSIMDACT_HARD_CASES=\"${ROOT}/tests/data/hard_cases\""
    ${CMAKE_CURRENT_LIST_DIR}/check.cpp -o ${SCRATCH}/check ${LIBRARIES}
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${SCRATCH}/check RESULT_VARIABLE code OUTPUT_VARIABLE output)
file(REMOVE_RECURSE ${SCRATCH})

message("${output}")
if(mutated AND NOT code EQUAL 1)
  message(FATAL_ERROR "the mutant survives: the check exits with ${code}, not 1")
elseif(NOT mutated AND NOT code EQUAL 0)
  message(FATAL_ERROR "rejected without a mutant: the check exits with ${code}")
endif()
