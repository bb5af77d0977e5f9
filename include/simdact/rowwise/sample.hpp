#pragma once

/// @file
/// The next token of a language model, drawn from its logits.

#include "sampling.hpp"
#include "token_walk.hpp"

namespace simdact {

namespace detail {

template <class Arch, class T>
std::size_t sample(std::span<T const> logits, Sampling const& sampling, double uniform,
                   std::span<T> scratch) {
  T const* x = logits.data();
  const std::size_t n = logits.size();
  const bool is_cut = sampling.top_k != 0 || sampling.top_p < 1.0;
  require_sampling<Arch>(sampling, uniform);
  const T max = require_logits<Arch>(x, n);
  if (is_cut)
    require_scratch<Arch>(scratch, logits);
  if (sampling.temperature == 0.0)
    return static_cast<std::size_t>(std::find_if(x, x + n, [=](T v) { return v == max; }) - x);
  const TokenWeight weight{static_cast<double>(max), (std::max)(sampling.temperature, 1e-300)};
  if (!is_cut)
    return token_of_all<Arch>(weight, uniform, x, n);
  const KeptTokens<T> kept =
      keep_most_probable<Arch>(weight, sampling.top_k, sampling.top_p, x, n, scratch.data());
  return token_at<Arch>(weight, kept, uniform * kept.weight, x, n);
}

}  // namespace detail

/// The index of a token drawn from one row of logits by a number from [0, 1). If that is drawn uniformly,
/// each token that `sampling` keeps comes with its probability, renormalised.
///
/// Deterministic: of the kept tokens, in the order of their indices, it is the first one for which the
/// probabilities up to and with its own add up to more than `uniform`.
///
/// sampling: see there; by default softmax itself. scratch: memory to work in, at least as long as logits
/// and apart from them, for top_k and top_p; none for top_k = 0 and top_p = 1.
/// Maximum error: sums are in double; where `uniform` or top_p is within 1e-13 of a sum that decides, the
/// answer may be the next one. Tokens less than 2^-1009 times as probable as the first one never come.
/// Special values: T = 0 is the largest logit, of several the one with the lowest index; T = +inf, its
/// limit, draws uniformly from the kept tokens, still ordered by their logits for top_k and top_p; T below
/// 1e-300 counts as that; a logit of -inf is never drawn; top_k from the row's length on keeps all.
/// Errors (`std::invalid_argument`, before anything is written): no logits; T below 0 or NaN; top_p out of
/// (0, 1]; uniform out of [0, 1); a logit that is NaN or +inf; nothing but -inf; scratch that is too short
/// or overlaps logits.
/// Source: of top_k Fan et al., "Hierarchical neural story generation", 2018; of top_p Holtzman et al.,
/// "The curious case of neural text degeneration", 2020.
template <class T = float>
SIMDACT_INLINE std::size_t sample(std::span<std::type_identity_t<T> const> logits,
                                  Sampling const& sampling, double uniform,
                                  std::span<std::type_identity_t<T>> scratch = {}) {
  return detail::sample<xsimd::default_arch, T>(logits, sampling, uniform, scratch);
}

}  // namespace simdact
