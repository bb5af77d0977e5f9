# A header stands only on its own floor and those below, never in a circle, and one activation never
# on another.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

# The first pattern that matches a header's path below include/simdact gives its floor.
set(floors
  "detail/loop.*=1" "(core|detail)/.*=0" "(concepts|version)\\.hpp=0"
  "(activations/.*|tabulated\\.hpp)=1"
  "activations\\.hpp=2"
  "(array|rowwise|gated)(/.*|\\.hpp)=3"
  "by_name/.*=4" "dispatch(/.*|\\.hpp)=4"
  "simdact\\.hpp=5")

function(floor_of header result)
  foreach(entry IN LISTS floors)
    if(entry MATCHES "^(.*)=(.)$")
      set(floor ${CMAKE_MATCH_2})
      if(header MATCHES "^${CMAKE_MATCH_1}$")
        set(${result} ${floor} PARENT_SCOPE)
        return()
      endif()
    endif()
  endforeach()
  message(FATAL_ERROR "${header} has no floor: give it one in floors.cmake")
endfunction()

# The headers of this library that a header includes, by their paths below include/simdact.
function(includes_of header result)
  read_code(${base}/${header} text)
  get_filename_component(folder ${base}/${header} DIRECTORY)
  match_all("#include <simdact/([^>]+)>" "${text}" found)
  match_all("#include \"([^\"]+)\"" "${text}" quoted)
  foreach(name IN LISTS quoted)
    get_filename_component(path ${name} ABSOLUTE BASE_DIR ${folder})
    if(NOT EXISTS ${path})
      get_filename_component(path ${name} ABSOLUTE BASE_DIR ${ROOT}/include)
    endif()
    if(NOT EXISTS ${path})
      message(FATAL_ERROR "${header} includes ${name}, which does not exist")
    endif()
    file(RELATIVE_PATH path ${base} ${path})
    list(APPEND found ${path})
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

set(base ${ROOT}/include/simdact)
file(GLOB_RECURSE headers RELATIVE ${base} ${base}/*.hpp)
foreach(header IN LISTS headers)
  floor_of(${header} floor)
  includes_of(${header} "includes ${header}")
  foreach(included IN LISTS "includes ${header}")
    floor_of(${included} below)
    if(below GREATER floor)
      message(SEND_ERROR "${header} includes ${included}, which stands above it")
    elseif(header MATCHES "^activations/" AND included MATCHES "^activations/")
      message(SEND_ERROR "${header} includes another activation, ${included}: what two share, core has")
    endif()
  endforeach()
endforeach()

# Take away, again and again, what includes nothing that is left: a circle remains.
set(left ${headers})
set(before "")
while(NOT "${left}" STREQUAL "${before}")
  set(before "${left}")
  foreach(header IN LISTS before)
    set(waits FALSE)
    foreach(included IN LISTS "includes ${header}")
      if(included IN_LIST left)
        set(waits TRUE)
      endif()
    endforeach()
    if(NOT waits)
      list(REMOVE_ITEM left ${header})
    endif()
  endforeach()
endwhile()
if(left)
  message(SEND_ERROR "these include each other in a circle: ${left}")
endif()
