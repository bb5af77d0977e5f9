#pragma once

/// @file
/// Which tokens a sample is drawn from: the k most probable, the nucleus.

#include "token_weight.hpp"

namespace simdact::detail {

/// The tokens whose logit is above `least`, and the first `ties` of those at it; the weight of them all.
template <class T>
struct KeptTokens {
  T least;
  std::size_t ties;
  double weight;
};

/// The tokens with these logits.
template <class Arch, class T>
KeptTokens<T> kept_of(TokenWeight const& weight, T const* x, std::size_t n) noexcept {
  const T least = *std::min_element(x, x + n, [](T a, T b) { return a < b; });
  const auto ties = std::count_if(x, x + n, [=](T v) { return v == least; });
  return {least, static_cast<std::size_t>(ties), sum_of_weights<Arch>(weight, x, n)};
}

/// Brings the `count` largest of n > 0 logits to the front, the least of them as the last.
template <class Arch, class T>
void select_largest(T* x, std::size_t count, std::size_t n) noexcept {
  std::nth_element(x, x + (count - 1), x + n, [](T a, T b) { return a > b; });
}

/// Brings the fewest of the largest of n > 0 logits to the front that weigh `target`, or else all, and
/// returns how many those are: the selection of the n-th (Hoare 1961), by weight instead of number.
template <class Arch, class T>
std::size_t select_heaviest(TokenWeight const& weight, double target, T* x,
                            std::size_t n) noexcept {
  std::size_t begin = 0;
  std::size_t end = n;
  while (end - begin > 1) {
    const std::size_t half = (end - begin) / 2;
    select_largest<Arch>(x + begin, half, end - begin);
    const double upper = sum_of_weights<Arch>(weight, x + begin, half);
    if (upper < target) {
      target -= upper;
      begin += half;
    } else {
      end = begin + half;
    }
  }
  return end;
}

/// Copies the logits that are not below `least`, and returns how many those are.
template <class Arch, class T>
std::size_t copy_from(T least, T const* x, std::size_t n, T* to) noexcept {
  constexpr std::size_t block = 64;
  T* next = to;
  for (std::size_t i = 0; i < n; i += block) {
    const std::size_t count = (std::min)(block, n - i);
    if (row_max<Arch>(x + i, count) >= least)
      next = std::copy_if(x + i, x + i + count, next, [=](T v) { return v >= least; });
  }
  return static_cast<std::size_t>(next - to);
}

/// A logit that `count` of n logits, and not many more, are not below: of the maxima of groups of them the
/// count-th largest; -inf if there are too few groups. `scratch` is overwritten.
template <class Arch, class T>
T bound_of_largest(T const* x, std::size_t count, std::size_t n, T* scratch) noexcept {
  const std::size_t group = (std::max)(n / (4 * count), std::size_t{16});
  const std::size_t groups = n / group;
  if (groups < count)
    return -std::numeric_limits<T>::infinity();
  for (std::size_t g = 0; g < groups; ++g)
    scratch[g] = row_max<Arch>(x + g * group, group);
  select_largest<Arch>(scratch, count, groups);
  return scratch[count - 1];
}

/// A logit such that those not below it have more than `share` of n logits' weight `total`: even n of half
/// the mean weight of what may be left out would be but half of that.
template <class T>
SIMDACT_INLINE T bound_of_heaviest(TokenWeight const& weight, double share, double total,
                                   std::size_t n) noexcept {
  const double left = 0.5 * (1.0 - share) * total / static_cast<double>(n);
  return static_cast<T>(weight.max + weight.temperature * std::log(left));
}

/// Of n logits those that `top_k` and then `top_p` leave. `scratch`, of n elements, is overwritten.
template <class Arch, class T>
KeptTokens<T> keep_most_probable(TokenWeight const& weight, std::size_t top_k, double top_p,
                                 T const* x, std::size_t n, T* scratch) noexcept {
  std::size_t count = top_k;
  double total;
  if (top_k == 0 || top_k >= n) {
    total = sum_of_weights<Arch>(weight, x, n);
    count = copy_from<Arch>(bound_of_heaviest<T>(weight, top_p, total, n), x, n, scratch);
  } else {
    const T bound = bound_of_largest<Arch>(x, count, n, scratch);
    select_largest<Arch>(scratch, count, copy_from<Arch>(bound, x, n, scratch));
    total = sum_of_weights<Arch>(weight, scratch, count);
  }
  if (top_p < 1.0)
    count = select_heaviest<Arch>(weight, top_p * total, scratch, count);
  return kept_of<Arch>(weight, scratch, count);
}

}  // namespace simdact::detail
