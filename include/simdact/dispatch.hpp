#pragma once

/// @file
/// The array algorithms, compiled for several instruction sets and chosen as the program runs: one binary for
/// every CPU. Needs the library that CMake builds: `find_package(simdact COMPONENTS dispatch)` and
/// `target_link_libraries(app simdact::dispatch)`.
///
/// simdact::dispatch::forward(act, x, y) is simdact::forward(act, x, y) as a program that is compiled for the
/// chosen instruction set has it, bit for bit. So are the others of the same names, with their arguments,
/// checks and errors: `forward`, `derivative`, `backward` and `forward_and_derivative` of every listed
/// activation, in both tiers; `forward` and `backward` of `Softmax`, `LogSoftmax`, `Softmin` and of the gated
/// units; `log_sum_exp`; `forward` and `forward_and_gradient` of `CrossEntropy`, and `cross_entropy`.
///
/// The best instruction set of the machine is chosen at the first call of any, or the one that the environment
/// variable SIMDACT_ARCH names: see dispatch/architecture.hpp.

#include "dispatch/architecture.hpp"
#include "dispatch/cross_entropy.hpp"
#include "dispatch/elementwise.hpp"
#include "dispatch/gated.hpp"
#include "dispatch/log_sum_exp.hpp"
#include "dispatch/softmax.hpp"
