#pragma once

/// @file
/// Softmax of a row that comes in parts: from threads, from ranks, from a stream.

#include "log_sum_exp.hpp"
#include "merged_sum.hpp"
#include "softmax.hpp"

namespace simdact {

namespace detail {

template <class Arch, class T>
[[noreturn]] void throw_unequal_temperatures(T mine, T other) {
  fail<Arch>("the temperatures of the states are ", mine, " and ", other,
             ", but must be equal to merge");
}

/// p_i = e^((x_i - max)/T)/sum, of a block of a row with this largest logit and this sum.
template <class Arch, class T>
void write_block_probabilities(Softmax<T> const& softmax, T const* x, T* p, std::size_t n, T max,
                               double sum) noexcept {
  const T largest = std::isnan(max) ? std::numeric_limits<T>::infinity() : max;  // both give NaN
  const auto share = [=](double) { return 1.0 / sum; };  // of the row, not of the block
  if (!write_special_row<Arch>(softmax, x, p, n, largest, share))
    write_probabilities<Arch>(x, p, n, Shifted<T>{max, softmax.temperature}, sum, 1.0);
}

}  // namespace detail

/// What softmax has to know of a whole row, its largest logit m and sum_j e^((x_j - m)/T), gathered from
/// parts of the row. States of parts merge, in any order and along any tree, into that of the row:
///
///     simdact::SoftmaxState<float> state;        // on each thread or rank, of its part of the row
///     state.update(logits);
///     state.merge(other);                        // with that of each other part: an all-reduce
///     state.write_probabilities(logits, probs);  // softmax of the whole row, of this part
///
/// The loss of a label is state.cross_entropy(logits[label]), wherever that logit is known. Its gradient
/// is p_i/T, but for the label expm1(-loss)/T, which is (p_label - 1)/T with all its bits.
///
/// Parameters: temperature T in [0, +inf], default 1, as in `Softmax`. A new state is that of no logits.
/// Trivially copyable, without padding: its bytes may go through shared memory or from rank to rank. Of
/// two states, either may merge the other, the results are the same.
/// Maximum error: that of each member, however the row is split and in whatever order it is merged.
/// Source: Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018; the loss of a divided
/// vocabulary: Shoeybi et al., "Megatron-LM", 2019.
template <class T = float>
class SoftmaxState {
 public:
  using value_type = T;

  SIMDACT_INLINE SoftmaxState() noexcept : sum_(detail::MergedSum<T>::none(T(1))) {}

  /// Throws `std::invalid_argument` for a temperature below 0 or NaN.
  explicit SIMDACT_INLINE SoftmaxState(T temperature)
      : sum_(detail::MergedSum<T>::none(temperature)) {
    detail::require_temperature<xsimd::default_arch>(temperature);
  }

  /// Adds logits of the row.
  SIMDACT_INLINE void update(std::span<T const> logits) noexcept {
    using Arch = xsimd::default_arch;
    sum_.add(
        detail::MergedSum<T>::template of<Arch>(logits.data(), logits.size(), sum_.temperature));
  }

  /// Adds the logits that the other one has seen. Throws `std::invalid_argument`, with both temperatures
  /// in the message and without a change, unless they are equal.
  SIMDACT_INLINE void merge(SoftmaxState const& other) {
    if (sum_.temperature != other.sum_.temperature) {
      detail::throw_unequal_temperatures<xsimd::default_arch>(sum_.temperature,
                                                              other.sum_.temperature);
    }
    sum_.add(other.sum_);
  }

  /// log(sum_j e^(x_j/T)). Maximum error and special values as of `log_sum_exp`.
  SIMDACT_INLINE T log_sum_exp() const noexcept {
    return detail::log_sum_exp_beside(sum_.max, sum_.rounded_rest(), sum_.temperature);
  }

  /// log(sum_j e^(x_j/T)) - x/T for the logit x of the label, one of those of the row: -log of its
  /// probability. Maximum error: 4 ULP of the double. Special values: +inf for x = -inf; NaN for a row
  /// with a NaN or +inf, and for one of nothing but -inf.
  SIMDACT_INLINE double cross_entropy(T label_logit) const noexcept {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    if (!std::isfinite(sum_.max))
      return std::numeric_limits<double>::quiet_NaN();
    if (label_logit == -infinity)
      return std::numeric_limits<double>::infinity();
    const double log_sum = detail::LogSum::of(sum_.rounded_rest()).value();
    if (label_logit == sum_.max || sum_.temperature == infinity)
      return log_sum;
    const double depth = static_cast<double>(label_logit) - static_cast<double>(sum_.max);
    return log_sum - depth / static_cast<double>(sum_.temperature);
  }

  /// probs = the probabilities e^((x_i - m)/T)/sum of logits of the row, any that the state has seen. In
  /// place allowed. Special values, maximum error and `masked_row` as in `Softmax` of the whole row.
  /// Throws `std::invalid_argument`, before anything is written, for unequal lengths and for memory that
  /// overlaps in part.
  SIMDACT_INLINE void write_probabilities(std::span<T const> logits, std::span<T> probs,
                                          MaskedRow masked_row = MaskedRow::nan) const {
    using Arch = xsimd::default_arch;
    detail::require_same_length<Arch>(probs, "probs", logits, "logits");
    detail::require_same_or_apart<Arch>(probs, "probs", logits, "logits");
    const Softmax<T> softmax{.temperature = sum_.temperature, .masked_row = masked_row};
    detail::write_block_probabilities<Arch>(softmax, logits.data(), probs.data(), logits.size(),
                                            sum_.max, 1.0 + sum_.rounded_rest());
  }

 private:
  detail::MergedSum<T> sum_;
};

}  // namespace simdact
