# What every program of the gallery has: one run leaves its output in `out`, and its picture's data in `data`.
# What the user gets wrong is one sentence on stderr and exit code 2.
get_filename_component(name ${PROGRAM} NAME_WE)
set(file ${SCRATCH}/${name}.tsv)
file(MAKE_DIRECTORY ${SCRATCH})
file(REMOVE ${file})
execute_process(COMMAND ${PROGRAM} --data ${file} OUTPUT_VARIABLE out COMMAND_ERROR_IS_FATAL ANY)

# As many cells in each row as in the heading above, all of them numbers.
file(STRINGS ${file} data)
list(GET data 0 heading)
foreach(line IN LISTS data)
  if(line MATCHES "^[a-z]")
    string(REGEX REPLACE "[^\t]+" "[-+.e0-9]+" numbers "${line}")
  elseif(NOT line STREQUAL "" AND NOT line MATCHES "^${numbers}$")
    message(FATAL_ERROR "${file}: expected ${numbers}, found\n${line}")
  endif()
endforeach()

execute_process(COMMAND ${PROGRAM} --help RESULT_VARIABLE code OUTPUT_VARIABLE help)
if(NOT code EQUAL 0 OR NOT help MATCHES "\nusage: ${name} \\[--data FILE\\]\n")
  message(FATAL_ERROR "--help: exit code ${code}, found\n${help}")
endif()
foreach(wrong "--date;file" "--data" "--help;--data" "file")
  execute_process(COMMAND ${PROGRAM} ${wrong}
    RESULT_VARIABLE code OUTPUT_VARIABLE answer ERROR_VARIABLE error)
  if(NOT code EQUAL 2 OR NOT answer STREQUAL "" OR NOT error MATCHES "expected nothing, --help or --data FILE\n")
    message(FATAL_ERROR "${wrong}: exit code ${code}, stdout '${answer}', stderr '${error}'")
  endif()
endforeach()
