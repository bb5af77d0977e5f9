# Toolchain for little-endian 64-bit POWER on Debian, of which xsimd 8.1 knows no SIMD: there all is scalar. Builds
# with g++-powerpc64le-linux-gnu, runs what it built by qemu-user, with libraries from packages of the
# architecture ppc64el, as .ci/run installs them.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ppc64le)
set(CMAKE_CXX_COMPILER powerpc64le-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-ppc64le -L /)
