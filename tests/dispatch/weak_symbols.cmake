# Every symbol that the linker may merge with another object's of its name has TAG in its name. NM lists those of
# OBJECTS.
cmake_minimum_required(VERSION 3.25)

foreach(object IN LISTS OBJECTS)
  execute_process(COMMAND ${NM} --demangle ${object} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "[][;]" " " symbols "${symbols}")  # lists know them
  string(REPLACE "\n" ";" weak "${symbols}")
  # Weak functions and objects, and g++'s unique ones.
  list(FILTER weak INCLUDE REGEX "^[0-9a-f]+ [WVu] ")
  if(NOT weak MATCHES "${TAG}")
    message(SEND_ERROR "${object} has no weak symbol of ${TAG}: is it what was meant?")
  endif()
  foreach(symbol IN LISTS weak)
    # But for a pointer that g++ has for exceptions, which holds no instructions.
    if(NOT symbol MATCHES "${TAG}|DW\\.ref\\.__gxx_personality_v0$")
      message(SEND_ERROR "${object} has a symbol that is not of ${TAG} alone: ${symbol}")
    endif()
  endforeach()
endforeach()
