#pragma once

/// @file
/// What comes behind the logits of a language model, over its vocabulary: the loss with its gradient in
/// training, the next token in decoding. Each beside what a user of softmax alone would write.

#include <algorithm>
#include <memory>
#include <numeric>
#include <simdact/simdact.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "row.hpp"

namespace bench {

/// Rows of logits of a vocabulary.
struct Vocabulary {
  std::size_t rows;
  std::size_t classes;

  Size size() const {
    return {rows * classes, std::to_string(rows) + "x" + std::to_string(classes)};
  }
};

/// Any class, another one in each row.
inline std::vector<std::int32_t> some_labels(Vocabulary const& v) {
  std::vector<std::int32_t> labels(v.rows);
  for (std::size_t r = 0; r < v.rows; ++r)
    labels[r] = static_cast<std::int32_t>((r + 1) * v.classes / (v.rows + 1));
  return labels;
}

/// Adds the rows of cross-entropy in a tier: the loss alone, with its gradient, with label smoothing, and
/// against probabilities. "unfused" goes through log-softmax, picks the losses, and back, with a gradient of
/// the log-probabilities that is not even counted.
template <class Accuracy>
void add_cross_entropy(std::string const& tier, Vocabulary const& v) {
  using T = float;
  const std::size_t n = v.classes;
  const auto labels = some_labels(v);
  const std::string name = "cross_entropy/" + tier;
  const simdact::CrossEntropy<T, Accuracy> loss, smooth{.label_smoothing = 0.1};
  const simdact::LogSoftmax<T, Accuracy> log_softmax;
  add_row<T>(name + "forward", v.size(), 1, [=](Arrays<T>& a) {
    benchmark::DoNotOptimize(simdact::forward(loss, a.x, labels, n));
  });
  add_row<T>(name + "forward_and_gradient", v.size(), 2, [=](Arrays<T>& a) {
    benchmark::DoNotOptimize(simdact::forward_and_gradient(loss, a.x, labels, n, a.d));
  });
  add_row<T>(name + "unfused_forward_and_gradient", v.size(), 2,
             [=, grad = std::make_shared<Array<T>>()](Arrays<T>& a) {
               if (grad->empty()) {
                 grad->resize(a.x.size());
                 for (std::size_t r = 0; r < labels.size(); ++r)
                   (*grad)[r * n + static_cast<std::size_t>(labels[r])] =
                       -1.0f / static_cast<T>(v.rows);
               }
               simdact::forward(log_softmax, a.x, a.y, n);
               double sum = 0.0;
               for (std::size_t r = 0; r < labels.size(); ++r)
                 sum -= static_cast<double>(a.y[r * n + static_cast<std::size_t>(labels[r])]);
               benchmark::DoNotOptimize(sum);
               simdact::backward(log_softmax, a.y, *grad, a.d, n);
             });
  add_row<T>(name + "smoothed_forward_and_gradient", v.size(), 2, [=](Arrays<T>& a) {
    benchmark::DoNotOptimize(simdact::forward_and_gradient(smooth, a.x, labels, n, a.d));
  });
  add_row<T>(
      name + "probabilities_forward_and_gradient", v.size(), 3,
      [=](Arrays<T>& a) {
        benchmark::DoNotOptimize(simdact::forward_and_gradient(loss, a.x, a.y, n, a.d));
      },
      [=](Arrays<T>& a) { simdact::forward(simdact::Softmax<T>{}, a.grad_y, a.y, n); });
}

/// Leaves of all tokens those that top_k and top_p keep, by a sort of as many as are needed: of a nucleus it
/// is not known how many that is. Returns what they weigh.
inline double keep(simdact::Sampling const& sampling, Array<float> const& probs,
                   std::vector<std::size_t>& tokens) {
  std::size_t count = sampling.top_k == 0 ? tokens.size() : sampling.top_k;
  std::partial_sort(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(count),
                    tokens.end(),
                    [&](std::size_t a, std::size_t b) { return probs[a] > probs[b]; });
  double total = 0.0;
  for (std::size_t i = 0; i < count; ++i)
    total += static_cast<double>(probs[tokens[i]]);
  double kept = 0.0;
  std::size_t i = 0;
  while (i < count && kept < sampling.top_p * total)
    kept += static_cast<double>(probs[tokens[i++]]);
  tokens.resize(i);
  std::sort(tokens.begin(), tokens.end());
  return kept;
}

/// The token that `sample` draws, by softmax, a sort and sums.
template <class Accuracy>
std::size_t unfused_sample(Array<float> const& logits, simdact::Sampling const& sampling,
                           double uniform, Array<float>& probs, std::vector<std::size_t>& tokens) {
  const auto temperature = static_cast<float>(sampling.temperature);
  simdact::forward(simdact::Softmax<float, Accuracy>{.temperature = temperature}, logits, probs);
  tokens.resize(probs.size());
  std::iota(tokens.begin(), tokens.end(), std::size_t{0});
  const bool is_cut = sampling.top_k != 0 || sampling.top_p < 1.0;
  const double kept = is_cut ? keep(sampling, probs, tokens) : 1.0;
  double reached = 0.0;
  for (const std::size_t token : tokens) {
    if ((reached += static_cast<double>(probs[token])) > uniform * kept)
      return token;
  }
  return tokens.back();
}

/// What draws a token with any uniform numbers, one after the other.
template <class Sample>
auto draws(Sample sample) {
  return [=, uniform = std::make_shared<double>(0.5)](Arrays<float>& a) {
    *uniform += *uniform < 0.9 ? 0.0618 : -0.8765;
    benchmark::DoNotOptimize(sample(a, *uniform));
  };
}

/// Adds the row of the unfused way in a tier. Throws unless it draws what `fused` does, but where rounding
/// decides.
template <class Accuracy, class Fused>
void add_unfused_sampling(std::string const& what, simdact::Sampling const& sampling,
                          std::size_t classes, Fused fused) {
  const auto unfused = [=, tokens = std::make_shared<std::vector<std::size_t>>()](Arrays<float>& a,
                                                                                  double uniform) {
    return unfused_sample<Accuracy>(a.x, sampling, uniform, a.y, *tokens);
  };
  add_row<float>("sample/" + what, Size{classes}, 1, draws(unfused), [=](Arrays<float>& a) {
    int unlike = 0;
    for (const double uniform : {0.0, 0.1, 0.25, 0.5, 0.77, 0.99})
      unlike += fused(a, uniform) == unfused(a, uniform) ? 0 : 1;
    if (unlike > 1)
      throw std::logic_error("unfused_sample is another function than sample");
  });
}

/// Adds the rows of one way to sample.
inline void add_sampling(std::string const& what, simdact::Sampling const& sampling,
                         std::size_t classes) {
  const auto fused = [=](Arrays<float>& a, double uniform) {
    return simdact::sample<float>(a.x, sampling, uniform, a.d);
  };
  add_row<float>("sample/" + what, Size{classes}, 1, draws(fused));
  add_unfused_sampling<simdact::Precise>("unfused_" + what, sampling, classes, fused);
  add_unfused_sampling<simdact::Fast>("unfused_fast_" + what, sampling, classes, fused);
}

/// Adds the rows, those of each size after what `add_memcpy(size)` adds.
template <class AddMemcpy>
void add_rowwise(AddMemcpy add_memcpy) {
  for (const std::size_t classes : {std::size_t{50257}, std::size_t{128256}}) {
    const Vocabulary v{8, classes};
    add_memcpy(v.size());
    add_cross_entropy<simdact::Precise>("", v);
    add_cross_entropy<simdact::Fast>("fast_", v);
  }
  const std::size_t classes = 50257;
  add_memcpy(Size{classes});
  add_sampling("all", {}, classes);
  add_sampling("top_k_50", {.top_k = 50}, classes);
  add_sampling("top_p_0.9", {.top_p = 0.9}, classes);
  add_sampling("top_k_50_top_p_0.9", {.top_k = 50, .top_p = 0.9}, classes);
}

}  // namespace bench
