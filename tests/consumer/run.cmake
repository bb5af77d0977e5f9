# Builds and runs the consumer by the WAY that a user may take.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

if(WAY STREQUAL "plain")
  list(TRANSFORM XSIMD_INCLUDES PREPEND -I)
  separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
  run(${CXX} -std=c++20 ${FLAGS} -I ${ROOT}/include ${XSIMD_INCLUDES} ${CMAKE_CURRENT_LIST_DIR}/main.cpp
    -o ${SCRATCH}/consumer)
  run(${SCRATCH}/consumer)
  return()
endif()

if(WAY STREQUAL "package")
  # Moved after it was installed: the package must not remember where that was.
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/installed)
  file(RENAME ${SCRATCH}/installed ${SCRATCH}/moved)
  set(setting -DCMAKE_PREFIX_PATH=${SCRATCH}/moved)
else()
  set(setting -DSIMDACT_SOURCE=${ROOT})
endif()
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${SCRATCH}/build -G ${GENERATOR}
  -DCMAKE_CXX_COMPILER=${CXX} "-DCMAKE_CXX_FLAGS=${FLAGS}" ${XSIMD} ${setting})
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
