#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "horner.hpp"

namespace simdact::core {

/// Are functions looked up in tables? On AVX-512, where one instruction picks from 32 floats. Elsewhere an exponential or
/// short polynomials and a division take less: on AVX2 0.6 to 1.1 of the time of tables of 8 cells (AMD Zen 3; sigmoid
/// 0.28 instead of 0.57 ns), on SSE2 0.8 to 1.5 of that of a row loaded for each lane, by LLVM's models of ARM's processors
/// 0.5 to 0.9.
#if defined(__AVX512F__)
inline constexpr bool looks_up = true;
#else
inline constexpr bool looks_up = false;
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
  static constexpr Centre centre_kind = Kind;

  float offset;
  int shift;  // of the pattern of t + offset; the low bits then are the cell's index
  float last;
  float centre;
  alignas(64) std::array<float, Kind == Centre::own ? Cells : 0> centres;
  /// [k][cell], of the k-th power.
  alignas(64) std::array<std::array<float, Cells>, Degree + 1> coefficients;
};

/// |x|, but no more than where the table ends: beyond, its function is constant.
template <class V, std::size_t Cells, std::size_t Degree, Centre Kind>
SIMDACT_INLINE V within(Piecewise<Cells, Degree, Kind> const& p, V const& x) noexcept {
  return at_most(magnitude(x), p.last);
}

/// p(t), for an argument from 0 to p.last; NaN gives NaN.
template <class V, std::size_t Cells, std::size_t Degree, Centre Kind>
SIMDACT_INLINE V evaluate(Piecewise<Cells, Degree, Kind> const& p, V const& t) noexcept {
  const auto cell = pattern_above(V(p.offset) + t, p.shift);
  V u = t;
  if constexpr (Kind == Centre::shared)
    u = t - V(p.centre);
  if constexpr (Kind == Centre::own)
    u = t - pick(p.centres, cell);
  if constexpr (Cells == 32) {
    // All picks first where each takes two registers: 1.02 in the mean, up to 1.12 (AMD Zen 5); where one, 0.92 to 1.
    std::array<V, Degree + 1> c;
    [&]<std::size_t... K>(std::index_sequence<K...>) SIMDACT_LAMBDA {
      ((c[Degree - K] = pick(p.coefficients[Degree - K], cell)), ...);
    }
    (std::make_index_sequence<Degree + 1>{});
    return horner_by(u, Degree, [&](std::size_t k) SIMDACT_LAMBDA { return c[k]; });
  } else {
    return horner_by(u, Degree,
                     [&](std::size_t k) SIMDACT_LAMBDA { return pick(p.coefficients[k], cell); });
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
