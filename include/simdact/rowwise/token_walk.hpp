#pragma once

/// @file
/// The inverse of the distribution function of the kept tokens, in the order of their indices.

#include "kept_tokens.hpp"

namespace simdact::detail {

/// Where a walk over the tokens stands: at which one, after which weight, with how many ties to keep yet.
struct WalkPlace {
  std::size_t token;
  double before;
  std::size_t ties;
};

/// The weight of those of n tokens that are kept. Takes the ties among them off those to keep yet.
template <class Arch, class T>
double weight_of_kept(TokenWeight const& weight, T least, T const* x, std::size_t n,
                      std::size_t& ties) noexcept {
  if (row_max<Arch>(x, n) < least)
    return 0.0;
  const auto terms = [=](auto const& in) SIMDACT_LAMBDA {
    const auto logit = core::widen(in[0]);
    using D = std::remove_cvref_t<decltype(logit)>;
    const D threshold(static_cast<double>(least));
    const D is_above = core::where(threshold < logit, D(1.0), D(0.0));
    const D is_tie = core::where(logit < threshold, D(0.0), D(1.0) - is_above);
    return std::array{is_above * weight(in[0]), is_tie};
  };
  const auto [above, ties_here] = sums_over<Arch, T, 1>(n, {x}, T(0), terms);
  const std::size_t kept_ties = (std::min)(ties, static_cast<std::size_t>(ties_here));
  ties -= kept_ties;
  return above + static_cast<double>(kept_ties) * weight(static_cast<double>(least));
}

/// Goes on in strides until the weight exceeds `target`. Returns where the stride begins that does it, or,
/// if by rounding none does, the last one with a weight. `weigh(token, count, ties)` is the weight of those
/// that are kept, as of `weight_of_kept`.
template <class Arch, class Weigh>
WalkPlace stride_across(Weigh weigh, double target, WalkPlace from, std::size_t end,
                        std::size_t stride) noexcept {
  WalkPlace found = from;
  WalkPlace here = from;
  while (here.token < end) {
    WalkPlace next = here;
    const std::size_t count = (std::min)(stride, end - here.token);
    const double w = weigh(here.token, count, next.ties);
    next.token += count;
    next.before += w;
    if (w > 0.0)
      found = here;
    if (next.before > target)
      break;
    here = next;
  }
  return found;
}

/// The first of n tokens up to which the kept ones weigh more than `target`.
template <class Arch, class T>
std::size_t token_at(TokenWeight const& weight, KeptTokens<T> const& kept, double target,
                     T const* x, std::size_t n) noexcept {
  const auto weigh = [=](std::size_t token, std::size_t count, std::size_t& ties) SIMDACT_LAMBDA {
    return weight_of_kept<Arch>(weight, kept.least, x + token, count, ties);
  };
  WalkPlace place{0, 0.0, kept.ties};
  std::size_t end = n;
  for (const std::size_t stride : {std::size_t{1024}, std::size_t{32}, std::size_t{1}}) {
    place = stride_across<Arch>(weigh, target, place, end, stride);
    end = (std::min)(end, place.token + stride);
  }
  return place.token;
}

/// The first of n tokens up to which they have more than `share` of the weight of all: the weights of parts,
/// which add up to that, tell in which part it is.
template <class Arch, class T>
std::size_t token_of_all(TokenWeight const& weight, double share, T const* x,
                         std::size_t n) noexcept {
  std::array<double, 64> weights;
  const std::size_t length = (n / weights.size() + 64) / 64 * 64;
  double total = 0.0;
  for (std::size_t i = 0; i < n; i += length) {
    total += weights[i / length] = sum_of_weights<Arch>(weight, x + i, (std::min)(length, n - i));
  }
  const double target = share * total;
  const auto weigh = [&](std::size_t token, std::size_t, std::size_t&)
                         SIMDACT_LAMBDA { return weights[token / length]; };
  const WalkPlace part = stride_across<Arch>(weigh, target, WalkPlace{}, n, length);
  const KeptTokens<T> all{-std::numeric_limits<T>::infinity(), 0, total};
  return part.token + token_at<Arch>(weight, all, target - part.before, x + part.token,
                                     (std::min)(length, n - part.token));
}

}  // namespace simdact::detail
