# accuracy_table accepts the data as it is, and rejects a copy in which one thing is wrong.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../bites.cmake)

function(fresh_copy)
  file(REMOVE_RECURSE ${SCRATCH})
  file(COPY ${ROOT}/tests/data ${ROOT}/README.md DESTINATION ${SCRATCH} PATTERN hard_cases EXCLUDE)
endfunction()

# Runs the program on the copy, and fails unless its verdict is the expected one, with the message if
# it rejects.
function(expect verdict message)
  execute_process(COMMAND ${PROGRAM} ${SCRATCH}/data ${ARGN}
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  expect_verdict(accuracy_table "${code}" "${output}" ${verdict} "${message}")
endfunction()

set(readme ${SCRATCH}/README.md)
set(rows data/exhaustive)
set(doubles data/doubles)

# What --update writes, --check accepts; the rest of the README stays as it was.
fresh_copy()
expect(accepts "" --update ${readme})
expect(accepts "" --check ${readme})
file(READ ${readme} once)
expect(accepts "" --update ${readme})
file(READ ${readme} twice)
if(NOT once STREQUAL twice)
  message(SEND_ERROR "--update writes another README the second time")
endif()
change(README.md "# simdact" "# another title")
expect(accepts "" --check ${readme})

change(README.md "\n\\| `tanh` \\| [^|]*" "\n| `tanh` | typed by hand ")
expect(rejects "README.md: line [0-9]+ is\n  . `tanh` . typed by hand .*by the data it is\n  . `tanh` . [0-9]"
  --check ${readme})
expect(accepts "" --update ${readme})
expect(accepts "" --check ${readme})
change(README.md "<!-- accuracy: end -->\n" "one line more\n<!-- accuracy: end -->\n")
expect(rejects "is\n  one line more\nand by the data it is\n  <!-- accuracy: end -->" --check ${readme})
change(README.md "<!-- accuracy: begin" "<!-- begin")
expect(rejects "README.md: no line <!-- accuracy: begin" --check ${readme})
fresh_copy()
change(README.md "<!-- accuracy: end -->" "")
expect(rejects "README.md: no line <!-- accuracy: end -->" --check ${readme})
expect(rejects "README.md: no line <!-- accuracy: end -->" --update ${readme})

# Within the bound, but not what the README says.
fresh_copy()
expect(accepts "" --update ${readme})
change(${rows}/elu_alpha_3.txt "misrounded [0-9]+\nmax_ulp [0-9.]+" "misrounded 12345\nmax_ulp 0.50987")
expect(rejects "by the data it is\n  \\| `elu alpha 3` \\| 12345, 0.50987 " --check ${readme})

fresh_copy()
change(${rows}/elu_alpha_3.txt "misrounded [0-9]+\nmax_ulp [0-9.]+" "misrounded 1\nmax_ulp 0.52")
expect(rejects "elu_alpha_3.txt: 0.52 ULP, above the bound of 0.51")

fresh_copy()
change(${rows}/elu_alpha_3.txt "misrounded [0-9]+\nmax_ulp [0-9.]+" "misrounded 0\nmax_ulp 0.505")
expect(rejects "elu_alpha_3.txt: 0.505 ULP, and yet none misrounded")

fresh_copy()
change(data/fast/avx2/gelu.txt "max_ulp [0-9.]+" "max_ulp 4.01")
expect(rejects "gelu.txt: 4.01 ULP, above the bound of 4")

# The last digit of a count: correctly rounded, but for one of all floats.
fresh_copy()
change(${rows}/gelu_derivative.txt "misrounded 0" "misrounded 1")
expect(rejects "gelu_derivative.txt: 1 misrounded, where the bound is 0.5 ULP")

fresh_copy()
change(${rows}/mish.txt "inputs 4294967296" "inputs 4294967295")
expect(rejects "mish.txt: 4294967295 inputs are not all")

fresh_copy()
file(REMOVE ${SCRATCH}/${rows}/silu.txt ${SCRATCH}/${rows}/tanh_derivative.txt)
expect(rejects "silu.txt: missing\n.*tanh_derivative.txt: missing\n")

fresh_copy()
change(${rows}/selu.txt " [0-9a-f]+\n$" "\n")
expect(rejects "selu.txt is cut off")

fresh_copy()
file(RENAME ${SCRATCH}/${rows}/relu.txt ${SCRATCH}/${rows}/relu6.txt)
expect(rejects "relu6.txt is about 'relu', not 'relu6'")

fresh_copy()
file(WRITE ${SCRATCH}/${rows}/orphan.txt "")
expect(rejects "orphan.txt: no row has this file")

fresh_copy()
file(READ ${SCRATCH}/${doubles}/gelu.txt worst)
file(WRITE ${SCRATCH}/${doubles}/gelu.txt "0x1p+0 1000\n${worst}")
expect(rejects "gelu.txt: 1000 ULP, above the bound of [0-9]")
file(WRITE ${SCRATCH}/${doubles}/gelu.txt "${worst}0x1p+0 1000\n")
expect(rejects "gelu.txt: the worst error is not the first")
file(WRITE ${SCRATCH}/${doubles}/gelu.txt "${worst}0x1p+0\n")
expect(rejects "gelu.txt: not an input and its error")
file(REMOVE ${SCRATCH}/${doubles}/gelu.txt)
expect(rejects "gelu.txt: missing")
file(WRITE ${SCRATCH}/${doubles}/orphan.txt "")
expect(rejects "orphan.txt: no row has this file")

fresh_copy()
file(APPEND ${SCRATCH}/data/peers.txt "gelo | PyTorch 1.13 | 3\n")
expect(rejects "peers.txt: 'gelo' is not a row")
fresh_copy()
file(APPEND ${SCRATCH}/data/peers.txt "gelu | PyTorch 1.13 |\n")
expect(rejects "peers.txt: 'gelu . PyTorch 1.13 .' is not of the form")
fresh_copy()
change(data/peers.txt "\n\n" "\n")
expect(rejects "peers.txt: no empty line behind the prose")
file(REMOVE ${SCRATCH}/data/peers.txt)
expect(rejects "peers.txt: cannot be read")
