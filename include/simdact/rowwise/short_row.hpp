#pragma once

/// @file
/// Rows that a few registers hold, in the Fast tier: all of one is loaded at once, since loops take longer than what they
/// do. The results have the same bits as those of a `Row`.

#include "fast_row.hpp"

namespace simdact::detail {

/// A row that fills all of its registers but the last, and that in part or whole.
template <class Arch, std::size_t Registers>
struct ShortRow : Row<Arch, float> {
  using typename Row<Arch, float>::V;
  using Row<Arch, float>::n, Row<Arch, float>::step;
  /// Where the last register begins.
  static constexpr std::size_t last = (Registers - 1) * step;

  /// The registers of `in`, with `padding` behind the row's end.
  template <std::size_t In>
  SIMDACT_INLINE std::array<std::array<V, In>, Registers> load_all(std::array<float const*, In> in,
                                                                   float padding) const noexcept {
    std::array<std::array<V, In>, Registers> x;
    for_each_index<In>([&](auto i) SIMDACT_LAMBDA {
      for_each_index<Registers - 1>(
          [&](auto k) SIMDACT_LAMBDA { x[k][i] = detail::load<V>(in[i] + k * step); });
      x[Registers - 1][i] = core::load_first(V(padding), in[i] + last, n - last);
    });
    return x;
  }

  SIMDACT_INLINE void store_all(std::array<V, Registers> const& y, float* to) const noexcept {
    for_each_index<Registers - 1>([&](auto k)
                                      SIMDACT_LAMBDA { detail::store(y[k], to + k * step); });
    core::store_first(y[Registers - 1], to + last, n - last);
  }
};

/// Calls rows(row) for rows of n elements, if the tier and the target have short ones and these are; says if they are.
template <class Arch, class T, bool fast, class Rows>
SIMDACT_INLINE bool with_short_row(std::size_t n, Rows rows) noexcept {
  bool is_short = false;
  if constexpr (fast && core::accesses_parts<Lanes<T, Arch>>) {
    for_each_index<4>([&](auto k) SIMDACT_LAMBDA {
      using Short = ShortRow<Arch, k + 1>;
      if (n > Short::last && n <= Short::last + Short::step) {
        rows(Short{{n}});
        is_short = true;
      }
    });
  }
  return is_short;
}

template <class Arch, std::size_t Registers, std::size_t In, class Term>
SIMDACT_INLINE double sum_in_floats(ShortRow<Arch, Registers> const& row,
                                    std::array<float const*, In> in, float padding,
                                    Term term) noexcept {
  using V = Lanes<float, Arch>;
  const auto x = row.load_all(in, padding);
  std::array<V, Registers> terms;
  for_each_index<Registers>([&](auto k) SIMDACT_LAMBDA { terms[k] = term(x[k]); });
  V sum = terms[0];
  if (row.n == 4 * row.step) {  // as in a loop, which takes four whole registers at a time
    sum = (terms[0] + terms[1 % Registers]) + (terms[2 % Registers] + terms[3 % Registers]);
  } else {
    for_each_index<Registers - 1>([&](auto k) SIMDACT_LAMBDA { sum = sum + terms[k + 1]; });
  }
  return sum_of_lanes(std::array{core::widen(sum)});
}

/// y_i = kernel(in_i).
template <class Arch, std::size_t Registers, std::size_t In, class Kernel>
SIMDACT_INLINE void write(ShortRow<Arch, Registers> const& row, std::array<float const*, In> in,
                          float* y, Kernel kernel) noexcept {
  const auto x = row.load_all(in, 0.0f);
  std::array<Lanes<float, Arch>, Registers> results;
  for_each_index<Registers>([&](auto k) SIMDACT_LAMBDA { results[k] = kernel(x[k])[0]; });
  row.store_all(results, y);
}

}  // namespace simdact::detail
