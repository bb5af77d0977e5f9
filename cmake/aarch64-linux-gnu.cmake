# Toolchain for 64-bit ARM on Debian: builds with g++-aarch64-linux-gnu, runs what it built by
# qemu-user. Libraries come from packages of the architecture arm64, as .ci/run installs them, and so
# must the dynamic loader (-L /): that of the cross compiler may be of another release, and then
# threads hang.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L /)
