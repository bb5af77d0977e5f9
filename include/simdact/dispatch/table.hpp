#pragma once

/// @file
/// What the kernels of one instruction set look like from outside. These types are the same for all of them,
/// while everything else that they are compiled from is in a namespace of their own: see kernels.cpp. So they
/// stand on nothing of this library, and activations and options go by address.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace simdact::dispatch::detail {

template <class T>
struct ElementwiseKernels {
  void (*forward)(void const* f, T const* x, T* y, std::size_t n) noexcept;
  void (*derivative)(void const* f, T const* x, T* d, std::size_t n) noexcept;
  void (*backward)(void const* f, T const* x, T const* grad_y, T* grad_x, std::size_t n) noexcept;
  void (*forward_and_derivative)(void const* f, T const* x, T* y, T* d, std::size_t n) noexcept;
};

/// The packed ones take both orders of a row.
template <class T>
struct GatedKernels {
  void (*forward)(void const* act, T const* gate, T const* up, T* out, std::size_t n) noexcept;
  void (*backward)(void const* act, T const* gate, T const* up, T const* grad_out, T* grad_gate,
                   T* grad_up, std::size_t n) noexcept;
  void (*packed_forward)(void const* act, bool gate_first, T const* packed, T* out, std::size_t n,
                         std::size_t row_length) noexcept;
  void (*packed_backward)(void const* act, bool gate_first, T const* packed, T const* grad_out,
                          T* grad_packed, std::size_t n, std::size_t row_length) noexcept;
};

template <class T>
struct SoftmaxKernels {
  void (*forward)(void const* f, T const* x, T* y, std::size_t rows,
                  std::size_t row_length) noexcept;
  void (*backward)(void const* f, T const* y, T const* grad_y, T* grad_x, std::size_t rows,
                   std::size_t row_length) noexcept;
};

/// `Target` is a class or a probability. `grad_logits` and `losses` may be null.
template <class T, class Target>
using CrossEntropyKernel = double (*)(void const* loss, T const* logits, std::size_t rows,
                                      std::size_t row_length, Target const* targets, T* grad_logits,
                                      T* losses) noexcept;

/// Those of a type and a tier; where it points at several, in the order of the list of such types.
template <class T>
struct Kernels {
  ElementwiseKernels<T> const* elementwise;
  GatedKernels<T> const* gated;
  SoftmaxKernels<T> const* softmax;
  void (*log_sum_exp)(T const* x, T* results, std::size_t rows, std::size_t row_length,
                      T temperature) noexcept;
  CrossEntropyKernel<T, std::int32_t> classes;
  CrossEntropyKernel<T, T> probabilities;
};

struct InstructionSet {
  std::string_view name;
  bool (*is_available)() noexcept;
  Kernels<float> const* precise_floats;
  Kernels<float> const* fast_floats;
  Kernels<double> const* doubles;
};

/// The one in use; throws as architecture.hpp says.
InstructionSet const& chosen();

}  // namespace simdact::dispatch::detail
