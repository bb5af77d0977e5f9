# Toolchain for 64-bit ARM with the scalable vectors of SVE, here of 256 bits, which xsimd 8.1 does not know yet:
# Debian's compiler and emulator as for 64-bit ARM without. GCC's notes on how it passes arguments since version 10 are
# of no use here, and with SVE its version 12 crashes on precompiled headers.
include(${CMAKE_CURRENT_LIST_DIR}/aarch64-linux-gnu.cmake)
set(CMAKE_CXX_FLAGS_INIT "-march=armv8.2-a+sve -msve-vector-bits=256 -Wno-psabi")
set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -cpu max,sve256=on -L /)
