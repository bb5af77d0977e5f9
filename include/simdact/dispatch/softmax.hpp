#pragma once

/// @file
/// Softmax, LogSoftmax and Softmin over one row or the rows of a row-major matrix: see
/// rowwise/softmax_rows.hpp.

#include "kernels_of.hpp"

namespace simdact::dispatch {

namespace detail {

template <SoftmaxFunction F>
SIMDACT_INLINE auto const& softmax_kernels() {
  using Where = Place<SoftmaxFunctions, F>;
  return kernels_of<typename F::value_type, typename Where::Accuracy>().softmax[Where::index];
}

}  // namespace detail

/// out = f of each row of `row_length` logits.
template <SoftmaxFunction F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> logits,
                            std::span<typename F::value_type> out, std::size_t row_length) {
  using Arch = xsimd::default_arch;
  simdact::detail::require_forward<Arch>(f, logits, out);
  const std::size_t rows = simdact::detail::require_whole_rows<Arch>(logits, "logits", row_length);
  detail::softmax_kernels<F>().forward(&f, logits.data(), out.data(), rows, row_length);
}

/// out = f of one row.
template <SoftmaxFunction F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> logits,
                            std::span<typename F::value_type> out) {
  dispatch::forward(f, logits, out, logits.size());
}

/// grad_logits of each row, from what `forward` gave as `out`.
template <SoftmaxFunction F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> out,
                             std::span<typename F::value_type const> grad_out,
                             std::span<typename F::value_type> grad_logits,
                             std::size_t row_length) {
  using Arch = xsimd::default_arch;
  simdact::detail::require_backward<Arch>(f, out, grad_out, grad_logits);
  const std::size_t rows = simdact::detail::require_whole_rows<Arch>(
      out, simdact::detail::SoftmaxTraits<F>::output, row_length);
  detail::softmax_kernels<F>().backward(&f, out.data(), grad_out.data(), grad_logits.data(), rows,
                                        row_length);
}

/// grad_logits of one row.
template <SoftmaxFunction F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> out,
                             std::span<typename F::value_type const> grad_out,
                             std::span<typename F::value_type> grad_logits) {
  dispatch::backward(f, out, grad_out, grad_logits, out.size());
}

}  // namespace simdact::dispatch
