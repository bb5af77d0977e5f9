// Training a perceptron to tell classes apart, and seeing how well it does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <simdact/rowwise/cross_entropy.hpp>
#include <span>
#include <vector>

#include "matrix.hpp"
#include "perceptron.hpp"

namespace network {

struct Samples {
  Matrix inputs;
  std::vector<std::int32_t> labels;  // from 0 to the number of classes - 1

  std::size_t size() const { return labels.size(); }

  Samples select(std::span<const std::size_t> rows) const {
    Samples chosen{Matrix(std::ssize(rows), inputs.cols()), {}};
    for (const std::size_t row : rows) {
      chosen.inputs.row(std::ssize(chosen.labels)) = inputs.row(Eigen::Index(row));
      chosen.labels.push_back(labels[row]);
    }
    return chosen;
  }
};

// One pass over the samples, in mini-batches and a new random order. Returns their mean loss on the way.
template <class Activation>
double train_epoch(Perceptron<Activation>& network, const Samples& samples, float learning_rate,
                   Random& random) {
  constexpr std::size_t batch_size = 32;
  const std::vector<std::size_t> order = shuffled(samples.size(), random);
  double sum = 0;
  for (std::span<const std::size_t> rest = order; !rest.empty();) {
    const auto rows = rest.first(std::min(batch_size, rest.size()));
    rest = rest.subspan(rows.size());
    const Samples batch = samples.select(rows);
    const auto loss = [&](const Matrix& logits, Matrix& grad) {
      return simdact::cross_entropy(values(logits), batch.labels, std::size_t(logits.cols()),
                                    values(grad));
    };
    sum += double(rows.size()) * network.learn(batch.inputs, loss, learning_rate);
  }
  return sum / double(samples.size());
}

template <class Activation>
double loss(Perceptron<Activation>& network, const Samples& samples) {
  const Pass pass = network.forward(samples.inputs);
  return simdact::forward(simdact::CrossEntropy<>{}, values(pass.logits()), samples.labels,
                          std::size_t(pass.logits().cols()));
}

// The share of the samples whose likeliest class is the right one.
template <class Activation>
double accuracy(Perceptron<Activation>& network, const Samples& samples) {
  const Pass pass = network.forward(samples.inputs);
  std::size_t right = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    Eigen::Index likeliest = 0;
    pass.logits().row(Eigen::Index(i)).maxCoeff(&likeliest);
    right += likeliest == samples.labels[i];
  }
  return double(right) / double(samples.size());
}

}  // namespace network
