#pragma once

#include <array>
#include <cstddef>

#include "horner.hpp"

namespace simdact::core {

/// A function as a quotient of polynomials: the divider works beside the multiplications, and both polynomials are
/// short.
template <std::size_t Over, std::size_t Under>
struct Rational {
  float last;  // the largest argument
  std::array<float, Over + 1> over;
  std::array<float, Under + 1> under;
};

/// over(t)/under(t), for t >= 0.
template <class V, std::size_t Over, std::size_t Under>
SIMDACT_INLINE V evaluate(Rational<Over, Under> const& r, V const& t) noexcept {
  const V u = at_most(t, r.last);
  return ratio(horner_by(u, r.over), horner_by(u, r.under));
}

/// A quotient before the division, for a caller that goes on with both.
template <class V>
struct Fraction {
  V over;
  V under;
};

/// Of an odd function: x over(x^2) and under(x^2).
template <class V, std::size_t Over, std::size_t Under>
SIMDACT_INLINE Fraction<V> odd_fraction(Rational<Over, Under> const& r, V const& x) noexcept {
  const V c = at_most(at_least(x, -r.last), r.last);
  const V u = c * c;
  return {c * horner_by(u, r.over), horner_by(u, r.under)};
}

}  // namespace simdact::core
