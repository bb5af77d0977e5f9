#pragma once

/// @file
/// An activation of one array times another, and both gradients in one pass. Arguments are whatever
/// converts to a span of `value_type`: a vector, an array, a span. All lengths are equal; length 0 is fine.
/// An output may be the very same memory as any input. Errors: `std::invalid_argument`, with both lengths
/// in the message, for unequal lengths and for memory that overlaps in part; nothing has been written
/// then. No allocation, no state; to be called from any thread. A value has the same bits at every index,
/// length and alignment.

#include <span>

#include "../array/elementwise.hpp"

namespace simdact {

namespace detail {

template <class Arch, Activation F, class T>
void gated_row(F const& act, T const* gate, T const* up, T* out, std::size_t n) noexcept {
  loop<Arch, T, 2, 1>(n, {gate, up}, {out}, [f = kernel_of(act)](auto const& in) SIMDACT_LAMBDA {
    return std::array{f.forward(in[0]) * in[1]};
  });
}

template <class Arch, Activation F, class T>
void gated_backward_row(F const& act, T const* gate, T const* up, T const* grad_out, T* grad_gate,
                        T* grad_up, std::size_t n) noexcept {
  loop<Arch, T, 3, 2>(n, {gate, up, grad_out}, {grad_gate, grad_up},
                      [f = kernel_of(act)](auto const& in) SIMDACT_LAMBDA {
                        const auto both = value_and_derivative(f, in[0]);
                        return std::array{in[2] * in[1] * both[1], in[2] * both[0]};
                      });
}

template <class Arch, class T>
SIMDACT_INLINE void require_gated(std::span<T const> gate, std::span<T const> up,
                                  std::span<T> out) {
  require_same_length<Arch>(up, "up", gate, "gate");
  require_same_length<Arch>(out, "out", gate, "gate");
  require_same_or_apart<Arch>(out, "out", gate, "gate");
  require_same_or_apart<Arch>(out, "out", up, "up");
}

template <class Arch, class T>
SIMDACT_INLINE void require_gated_backward(std::span<T const> gate, std::span<T const> up,
                                           std::span<T const> grad_out, std::span<T> grad_gate,
                                           std::span<T> grad_up) {
  require_same_length<Arch>(up, "up", gate, "gate");
  require_same_length<Arch>(grad_out, "grad_out", gate, "gate");
  require_same_length<Arch>(grad_gate, "grad_gate", gate, "gate");
  require_same_length<Arch>(grad_up, "grad_up", gate, "gate");
  require_same_or_apart<Arch>(grad_gate, "grad_gate", gate, "gate");
  require_same_or_apart<Arch>(grad_gate, "grad_gate", up, "up");
  require_same_or_apart<Arch>(grad_gate, "grad_gate", grad_out, "grad_out");
  require_same_or_apart<Arch>(grad_up, "grad_up", gate, "gate");
  require_same_or_apart<Arch>(grad_up, "grad_up", up, "up");
  require_same_or_apart<Arch>(grad_up, "grad_up", grad_out, "grad_out");
  require_apart<Arch>(grad_gate, "grad_gate", grad_up, "grad_up");
}

}  // namespace detail

/// out[i] = act(gate[i]) up[i], as `forward(act, gate, out)` and a product have it, bit for bit.
///
/// Maximum error: that of act(gate[i]), times |up[i]|, and one rounding; in Precise float at default
/// parameters 1.5 ULP where act(gate[i]) is not subnormal.
/// Special values: those of a product. 0 times +-inf is NaN, even where a gate is shut: where act(gate[i])
/// is 0, an up[i] of +-inf or NaN gives NaN. NaN gives NaN.
template <Activation F>
SIMDACT_INLINE void gated(F const& act, std::span<typename F::value_type const> gate,
                          std::span<typename F::value_type const> up,
                          std::span<typename F::value_type> out) {
  using Arch = xsimd::default_arch;
  detail::require_gated<Arch>(gate, up, out);
  detail::gated_row<Arch>(act, gate.data(), up.data(), out.data(), gate.size());
}

/// The chain rule through `gated`, gate and up being its inputs: grad_gate[i] = grad_out[i] up[i]
/// act'(gate[i]), multiplied from left to right, and grad_up[i] = grad_out[i] act(gate[i]). The two must be
/// apart.
///
/// Maximum error: that of act'(gate[i]), times |grad_out[i] up[i]|, and two roundings; that of act(gate[i]),
/// times |grad_out[i]|, and one. In Precise float at default parameters 2.5 and 1.5 ULP where nothing on
/// the way is subnormal.
/// Special values: those of a product, as in `gated`; grad_out[i] up[i] may overflow on the way.
template <Activation F>
SIMDACT_INLINE void gated_backward(F const& act, std::span<typename F::value_type const> gate,
                                   std::span<typename F::value_type const> up,
                                   std::span<typename F::value_type const> grad_out,
                                   std::span<typename F::value_type> grad_gate,
                                   std::span<typename F::value_type> grad_up) {
  using Arch = xsimd::default_arch;
  detail::require_gated_backward<Arch>(gate, up, grad_out, grad_gate, grad_up);
  detail::gated_backward_row<Arch>(act, gate.data(), up.data(), grad_out.data(), grad_gate.data(),
                                   grad_up.data(), gate.size());
}

}  // namespace simdact
