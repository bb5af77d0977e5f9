# Every rule accepts the house as it is, and rejects a copy in which one thing is wrong.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/../bites.cmake)

function(fresh_copy)
  file(REMOVE_RECURSE ${SCRATCH})
  file(COPY ${ROOT}/include DESTINATION ${SCRATCH})
  file(COPY ${ROOT}/tests/reference.hpp ${ROOT}/tests/test_error_messages.cpp
    DESTINATION ${SCRATCH}/tests)
endfunction()

# Fails unless the rule's verdict on the copy is the expected one, with the message if it rejects.
function(expect rule verdict)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${SCRATCH} -P ${CMAKE_CURRENT_LIST_DIR}/${rule}.cmake
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  expect_verdict(${rule} "${code}" "${output}" ${verdict} "${ARGN}")
endfunction()

set(headers include/simdact)

fresh_copy()
foreach(rule IN LISTS RULES)
  expect(${rule} accepts)
endforeach()

fresh_copy()
file(WRITE ${SCRATCH}/${headers}/activations/orphan.hpp
  "struct Orphan { static constexpr std::string_view name = \"orphan\"; };\n")
expect(list rejects "orphan is in the folder activations/, but not in the includes")
expect(list rejects "Orphan is not in the type list")
expect(reference rejects "Orphan is in the folder activations/, but not in tests/reference.hpp")

fresh_copy()
file(REMOVE ${SCRATCH}/${headers}/activations/relu.hpp)
expect(list rejects "relu is in the includes of activations.hpp, but not in the folder")

fresh_copy()
change(${headers}/activations.hpp "([^A-Za-z])ReLU([^A-Za-z0-9])" "\\1Other\\2")
expect(list rejects "ReLU is not in the type list")

fresh_copy()
change(${headers}/activations/leaky_relu.hpp "name = \"leaky_relu\"" "name = \"leakyrelu\"")
expect(names rejects "activations/leaky_relu.hpp declares the name \"leakyrelu\"")

fresh_copy()
change(tests/reference.hpp "struct Reference<([a-z:]*)GELU([^A-Za-z])" "struct Row<\\1GELU\\2")
expect(reference rejects "GELU is in the folder activations/, but not in tests/reference.hpp")

fresh_copy()
change(${headers}/activations/gelu.hpp "/// Source: [^\n]*\n" "")
expect(sources rejects "activations/gelu.hpp has no line")

fresh_copy()
file(APPEND ${SCRATCH}/${headers}/core/primitives.hpp "#include <simdact/activations.hpp>\n")
expect(floors rejects "core/primitives.hpp includes activations.hpp, which stands above it")

fresh_copy()
file(APPEND ${SCRATCH}/${headers}/activations/elu.hpp "#include \"relu.hpp\"\n")
expect(floors rejects "activations/elu.hpp includes another activation, activations/relu.hpp")

fresh_copy()
file(APPEND ${SCRATCH}/${headers}/version.hpp "#include \"concepts.hpp\"\n")
file(APPEND ${SCRATCH}/${headers}/concepts.hpp "#include \"version.hpp\"\n")
expect(floors rejects "in a circle")

fresh_copy()
file(APPEND ${SCRATCH}/${headers}/gated/units.hpp "#include <xsimd/xsimd.hpp>\n")
expect(floors rejects "gated/units.hpp includes xsimd past detail/xsimd.hpp")

fresh_copy()
file(WRITE ${SCRATCH}/${headers}/elsewhere/new.hpp "")
expect(floors rejects "elsewhere/new.hpp has no floor")

fresh_copy()
file(APPEND ${SCRATCH}/${headers}/array/bias.hpp "fail<Arch>(\"x is \", x, \" too often\")\n")
expect(messages rejects "no message of array/bias.hpp in tests/test_error_messages.cpp has \" too often\"")

fresh_copy()
file(APPEND ${SCRATCH}/${headers}/array/bias.hpp "require_apart<Arch>(y, \"y\", grad_y, \"grad_y\")\n")
expect(messages rejects "no message of array/bias.hpp in tests/test_error_messages.cpp is .y .length")

fresh_copy()
file(APPEND ${SCRATCH}/${headers}/array/columns.hpp "fail<Arch>(\"too many columns\")\n")
expect(messages rejects "tests/test_error_messages.cpp has no test case array/columns.hpp")

foreach(word "__m256 x" "y = _mm512_add_ps(x, x)" "vcvt_f64_f32(x)" "float32x4_t x"
    "#include <immintrin.h>")
  fresh_copy()
  file(APPEND ${SCRATCH}/${headers}/activations/relu.hpp "${word}\n")
  expect(intrinsics rejects "relu.hpp uses")
endforeach()
