#pragma once

/// @file
/// What cross-entropy is measured against: a class for each row, or a probability for each class.

#include <concepts>
#include <cstdint>

#include "fast_row.hpp"

namespace simdact {

/// One class index a row, or the probabilities of all classes a row.
template <class Targets, class T>
concept CrossEntropyTargets = std::convertible_to<Targets, std::span<std::int32_t const>> ||
    std::convertible_to<Targets, std::span<T const>>;

namespace detail {

/// The distribution q that targets stand for becomes keep q_j + base.
struct Smoothing {
  double keep;
  double base;

  SIMDACT_INLINE Smoothing(double label_smoothing, std::size_t classes) noexcept
      : keep(1.0 - label_smoothing), base(label_smoothing / static_cast<double>(classes)) {}
};

/// What the kernels of a row with an index for its target read and know. Its own entry is left to the end.
template <class T>
struct ClassTarget {
  static constexpr std::size_t inputs = 1;

  Smoothing smoothing;
  std::size_t label;

  SIMDACT_INLINE std::array<T const*, 1> beside(T const* x) const noexcept { return {x}; }

  /// t_j of any other class.
  template <class Accuracy, class In>
  SIMDACT_INLINE auto at(In const& in) const noexcept {
    using D = std::remove_cvref_t<decltype(in_tier<Accuracy>(in[0]))>;
    return D(static_cast<number_in_tier_t<Accuracy, T>>(smoothing.base));
  }
};

/// Likewise with a probability for each class.
template <class T>
struct ProbabilityTarget {
  static constexpr std::size_t inputs = 2;

  Smoothing smoothing;
  T const* probabilities;

  SIMDACT_INLINE std::array<T const*, 2> beside(T const* x) const noexcept {
    return {x, probabilities};
  }

  /// t_j.
  template <class Accuracy, class In>
  SIMDACT_INLINE auto at(In const& in) const noexcept {
    using Number = number_in_tier_t<Accuracy, T>;
    const auto q = in_tier<Accuracy>(in[1]);
    using D = std::remove_cvref_t<decltype(q)>;
    return core::fmadd(q, D(static_cast<Number>(smoothing.keep)),
                       D(static_cast<Number>(smoothing.base)));
  }
};

template <class Arch>
[[noreturn]] void throw_label(std::size_t row, std::int32_t label, std::size_t row_length,
                              std::int32_t ignore_index) {
  fail<Arch>("labels[", row, "] is ", label, ", but must be in [0, ", row_length,
             "), or ignore_index ", ignore_index);
}

template <class T>
struct ClassTargets {
  std::span<std::int32_t const> labels;
  std::int32_t ignore_index;

  SIMDACT_INLINE bool ignores(std::size_t row) const noexcept {
    return labels[row] == ignore_index;
  }

  SIMDACT_INLINE std::size_t count_rows() const noexcept {
    return labels.size() -
           static_cast<std::size_t>(std::count(labels.begin(), labels.end(), ignore_index));
  }

  SIMDACT_INLINE ClassTarget<T> of_row(std::size_t row, Smoothing const& smoothing,
                                       std::size_t) const noexcept {
    return {smoothing, static_cast<std::size_t>(labels[row])};
  }

  template <class Arch>
  SIMDACT_INLINE void require(std::span<T const>, std::size_t rows, std::size_t row_length) const {
    require_one_a_row<Arch>(labels, "labels", rows);
    for (std::size_t r = 0; r < rows; ++r) {
      const bool is_class = labels[r] >= 0 && static_cast<std::size_t>(labels[r]) < row_length;
      if (!is_class && !ignores(r))
        throw_label<Arch>(r, labels[r], row_length, ignore_index);
    }
  }

  /// They are no memory of T.
  template <class Arch>
  SIMDACT_INLINE void require_same_or_apart(std::span<T>, std::string_view) const noexcept {}
};

template <class T>
struct ProbabilityTargets {
  std::span<T const> probabilities;
  std::size_t rows;

  SIMDACT_INLINE bool ignores(std::size_t) const noexcept { return false; }

  SIMDACT_INLINE std::size_t count_rows() const noexcept { return rows; }

  SIMDACT_INLINE ProbabilityTarget<T> of_row(std::size_t row, Smoothing const& smoothing,
                                             std::size_t row_length) const noexcept {
    return {smoothing, probabilities.data() + row * row_length};
  }

  template <class Arch>
  SIMDACT_INLINE void require(std::span<T const> logits, std::size_t, std::size_t) const {
    require_same_length<Arch>(probabilities, "targets", logits, "logits");
  }

  template <class Arch>
  SIMDACT_INLINE void require_same_or_apart(std::span<T> out, std::string_view name) const {
    detail::require_same_or_apart<Arch>(out, name, probabilities, "targets");
  }
};

}  // namespace detail

}  // namespace simdact
