#pragma once

/// @file
/// An activation over arrays. Arguments are whatever converts to a span of `value_type`: a vector, an
/// array, a span. An output may be the very same memory as an input. All lengths are equal; length 0
/// is fine. Errors: `std::invalid_argument`, with both lengths in the message, for unequal lengths and
/// for memory that overlaps in part; nothing has been written then. No allocation, no state; to be
/// called from any thread. A value has the same bits at every index, length and alignment.

#include <span>
#include <string_view>

#include "../concepts.hpp"
#include "../detail/check.hpp"
#include "../detail/loop.hpp"

namespace simdact {

namespace detail {

/// What a loop calls: a copy of the activation, whose parameters then stay in registers, or what the
/// activation has for that.
template <Activation F>
SIMDACT_INLINE auto kernel_of(F const& f) noexcept {
  if constexpr (requires { f.loop_kernel(); }) {
    return f.loop_kernel();
  } else {
    return f;
  }
}

/// {f(x), f'(x)}, sharing the work where f can.
template <class F, class V>
SIMDACT_INLINE std::array<V, 2> value_and_derivative(F const& f, V const& x) noexcept {
  if constexpr (requires { f.forward_and_derivative(x); }) {
    // Twice, of which one call is left: a struct of both g++ 12 would store on the stack.
    return {f.forward_and_derivative(x).value, f.forward_and_derivative(x).derivative};
  } else {
    return {f.forward(x), f.derivative(x)};
  }
}

/// What `forward` and `derivative` ask: `name` is that of the output.
template <class Arch, class T>
SIMDACT_INLINE void require_output(std::span<T const> x, std::span<T> out, std::string_view name) {
  require_same_length<Arch>(out, name, x, "x");
  require_same_or_apart<Arch>(out, name, x, "x");
}

template <class Arch, class T>
SIMDACT_INLINE void require_backward(std::span<T const> x, std::span<T const> grad_y,
                                     std::span<T> grad_x) {
  require_same_length<Arch>(grad_y, "grad_y", x, "x");
  require_same_length<Arch>(grad_x, "grad_x", x, "x");
  require_same_or_apart<Arch>(grad_x, "grad_x", x, "x");
  require_same_or_apart<Arch>(grad_x, "grad_x", grad_y, "grad_y");
}

template <class Arch, class T>
SIMDACT_INLINE void require_forward_and_derivative(std::span<T const> x, std::span<T> y,
                                                   std::span<T> d) {
  require_same_length<Arch>(y, "y", x, "x");
  require_same_length<Arch>(d, "d", x, "x");
  require_same_or_apart<Arch>(y, "y", x, "x");
  require_same_or_apart<Arch>(d, "d", x, "x");
  require_apart<Arch>(y, "y", d, "d");
}

template <class Arch, Activation F, class T>
SIMDACT_INLINE void forward_array(F const& act, T const* x, T* y, std::size_t n) noexcept {
  loop<Arch, T, 1, 1>(n, {x}, {y}, [f = kernel_of(act)](auto const& in) SIMDACT_LAMBDA {
    return std::array{f.forward(in[0])};
  });
}

template <class Arch, Activation F, class T>
SIMDACT_INLINE void derivative_array(F const& act, T const* x, T* d, std::size_t n) noexcept {
  loop<Arch, T, 1, 1>(n, {x}, {d}, [f = kernel_of(act)](auto const& in) SIMDACT_LAMBDA {
    return std::array{f.derivative(in[0])};
  });
}

template <class Arch, Activation F, class T>
SIMDACT_INLINE void backward_array(F const& act, T const* x, T const* grad_y, T* grad_x,
                                   std::size_t n) noexcept {
  loop<Arch, T, 2, 1>(n, {x, grad_y}, {grad_x},
                      [f = kernel_of(act)](auto const& in)
                          SIMDACT_LAMBDA { return std::array{in[1] * f.derivative(in[0])}; });
}

template <class Arch, Activation F, class T>
SIMDACT_INLINE void forward_and_derivative_array(F const& act, T const* x, T* y, T* d,
                                                 std::size_t n) noexcept {
  loop<Arch, T, 1, 2>(n, {x}, {y, d}, [f = kernel_of(act)](auto const& in) SIMDACT_LAMBDA {
    return value_and_derivative(f, in[0]);
  });
}

}  // namespace detail

/// y[i] = f(x[i]).
template <Activation F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> x,
                            std::span<typename F::value_type> y) {
  using Arch = xsimd::default_arch;
  detail::require_output<Arch>(x, y, "y");
  detail::forward_array<Arch>(f, x.data(), y.data(), x.size());
}

/// d[i] = f'(x[i]).
template <Activation F>
SIMDACT_INLINE void derivative(F const& f, std::span<typename F::value_type const> x,
                               std::span<typename F::value_type> d) {
  using Arch = xsimd::default_arch;
  detail::require_output<Arch>(x, d, "d");
  detail::derivative_array<Arch>(f, x.data(), d.data(), x.size());
}

/// grad_x[i] = grad_y[i] f'(x[i]): the chain rule through the activation, x being its input.
template <Activation F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> x,
                             std::span<typename F::value_type const> grad_y,
                             std::span<typename F::value_type> grad_x) {
  using Arch = xsimd::default_arch;
  detail::require_backward<Arch>(x, grad_y, grad_x);
  detail::backward_array<Arch>(f, x.data(), grad_y.data(), grad_x.data(), x.size());
}

/// y[i] = f(x[i]) and d[i] = f'(x[i]) in one pass, sharing the work. y and d must be apart.
template <Activation F>
SIMDACT_INLINE void forward_and_derivative(F const& f, std::span<typename F::value_type const> x,
                                           std::span<typename F::value_type> y,
                                           std::span<typename F::value_type> d) {
  using Arch = xsimd::default_arch;
  detail::require_forward_and_derivative<Arch>(x, y, d);
  detail::forward_and_derivative_array<Arch>(f, x.data(), y.data(), d.data(), x.size());
}

}  // namespace simdact
