# --help explains every option on stdout, and succeeds.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${DIGITS} --help
  RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
if(NOT code EQUAL 0 OR NOT err STREQUAL "")
  message(FATAL_ERROR "--help: exit code ${code}, stderr '${err}'")
endif()
foreach(option activation epochs hidden learning-rate seed data help)
  if(NOT out MATCHES "--${option} ")
    message(FATAL_ERROR "--help does not explain --${option}:\n${out}")
  endif()
endforeach()
