// A layer of gated recurrent units whose functions are those of a maths provider.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <random>
#include <simdact/concepts.hpp>

namespace rtneural_maths_provider {

// V is a number or a batch of numbers. Source: Cho et al., "Learning phrase representations using RNN
// encoder-decoder", 2014, with the candidate as in PyTorch: the reset gate is applied to U h.
template <class Maths, class V, std::size_t units>
class GRU {
 public:
  using Number = simdact::scalar_of_t<V>;

  // Random weights, the same for every V.
  explicit GRU(std::mt19937 random) {
    const auto fill = [&](Units& column, double limit) {
      std::array<Number, units> numbers;
      for (Number& number : numbers) {
        number = Number(float(limit * (double(random()) * 0x1p-31 - 1)));
      }
      column = std::bit_cast<Units>(numbers);
    };
    for (Gate* gate : {&reset_, &update_, &candidate_}) {
      fill(gate->of_input, 2);
      fill(gate->bias, 0.5);
      for (Units& column : gate->of_state) {
        fill(column, 0.4);
      }
    }
  }

  std::array<Number, units> step(Number input) {
    const auto state = std::bit_cast<std::array<Number, units>>(state_);
    const Units r = sum(reset_, state), z = sum(update_, state), n = sum(candidate_, state);
    for (std::size_t i = 0; i < state_.size(); ++i) {
      const V reset = Maths::sigmoid(r[i] + reset_.of_input[i] * V(input));
      const V update = Maths::sigmoid(z[i] + update_.of_input[i] * V(input));
      const V candidate = Maths::tanh(reset * n[i] + candidate_.of_input[i] * V(input));
      state_[i] = candidate + update * (state_[i] - candidate);
    }
    return std::bit_cast<std::array<Number, units>>(state_);
  }

 private:
  using Units = std::array<V, units * sizeof(Number) / sizeof(V)>;
  static_assert(sizeof(Units) == units * sizeof(Number));

  // The matrix of the state is by columns, of which each is times one number.
  struct Gate {
    Units of_input;
    Units bias;
    std::array<Units, units> of_state;
  };

  static Units sum(const Gate& gate, const std::array<Number, units>& state) {
    Units sums = gate.bias;
    for (std::size_t j = 0; j < units; ++j) {
      for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i] += gate.of_state[j][i] * V(state[j]);
      }
    }
    return sums;
  }

  Gate reset_;
  Gate update_;
  Gate candidate_;
  Units state_ = std::bit_cast<Units>(std::array<Number, units>{});
};

}  // namespace rtneural_maths_provider
