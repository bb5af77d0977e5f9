# What the rules share. Text is compared without its comments, and a semicolon, which CMake would
# take for the end of a list item, becomes a space.
function(read_code file result)
  file(READ ${file} text)
  string(REGEX REPLACE "//[^\n]*" "" text "${text}")
  string(REPLACE ";" " " text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# The captured part of every match of a pattern with one group.
function(match_all pattern text result)
  string(REGEX MATCHALL "${pattern}" matches "${text}")
  set(found "")
  foreach(match IN LISTS matches)
    string(REGEX MATCH "${pattern}" match "${match}")
    list(APPEND found "${CMAKE_MATCH_1}")
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# The files of include/simdact/activations, without folder and ending.
function(activation_files result)
  file(GLOB files RELATIVE ${ROOT}/include/simdact/activations
    ${ROOT}/include/simdact/activations/*.hpp)
  list(TRANSFORM files REPLACE "\\.hpp$" "")
  if(NOT files)
    message(FATAL_ERROR "no activations under ${ROOT}")
  endif()
  set(${result} "${files}" PARENT_SCOPE)
endfunction()

# Of one activation's file: the names that it declares, and the type that bears the first.
function(read_activation file names type)
  read_code(${ROOT}/include/simdact/activations/${file}.hpp text)
  match_all("string_view name = \"([^\"]*)\"" "${text}" found)
  list(REMOVE_DUPLICATES found)
  set(${names} "${found}" PARENT_SCOPE)

  string(FIND "${text}" "string_view name" end)
  string(SUBSTRING "${text}" 0 ${end} text)
  match_all("struct ([A-Za-z0-9_]+)" "${text}" found)
  list(POP_BACK found last)
  set(${type} "${last}" PARENT_SCOPE)
endfunction()

# The types of all activations.
function(activation_types result)
  activation_files(files)
  set(types "")
  foreach(file IN LISTS files)
    read_activation(${file} names type)
    list(APPEND types ${type})
  endforeach()
  set(${result} "${types}" PARENT_SCOPE)
endfunction()

# Two lists must hold the same, each item once.
function(expect_same what_left left what_right right)
  foreach(item IN LISTS left)
    if(NOT item IN_LIST right)
      message(SEND_ERROR "${item} is in ${what_left}, but not in ${what_right}")
    endif()
  endforeach()
  foreach(item IN LISTS right)
    if(NOT item IN_LIST left)
      message(SEND_ERROR "${item} is in ${what_right}, but not in ${what_left}")
    endif()
  endforeach()
endfunction()
