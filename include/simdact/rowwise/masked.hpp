#pragma once

/// @file
/// Softmax, LogSoftmax, Softmin and log-sum-exp of rows with an `AdditiveMask`, a `CausalMask` or a
/// `ValidLength`. Outputs may be the very same memory as an input. Errors (`std::invalid_argument`, before
/// anything is written): those of the call without a mask; a mask whose length is neither that of a row nor
/// that of the logits; rows that are not whole blocks of a causal mask; not one valid length for each row,
/// or one that is not in [0, row_length]; an output that overlaps a mask in part, lengths at all.

#include "log_sum_exp_backward.hpp"
#include "masks.hpp"
#include "softmax_state.hpp"
#include "softmin.hpp"

namespace simdact {

namespace detail {

/// What is seen of each row is a row of its own.
template <class Arch, class F, class T, HidesColumns Mask>
SIMDACT_INLINE void forward_masked(F const& f, T const* x, Mask const& mask, T* y, std::size_t rows,
                                   std::size_t n) noexcept {
  with_exps(f, [=](auto const&... exps) SIMDACT_LAMBDA {
    for (std::size_t r = 0; r < rows; ++r) {
      T* const row = y + r * n;
      const std::size_t seen = mask.seen(r, n);
      forward_line(f, exps..., Row<Arch, T>{seen}, x + r * n, row);
      const T hidden = seen == 0            ? of_masked_row(f)
                       : std::isnan(row[0]) ? row[0]  // so is all of the row
                                            : SoftmaxTraits<F>::of_zero;
      std::fill_n(row + seen, n - seen, hidden);
    }
  });
}

/// logit + T mask, rounded once or nearly so: softmax at temperature T of it is what is asked for, and a mask
/// of zeros changes nothing. At T = +inf it is the mask, for temperature 1. Computed in floats as they are, or
/// in double lanes.
template <class F, bool in_floats>
struct LogitWithMask {
  using T = typename F::value_type;
  using Number = std::conditional_t<in_floats, T, double>;
  Number of_logit;
  Number of_mask;

  explicit SIMDACT_INLINE LogitWithMask(T temperature) noexcept
      : of_logit(std::isinf(temperature) ? Number(0) : Number(1)),
        of_mask(std::isinf(temperature) ? Number(1) : Number(temperature)) {}

  template <class V>
  SIMDACT_INLINE V operator()(V const& logit, V const& mask) const noexcept {
    const V hidden(-std::numeric_limits<T>::infinity());
    const V x = SoftmaxTraits<F>::opposite ? core::negated(logit) : logit;
    using D = decltype(in_tier<in_floats>(x));
    const D sum =
        core::fmadd(in_tier<in_floats>(mask), D(of_mask), in_tier<in_floats>(x) * D(of_logit));
    // A finite mask hides nothing, however low: a row of nothing else is not empty.
    const V finite = core::at_least(core::narrow<V>(sum), std::numeric_limits<T>::lowest());
    return core::where(x == hidden, hidden, core::where(mask == hidden, hidden, finite));
  }
};

/// At T = +inf a sum is the mask alone, for temperature 1.
template <class T>
SIMDACT_INLINE T temperature_of_sums(T temperature) noexcept {
  return std::isinf(temperature) ? T(1) : temperature;
}

/// A kernel that keeps the largest of what it gives, NaN ignored.
template <class V, class WithMask>
struct LargestWithMask {
  WithMask with_mask;
  V max = V(-std::numeric_limits<scalar_of_t<V>>::infinity());

