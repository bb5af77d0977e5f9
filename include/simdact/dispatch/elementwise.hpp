#pragma once

/// @file
/// An activation over arrays: see array/elementwise.hpp.

#include "../array/elementwise.hpp"
#include "kernels_of.hpp"

namespace simdact::dispatch {

namespace detail {

template <Activation F>
SIMDACT_INLINE auto const& elementwise_kernels() {
  using Where = Place<Activations, F>;
  static_assert(Where::exists,
                "simdact::dispatch has the listed activations of this library alone. Call "
                "simdact::forward and its like for your own, which your build then compiles for "
                "its own instruction set.");
  return kernels_of<typename F::value_type, typename Where::Accuracy>().elementwise[Where::index];
}

}  // namespace detail

/// y[i] = f(x[i]).
template <Activation F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> x,
                            std::span<typename F::value_type> y) {
  simdact::detail::require_output<xsimd::default_arch>(x, y, "y");
  detail::elementwise_kernels<F>().forward(&f, x.data(), y.data(), x.size());
}

/// d[i] = f'(x[i]).
template <Activation F>
SIMDACT_INLINE void derivative(F const& f, std::span<typename F::value_type const> x,
                               std::span<typename F::value_type> d) {
  simdact::detail::require_output<xsimd::default_arch>(x, d, "d");
  detail::elementwise_kernels<F>().derivative(&f, x.data(), d.data(), x.size());
}

/// grad_x[i] = grad_y[i] f'(x[i]).
template <Activation F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> x,
                             std::span<typename F::value_type const> grad_y,
                             std::span<typename F::value_type> grad_x) {
  simdact::detail::require_backward<xsimd::default_arch>(x, grad_y, grad_x);
  detail::elementwise_kernels<F>().backward(&f, x.data(), grad_y.data(), grad_x.data(), x.size());
}

/// y[i] = f(x[i]) and d[i] = f'(x[i]).
template <Activation F>
SIMDACT_INLINE void forward_and_derivative(F const& f, std::span<typename F::value_type const> x,
                                           std::span<typename F::value_type> y,
                                           std::span<typename F::value_type> d) {
  simdact::detail::require_forward_and_derivative<xsimd::default_arch>(x, y, d);
  detail::elementwise_kernels<F>().forward_and_derivative(&f, x.data(), y.data(), d.data(),
                                                          x.size());
}

}  // namespace simdact::dispatch
