#pragma once

#include <array>
#include <cstddef>

#include "horner.hpp"

namespace simdact::core {

/// A function as a quotient of polynomials, or as a power of one: the divider works beside the multiplications, and both
/// polynomials are short.
template <std::size_t Over, std::size_t Under, int Power = 1>
struct Rational {
  static constexpr int power = Power;

  float last;  // the largest argument
  std::array<float, Over + 1> over;
  std::array<float, Under + 1> under;
};

/// |x|, but no more than the last argument.
template <class V, std::size_t Over, std::size_t Under, int Power>
SIMDACT_INLINE V within(Rational<Over, Under, Power> const& r, V const& x) noexcept {
  return at_most(magnitude(x), r.last);
}

/// (over(t)/under(t))^Power, for t from 0 to r.last, of a function that falls to 0.
template <class V, std::size_t Over, std::size_t Under, int Power>
SIMDACT_INLINE V evaluate(Rational<Over, Under, Power> const& r, V const& t) noexcept {
  static_assert(Power == 1 || Power == 2);
  const V root = at_least(ratio(horner_by(t, r.over), horner_by(t, r.under)), 0.0f);
  return Power == 1 ? root : root * root;
}

/// x, but no farther from 0 than the last argument.
template <class V, std::size_t Over, std::size_t Under>
SIMDACT_INLINE V within_both(Rational<Over, Under> const& r, V const& x) noexcept {
  return at_most(at_least(x, -r.last), r.last);
}

/// A quotient before the division, for a caller that goes on with both.
template <class V>
struct Fraction {
  V over;
  V under;
};

/// Of an odd function: x over(x^2) and under(x^2), for an x within the last argument.
template <class V, std::size_t Over, std::size_t Under>
SIMDACT_INLINE Fraction<V> odd_fraction(Rational<Over, Under> const& r, V const& x) noexcept {
  const V u = x * x;
  return {x * horner_by(u, r.over), horner_by(u, r.under)};
}

/// x over(x^2)/under(x^2).
template <class V, std::size_t Over, std::size_t Under>
SIMDACT_INLINE V evaluate_odd(Rational<Over, Under> const& r, V const& x) noexcept {
  const auto f = odd_fraction(r, within_both(r, x));
  return ratio(f.over, f.under);
}

}  // namespace simdact::core
