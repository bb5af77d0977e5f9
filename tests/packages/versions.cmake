# What is too old, or of another version than was asked for, is refused with a message that says so.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${SCRATCH})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/installed
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

# Fails unless a command does, with the message in what it writes.
function(expect_refusal message)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  if(code EQUAL 0 OR NOT output MATCHES "${message}")
    message(SEND_ERROR "not refused with \"${message}\", but with exit code ${code}: ${output}")
  endif()
endfunction()

# The configuration of a project, from nothing.
function(configure result source)
  set(${result} ${CMAKE_COMMAND} --fresh -S ${source} -B ${SCRATCH}/build -G ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${CXX} ${ARGN} PARENT_SCOPE)
endfunction()

# Of versions before 1.0, those of the same minor number are compatible.
set(consumer ${ROOT}/tests/consumer)
set(installed -DCMAKE_PREFIX_PATH=${SCRATCH}/installed)
configure(accepted ${consumer} ${installed} ${XSIMD} -DVERSION=0.1)
execute_process(COMMAND ${accepted} COMMAND_ERROR_IS_FATAL ANY)
foreach(version IN ITEMS 0.0 0.2 1.0)
  configure(refused ${consumer} ${installed} ${XSIMD} -DVERSION=${version})
  expect_refusal("compatible with requested version \"${version}\".*simdactConfig.cmake, version: 0.1" ${refused})
endforeach()

# A package that has nothing but a version.
function(old_package name version)
  file(WRITE ${SCRATCH}/old/${name}Config.cmake "")
  file(WRITE ${SCRATCH}/old/${name}ConfigVersion.cmake "set(PACKAGE_VERSION ${version})\n")
endfunction()

old_package(xsimd 8.0.5)
set(message "simdact needs xsimd 8.1 or newer, but .*/old has 8.0.5: point CMAKE_PREFIX_PATH to a newer one")
foreach(from IN ITEMS -DSIMDACT_SOURCE=${ROOT} ${installed})
  configure(refused ${consumer} ${from} -Dxsimd_DIR=${SCRATCH}/old)
  expect_refusal("${message}" ${refused})
endforeach()

old_package(Catch2 2.12.4)
configure(refused ${ROOT} ${XSIMD} -DCatch2_DIR=${SCRATCH}/old)
expect_refusal("the tests need Catch2 2.13 or newer, but .*/old has 2.12.4: point CMAKE_PREFIX_PATH" ${refused})

# Without CMake, a header tells. The real xsimd under an old number shows that nothing else is amiss.
list(TRANSFORM XSIMD_INCLUDES PREPEND -I)
set(compile ${CXX} -std=c++20 -fsyntax-only -I${ROOT}/include)
foreach(version IN ITEMS 7.6 8.0 8.1 9.0)
  string(REPLACE . ";" numbers ${version})
  list(GET numbers 0 major)
  list(GET numbers 1 minor)
  file(WRITE ${SCRATCH}/${version}/xsimd/xsimd.hpp "
#include_next <xsimd/xsimd.hpp>
#undef XSIMD_VERSION_MAJOR
#undef XSIMD_VERSION_MINOR
#define XSIMD_VERSION_MAJOR ${major}
#define XSIMD_VERSION_MINOR ${minor}
")
  set(compile_it ${compile} -I${SCRATCH}/${version} ${XSIMD_INCLUDES} ${ROOT}/include/simdact/concepts.hpp)
  if(version VERSION_LESS 8.1)
    expect_refusal("simdact needs xsimd 8.1 or newer, and the compiler's path has ${version}\"?[^a-z]" ${compile_it})
  else()
    execute_process(COMMAND ${compile_it} COMMAND_ERROR_IS_FATAL ANY)
  endif()
endforeach()
