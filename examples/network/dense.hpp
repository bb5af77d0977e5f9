// The linear part of the network: dense layers by Eigen, trained by Adam.
#pragma once

#include <Eigen/Core>
#include <cmath>

#include "matrix.hpp"

namespace network {

// Adam for one array of parameters: Kingma and Ba 2015, algorithm 1, with their constants.
class Adam {
 public:
  void step(Matrix& parameters, const Matrix& gradient, float learning_rate) {
    if (mean_.size() == 0) {
      mean_ = square_ = Matrix::Zero(gradient.rows(), gradient.cols());
    }
    mean_ += (1 - beta1) * (gradient - mean_);
    square_ += (1 - beta2) * (gradient.cwiseAbs2() - square_);
    // Both averages started at zero, which still weighs beta^t in them.
    beta1_power_ *= beta1;
    beta2_power_ *= beta2;
    const float rate = learning_rate / (1 - beta1_power_);
    const float scale = 1 / std::sqrt(1 - beta2_power_);
    parameters.array() -= rate * mean_.array() / (scale * square_.array().sqrt() + 1e-8F);
  }

 private:
  static constexpr float beta1 = 0.9F;
  static constexpr float beta2 = 0.999F;
  Matrix mean_;
  Matrix square_;
  float beta1_power_ = 1;
  float beta2_power_ = 1;
};

// z = x W + b for every row x of a batch.
class Dense {
 public:
  // Uniform random weights, under which inputs of mean square 1 give a z of variance gain^2.
  Dense(int inputs, int outputs, float gain, Random& random)
      : weights_(inputs, outputs), bias_(Matrix::Zero(1, outputs)) {
    const float limit = gain * std::sqrt(3 / float(inputs));
    for (float& weight : weights_.reshaped()) {
      weight = limit * uniform(random);
    }
  }

  Matrix forward(const Matrix& x) const {
    Matrix z = x * weights_;
    z.rowwise() += bias_.row(0);
    return z;
  }

  // From dL/dz to dL/dx.
  Matrix backward(const Matrix& grad_z) const { return grad_z * weights_.transpose(); }

  void update(const Matrix& x, const Matrix& grad_z, float learning_rate) {
    weights_adam_.step(weights_, x.transpose() * grad_z, learning_rate);
    bias_adam_.step(bias_, grad_z.colwise().sum(), learning_rate);
  }

 private:
  Matrix weights_;
  Matrix bias_;
  Adam weights_adam_;
  Adam bias_adam_;
};

}  // namespace network
