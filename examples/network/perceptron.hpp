// A multi-layer perceptron: dense layers by Eigen, with an activation of simdact between any two.
#pragma once

#include <cstddef>
#include <simdact/by_name/any_activation.hpp>
#include <utility>
#include <vector>

#include "dense.hpp"
#include "matrix.hpp"
#include "stopwatch.hpp"

namespace network {

// What a forward pass leaves for the backward pass: of each layer what went in, and the sums that came out.
struct Pass {
  std::vector<Matrix> inputs;
  std::vector<Matrix> sums;

  const Matrix& logits() const { return sums.back(); }
};

// inputs -> dense -> f -> dense -> ... -> f -> dense -> logits
//
// f is any activation, or a std::variant of some (simdact::AnyActivation).
template <class Activation>
class Perceptron {
 public:
  // With the gain under which the sums of every layer have variance 1, as those of the first one have.
  Perceptron(const Activation& f, const std::vector<int>& widths, Random& random)
      : Perceptron(f, widths, float(simdact::initialization_gain(f)), random) {}

  // widths: how many inputs, units of each hidden layer, logits.
  Perceptron(const Activation& f, const std::vector<int>& widths, float gain, Random& random)
      : activation_(f) {
    for (std::size_t k = 0; k + 1 < widths.size(); ++k) {
      layers_.emplace_back(widths[k], widths[k + 1], k == 0 ? 1 : gain, random);
    }
  }

  Pass forward(const Matrix& x) {
    Pass pass{{x}, {layers_.front().forward(x)}};
    for (std::size_t k = 1; k < layers_.size(); ++k) {
      pass.inputs.push_back(activate(pass.sums.back()));
      pass.sums.push_back(layers_[k].forward(pass.inputs.back()));
    }
    return pass;
  }

  // The gradient of a loss by the sums of each layer, from that by the logits.
  std::vector<Matrix> backward(const Pass& pass, const Matrix& grad_logits) {
    std::vector<Matrix> gradients(layers_.size());
    gradients.back() = grad_logits;
    for (std::size_t k = layers_.size() - 1; k > 0; --k) {
      Matrix grad = layers_[k].backward(gradients[k]);
      const auto lap = stopwatch_.lap();
      simdact::backward(activation_, values(pass.sums[k - 1]), values(grad), values(grad));
      gradients[k - 1] = std::move(grad);
    }
    return gradients;
  }

  // One step down the gradient of the loss of the batch x, which it returns. loss(logits, grad) is to write
  // the gradient by the logits to grad, and to return the loss.
  template <class Loss>
  double learn(const Matrix& x, const Loss& loss, float learning_rate) {
    const Pass pass = forward(x);
    Matrix grad(pass.logits().rows(), pass.logits().cols());
    const double value = loss(pass.logits(), grad);
    const std::vector<Matrix> gradients = backward(pass, grad);
    for (std::size_t k = 0; k < layers_.size(); ++k) {
      layers_[k].update(pass.inputs[k], gradients[k], learning_rate);
    }
    return value;
  }

  // The weights stay as they are.
  void replace_activation(const Activation& f) { activation_ = f; }

  double seconds_in_activations() const { return stopwatch_.seconds(); }

 private:
  Matrix activate(const Matrix& z) {
    Matrix y(z.rows(), z.cols());
    const auto lap = stopwatch_.lap();
    simdact::forward(activation_, values(z), values(y));
    return y;
  }

  Activation activation_;
  std::vector<Dense> layers_;
  Stopwatch stopwatch_;
};

}  // namespace network
