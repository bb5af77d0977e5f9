# Every activation has its row in tests/reference.hpp, and every row its activation.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/house.cmake)

read_code(${ROOT}/tests/reference.hpp text)
match_all("struct Reference<[a-z:]*([A-Z][A-Za-z0-9_]*)" "${text}" rows)
activation_types(types)
expect_same("the folder activations/" "${types}" "tests/reference.hpp" "${rows}")
