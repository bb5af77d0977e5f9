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
  const std::size_t kept_ties = std::min(ties, static_cast<std::size_t>(ties_here));
  ties -= kept_ties;
  return above + static_cast<double>(kept_ties) * weight(static_cast<double>(least));
}

/// Goes on in strides until the weight exceeds `target`. Returns where the stride begins that does it, or,
/// if by rounding none does, the last one with a weight.
template <class Arch, class T>
WalkPlace stride_across(TokenWeight const& weight, T least, double target, T const* x,
                        WalkPlace from, std::size_t end, std::size_t stride) noexcept {
  WalkPlace found = from;
  WalkPlace here = from;
  while (here.token < end) {
    WalkPlace next = here;
    const std::size_t count = std::min(stride, end - here.token);
    const double w = weight_of_kept<Arch>(weight, least, x + here.token, count, next.ties);
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

/// The first of n tokens up to which the kept ones have more than `share` of their weight.
template <class Arch, class T>
std::size_t token_at(TokenWeight const& weight, KeptTokens<T> const& kept, double share, T const* x,
                     std::size_t n) noexcept {
  WalkPlace place{0, 0.0, kept.ties};
  std::size_t end = n;
  for (const std::size_t stride : {std::size_t{1024}, std::size_t{32}, std::size_t{1}}) {
    place = stride_across<Arch>(weight, kept.least, share * kept.weight, x, place, end, stride);
    end = std::min(end, place.token + stride);
  }
  return place.token;
}

}  // namespace simdact::detail
