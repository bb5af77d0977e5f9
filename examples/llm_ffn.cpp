// The feed-forward block of a LLaMA-like language model: y = x + silu(n G) * (n U) D for n = x/rms(x).
//
// Eigen multiplies the matrices, simdact has the SwiGLU. How much of the time is that, and how much was it as a loop
// over std::exp? Random weights, for neither time nor error knows whether a model is a good one.
//
// Source of the block: Touvron et al., "LLaMA: open and efficient foundation language models", 2023.

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <random>
#include <simdact/gated/units.hpp>
#include <span>
#include <utility>
#include <vector>

#include "gallery/arguments.hpp"

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Clock = std::chrono::steady_clock;

Matrix random_matrix(int rows, int columns, float limit, std::mt19937& random) {
  Matrix matrix(rows, columns);
  for (float& entry : matrix.reshaped()) {
    entry = limit * (float(random()) * 0x1p-31F - 1);
  }
  return matrix;
}

struct Block {
  Matrix gate_and_up;  // side by side, so that one product has both
  Matrix down;

  // Uniform weights under which what goes through has variance 1.
  Block(int width, int hidden, std::mt19937& random)
      : gate_and_up(random_matrix(width, 2 * hidden, std::sqrt(3 / float(width)), random)),
        down(random_matrix(hidden, width, std::sqrt(3 / float(hidden)), random)) {}
};

struct Result {
  Matrix y;
  double seconds;
  double seconds_in_swiglu;
};

// swiglu(packed, hidden, row_length) takes a row [gate | up] for each token.
template <class SwiGLU>
Result forward(const Block& block, const Matrix& x, const SwiGLU& swiglu) {
  const auto start = Clock::now();
  const Matrix normed = x.array().colwise() / x.array().square().rowwise().mean().sqrt();
  const Matrix packed = normed * block.gate_and_up;
  Matrix hidden(x.rows(), block.down.rows());
  const auto before = Clock::now();
  swiglu(std::span(packed.data(), std::size_t(packed.size())),
         std::span(hidden.data(), std::size_t(hidden.size())), std::size_t(hidden.cols()));
  const auto after = Clock::now();
  Matrix y = x + hidden * block.down;
  const std::chrono::duration<double> all = Clock::now() - start, swiglu_alone = after - before;
  return {std::move(y), all.count(), swiglu_alone.count()};
}

template <class Accuracy>
void by_simdact(std::span<const float> packed, std::span<float> hidden, std::size_t row_length) {
  simdact::forward(simdact::SwiGLU<float, Accuracy>{}, packed, hidden, row_length);
}

// The loop that one would write; in double it is what the errors are measured by.
template <class T>
void by_loop(std::span<const float> packed, std::span<float> hidden, std::size_t row_length) {
  for (; !hidden.empty(); hidden = hidden.subspan(row_length)) {
    for (std::size_t i = 0; i < row_length; ++i) {
      const T gate = packed[i], up = packed[row_length + i];
      hidden[i] = float(gate / (1 + std::exp(-gate)) * up);
    }
    packed = packed.subspan(2 * row_length);
  }
}

struct Variant {
  const char* name;
  void (*swiglu)(std::span<const float>, std::span<float>, std::size_t);
  double seconds = INFINITY;
  double seconds_in_swiglu = INFINITY;
  double error = 0;
};

constexpr const char* usage =
    R"(A feed-forward block of a language model, with three ways to its SwiGLU.

usage: llm_ffn [option value]...
  --tokens N  rows that go through at once, 1 to 4096 (default: 64)
  --width N   of the model, 1 to 8192 (default: 1024)
  --hidden N  of the block, 1 to 32768 (default: 2816)
)";

}  // namespace

int main(int argc, char** argv) {
  const gallery::Arguments arguments(argc, argv, {"--tokens", "--width", "--hidden"}, usage);
  const int tokens = arguments.count("--tokens", 64, 4096);
  const int width = arguments.count("--width", 1024, 8192);
  const int hidden = arguments.count("--hidden", 2816, 32'768);

  std::mt19937 random(1);
  const Block block(width, hidden, random);
  const Matrix x = random_matrix(tokens, width, 2, random);
  const Matrix exact = forward(block, x, by_loop<double>).y;
  std::array variants{Variant{"loop over std::exp", by_loop<float>},
                      Variant{"simdact, Precise", by_simdact<simdact::Precise>},
                      Variant{"simdact, Fast", by_simdact<simdact::Fast>}};
  for (int round = 0; round < 5; ++round) {
    for (Variant& variant : variants) {
      const Result result = forward(block, x, variant.swiglu);
      variant.seconds = std::min(variant.seconds, result.seconds);
      variant.seconds_in_swiglu = std::min(variant.seconds_in_swiglu, result.seconds_in_swiglu);
      variant.error = result.y.allFinite() ? double((result.y - exact).cwiseAbs().maxCoeff()) : NAN;
    }
  }

  std::printf("%d tokens at once, %d wide, %d hidden units, one thread\n\n", tokens, width, hidden);
  std::printf("%-20s %10s %10s %14s %14s %10s\n", "SwiGLU", "tokens/s", "block, ms",
              "ns an element", "of the block", "error");
  for (const Variant& v : variants) {
    std::printf("%-20s %10.0f %10.3f %14.3f %12.3f %% %10.1e\n", v.name, tokens / v.seconds,
                1e3 * v.seconds, 1e9 * v.seconds_in_swiglu / (double(tokens) * hidden),
                100 * v.seconds_in_swiglu / v.seconds, v.error);
  }
  std::printf(R"(
The fastest of five rounds. For each element of SwiGLU the products have 6 x %d = %d operations.
Error: the largest of y, whose root mean square is %.3f, next to a block whose SwiGLU is in
double.
)",
              width, 6 * width, double(std::sqrt(exact.array().square().mean())));
}
