#pragma once

/// @file
/// Double lanes for float kernels. `widen` turns float lanes into `Wide`, the same lanes in double
/// precision; `narrow` rounds them back, once. Double lanes pass through both unchanged, so that one
/// kernel serves float and double, and its type still tells which of the two it computes:
/// - `Wide` holds floats' values: no argument is below 2^-149 or above 2^128 in magnitude, and what
///   a float cannot hold vanishes in `narrow`;
/// - `double` and `batch<double>` are the result's own type: full range, gradual underflow.

#include <array>
#include <utility>

#include "primitives.hpp"

namespace simdact::core {

/// N registers of D (double, a batch of double, or a mask of either) that hold one batch of floats.
template <class D, std::size_t N>
struct Wide {
  D part[N];

  Wide() = default;

  /// Part by part: GCC copies the whole as memory, in chunks that the next load cannot be fed from.
  SIMDACT_INLINE Wide(Wide const& other) noexcept {
    for_each_part([&](auto i) SIMDACT_LAMBDA { part[i] = other.part[i]; });
  }
  SIMDACT_INLINE Wide& operator=(Wide const& other) noexcept {
    for_each_part([&](auto i) SIMDACT_LAMBDA { part[i] = other.part[i]; });
    return *this;
  }

  SIMDACT_INLINE Wide(double constant) noexcept {
    for_each_part([&](auto i) SIMDACT_LAMBDA { part[i] = D(constant); });
  }

  /// f, register by register.
  template <class F, class... W>
  static SIMDACT_INLINE auto lift(F f, W const&... w) noexcept {
    Wide<decltype(f(w.part[0]...)), N> result;
    for_each_part([&](auto i) SIMDACT_LAMBDA { result.part[i] = f(w.part[i]...); });
    return result;
  }

