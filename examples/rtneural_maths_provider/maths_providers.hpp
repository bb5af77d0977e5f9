// Maths providers: what RTNeural's recurrent layers and activation layers take for their functions, a struct with
// static tanh, sigmoid and exp of a number or of an xsimd::batch of numbers.
//
// RTNeural: J. Chowdhury, "RTNeural: Fast neural inferencing for real-time systems", 2021, arXiv:2106.03037.
#pragma once

#include <cmath>
#include <simdact/activations/sigmoid.hpp>
#include <simdact/activations/tanh.hpp>
#include <xsimd/xsimd.hpp>

namespace providers {

// For instance RTNeural::GRULayerT<float, 1, 32, RTNeural::SampleRateCorrectionMode::None,
// providers::Simdact<simdact::Fast>>.
template <class Accuracy>
struct Simdact {
  template <class V>
  static V tanh(V x) {
    return simdact::Tanh<simdact::scalar_of_t<V>, Accuracy>{}(x);
  }

  template <class V>
  static V sigmoid(V x) {
    return simdact::Sigmoid<simdact::scalar_of_t<V>, Accuracy>{}(x);
  }

  // simdact has none of its own: e^x by itself is no activation. Only RTNeural's softmax and ELU ask for it.
  template <class V>
  static V exp(V x) {
    using std::exp;
    return exp(x);
  }
};

// What is there without simdact: the standard library's functions of numbers, and xsimd's of batches.
struct Plain {
  template <class V>
  static V tanh(V x) {
    using std::tanh;
    return tanh(x);
  }

  template <class V>
  static V sigmoid(V x) {
    using std::exp;
    return V(1) / (V(1) + exp(-x));
  }
};

}  // namespace providers
