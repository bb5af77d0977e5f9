#pragma once

/// @file
/// An activation over arrays. Arguments are whatever converts to a span of `value_type`: a vector, an
/// array, a span. An output may be the very same memory as an input. All lengths are equal; length 0
/// is fine. Errors: `std::invalid_argument`, with both lengths in the message, for unequal lengths and
/// for memory that overlaps in part; nothing has been written then. No allocation, no state; to be
/// called from any thread. A value has the same bits at every index, length and alignment.

#include <span>

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

}  // namespace detail

/// y[i] = f(x[i]).
template <Activation F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> x,
                            std::span<typename F::value_type> y) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(y, "y", x, "x");
  detail::require_same_or_apart<Arch>(y, "y", x, "x");
  detail::loop<Arch, typename F::value_type, 1, 1>(
      x.size(), {x.data()}, {y.data()}, [f = detail::kernel_of(f)](auto const& in) SIMDACT_LAMBDA {
        return std::array{f.forward(in[0])};
      });
}

/// d[i] = f'(x[i]).
template <Activation F>
SIMDACT_INLINE void derivative(F const& f, std::span<typename F::value_type const> x,
                               std::span<typename F::value_type> d) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(d, "d", x, "x");
  detail::require_same_or_apart<Arch>(d, "d", x, "x");
  detail::loop<Arch, typename F::value_type, 1, 1>(
      x.size(), {x.data()}, {d.data()}, [f = detail::kernel_of(f)](auto const& in) SIMDACT_LAMBDA {
        return std::array{f.derivative(in[0])};
      });
}

/// grad_x[i] = grad_y[i] f'(x[i]): the chain rule through the activation, x being its input.
template <Activation F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> x,
                             std::span<typename F::value_type const> grad_y,
                             std::span<typename F::value_type> grad_x) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(grad_y, "grad_y", x, "x");
  detail::require_same_length<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", grad_y, "grad_y");
  detail::loop<Arch, typename F::value_type, 2, 1>(
      x.size(), {x.data(), grad_y.data()}, {grad_x.data()},
      [f = detail::kernel_of(f)](auto const& in)
          SIMDACT_LAMBDA { return std::array{in[1] * f.derivative(in[0])}; });
}

/// y[i] = f(x[i]) and d[i] = f'(x[i]) in one pass, sharing the work. y and d must be apart.
template <Activation F>
SIMDACT_INLINE void forward_and_derivative(F const& f, std::span<typename F::value_type const> x,
                                           std::span<typename F::value_type> y,
                                           std::span<typename F::value_type> d) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(y, "y", x, "x");
  detail::require_same_length<Arch>(d, "d", x, "x");
  detail::require_same_or_apart<Arch>(y, "y", x, "x");
  detail::require_same_or_apart<Arch>(d, "d", x, "x");
  detail::require_apart<Arch>(y, "y", d, "d");
  detail::loop<Arch, typename F::value_type, 1, 2>(
      x.size(), {x.data()}, {y.data(), d.data()},
      [f = detail::kernel_of(f)](auto const& in)
          SIMDACT_LAMBDA { return detail::value_and_derivative(f, in[0]); });
}

}  // namespace simdact
