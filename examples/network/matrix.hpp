// Arrays of numbers, fixed and random.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

namespace network {

// One sample per row, row-major: the layout of simdact's rowwise functions.
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// simdact takes anything that is contiguous in memory.
inline std::span<float> values(Matrix& matrix) {
  return {matrix.data(), std::size_t(matrix.size())};
}
inline std::span<const float> values(const Matrix& matrix) {
  return {matrix.data(), std::size_t(matrix.size())};
}

using Random = std::mt19937;

// From -1 to 1; the distributions of the standard library give other numbers in each of them.
inline float uniform(Random& random) { return float(random()) * 0x1p-31F - 1; }

// 0 ... count-1 in random order; std::shuffle gives another order in every standard library.
inline std::vector<std::size_t> shuffled(std::size_t count, Random& random) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t j = random() % (i + 1);
    order[i] = order[j];
    order[j] = i;
  }
  return order;
}

}  // namespace network
