# Builds and runs the consumer by the WAY that a user may take:
#   subdirectory, package       add_subdirectory, find_package
#   fetch, fetch_installed      FetchContent where simdact is not installed, and where it is
#   plain, single_header, pkg_config    the compiler alone, with the headers, with the one, or as pkg-config says
#   debian                      Debian's package, put into a system of its own and taken away again
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# What a command writes, on one line.
function(output_of result)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  set(${result} "${output}" PARENT_SCOPE)
endfunction()

# Without CMake: compile(<source> <option>...)
function(compile source)
  separate_arguments(flags UNIX_COMMAND "${FLAGS}")
  run(${CXX} -std=c++20 ${flags} ${ARGN} ${source} -o ${SCRATCH}/consumer)
  run(${SCRATCH}/consumer)
endfunction()

# To ${SCRATCH}/moved, and moved there after it was installed: nothing may remember where that was.
function(install_and_move)
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/installed)
  file(RENAME ${SCRATCH}/installed ${SCRATCH}/moved)
endfunction()

# With CMake, which builds and runs it.
set(configure ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${CXX}
  "-DCMAKE_CXX_FLAGS=${FLAGS}")
function(build)
  run(${configure} ${ARGN} -B ${SCRATCH}/build)
  run(${CMAKE_COMMAND} --build ${SCRATCH}/build)

  # The component costs nobody anything who has not asked for it.
  file(GLOB_RECURSE kernels ${SCRATCH}/build/*/kernels.cpp.*)
  if(kernels)
    message(FATAL_ERROR "a consumer without the component has built ${kernels}")
  endif()
endfunction()

function(way_subdirectory)
  set(setting ${XSIMD_FOR_SOURCE} -DSIMDACT_SOURCE=${ROOT})
  build(${setting})
  if(DISPATCH)
    # No more than configured: to compile the kernels once more would take minutes.
    run(${configure} ${setting} -B ${SCRATCH}/dispatch -DDISPATCH=ON)
  endif()
endfunction()

function(way_package)
  install_and_move()
  set(setting ${XSIMD_FOR_PACKAGE} -DCMAKE_PREFIX_PATH=${SCRATCH}/moved)
  build(${setting} -DPACKAGED=TRUE)
  if(NOT DISPATCH)
    return()
  endif()
  run(${configure} ${setting} -B ${SCRATCH}/dispatch -DDISPATCH=ON)
  run(${CMAKE_COMMAND} --build ${SCRATCH}/dispatch)

  # A package without it says so.
  file(GLOB_RECURSE config ${SCRATCH}/moved/*simdact_dispatchConfig.cmake)
  file(REMOVE ${config})
  execute_process(COMMAND ${configure} ${setting} -B ${SCRATCH}/without -DDISPATCH=ON
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  if(code EQUAL 0 OR NOT output MATCHES "component dispatch was not built when simdact was installed")
    message(FATAL_ERROR "a package without the component should say so, and says: ${output}")
  endif()
endfunction()

function(way_fetch)
  build(${XSIMD_FOR_SOURCE} -DFETCH=${ROOT} -DPACKAGED=FALSE)
endfunction()

function(way_fetch_installed)
  install_and_move()
  build(${XSIMD_FOR_PACKAGE} -DFETCH=${ROOT} -DPACKAGED=TRUE -DCMAKE_PREFIX_PATH=${SCRATCH}/moved)
endfunction()

function(way_plain)
  list(TRANSFORM XSIMD_INCLUDES PREPEND -I)
  compile(${CMAKE_CURRENT_LIST_DIR}/main.cpp -I ${ROOT}/include ${XSIMD_INCLUDES})
endfunction()

function(way_single_header)
  run(${CMAKE_COMMAND} -DOUTPUT=${SCRATCH}/simdact_single.hpp -P ${ROOT}/cmake/single_header.cmake)
  file(READ ${CMAKE_CURRENT_LIST_DIR}/main.cpp source)
  string(REPLACE <simdact/simdact.hpp> "\"simdact_single.hpp\"" source "${source}")
  file(WRITE ${SCRATCH}/main.cpp "${source}")
  list(TRANSFORM XSIMD_INCLUDES PREPEND -I)
  compile(${SCRATCH}/main.cpp ${XSIMD_INCLUDES})
endfunction()

function(way_pkg_config)
  install_and_move()
  set(ENV{PKG_CONFIG_PATH} ${SCRATCH}/moved/share/pkgconfig)
  output_of(options pkg-config --cflags "simdact >= 0.1")
  separate_arguments(options UNIX_COMMAND "${options}")
  compile(${CMAKE_CURRENT_LIST_DIR}/main.cpp ${options})
endfunction()

function(way_debian)
  run(${CMAKE_CPACK_COMMAND} -G DEB --config ${BUILD}/CPackConfig.cmake -B ${SCRATCH}/packages)
  file(GLOB package ${SCRATCH}/packages/*.deb)
  output_of(fields dpkg-deb --field ${package} Package Architecture Section Depends)
  if(NOT fields STREQUAL
      "Package: libsimdact-dev Architecture: all Section: libdevel Depends: libxsimd-dev (>= 8.1)")
    message(FATAL_ERROR "the package says of itself: ${fields}")
  endif()

  # A system in which nothing is installed.
  set(root ${SCRATCH}/root)
  set(database ${root}/var/lib/dpkg)
  file(MAKE_DIRECTORY ${database}/info ${database}/updates)
  file(TOUCH ${database}/status)
  set(dpkg dpkg --root=${root} --log=${SCRATCH}/dpkg.log --force-not-root)
  run(${dpkg} --ignore-depends=libxsimd-dev --install ${package})
  file(GLOB_RECURSE files RELATIVE ${root}/usr ${root}/usr/*)
  list(FILTER files EXCLUDE REGEX "^(include/simdact|share/(cmake/simdact|pkgconfig|doc/libsimdact-dev))/")
  if(files)
    message(FATAL_ERROR "not where a package for all architectures has its files: ${files}")
  endif()
  build(${XSIMD_FOR_PACKAGE} -DPACKAGED=TRUE -DCMAKE_PREFIX_PATH=${root}/usr)

  run(${dpkg} --remove libsimdact-dev)
  file(GLOB_RECURSE files ${root}/usr/*)
  if(files)
    message(FATAL_ERROR "removed, the package leaves ${files}")
  endif()
endfunction()

cmake_language(CALL way_${WAY})
