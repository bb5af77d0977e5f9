# The gallery: of each example the comment at its head and its picture, if it has one, and on a page of its own what it
# prints, and its source.
file(GLOB examples CONFIGURE_DEPENDS ${ROOT}/examples/*.cpp)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${examples})
set(gallery "")
foreach(source IN LISTS examples)
  get_filename_component(name ${source} NAME_WE)
  if(NOT TARGET ${name})
    continue()
  endif()

  file(READ ${source} text)
  string(REGEX MATCH "^(//[^\n]*\n)+" about "${text}")
  string(REGEX REPLACE "(^|\n)// ?" "\\1" about "${about}")
  # What is indented is a table or a command.
  string(REGEX REPLACE "\n( +)" "\n  \\1" about "${about}")

  set(picture "")
  if(TARGET picture-${name})
    set(picture "![${name}](${name}.svg)\n")
  endif()
  set(files "")
  file(GLOB headers RELATIVE ${ROOT}/examples ${ROOT}/examples/${name}/*.hpp)
  foreach(file IN LISTS headers ITEMS ${name}.cpp)
    string(APPEND files "\n`examples/${file}`\n\n\\include ${file}\n")
  endforeach()
  string(APPEND gallery "## ${name}\n\n${about}\n${picture}\n@subpage example_${name} \"Output and source\"\n\n")
  file(CONFIGURE OUTPUT ${pages}/example_${name}.md @ONLY
    CONTENT "# @name@ {#example_@name@}\n\n@about@\n@picture@\nIt prints:\n\n\\verbinclude @name@.txt\n@files@")

  output_of(${name} ${name})
endforeach()
