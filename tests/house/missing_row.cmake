# An activation without its row in tests/reference.hpp does not compile.
cmake_minimum_required(VERSION 3.25)

list(TRANSFORM INCLUDES PREPEND -I)
separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")

# Compiles every_row.cpp against the rows in SCRATCH.
function(compile)
  execute_process(
    COMMAND ${CXX} -std=c++20 ${FLAGS} -I${SCRATCH} ${INCLUDES} -fsyntax-only
      ${CMAKE_CURRENT_LIST_DIR}/every_row.cpp
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(code ${code} PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
file(GLOB headers ${ROOT}/tests/*.hpp)
file(COPY ${headers} DESTINATION ${SCRATCH})
compile()
if(NOT code EQUAL 0)
  message(FATAL_ERROR "the rows as they are do not compile:\n${output}")
endif()

# GELU's row is given to another type, so that the header itself stays sound.
file(READ ${SCRATCH}/reference.hpp before)
string(REGEX REPLACE "struct Reference<([a-z:]*GELU<[^>]*>)" "struct Reference<::Other<\\1>" after
  "${before}")
if(after STREQUAL before)
  message(FATAL_ERROR "tests/reference.hpp has no row for GELU")
endif()
file(WRITE ${SCRATCH}/reference.hpp "template <class> struct Other;\n${after}")
compile()
if(code EQUAL 0)
  message(FATAL_ERROR "it compiles without the row of GELU")
elseif(NOT output MATCHES "error:[^\n]*Reference<[^\n]*GELU")
  message(FATAL_ERROR "the compiler does not name the missing row:\n${output}")
endif()