  SIMDACT_INLINE std::array<V, 1> operator()(std::array<V, 2> const& in) noexcept {
    const V sum = with_mask(in[0], in[1]);
    max = core::larger(sum, max);
    return {sum};
  }
};

/// Writes n sums and returns the largest, NaN ignored.
template <class Arch, class F, class T>
T write_with_mask(F const& f, T const* x, T const* mask, T* y, std::size_t n) noexcept {
  using V = Lanes<T, Arch>;
  // From the row's first element on, as it is read again at once: a load of what two stores have written
  // waits for both.
  const auto write_by = [&]<class WithMask>(WithMask const& with_mask) SIMDACT_LAMBDA {
    const auto done = walk<Arch, T, 2, 1, Batches::from_start>(
        n, {x, mask}, {y}, LargestWithMask<V, WithMask>{with_mask},
        -std::numeric_limits<T>::infinity());
    return largest_of(lanes_of(done.max));
  };
  // At temperature 1 a sum in floats is rounded once, too.
  return SoftmaxTraits<F>::fast || f.temperature == T(1)
             ? write_by(LogitWithMask<F, true>(f.temperature))
             : write_by(LogitWithMask<F, false>(f.temperature));
}

/// The row's own values, or those that all rows share.
template <class T>
SIMDACT_INLINE T const* values_of_row(AdditiveMask<T> const& mask, std::size_t row,
                                      std::size_t n) noexcept {
  return mask.values.data() + (mask.values.size() == n ? 0 : row * n);
}

/// The sums wait in y: a row is still in the first cache when softmax reads it.
template <class Arch, class F, class T>
SIMDACT_INLINE void forward_masked(F const& f, T const* x, AdditiveMask<T> const& mask, T* y,
                                   std::size_t rows, std::size_t n) noexcept {
  auto of_sums = [&] {
    if constexpr (SoftmaxTraits<F>::opposite) {
      return of_opposite(f);
    } else {
      return f;
    }
  }();
  of_sums.temperature = temperature_of_sums(f.temperature);
  with_exps(of_sums, [=](auto const&... exps) SIMDACT_LAMBDA {
    for (std::size_t r = 0; r < rows; ++r) {
      T* const row = y + r * n;
      const T max = write_with_mask<Arch>(f, x + r * n, values_of_row(mask, r, n), row, n);
      forward_below(of_sums, exps..., Row<Arch, T>{n}, static_cast<T const*>(row), row, max);
    }
  });
}

template <class Arch, class T, HidesColumns Mask>
T masked_log_sum_exp_row(T const* x, Mask const& mask, std::size_t row, std::size_t n,
                         T temperature) noexcept {
  return log_sum_exp_row<Arch>(x, mask.seen(row, n), temperature);
}

template <class Arch, class T>
T masked_log_sum_exp_row(T const* x, AdditiveMask<T> const& mask, std::size_t row, std::size_t n,
                         T temperature) noexcept {
  T const* const values = values_of_row(mask, row, n);
  std::array<T, 1024> sums;
  SoftmaxState<T> merged(temperature_of_sums(temperature));
  for (std::size_t start = 0; start < n; start += sums.size()) {
    const std::size_t count = (std::min)(sums.size(), n - start);
    write_with_mask<Arch>(Softmax<T>{.temperature = temperature}, x + start, values + start,
                          sums.data(), count);
    merged.update(std::span<T const>(sums.data(), count));
  }
  return merged.log_sum_exp();
}

template <class Arch, class T, HidesColumns Mask>
void masked_log_sum_exp_backward_row(T const* x, Mask const& mask, std::size_t row, std::size_t n,
                                     T temperature, T grad, T* grad_x) noexcept {
  const std::size_t seen = mask.seen(row, n);
  log_sum_exp_backward_line(Row<Arch, T>{seen}, temperature, x, grad, grad_x);
  const T hidden = seen != 0 && std::isnan(grad_x[0]) ? grad_x[0] : T(0);  // as in a row of NaN
  std::fill_n(grad_x + seen, n - seen, hidden);
}

/// The sums wait in grad_x.
template <class Arch, class T>
void masked_log_sum_exp_backward_row(T const* x, AdditiveMask<T> const& mask, std::size_t row,
                                     std::size_t n, T temperature, T grad, T* grad_x) noexcept {
  write_with_mask<Arch>(Softmax<T>{.temperature = temperature}, x, values_of_row(mask, row, n),
                        grad_x, n);
  log_sum_exp_backward_line(Row<Arch, T>{n}, temperature, static_cast<T const*>(grad_x), grad,
                            grad_x);
}

}  // namespace detail

/// out = f of each row of `row_length` logits, of which the mask shows a part.
///
/// Maximum error: that of f, with an `AdditiveMask` of the logits x + T m, each rounded once: at temperature 1
/// the same bits as f of the sums. Finite sums below the lowest T are that.
/// Special values: those of f of what is seen, -inf (of Softmin +inf) being in the place of what is hidden;
/// a row that sees a NaN is NaN everywhere. An `AdditiveMask` of +inf or NaN on a logit that is not hidden
/// makes its row NaN; at T = 0 it counts only where it is -inf; at T = +inf only it counts, and where the
/// logits are -inf.
template <SoftmaxFunction F, class Mask>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> logits,
                            Mask const& mask, std::span<typename F::value_type> out,
                            std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_forward<Arch>(f, logits, out);
  const std::size_t rows = detail::require_whole_rows<Arch>(logits, "logits", row_length);
  detail::require_mask<Arch>(mask, rows, row_length, out, detail::SoftmaxTraits<F>::output);
  detail::forward_masked<Arch>(f, logits.data(), mask, out.data(), rows, row_length);
}

