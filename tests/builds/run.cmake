# Compiles SOURCE by CXX with OPTIONS and runs the program, which must exit with 0.
#   PARTS:   a list of macros: SOURCE is compiled once with each of them, and all are linked
#   SYNTAX:  no more than read it, for warnings and errors
#   OBJECT:  no more than compile it, for instructions that this processor may lack
#   REFUSED: the compiler must refuse, with this in what it says
#   SAYS:    the program must write this, whatever its exit code
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})
separate_arguments(options UNIX_COMMAND "${OPTIONS}")
# To name the system's own folder would hide it from the standard library.
list(REMOVE_ITEM XSIMD_INCLUDES /usr/include)
list(TRANSFORM XSIMD_INCLUDES PREPEND -isystem OUTPUT_VARIABLE includes)
set(compile ${CXX} ${options} -I${ROOT}/include ${includes})

if(SYNTAX OR REFUSED)
  execute_process(COMMAND ${compile} -fsyntax-only ${SOURCE} RESULT_VARIABLE result ERROR_VARIABLE errors)
  if(NOT REFUSED AND NOT result EQUAL 0)
    message(FATAL_ERROR "${errors}")
  elseif(REFUSED AND (result EQUAL 0 OR NOT errors MATCHES "${REFUSED}"))
    message(FATAL_ERROR "not refused with '${REFUSED}', but ${result}: ${errors}")
  endif()
  return()
endif()

set(objects "")
foreach(part IN LISTS PARTS ITEMS WHOLE)
  if(part STREQUAL "WHOLE" AND PARTS)
    break()
  endif()
  execute_process(COMMAND ${compile} -D${part} -c ${SOURCE} -o ${SCRATCH}/${part}.o
    COMMAND_ERROR_IS_FATAL ANY)
  list(APPEND objects ${SCRATCH}/${part}.o)
endforeach()
if(OBJECT)
  return()
endif()
execute_process(COMMAND ${CXX} ${options} ${objects} -o ${SCRATCH}/program COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${SCRATCH}/program RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
message("${output}${errors}")
if(SAYS AND NOT "${output}${errors}" MATCHES "${SAYS}")
  message(FATAL_ERROR "it does not say '${SAYS}', but exits with ${result}")
elseif(NOT SAYS AND NOT result EQUAL 0)
  message(FATAL_ERROR "it exits with ${result}")
endif()
