#pragma once

#include <array>
#include <cstddef>

#include "primitives.hpp"

namespace simdact::core {

/// How many cells the tables of this build have at most. One instruction picks from 32 floats on AVX-512
/// and from 8 on AVX2; elsewhere each lane loads the row of its cell. So on NEON, whose look-up in 64 bytes takes more
/// by LLVM's models of most of its processors: 35 cycles for 4 sigmoids instead of 24 on Cortex-A57, 11 instead of 8.5
/// on Apple's A14, 13 instead of 10 on A64FX (on ThunderX2 22 instead of 24.5).
#if defined(__AVX512F__)
inline constexpr std::size_t cells = 32;
#elif defined(__AVX2__)
inline constexpr std::size_t cells = 8;
#else
inline constexpr std::size_t cells = 64;
#endif

/// What a cell's polynomial is in powers of: t; t minus a number, which keeps coefficients that cancel each
/// other small; t minus the cell's own centre, which wide cells need.
enum class Centre { none, shared, own };

/// A function of t >= 0 with a polynomial for each of `Cells` intervals, which widen with t: those of
/// t + offset are the numbers of equal high bits. In the last one, from `last` on, it is constant.
template <std::size_t Cells, std::size_t Degree, Centre Kind = Centre::none>
struct Piecewise {
  static constexpr std::size_t cells = Cells;
  static constexpr std::size_t degree = Degree;
  /// A row a cell, for rows of four coefficients; else a column a cell.
  static constexpr bool by_row = Cells == 64;
  static constexpr Centre centre_kind = Kind;

  float offset;
  int shift;  // of the pattern of t + offset; the low bits then are the cell's index
  float last;
  float centre;
  alignas(64) std::array<float, Kind == Centre::own ? Cells : 0> centres;
  /// [k][cell], by row [cell][k], of the k-th power.
  alignas(64) std::array<std::array<float, by_row ? Degree + 1 : Cells>,
                         by_row ? Cells : Degree + 1> coefficients;
};

/// |x|, but no more than where the table ends: beyond, its function is constant.
template <class V, std::size_t Cells, std::size_t Degree, Centre Kind>
SIMDACT_INLINE V within(Piecewise<Cells, Degree, Kind> const& p, V const& x) noexcept {
  return at_most(magnitude(x), p.last);
}

/// The sum of coefficient(k) u^k up to k = degree.
template <class V, class Coefficient>
SIMDACT_INLINE V horner_by(V const& u, std::size_t degree, Coefficient coefficient) noexcept {
  V y = coefficient(degree);
  for (std::size_t k = degree; k-- > 0;)
    y = fmadd(y, u, coefficient(k));
  return y;
}

/// The same; long ones in u^2, with pairs of coefficients: one operation more, and half the latency, which
/// the other registers in flight do not hide.
template <std::size_t Degree, class V, class Coefficient>
SIMDACT_INLINE V polynomial(V const& u, Coefficient coefficient) noexcept {
  if constexpr (Degree < 5) {
    return horner_by(u, Degree, coefficient);
  } else {
    return horner_by(u * u, Degree / 2, [&](std::size_t k) SIMDACT_LAMBDA {
      return 2 * k == Degree ? coefficient(Degree)
                             : fmadd(coefficient(2 * k + 1), u, coefficient(2 * k));
    });
  }
}

/// p(t), for an argument from 0 to p.last; NaN gives NaN.
template <class V, std::size_t Cells, std::size_t Degree, Centre Kind>
SIMDACT_INLINE V evaluate(Piecewise<Cells, Degree, Kind> const& p, V const& t) noexcept {
  const auto cell = pattern_above(V(p.offset) + t, p.shift);
  if constexpr (Piecewise<Cells, Degree, Kind>::by_row) {
    std::array<V, Degree + 1> c;
    pick_row(p.coefficients, cell, c);
    return horner_by(t, Degree, [&](std::size_t k) SIMDACT_LAMBDA { return c[k]; });
  } else {
    V u = t;
    if constexpr (Kind == Centre::shared)
      u = t - V(p.centre);
    if constexpr (Kind == Centre::own)
      u = t - pick(p.centres, cell);
    return polynomial<Degree>(
        u, [&](std::size_t k) SIMDACT_LAMBDA { return pick(p.coefficients[k], cell); });
  }
}

/// p(|x|).
template <class V, std::size_t Cells, std::size_t Degree, Centre Kind>
SIMDACT_INLINE V evaluate_even(Piecewise<Cells, Degree, Kind> const& p, V const& x) noexcept {
  return evaluate(p, within(p, x));
}

/// The odd function that is p(x) for x >= 0.
template <class V, std::size_t Cells, std::size_t Degree, Centre Kind>
SIMDACT_INLINE V evaluate_odd(Piecewise<Cells, Degree, Kind> const& p, V const& x) noexcept {
  return with_flipped_sign(evaluate_even(p, x), x);
}

}  // namespace simdact::core
