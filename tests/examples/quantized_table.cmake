# Every count of wrong entries, by a reference that has no part in the tables; times that are some; the data, whose
# entries are within half a step, but for the last one, which saturates: 127 stands for more than 4. In Fast, whose bits
# differ between instruction sets, a few entries may round to the other side.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/gallery/run.cmake)

string(CONCAT expected
  "^in: scale 0.031373, zero point -1; out: scale 0.016352, zero point -118\n\n"
  "wrong entries               of 256   of 256,000     of 8,192 by at most\n"
  "GELU<double>                     0            0            0          0\n"
  "GELU<>                           0            0           20          1\n"
  "GELU<float, Fast>                0 +[0-3] +20          1\n"
  "std::erf, float                  0            0           20          1\n"
  "GELUTanh<>                       4         1225           45          1\n"
  "QuickGELU<>                    139        68821         1601          5\n"
  "rounded towards zero           111        93547         2958          1\n"
  "\nThe columns: [^\n]*\n[^\n]*\n[^\n]*\n\n"
  "the table, int8 +([0-9.]+) ns an element\n"
  "GELU<>, float +([0-9.]+) ns\n"
  "GELU<float, Fast>, float +([0-9.]+) ns\n$")
if(NOT out MATCHES "${expected}")
  message(FATAL_ERROR "expected\n${expected}\nfound\n${out}")
endif()
foreach(time ${CMAKE_MATCH_1} ${CMAKE_MATCH_2} ${CMAKE_MATCH_3})
  if(NOT time GREATER 0)
    message(SEND_ERROR "a time of ${time} ns:\n${out}")
  endif()
endforeach()

list(POP_FRONT data heading)
list(LENGTH data count)
if(NOT heading STREQUAL "x\tGELU(x)\ttable\tGELU\tQuickGELU" OR NOT count EQUAL 256)
  message(SEND_ERROR "${count} lines of data under '${heading}'")
endif()
list(POP_BACK data last)
if(NOT last STREQUAL "4.01569\t4.01557\t4.00632\t-0.565445\t-0.565445")
  message(SEND_ERROR "the last entry is ${last}")
endif()
foreach(line IN LISTS data)
  string(REGEX REPLACE "\t" ";" fields "${line}")
  list(GET fields 3 steps)
  if(steps GREATER 0.5 OR steps LESS -0.5)
    message(SEND_ERROR "an entry is ${steps} steps off: ${line}")
  endif()
endforeach()
