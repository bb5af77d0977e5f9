# On four ranks, on one and on three, which do not share the vocabulary alike, all rows are as of one process. The ranks
# may be more than the cores, and the tests run as root where they are in a container.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/gallery/run.cmake)
list(LENGTH data count)
if(NOT count EQUAL 12)
  message(SEND_ERROR "${count} lines of data")
endif()
find_program(MPIRUN mpirun REQUIRED)
set(flags "")
execute_process(COMMAND ${MPIRUN} --version OUTPUT_VARIABLE version)
if(version MATCHES "Open MPI")
  set(flags --allow-run-as-root --oversubscribe)
endif()

set(rows "plain" "odd ones masked" "first half masked" "all but one masked" "label masked"
  "one rank's favour" "one logit's favour" "huge")
foreach(ranks 4 1 3)
  execute_process(COMMAND ${MPIRUN} ${flags} -n ${ranks} ${PROGRAM} OUTPUT_VARIABLE out
    COMMAND_ERROR_IS_FATAL ANY)
  if(NOT out MATCHES "^1048576 logits, ranks: ${ranks}\n")
    message(FATAL_ERROR "not on ${ranks} ranks:\n${out}")
  endif()
  foreach(row IN LISTS rows)
    if(NOT out MATCHES "\n${row} +([0-9.e+-]+|inf) +[01] +[01]\n")
      message(FATAL_ERROR "${row} is more than 1 ULP off, or missing:\n${out}")
    endif()
  endforeach()
  foreach(line "Every rank has the same states, and what one process has within 1 ULP."
      "bytes of a row: 24 for the state and 4 for the label's logit, instead of 4194304"
      "wire at assumed 2 us a message and 10 GB/s" " 1000 +[0-9.]+ +40.028 +0.068")
    if(NOT out MATCHES "\n${line}\n")
      message(SEND_ERROR "expected ${line}\nfound ${out}")
    endif()
  endforeach()
endforeach()
