#pragma once

/// @file
/// The gated units, in either order of a packed row: see gated/gated_unit.hpp.

#include "kernels_of.hpp"

namespace simdact::dispatch {

namespace detail {

template <Activation Act>
SIMDACT_INLINE auto const& gated_kernels() {
  using Where = Place<Gates, Act>;
  static_assert(Where::exists,
                "simdact::dispatch has the gated units of gated/units.hpp alone. Call "
                "simdact::forward and simdact::backward for your own, which your build then "
                "compiles for its own instruction set.");
  return kernels_of<typename Act::value_type, typename Where::Accuracy>().gated[Where::index];
}

}  // namespace detail

/// out[i] = act(gate[i]) up[i].
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void forward(GatedUnit<Act, Half> const& unit,
                            std::span<typename Act::value_type const> gate,
                            std::span<typename Act::value_type const> up,
                            std::span<typename Act::value_type> out) {
  simdact::detail::require_gated<xsimd::default_arch>(gate, up, out);
  detail::gated_kernels<Act>().forward(&unit.activation, gate.data(), up.data(), out.data(),
                                       gate.size());
}

/// The same of packed rows.
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void forward(GatedUnit<Act, Half> const& unit,
                            std::span<typename Act::value_type const> packed,
                            std::span<typename Act::value_type> out, std::size_t row_length) {
  simdact::detail::require_packed_forward<xsimd::default_arch>(packed, out, row_length);
  detail::gated_kernels<Act>().packed_forward(&unit.activation, Half == GateHalf::first,
                                              packed.data(), out.data(), out.size(), row_length);
}

/// grad_gate[i] = grad_out[i] up[i] act'(gate[i]) and grad_up[i] = grad_out[i] act(gate[i]).
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void backward(GatedUnit<Act, Half> const& unit,
                             std::span<typename Act::value_type const> gate,
                             std::span<typename Act::value_type const> up,
                             std::span<typename Act::value_type const> grad_out,
                             std::span<typename Act::value_type> grad_gate,
                             std::span<typename Act::value_type> grad_up) {
  simdact::detail::require_gated_backward<xsimd::default_arch>(gate, up, grad_out, grad_gate,
                                                               grad_up);
  detail::gated_kernels<Act>().backward(&unit.activation, gate.data(), up.data(), grad_out.data(),
                                        grad_gate.data(), grad_up.data(), gate.size());
}

/// The same of packed rows.
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void backward(GatedUnit<Act, Half> const& unit,
                             std::span<typename Act::value_type const> packed,
                             std::span<typename Act::value_type const> grad_out,
                             std::span<typename Act::value_type> grad_packed,
                             std::size_t row_length) {
  simdact::detail::require_packed_backward<xsimd::default_arch>(packed, grad_out, grad_packed,
                                                                row_length);
  detail::gated_kernels<Act>().packed_backward(&unit.activation, Half == GateHalf::first,
                                               packed.data(), grad_out.data(), grad_packed.data(),
                                               grad_out.size(), row_length);
}

}  // namespace simdact::dispatch
