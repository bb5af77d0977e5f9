#pragma once

/// @file
/// Rows side by side: the elements of one are `stride` apart, and a register holds an element of each of
/// several. Each comes out with the bits that it would have as a `Row`, in the Precise tier.

#include "fast_row.hpp"

namespace simdact::detail {

/// `count` rows of n elements, in the first lanes of V; the lanes behind hold zeros. V is T for one row.
template <class Arch, class Lane>
struct Columns {
  using V = Lane;
  using T = scalar_of_t<V>;
  using Max = V;
  using Sum = core::working_t<V>;
  static constexpr std::size_t step = 1;

  std::size_t n;
  std::size_t stride;
  std::size_t count;

  SIMDACT_INLINE V load(T const* x, std::size_t i) const noexcept {
    T const* const from = x + i * stride;
    return count == lane_count<V> ? detail::load<V>(from) : core::load_first(V(T(0)), from, count);
  }

  SIMDACT_INLINE void store(V const& v, T* y, std::size_t i) const noexcept {
    T* const to = y + i * stride;
    if (count == lane_count<V>) {
      detail::store(v, to);
    } else {
      core::store_first(v, to, count);
    }
  }

  static SIMDACT_INLINE Sum widened(V const& x) noexcept { return core::widen(x); }

  template <class D, std::size_t Parts>
  static SIMDACT_INLINE D total(BlockLanes<D, Parts> const& lanes) noexcept {
    return sum_of_registers(lanes);
  }

  /// Calls row(one, k) for each of the rows, alone: its elements are from the k-th on.
  template <class One>
  SIMDACT_INLINE void for_each_row(One row) const noexcept {
    for (std::size_t k = 0; k < count; ++k)
      row(Columns<Arch, T>{n, stride, 1}, k);
  }
};

template <class Arch, class V>
SIMDACT_INLINE V max_of(Columns<Arch, V> const& columns, scalar_of_t<V> const* x) noexcept {
  V max = V(-std::numeric_limits<scalar_of_t<V>>::infinity());
  for (std::size_t i = 0; i < columns.n; ++i)
    max = core::larger(columns.load(x, i), max);
  return max;
}

template <class Arch, class V, class T, std::size_t In, class Kernel>
SIMDACT_INLINE void write(Columns<Arch, V> const& columns, std::array<T const*, In> in, T* y,
                          Kernel kernel) noexcept {
  for (std::size_t i = 0; i < columns.n; ++i) {
    std::array<V, In> x;
    for_each_index<In>([&](auto k) SIMDACT_LAMBDA { x[k] = columns.load(in[k], i); });
    columns.store(kernel(x)[0], y, i);
  }
}

template <class Arch, class V, class T>
SIMDACT_INLINE void fill(Columns<Arch, V> const& columns, T* y, T value) noexcept {
  for (std::size_t i = 0; i < columns.n; ++i)
    columns.store(V(value), y, i);
}

/// Where one of the rows is special, each goes alone.
template <class F, class Arch, class V, class T>
bool write_special(F const& f, Columns<Arch, V> const& columns, T const* x, T* y,
                   V const& max) noexcept {
  if constexpr (std::is_same_v<V, T>) {
    return write_special_row<Arch>(f, x, y, columns.n, max, share_of<F>(), columns.stride);
  } else {
    bool special = false;
    for (const T m : lanes_of(max))
      special = special || is_special(f.temperature, m);
    if (special) {
      columns.for_each_row([&](auto const& row, std::size_t k)
                               SIMDACT_LAMBDA { forward_line(f, row, x + k, y + k); });
    }
    return special;
  }
}

/// The sums of `term(std::array<V, In>, i)`, in the order of i.
template <class Arch, class V, std::size_t In, class Term>
SIMDACT_INLINE core::working_t<V> sum_in_order(Columns<Arch, V> const& columns,
                                               std::array<float const*, In> in,
                                               Term term) noexcept {
  core::working_t<V> sum(0.0);
  for (std::size_t start = 0; start < columns.n; start += additions) {
    const std::size_t end = (std::min)(start + additions, columns.n);
    V part(0.0f);
    for (std::size_t i = start; i < end; ++i) {
      std::array<V, In> x;
      for_each_index<In>([&](auto k) SIMDACT_LAMBDA { x[k] = columns.load(in[k], i); });
      part = part + term(x, i);
    }
    sum = sum + core::widen(part);
  }
  return sum;
}

template <class Arch, class V, std::size_t In, class Term>
SIMDACT_INLINE core::working_t<V> sum_in_floats(Columns<Arch, V> const& columns,
                                                std::array<float const*, In> in, float,
                                                Term term) noexcept {
  return sum_in_order(columns, in,
                      [=](auto const& x, std::size_t) SIMDACT_LAMBDA { return term(x); });
}

/// Writes the exponentials and returns their sums.
template <class Arch, class V>
SIMDACT_INLINE core::working_t<V> write_exps(Columns<Arch, V> const& columns, RowExp<V> const& exp,
                                             float const* x, float* y) noexcept {
  return sum_in_order(columns, std::array{x}, [=](auto const& in, std::size_t i) SIMDACT_LAMBDA {
    const V e = exp(in[0]);
    columns.store(e, y, i);
    return e;
  });
}

template <class Arch, class V>
SIMDACT_INLINE ExpSumOf<Columns<Arch, V>> sum_of_exps(Columns<Arch, V> const& columns,
                                                      RowExps const& exps,
                                                      float const* x) noexcept {
  const V max = max_of(columns, x);
  if (!exps.reach_to(max))
    return out_of_reach<Columns<Arch, V>>(max);
  const auto term = [exp = exps.of(max)](auto const& in) SIMDACT_LAMBDA { return exp(in[0]); };
  return {true, max, sum_in_floats(columns, std::array{x}, 0.0f, term)};
}

}  // namespace simdact::detail
