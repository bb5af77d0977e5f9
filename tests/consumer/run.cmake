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
set(configure ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${CXX}
  "-DCMAKE_CXX_FLAGS=${FLAGS}" ${XSIMD} ${setting})
run(${configure} -B ${SCRATCH}/build)
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)

# The component costs nobody anything who has not asked for it.
file(GLOB_RECURSE kernels ${SCRATCH}/build/*/kernels.cpp.*)
if(kernels)
  message(FATAL_ERROR "a consumer without the component has built ${kernels}")
endif()
if(NOT DISPATCH)
  return()
endif()

run(${configure} -B ${SCRATCH}/dispatch -DDISPATCH=ON)
if(WAY STREQUAL "subdirectory")
  return() # to compile the kernels once more would take minutes
endif()
run(${CMAKE_COMMAND} --build ${SCRATCH}/dispatch)

# A package without it says so.
file(GLOB_RECURSE config ${SCRATCH}/moved/*simdact_dispatchConfig.cmake)
file(REMOVE ${config})
execute_process(COMMAND ${configure} -B ${SCRATCH}/without -DDISPATCH=ON
  RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
string(REGEX REPLACE "[ \n]+" " " output "${output}")
if(code EQUAL 0 OR NOT output MATCHES "component dispatch was not built when simdact was installed")
  message(FATAL_ERROR "a package without the component should say so, and says: ${output}")
endif()
