// The kernels of one instruction set for one type and tier. CMake compiles this file once for each of them, with
//
//   SIMDACT_DISPATCH_NAMESPACE  simdact_avx2 or its like
//   SIMDACT_DISPATCH_KERNELS    the name of the table: precise_floats, fast_floats or doubles
//   SIMDACT_DISPATCH_VALUE      float or double
//   SIMDACT_DISPATCH_ACCURACY   Precise or Fast
//
// The linker keeps one copy of each inline function and template, whoever compiled it: a program's own one, that
// was not optimised, or one for a newer CPU. So everything of this library that is compiled here is in a namespace
// of the instruction set's own. Only table.hpp, which all share, comes before.

#include "table.hpp"

namespace shared = simdact::dispatch::detail;

#define simdact SIMDACT_DISPATCH_NAMESPACE

#include <array>
#include <cstring>
#include <type_traits>

#include "../array/elementwise.hpp"
#include "../rowwise/cross_entropy.hpp"
#include "../rowwise/log_sum_exp.hpp"
#include "lists.hpp"

namespace simdact::dispatch {

namespace {

using Arch = xsimd::default_arch;
using T = SIMDACT_DISPATCH_VALUE;
using Accuracy = SIMDACT_DISPATCH_ACCURACY;

/// What the caller has, as the same type in this namespace.
template <class F>
SIMDACT_INLINE F copy_of(void const* theirs) noexcept {
  static_assert(std::is_trivially_copyable_v<F>);
  F ours;
  std::memcpy(&ours, theirs, sizeof ours);
  return ours;
}

template <class F>
constexpr shared::ElementwiseKernels<T> elementwise = {
    .forward =
        [](void const* f, T const* x, T* y, std::size_t n) noexcept {
          simdact::detail::forward_array<Arch>(copy_of<F>(f), x, y, n);
        },
    .derivative =
        [](void const* f, T const* x, T* d, std::size_t n) noexcept {
          simdact::detail::derivative_array<Arch>(copy_of<F>(f), x, d, n);
        },
    .backward =
        [](void const* f, T const* x, T const* grad_y, T* grad_x, std::size_t n) noexcept {
          simdact::detail::backward_array<Arch>(copy_of<F>(f), x, grad_y, grad_x, n);
        },
    .forward_and_derivative =
        [](void const* f, T const* x, T* y, T* d, std::size_t n) noexcept {
          simdact::detail::forward_and_derivative_array<Arch>(copy_of<F>(f), x, y, d, n);
        }};

template <class Act>
constexpr shared::GatedKernels<T> gated = {
    .forward =
        [](void const* act, T const* gate, T const* up, T* out, std::size_t n) noexcept {
          simdact::detail::gated_row<Arch>(copy_of<Act>(act), gate, up, out, n);
        },
    .backward =
        [](void const* act, T const* gate, T const* up, T const* grad_out, T* grad_gate, T* grad_up,
           std::size_t n) noexcept {
          simdact::detail::gated_backward_row<Arch>(copy_of<Act>(act), gate, up, grad_out,
                                                    grad_gate, grad_up, n);
        },
    .packed_forward =
        [](void const* act, bool gate_first, T const* packed, T* out, std::size_t n,
           std::size_t row_length) noexcept {
          const Act f = copy_of<Act>(act);
          if (gate_first) {
            simdact::detail::packed_forward<Arch, GateHalf::first>(f, packed, out, n, row_length);
          } else {
            simdact::detail::packed_forward<Arch, GateHalf::second>(f, packed, out, n, row_length);
          }
        },
    .packed_backward =
        [](void const* act, bool gate_first, T const* packed, T const* grad_out, T* grad_packed,
           std::size_t n, std::size_t row_length) noexcept {
          const Act f = copy_of<Act>(act);
          if (gate_first) {
            simdact::detail::packed_backward<Arch, GateHalf::first>(f, packed, grad_out,
                                                                    grad_packed, n, row_length);
          } else {
            simdact::detail::packed_backward<Arch, GateHalf::second>(f, packed, grad_out,
                                                                     grad_packed, n, row_length);
          }
        }};

template <class F>
constexpr shared::SoftmaxKernels<T> softmax = {
    .forward =
        [](void const* f, T const* x, T* y, std::size_t rows, std::size_t row_length) noexcept {
          simdact::detail::forward_rows<Arch>(copy_of<F>(f), x, y, rows, row_length);
        },
    .backward =
        [](void const* f, T const* y, T const* grad_y, T* grad_x, std::size_t rows,
           std::size_t row_length) noexcept {
          simdact::detail::backward_rows<Arch>(copy_of<F>(f), y, grad_y, grad_x, rows, row_length);
        }};

template <class Target>
double cross_entropy(void const* loss, T const* logits, std::size_t rows, std::size_t row_length,
                     Target const* targets, T* grad_logits, T* losses) noexcept {
  const auto options = copy_of<CrossEntropy<T, Accuracy>>(loss);
  const std::size_t of_each = std::is_same_v<Target, T> ? row_length : 1;
  return simdact::detail::cross_entropy<Arch, T>(
      options, std::span(logits, rows * row_length),
      simdact::detail::targets_of<T>(std::span(targets, rows * of_each), rows,
                                     options.ignore_index),
      row_length, grad_logits, losses);
}

constexpr auto all_elementwise = []<class... F>(TypeList<F...>) {
  return std::array{elementwise<F>...};
}(Activations<T, Accuracy>{});

constexpr auto all_gated = []<class... Act>(TypeList<Act...>) {
  return std::array{gated<Act>...};
}(detail::Gates<T, Accuracy>{});

constexpr auto all_softmax = []<class... F>(TypeList<F...>) {
  return std::array{softmax<F>...};
}(detail::SoftmaxFunctions<T, Accuracy>{});

}  // namespace

extern const shared::Kernels<T> SIMDACT_DISPATCH_KERNELS;
constexpr shared::Kernels<T> SIMDACT_DISPATCH_KERNELS = {
    .elementwise = all_elementwise.data(),
    .gated = all_gated.data(),
    .softmax = all_softmax.data(),
    .log_sum_exp =
        [](T const* x, T* results, std::size_t rows, std::size_t row_length,
           T temperature) noexcept {
          simdact::detail::log_sum_exp_rows<Arch>(x, results, rows, row_length, temperature);
        },
    .classes = cross_entropy<std::int32_t>,
    .probabilities = cross_entropy<T>};

}  // namespace simdact::dispatch
