# What a header says when it refuses something stands in tests/test_error_messages.cpp, in the test case that bears the
# header's name: every text, and every two arguments that are held against each other. Dispatch asks the same
# functions.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

# Brackets would make CMake take several texts for one.
function(read_texts file result)
  read_code(${file} text)
  string(REPLACE "[" "(" text "${text}")
  string(REPLACE "]" ")" text "${text}")
  string(REGEX REPLACE "\"[ \n]+\"" "" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# The messages that are listed for a header.
function(read_messages header result)
  string(FIND "${all_messages}" "TEST_CASE(\"${header}\")" begin)
  if(begin EQUAL -1)
    message(SEND_ERROR "tests/test_error_messages.cpp has no test case ${header}")
  endif()
  string(SUBSTRING "${all_messages}" ${begin} -1 text)
  string(REGEX REPLACE "\n}\n.*" "" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Where a header calls `check`, with arguments that have these two names, some message must be
# "<first><between><second><rest>", a regular expression.
function(expect_pairs header check between rest)
  set(pattern "${check}<Arch>\\([a-z_.]+,[ \n]*\"([a-z_]+)\",[ \n]*[a-z_.]+,[ \n]*\"([a-z_]+)\"\\)")
  string(REGEX MATCHALL "${pattern}" calls "${code}")
  foreach(call IN LISTS calls)
    string(REGEX MATCH "${pattern}" call "${call}")
    set(wanted "\"${CMAKE_MATCH_1}${between}${CMAKE_MATCH_2}${rest}\"")
    if(NOT messages MATCHES "${wanted}")
      message(SEND_ERROR "no message of ${header} in tests/test_error_messages.cpp is ${wanted}")
    endif()
  endforeach()
endfunction()

set(base ${ROOT}/include/simdact)
read_texts(${ROOT}/tests/test_error_messages.cpp all_messages)
file(GLOB_RECURSE headers RELATIVE ${base} ${base}/*.hpp)
list(FILTER headers EXCLUDE REGEX "^(detail|dispatch)/")
set(found 0)
foreach(header IN LISTS headers)
  read_texts(${base}/${header} code)
  string(REGEX REPLACE "(#|static_assert|string_view name = )[^\n]*" "" code "${code}")
  match_all("\"([^\"]+)\"" "${code}" texts)
  if(texts AND code MATCHES "(fail|(require|throw)_[a-z_]+)<")
    math(EXPR found "${found} + 1")
    read_messages(${header} messages)
    foreach(text IN LISTS texts)
      string(FIND "${messages}" "${text}" place)
      if(place EQUAL -1)
        message(SEND_ERROR "no message of ${header} in tests/test_error_messages.cpp has \"${text}\"")
      endif()
    endforeach()
    set(digits "[0-9]+")
    expect_pairs(${header} require_same_length " has length ${digits}, but " " has length ${digits}")
    expect_pairs(${header} require_same_or_apart " .length ${digits}. and "
      " .length ${digits}. overlap, but must be the very same memory or apart")
    expect_pairs(${header} require_apart " .length ${digits}. and "
      " .length ${digits}. overlap, but must be apart")
  endif()
endforeach()
if(found LESS 20)
  message(SEND_ERROR "only ${found} headers refuse anything: does the rule still find them?")
endif()
