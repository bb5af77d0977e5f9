# A row for each provider, of numbers and of batches, in which all are right and take some time.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE out COMMAND_ERROR_IS_FATAL ANY)

set(rows
  "std +numbers" "simdact, Precise +numbers" "simdact, Fast +numbers"
  "xsimd +batches" "simdact, Precise +batches" "simdact, Fast +batches")
# Up to 9.9e-07.
set(measured " +[0-9.]+ +([0-9.]+) % +[0-9][.][0-9]e-07\n")
list(JOIN rows "${measured}" expected)
string(PREPEND expected "^provider +values +ns a sample +of real time +error\n")
string(APPEND expected "${measured}\nA layer of 32 units .* in batches of [0-9]+[.] [^\n]*\n[^\n]*\n[^\n]*\n$")
if(NOT out MATCHES "${expected}")
  message(FATAL_ERROR "expected\n${expected}\nfound\n${out}")
endif()
foreach(i RANGE 1 6)
  if(NOT CMAKE_MATCH_${i} GREATER 0)
    message(SEND_ERROR "${CMAKE_MATCH_${i}} % of real time:\n${out}")
  endif()
endforeach()
