#pragma once

/// @file
/// THE LIST of every elementwise activation. Tests, benchmark, tables and plots walk it: a new
/// activation is its header, two lines here, and its row in tests/reference.hpp.

#include "activations/celu.hpp"
#include "activations/elu.hpp"
#include "activations/gelu.hpp"
#include "activations/gelu_tanh.hpp"
#include "activations/hardshrink.hpp"
#include "activations/hardsigmoid.hpp"
#include "activations/hardsigmoid_onnx.hpp"
#include "activations/hardswish.hpp"
#include "activations/hardtanh.hpp"
#include "activations/leaky_relu.hpp"
#include "activations/lecun_tanh.hpp"
#include "activations/log_sigmoid.hpp"
#include "activations/mish.hpp"
#include "activations/prelu.hpp"
#include "activations/quick_gelu.hpp"
#include "activations/relu.hpp"
#include "activations/relu6.hpp"
#include "activations/selu.hpp"
#include "activations/sigmoid.hpp"
#include "activations/silu.hpp"
#include "activations/softplus.hpp"
#include "activations/softshrink.hpp"
#include "activations/softsign.hpp"
#include "activations/squared_relu.hpp"
#include "activations/squareplus.hpp"
#include "activations/swish.hpp"
#include "activations/tanh.hpp"
#include "activations/tanhshrink.hpp"
#include "activations/threshold.hpp"

namespace simdact {

template <class... Act>
struct TypeList {};

template <class T = float, class Accuracy = Precise>
using Activations =
    TypeList<ReLU<T, Accuracy>, ReLU6<T, Accuracy>, LeakyReLU<T, Accuracy>, PReLU<T, Accuracy>,
             ELU<T, Accuracy>, CELU<T, Accuracy>, SELU<T, Accuracy>, GELU<T, Accuracy>,
             GELUTanh<T, Accuracy>, SiLU<T, Accuracy>, Swish<T, Accuracy>, Mish<T, Accuracy>,
             Softplus<T, Accuracy>, Hardswish<T, Accuracy>, Hardsigmoid<T, Accuracy>,
             Sigmoid<T, Accuracy>, LogSigmoid<T, Accuracy>, Tanh<T, Accuracy>,
             Hardtanh<T, Accuracy>, Threshold<T, Accuracy>, Hardshrink<T, Accuracy>,
             Softshrink<T, Accuracy>, SquaredReLU<T, Accuracy>, Softsign<T, Accuracy>,
             Tanhshrink<T, Accuracy>, LeCunTanh<T, Accuracy>, QuickGELU<T, Accuracy>,
             Squareplus<T, Accuracy>, HardsigmoidONNX<T, Accuracy>>;

/// Calls f(Act{}) for every listed activation, with its default parameters.
template <class T = float, class Accuracy = Precise, class F>
void for_each_activation(F&& f) {
  [&]<class... Act>(TypeList<Act...>) { (f(Act{}), ...); }(Activations<T, Accuracy>{});
}

}  // namespace simdact
