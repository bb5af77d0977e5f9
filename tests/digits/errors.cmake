# What the user gets wrong: one clear sentence on stderr, nothing on stdout, exit code 2.
cmake_minimum_required(VERSION 3.25)

set(checked 0)
function(expect_error sentence)
  execute_process(COMMAND ${DIGITS} ${ARGN}
    RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT code EQUAL 2 OR NOT out STREQUAL "" OR NOT err MATCHES "^digits: [^\n]*${sentence}[^\n]*\n$")
    message(FATAL_ERROR "digits ${ARGN}\nexpected: exit code 2, one line of stderr with: ${sentence}\n"
      "found: exit code ${code}, stdout '${out}', stderr '${err}'")
  endif()
  math(EXPR checked "${checked} + 1")
  set(checked ${checked} PARENT_SCOPE)
endfunction()

# The command line.
expect_error("unknown activation 'rleu', the nearest names are relu, "
  --data ${DATA} --activation rleu)
expect_error("unknown activation ''" --data ${DATA} --activation=)
expect_error("unknown option '--epoch'" --epoch 3)
expect_error("unknown option 'relu'" relu)
expect_error("--epochs needs a value" --data ${DATA} --epochs)
foreach(option epochs hidden seed)
  foreach(number "" x 1x 1.5 -1 99999999999)
    expect_error("--${option} needs a whole number from .*, not '${number}'"
      --data ${DATA} "--${option}=${number}")
  endforeach()
endforeach()
expect_error("--epochs needs a whole number" --epochs 0)
expect_error("--hidden needs a whole number" --hidden 0)
foreach(number "" x 0.1x 0 -0.1 nan inf 11)
  expect_error("--learning-rate needs a number above 0 and at most 10, not '${number}'"
    --data ${DATA} "--learning-rate=${number}")
endforeach()

# The file. A good line stands before and after the broken one: the number is the broken one's.
set(scratch ${CMAKE_CURRENT_BINARY_DIR}/digits_errors)
file(REMOVE_RECURSE ${scratch})
file(MAKE_DIRECTORY ${scratch})
set(file ${scratch}/broken.csv)
string(REPEAT "0," 61 most_pixels)
set(good "1,2,3,${most_pixels}7\n")
string(REPEAT "${good}" 5 goods)

function(expect_line_error sentence line)
  file(WRITE ${file} "${goods}${line}\n${good}")
  expect_error("broken.csv, line 6: ${sentence}" --data ${file})
  set(checked ${checked} PARENT_SCOPE)
endfunction()

expect_error("cannot open .*absent.csv" --data ${scratch}/absent.csv)
expect_error("cannot (open|read) .*digits_errors" --data ${scratch})
file(WRITE ${file} "")
expect_error("broken.csv holds 0 digits" --data ${file})
file(WRITE ${file} "${good}${good}${good}${good}")
expect_error("broken.csv holds 4 digits" --data ${file})
expect_line_error("expected 65 columns .*, found 64" "1,2,${most_pixels}7")
expect_line_error("expected 65 columns .*, found 66" "1,2,3,${most_pixels}7,")
expect_line_error("expected 65 columns .*, found 0" "")
expect_line_error("column 2 should hold a pixel from 0 to 16, not 'two'" "1,two,3,${most_pixels}7")
expect_line_error("column 2 should hold a pixel from 0 to 16, not '2.5'" "1,2.5,3,${most_pixels}7")
expect_line_error("column 2 should hold a pixel from 0 to 16, not ''" "1,,3,${most_pixels}7")
expect_line_error("column 3 should hold a pixel from 0 to 16, not '17'" "1,2,17,${most_pixels}7")
expect_line_error("column 1 should hold a pixel from 0 to 16, not '-1'" "-1,2,3,${most_pixels}7")
expect_line_error("column 65 should hold a label from 0 to 9, not '10'" "1,2,3,${most_pixels}10")
expect_line_error("column 65 should hold a label from 0 to 9, not 'x'" "1,2,3,${most_pixels}x")

# Without the broken line the same file is fine, so each error above was that line's.
file(WRITE ${file} "${goods}${good}")
execute_process(COMMAND ${DIGITS} --data ${file} --activation relu --epochs 1
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
if(NOT checked EQUAL 47)
  message(FATAL_ERROR "${checked} errors were checked, not 47")
endif()
