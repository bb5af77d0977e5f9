# cmake -DPROGRAM=file -DOUTPUT=file -P run.cmake: what the program prints, as a file. If it takes longer than a page
# may wait for, that is what the file says.
cmake_minimum_required(VERSION 3.25)

set(seconds 20)
execute_process(COMMAND ${PROGRAM} TIMEOUT ${seconds}
  OUTPUT_VARIABLE output ERROR_VARIABLE error RESULT_VARIABLE code)
if(code MATCHES "timeout")
  set(output "It runs for more than ${seconds} seconds.\n")
elseif(NOT code EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} failed (${code}):\n${error}")
endif()
file(WRITE ${OUTPUT} "${output}")