/// `backward` of rows of which forward saw only a part, the rest of which it need not read: the same
/// gradients as without the mask, in less time. An `AdditiveMask` has no use here.
template <SoftmaxFunction F, detail::HidesColumns Mask>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> out,
                             std::span<typename F::value_type const> grad_out, Mask const& mask,
                             std::span<typename F::value_type> grad_logits,
                             std::size_t row_length) {
  using Arch = xsimd::default_arch;
  using T = typename F::value_type;
  detail::require_backward<Arch>(f, out, grad_out, grad_logits);
  const std::size_t rows =
      detail::require_whole_rows<Arch>(out, detail::SoftmaxTraits<F>::output, row_length);
  detail::require_mask<Arch>(mask, rows, row_length, grad_logits, "grad_logits");
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t start = r * row_length;
    const std::size_t seen = mask.seen(r, row_length);
    // In a row of NaN what is hidden is NaN, too.
    const T hidden = f.temperature != T(0) && std::isnan(out[start]) ? out[start] : T(0);
    detail::backward_line(f, detail::Row<Arch, T>{seen}, out.data() + start,
                          grad_out.data() + start, grad_logits.data() + start);
    std::fill_n(grad_logits.data() + start + seen, row_length - seen, hidden);
  }
}

/// results[r] = log(sum_j e^(x_j/T)) of what the mask shows of row r, with an `AdditiveMask` of x + T m, rounded
/// once; -inf if nothing is seen.
template <class T = float, class Mask>
SIMDACT_INLINE void log_sum_exp(std::span<std::type_identity_t<T> const> logits, Mask const& mask,
                                std::span<std::type_identity_t<T>> results, std::size_t row_length,
                                std::type_identity_t<T> temperature = T(1)) {
  using Arch = xsimd::default_arch;
  const std::size_t rows =
      detail::require_log_sum_exp<Arch>(logits, results, row_length, temperature);
  detail::require_mask<Arch>(mask, rows, row_length, results, "results");
  for (std::size_t r = 0; r < rows; ++r) {
    results[r] = detail::masked_log_sum_exp_row<Arch>(logits.data() + r * row_length, mask, r,
                                                      row_length, temperature);
  }
}

/// The gradient of that; 0 where nothing is seen.
template <class T = float, class Mask>
SIMDACT_INLINE void log_sum_exp_backward(std::span<std::type_identity_t<T> const> logits,
                                         Mask const& mask,
                                         std::span<std::type_identity_t<T> const> grad_results,
                                         std::span<std::type_identity_t<T>> grad_logits,
                                         std::size_t row_length,
                                         std::type_identity_t<T> temperature = T(1)) {
  using Arch = xsimd::default_arch;
  detail::require_log_sum_exp_backward<Arch>(logits, grad_results, grad_logits, temperature);
  const std::size_t rows =
      detail::require_results<Arch>(logits, grad_results, "grad_results", row_length);
  detail::require_mask<Arch>(mask, rows, row_length, grad_logits, "grad_logits");
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t start = r * row_length;
    detail::masked_log_sum_exp_backward_row<Arch>(logits.data() + start, mask, r, row_length,
                                                  temperature, grad_results[r],
                                                  grad_logits.data() + start);
  }
}

}  // namespace simdact
