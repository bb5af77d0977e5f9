#pragma once

/// @file
/// How a token is to be sampled, and what is asked of the arguments.

#include "special_row.hpp"

namespace simdact {

/// What `sample` draws from, in this order: at `temperature` T in [0, +inf] a token has the probability
/// e^(x_i/T)/sum; the `top_k` most probable tokens are kept, all of them for 0; of these, renormalised, the
/// fewest of the most probable whose probabilities add up to `top_p` in (0, 1] or more. Of tokens with the
/// same logit the one with the lower index counts as the more probable one.
struct Sampling {
  double temperature = 1.0;
  std::size_t top_k = 0;
  double top_p = 1.0;
};

namespace detail {

template <class Arch>
void require_sampling(Sampling const& sampling, double uniform) {
  require_temperature<Arch>(sampling.temperature);
  if (!(sampling.top_p > 0.0 && sampling.top_p <= 1.0))
    fail<Arch>("top_p is ", sampling.top_p, ", but must be in (0, 1]");
  if (!(uniform >= 0.0 && uniform < 1.0))
    fail<Arch>("uniform is ", uniform, ", but must be in [0, 1)");
}

template <class Arch, class T>
void require_scratch(std::span<T> scratch, std::span<T const> logits) {
  if (scratch.size() < logits.size()) {
    fail<Arch>("scratch has length ", scratch.size(), ", but must have that of logits, ",
               logits.size(), ", for top_k and top_p");
  }
  require_apart<Arch>(scratch, "scratch", logits, "logits");
}

/// Is any NaN or +inf?
template <class Arch, class T>
bool any_not_below_infinity(T const* x, std::size_t n) noexcept {
  using V = Lanes<T, Arch>;
  const V infinity(std::numeric_limits<T>::infinity());
  const std::array<V, 4> found =
      gather<Arch, T, 1>(n, {x}, T(0), T(0), [=](V const& so_far, auto const& in) SIMDACT_LAMBDA {
        return core::where(in[0] < infinity, so_far, V(1));
      });
  return largest_of(lanes_of(largest_of(found))) > T(0);
}

template <class Arch, class T>
[[noreturn]] void throw_logit(T const* x, std::size_t n) {
  const auto is_bad = [](T v) { return !(v < std::numeric_limits<T>::infinity()); };
  T const* bad = std::find_if(x, x + n, is_bad);
  fail<Arch>("logits[", bad - x, "] is ", *bad, ", but must be a number below inf");
}

/// Returns the largest logit. Throws unless that is a number, and none is NaN.
template <class Arch, class T>
T require_logits(T const* x, std::size_t n) {
  if (n == 0)
    fail<Arch>("there is no token to sample: logits has length 0");
  if (any_not_below_infinity<Arch>(x, n))
    throw_logit<Arch>(x, n);
  const T max = row_max<Arch>(x, n);
  if (max == -std::numeric_limits<T>::infinity()) {
    fail<Arch>("there is no token to sample: all ", n, " logits are -inf");
  }
  return max;
}

}  // namespace detail

}  // namespace simdact
