#pragma once

/// @file
/// THE LIST of every elementwise activation. Tests, benchmark, tables and plots walk it: a new
/// activation is its header, two lines here, and its row in tests/reference.hpp.

#include "activations/celu.hpp"
#include "activations/elu.hpp"
#include "activations/gelu.hpp"
#include "activations/gelu_tanh.hpp"
#include "activations/hardsigmoid.hpp"
#include "activations/hardswish.hpp"
#include "activations/leaky_relu.hpp"
#include "activations/log_sigmoid.hpp"
#include "activations/mish.hpp"
#include "activations/prelu.hpp"
#include "activations/relu.hpp"
#include "activations/relu6.hpp"
#include "activations/selu.hpp"
#include "activations/sigmoid.hpp"
#include "activations/silu.hpp"
#include "activations/softplus.hpp"
#include "activations/swish.hpp"
#include "activations/tanh.hpp"

namespace simdact {

template <class... Act>
struct TypeList {};

template <class T = float, class Accuracy = Precise>
using Activations =
    TypeList<ReLU<T, Accuracy>, ReLU6<T, Accuracy>, LeakyReLU<T, Accuracy>, PReLU<T, Accuracy>,
             ELU<T, Accuracy>, CELU<T, Accuracy>, SELU<T, Accuracy>, GELU<T, Accuracy>,
             GELUTanh<T, Accuracy>, SiLU<T, Accuracy>, Swish<T, Accuracy>, Mish<T, Accuracy>,
             Softplus<T, Accuracy>, Hardswish<T, Accuracy>, Hardsigmoid<T, Accuracy>,
             Sigmoid<T, Accuracy>, LogSigmoid<T, Accuracy>, Tanh<T, Accuracy>>;

/// Calls f(Act{}) for every listed activation, with its default parameters.
template <class T = float, class Accuracy = Precise, class F>
void for_each_activation(F&& f) {
  [&]<class... Act>(TypeList<Act...>) { (f(Act{}), ...); }(Activations<T, Accuracy>{});
}

}  // namespace simdact
