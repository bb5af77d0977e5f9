#pragma once

/// @file
/// A gated unit: an activation, and which half of a packed row it is applied to. Arguments are whatever
/// converts to a span of `value_type`; length 0 is fine. Errors: `std::invalid_argument`, with the numbers
/// in the message, for lengths that do not fit, a length that is not whole rows and memory that overlaps
/// in part; nothing has been written then. Error bounds and special values: those of `gated` and
/// `gated_backward`.

#include <string_view>

#include "gated.hpp"

namespace simdact {

/// Which half of a packed row is the gate, the half that the activation is applied to.
enum class GateHalf { first, second };

/// out = act(gate) up; a packed row is [gate | up] with `GateHalf::first`, [up | gate] with
/// `GateHalf::second`. For any activation; those with a name of their own are in units.hpp.
template <Activation Act, GateHalf Half>
struct GatedUnit {
  using value_type = typename Act::value_type;
  static constexpr GateHalf gate_half = Half;

  Act activation{};
};

namespace detail {

template <class T>
struct PackedRow {
  T* gate;
  T* up;
};

template <GateHalf Half, class T>
SIMDACT_INLINE PackedRow<T> packed_row(T* row, std::size_t row_length) noexcept {
  T* const second = row + row_length;
  return Half == GateHalf::first ? PackedRow<T>{row, second} : PackedRow<T>{second, row};
}

template <class Arch>
[[noreturn]] void throw_packed(std::size_t length, std::string_view half_name, std::size_t half) {
  fail<Arch>("packed has length ", length, ", but must have twice that of ", half_name, ", ", half);
}

/// Throws unless `half` is whole rows and `packed` twice as long.
template <class Arch, class T, class U>
SIMDACT_INLINE void require_packed(std::span<T> packed, std::span<U> half,
                                   std::string_view half_name, std::size_t row_length) {
  require_whole_rows<Arch>(half, half_name, row_length);
  if (packed.size() != 2 * half.size())
    throw_packed<Arch>(packed.size(), half_name, half.size());
}

template <class Arch, class T>
SIMDACT_INLINE void require_packed_forward(std::span<T const> packed, std::span<T> out,
                                           std::size_t row_length) {
  require_packed<Arch>(packed, out, "out", row_length);
  require_apart<Arch>(out, "out", packed, "packed");
}

template <class Arch, class T>
SIMDACT_INLINE void require_packed_backward(std::span<T const> packed, std::span<T const> grad_out,
                                            std::span<T> grad_packed, std::size_t row_length) {
  require_packed<Arch>(packed, grad_out, "grad_out", row_length);
  require_same_length<Arch>(grad_packed, "grad_packed", packed, "packed");
  require_same_or_apart<Arch>(grad_packed, "grad_packed", packed, "packed");
  require_apart<Arch>(grad_packed, "grad_packed", grad_out, "grad_out");
}

/// Of n elements of `out`, in rows.
template <class Arch, GateHalf Half, Activation F, class T>
SIMDACT_INLINE void packed_forward(F const& act, T const* packed, T* out, std::size_t n,
                                   std::size_t row_length) noexcept {
  for (std::size_t i = 0; i < n; i += row_length) {
    const auto row = packed_row<Half>(packed + 2 * i, row_length);
    gated_row<Arch>(act, row.gate, row.up, out + i, row_length);
  }
}

template <class Arch, GateHalf Half, Activation F, class T>
SIMDACT_INLINE void packed_backward(F const& act, T const* packed, T const* grad_out,
                                    T* grad_packed, std::size_t n,
                                    std::size_t row_length) noexcept {
  for (std::size_t i = 0; i < n; i += row_length) {
    const auto row = packed_row<Half>(packed + 2 * i, row_length);
    const auto grad = packed_row<Half>(grad_packed + 2 * i, row_length);
    gated_backward_row<Arch>(act, row.gate, row.up, grad_out + i, grad.gate, grad.up, row_length);
  }
}

}  // namespace detail

/// out[i] = act(gate[i]) up[i]. In place: out may be gate or up.
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void forward(GatedUnit<Act, Half> const& unit,
                            std::span<typename Act::value_type const> gate,
                            std::span<typename Act::value_type const> up,
                            std::span<typename Act::value_type> out) {
  gated(unit.activation, gate, up, out);
}

/// The same of packed rows of 2 `row_length` elements, to rows of `row_length`. `out` must be apart from
/// `packed`.
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void forward(GatedUnit<Act, Half> const& unit,
                            std::span<typename Act::value_type const> packed,
                            std::span<typename Act::value_type> out, std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_packed_forward<Arch>(packed, out, row_length);
  detail::packed_forward<Arch, Half>(unit.activation, packed.data(), out.data(), out.size(),
                                     row_length);
}

/// grad_gate[i] = grad_out[i] up[i] act'(gate[i]) and grad_up[i] = grad_out[i] act(gate[i]), gate and up
/// being the inputs of `forward`. In place: either may be any input; the two must be apart.
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void backward(GatedUnit<Act, Half> const& unit,
                             std::span<typename Act::value_type const> gate,
                             std::span<typename Act::value_type const> up,
                             std::span<typename Act::value_type const> grad_out,
                             std::span<typename Act::value_type> grad_gate,
                             std::span<typename Act::value_type> grad_up) {
  gated_backward(unit.activation, gate, up, grad_out, grad_gate, grad_up);
}

/// The same of packed rows: the gradients are packed in the order of `packed`, the input of `forward`. In
/// place: `grad_packed` may be `packed`; it must be apart from `grad_out`.
template <Activation Act, GateHalf Half>
SIMDACT_INLINE void backward(GatedUnit<Act, Half> const& unit,
                             std::span<typename Act::value_type const> packed,
                             std::span<typename Act::value_type const> grad_out,
                             std::span<typename Act::value_type> grad_packed,
                             std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_packed_backward<Arch>(packed, grad_out, grad_packed, row_length);
  detail::packed_backward<Arch, Half>(unit.activation, packed.data(), grad_out.data(),
                                      grad_packed.data(), grad_out.size(), row_length);
}

}  // namespace simdact