  template <class F>
  static SIMDACT_INLINE void for_each_part(F f) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) SIMDACT_LAMBDA {
      (f(std::integral_constant<std::size_t, I>{}), ...);
    }
    (std::make_index_sequence<N>{});
  }

  friend SIMDACT_INLINE Wide operator+(Wide const& a, Wide const& b) noexcept {
    return lift([](D const& x, D const& y) SIMDACT_LAMBDA { return D(x + y); }, a, b);
  }
  friend SIMDACT_INLINE Wide operator-(Wide const& a, Wide const& b) noexcept {
    return lift([](D const& x, D const& y) SIMDACT_LAMBDA { return D(x - y); }, a, b);
  }
  friend SIMDACT_INLINE Wide operator*(Wide const& a, Wide const& b) noexcept {
    return lift([](D const& x, D const& y) SIMDACT_LAMBDA { return D(x * y); }, a, b);
  }
  friend SIMDACT_INLINE Wide operator/(Wide const& a, Wide const& b) noexcept {
    return lift([](D const& x, D const& y) SIMDACT_LAMBDA { return D(x / y); }, a, b);
  }
  friend SIMDACT_INLINE auto operator<(Wide const& a, Wide const& b) noexcept {
    return lift([](D const& x, D const& y) SIMDACT_LAMBDA { return x < y; }, a, b);
  }
  friend SIMDACT_INLINE auto operator>(Wide const& a, Wide const& b) noexcept { return b < a; }
  friend SIMDACT_INLINE auto operator<=(Wide const& a, Wide const& b) noexcept {
    return lift([](D const& x, D const& y) SIMDACT_LAMBDA { return x <= y; }, a, b);
  }
};

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> fmadd(Wide<D, N> const& a, Same<Wide<D, N>> const& b,
                                Same<Wide<D, N>> const& c) noexcept {
  return Wide<D, N>::lift(
      [](D const& x, D const& y, D const& z) SIMDACT_LAMBDA { return fmadd(x, y, z); }, a, b, c);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> fnmadd(Wide<D, N> const& a, Same<Wide<D, N>> const& b,
                                 Same<Wide<D, N>> const& c) noexcept {
  return Wide<D, N>::lift(
      [](D const& x, D const& y, D const& z) SIMDACT_LAMBDA { return fnmadd(x, y, z); }, a, b, c);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> fnmsub(Wide<D, N> const& a, Same<Wide<D, N>> const& b,
                                 Same<Wide<D, N>> const& c) noexcept {
  return Wide<D, N>::lift(
      [](D const& x, D const& y, D const& z) SIMDACT_LAMBDA { return fnmsub(x, y, z); }, a, b, c);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> ratio(Wide<D, N> const& a, Same<Wide<D, N>> const& b) noexcept {
  return a / b;
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> negated(Wide<D, N> const& x) noexcept {
  return Wide<D, N>::lift([](D const& v) SIMDACT_LAMBDA { return negated(v); }, x);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> root(Wide<D, N> const& x) noexcept {
  return Wide<D, N>::lift([](D const& v) SIMDACT_LAMBDA { return root(v); }, x);
}

template <class M, class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> where(Wide<M, N> const& mask, Wide<D, N> const& a,
                                Same<Wide<D, N>> const& b) noexcept {
  return Wide<D, N>::lift(
      [](M const& m, D const& x, D const& y) SIMDACT_LAMBDA { return where(m, x, y); }, mask, a, b);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> magnitude(Wide<D, N> const& x) noexcept {
  return Wide<D, N>::lift([](D const& v) SIMDACT_LAMBDA { return magnitude(v); }, x);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> negative_magnitude(Wide<D, N> const& x) noexcept {
  return Wide<D, N>::lift([](D const& v) SIMDACT_LAMBDA { return negative_magnitude(v); }, x);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> with_sign_of(Wide<D, N> const& x, Wide<D, N> const& s) noexcept {
  return Wide<D, N>::lift([](D const& v, D const& w) SIMDACT_LAMBDA { return with_sign_of(v, w); },
                          x, s);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> at_least(Wide<D, N> const& x, double low) noexcept {
  return Wide<D, N>::lift([&](D const& v) SIMDACT_LAMBDA { return at_least(v, low); }, x);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> at_most(Wide<D, N> const& x, double high) noexcept {
  return Wide<D, N>::lift([&](D const& v) SIMDACT_LAMBDA { return at_most(v, high); }, x);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> power_of_two(Wide<D, N> const& shifted) noexcept {
  return Wide<D, N>::lift([](D const& v) SIMDACT_LAMBDA { return power_of_two(v); }, shifted);
}

template <class D>
inline constexpr bool is_wide = false;
template <class D, std::size_t N>
inline constexpr bool is_wide<Wide<D, N>> = true;

/// The lanes hold floats' values, as they are or widened.
template <class X>
inline constexpr bool for_floats = is_wide<X>;
template <>
inline constexpr bool for_floats<float> = true;
template <class A>
inline constexpr bool for_floats<xsimd::batch<float, A>> = true;

// widen(x): the lanes of x in double precision, exact.

SIMDACT_INLINE double widen(double x) noexcept { return x; }

SIMDACT_INLINE Wide<double, 1> widen(float x) noexcept { return static_cast<double>(x); }

template <class A>
SIMDACT_INLINE xsimd::batch<double, A> widen(xsimd::batch<double, A> const& x) noexcept {
  return x;
}

/// One register of floats becomes two of doubles. Where the architecture has no batch of double (32-bit
/// NEON), the lanes go one by one.
template <class A>
inline constexpr bool widens_by_register = requires(register_t<float, A> floats,
                                                    register_t<double, A> doubles) {
  doubles = reg::widen_low(floats);
};

template <class A>
SIMDACT_INLINE auto widen(xsimd::batch<float, A> const& x) noexcept {
  using R = register_t<float, A>;
  if constexpr (widens_by_register<A>) {
    Wide<xsimd::batch<double, A>, 2> w;
    w.part[0] = reg::widen_low(R(x));
    w.part[1] = reg::widen_high(R(x));
    return w;
  } else {
    constexpr std::size_t size = xsimd::batch<float, A>::size;
    std::array<float, size> lanes;
    x.store_unaligned(lanes.data());
    Wide<double, size> w;
    w.for_each_part([&](auto i) SIMDACT_LAMBDA { w.part[i] = static_cast<double>(lanes[i]); });
    return w;
  }
}

// narrow<V>(d): back to the lanes of V, rounded once, with gradual underflow and overflow to inf.

template <class V, class D>
SIMDACT_INLINE V narrow(D const& d) noexcept {
  if constexpr (std::is_same_v<V, D>) {
    return d;
  } else if constexpr (std::is_same_v<V, float>) {
    return static_cast<float>(d.part[0]);
  } else if constexpr (widens_by_register<typename V::arch_type>) {
    using R = register_t<double, typename V::arch_type>;
    return reg::narrow(R(d.part[0]), R(d.part[1]));
  } else {
    std::array<float, V::size> lanes;
    d.for_each_part([&](auto i) SIMDACT_LAMBDA { lanes[i] = static_cast<float>(d.part[i]); });
    return V::load_unaligned(lanes.data());
  }
}

/// The lanes in which kernels for V work: `Wide` for floats, V itself for doubles.
template <class V>
using working_t = decltype(core::widen(std::declval<V>()));

/// a * b for functions with f(x) = x/2 + c x^2 + ..., c > 0, near 0. There x/2 of a subnormal float
/// lies exactly between two floats, and the term that decides is too small for a double: it is added
/// as 2^-176, which no result outside the subnormals feels. Give the result the sign of x afterwards,
/// to mend zeros.
template <class D>
SIMDACT_INLINE D half_line(D const& a, D const& b) noexcept {
  if constexpr (is_wide<D>) {
    return fmadd(a, b, D(0x1p-176));
  } else {
    return a * b;
  }
}

/// y = f(x), for f with f(x) = 1/2 + a x - b x^3 + ..., a, b > 0, near 0. There the first two terms often lie
/// exactly between two floats, and the cube that decides is too small for a double: y is moved by its last bit.
template <class D>
SIMDACT_INLINE D past_midpoint(D const& x, D const& y) noexcept {
  if constexpr (is_wide<D>) {
    return where(magnitude(x) < D(0x1p-12), y - with_sign_of(D(0x1p-52), x), y);
  } else {
    return y;
  }
}

}  // namespace simdact::core
