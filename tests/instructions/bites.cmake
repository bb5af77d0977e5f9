# instructions_table accepts the table that it wrote, and rejects a copy in which one thing is wrong.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../bites.cmake)

set(sound ${SCRATCH}/sound.txt)
set(table ${SCRATCH}/table.txt)
set(cell mish/float/forward)

# Checks the table, and fails unless the verdict is the expected one, with the message if it rejects.
function(expect verdict message)
  execute_process(COMMAND ${PROGRAM} --check ${PROFILE} ${table}
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  expect_verdict(instructions_table "${code}" "${output}" ${verdict}
    "${message}.*build the target update-instructions")
endfunction()

# Puts another line, or none, in the place of the cell's.
function(change_line replacement)
  string(REGEX REPLACE "${cell} [^\n]*\n" "${replacement}" text "${lines}")
  file(WRITE ${table} "${text}")
endfunction()

# Puts so many percent of the cell's count in its place.
function(scale percent)
  math(EXPR millionths "${thousandths} * ${percent} * 10")
  change_line("${cell} ${millionths}e-6\n")
endfunction()

file(MAKE_DIRECTORY ${SCRATCH})
execute_process(COMMAND ${PROGRAM} --update ${PROFILE} ${sound} COMMAND_ERROR_IS_FATAL ANY)
file(READ ${sound} lines)
if(NOT lines MATCHES "${cell} ([0-9]+)\\.([0-9][0-9][0-9])\n")
  message(FATAL_ERROR "no count of ${cell}")
endif()
set(thousandths ${CMAKE_MATCH_1}${CMAKE_MATCH_2})

scale(100)
expect(accepts "")
scale(102)
expect(accepts "")
scale(98)
expect(accepts "")
# The table too high by 4 %: the count has fallen by 3.8 %.
scale(104)
expect(rejects "${cell}: [0-9.]+ instructions per element became [0-9.]+, -3\\.8[0-9]* %")
scale(96)
expect(rejects "${cell}: [0-9.]+ instructions per element became [0-9.]+, \\+4\\.1[0-9]* %")
change_line("")
expect(rejects "${cell}: [0-9.]+ instructions per element, but not in the table")
change_line("mush/float/forward 1\n")
expect(rejects "mush/float/forward: in the table, but not counted")
