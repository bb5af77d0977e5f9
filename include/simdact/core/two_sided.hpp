#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "piecewise.hpp"

namespace simdact::core {

/// How many cells the tables of a user's function have at most: one instruction picks from 32 floats on AVX-512 and from
/// 8 on AVX2; elsewhere each lane loads the row of its cell. So on NEON, whose look-up in 64 bytes takes more by LLVM's
/// models of most of its processors: 35 cycles for 4 sigmoids instead of 24 on Cortex-A57, 11 instead of 8.5 on Apple's
/// A14, 13 instead of 10 on A64FX (on ThunderX2 22 instead of 24.5).
#if defined(__AVX512F__)
inline constexpr std::size_t cells = 32;
#elif defined(__AVX2__)
inline constexpr std::size_t cells = 8;
#else
inline constexpr std::size_t cells = 64;
#endif

/// Functions on both sides of 0, piecewise polynomials, where tables have `Cells` cells: on AVX-512 one
/// holds both sides, elsewhere each has its own.
template <std::size_t Cells>
struct TwoSided {
  static constexpr bool by_row = Cells == 64;
  static constexpr bool in_halves = Cells == 8;
  static constexpr std::size_t cells = Cells == 32 ? 16 : Cells;  // of a side
  /// The least that keeps the usual activations within about 2 units.
  static constexpr std::size_t degree = by_row ? 3 : in_halves ? 7 : 5;

  /// Of a register that a table fills, or of a row.
  static constexpr std::size_t alignment = by_row ? 16 : in_halves ? 32 : 64;

  /// A number for each cell, first those of the left side.
  using Column = std::conditional_t<in_halves, std::array<std::array<float, cells>, 2>,
                                    std::array<float, 2 * cells>>;

  /// A row's cells are so narrow that they need none.
  using Centres = std::conditional_t<by_row, std::array<float, 0>, Column>;
  using Coefficients =
      std::conditional_t<by_row, std::array<std::array<float, degree + 1>, 2 * cells>,
                         std::array<Column, degree + 1>>;

  SIMDACT_INLINE static float& entry(Column& column, bool right, std::size_t cell) {
    if constexpr (in_halves) {
      return column[right][cell % cells];
    } else {
      return column[(right * cells + cell) % (2 * cells)];
    }
  }

  /// How the line is cut into cells: those of offset + scale x, by the side of x, are the numbers of equal
  /// high bits, so that they widen with |x|. The last ones reach from inside of `begin` and `end` to
  /// infinity.
  struct Cut {
    std::array<float, 2> scale;
    std::array<float, 2> offset;
    int shift;  // of the pattern of offset + scale x; the low bits then are the cell's index
    float begin;
    float end;
    alignas(alignment) Centres centres;
  };

  /// In powers of x minus the cell's centre.
  struct Polynomials {
    alignas(alignment) Coefficients coefficients;

    SIMDACT_INLINE float& coefficient(bool right, std::size_t cell, std::size_t k) {
      if constexpr (by_row) {
        return coefficients[(right * cells + cell) % (2 * cells)][k];
      } else {
        return entry(coefficients[k], right, cell);
      }
    }
  };

  /// Where x is: on which side; brought inside of the last cells; in which cell, and how far from its
  /// centre.
  template <class V>
  struct Place {
    decltype(V() > V()) right;
    V inside;
    decltype(pattern_above(V(), 0)) cell;
    V distance;
  };

  template <class V>
  SIMDACT_INLINE static Place<V> locate(Cut const& cut, V const& x) noexcept {
    const auto right = x > V(0);
    const V inside = at_most(at_least(x, cut.begin), cut.end);
    const V scale = where(right, V(cut.scale[1]), V(cut.scale[0]));
    const V offset = where(right, V(cut.offset[1]), V(cut.offset[0]));
    const auto cell = pattern_above(fmadd(inside, scale, offset), cut.shift);
    if constexpr (by_row) {
      return {right, inside, cell, inside};
    } else {
      return {right, inside, cell, inside - pick_from(cut.centres, right, cell)};
    }
  }

  template <class V>
  SIMDACT_INLINE static V evaluate(Polynomials const& p, Place<V> const& at) noexcept {
    if constexpr (by_row) {
      std::array<V, degree + 1> c;
      pick_row(p.coefficients, at.cell, c);
      return horner_by(at.distance, degree, [&](std::size_t k) SIMDACT_LAMBDA { return c[k]; });
    } else {
      return horner_by(at.distance, degree, [&](std::size_t k) SIMDACT_LAMBDA {
        return pick_from(p.coefficients[k], at.right, at.cell);
      });
    }
  }

 private:
  template <class Mask, class Index>
  SIMDACT_INLINE static auto pick_from(Column const& column, Mask const& right,
                                       Index const& cell) noexcept {
    if constexpr (in_halves) {
      return where(right, pick(column[1], cell), pick(column[0], cell));
    } else {
      return pick(column, cell);
    }
  }
};

}  // namespace simdact::core
