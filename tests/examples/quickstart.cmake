# The program is the README's first C++ block, but for line breaks, and prints what is correctly rounded.
cmake_minimum_required(VERSION 3.25)
set(root ${CMAKE_CURRENT_LIST_DIR}/../..)

file(READ ${root}/README.md readme)
file(READ ${root}/examples/quickstart.cpp source)
foreach(text IN ITEMS readme source)
  string(REGEX REPLACE "[ \n]+" " " ${text} "${${text}}")
endforeach()
string(FIND "${readme}" "```cpp " first)
string(FIND "${readme}" "```cpp ${source}```" found)
if(first EQUAL -1 OR NOT found EQUAL first)
  message(SEND_ERROR "examples/quickstart.cpp is not the README's first C++ block")
endif()

execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE out COMMAND_ERROR_IS_FATAL ANY)
string(CONCAT expected
  "-0.0040497 -0.0119456\n"
  "-0.1586553 -0.0833155\n"
  "+0.0000000 +0.5000000\n"
  "+0.8413448 +1.0833155\n"
  "+2.9959502 +1.0119456\n")
if(NOT out STREQUAL expected)
  message(SEND_ERROR "expected\n${expected}found\n${out}")
endif()
