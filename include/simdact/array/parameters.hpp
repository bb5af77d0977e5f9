#pragma once

/// @file
/// The gradients of an activation's learnable parameters over arrays. Arguments are whatever converts to a
/// span of `value_type`. An output may be the very same memory as an input. Length 0 is fine. Errors
/// (`std::invalid_argument`, with both lengths in the message, before anything is written): unequal lengths,
/// memory that overlaps in part. No allocation, no state; to be called from any thread.

#include <span>

#include "columns.hpp"
#include "elementwise.hpp"

namespace simdact {

template <Parametric F>
inline constexpr std::size_t parameter_count = F::parameters.size();

/// One number for each of F's learnable parameters, in the order of `F::parameters`.
template <Parametric F>
using ParameterGradients = std::array<typename F::value_type, parameter_count<F>>;

namespace detail {

/// For each parameter a sum in double for each place in a block of elements.
template <Parametric F>
using BlockSums = std::array<std::array<double, column_block>, parameter_count<F>>;

/// grad_y f'(x), and grad_y times the derivative by each parameter. `lanes` are the parameters where each
/// lane has its own.
template <Parametric F, class V, class... Lanes>
SIMDACT_INLINE std::array<V, 1 + parameter_count<F>> chain(F const& f, V const& x, V const& grad_y,
                                                           Lanes const&... lanes) noexcept {
  const auto partial = f.parameter_derivatives(x, lanes...);
  std::array<V, 1 + parameter_count<F>> products;
  products[0] = grad_y * f.derivative(x, lanes...);
  for_each_index<parameter_count<F>>([&](auto k)
                                         SIMDACT_LAMBDA { products[k + 1] = grad_y * partial[k]; });
  return products;
}

/// Writes a block of grad_x, `in` being {x, grad_y} and the parameter if each element has its own, and adds up
/// what the block gives for the parameters.
template <class Arch, Parametric F, class T, std::size_t In>
SIMDACT_INLINE void parameter_block(F const& f, std::array<T const*, In> in, T* grad_x,
                                    std::size_t n, BlockSums<F>& sums) noexcept {
  std::array<std::array<T, column_block>, parameter_count<F>> terms;
  std::array<T*, 1 + parameter_count<F>> out{grad_x};
  for_each_index<parameter_count<F>>([&](auto k) SIMDACT_LAMBDA { out[k + 1] = terms[k].data(); });
  walk<Arch>(
      n, in, out,
      [f](auto const& lanes) SIMDACT_LAMBDA {
        if constexpr (In == 2) {
          return chain(f, lanes[0], lanes[1]);
        } else {
          return chain(f, lanes[0], lanes[1], lanes[2]);
        }
      },
      T(0));
  for_each_index<parameter_count<F>>(
      [&](auto k) SIMDACT_LAMBDA { add_to_sums<Arch>(out[k + 1], n, sums[k].data()); });
}

/// Half of the places onto the other half, until one is left.
SIMDACT_INLINE double sum_of_block(std::array<double, column_block>& sums) noexcept {
  for (std::size_t half = column_block / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i)
      sums[i] += sums[i + half];
  }
  return sums[0];
}

/// Elements that share their parameters: `count` runs of `length`, each `stride` behind the one before.
struct Runs {
  std::size_t count;
  std::size_t length;
  std::size_t stride;
};

template <class Arch, Parametric F, class T>
ParameterGradients<F> parameter_gradients(F const& act, T const* x, T const* grad_y, T* grad_x,
                                          Runs runs) noexcept {
  const F f = act;
  BlockSums<F> sums{};
  for (std::size_t run = 0; run < runs.count * runs.stride; run += runs.stride) {
    for (std::size_t i = run; i < run + runs.length; i += column_block) {
      const std::size_t n = (std::min)(column_block, run + runs.length - i);
      parameter_block<Arch, F, T, 2>(f, {x + i, grad_y + i}, grad_x + i, n, sums);
    }
  }
  ParameterGradients<F> gradients;
  for (std::size_t k = 0; k < parameter_count<F>; ++k)
    gradients[k] = static_cast<T>(sum_of_block(sums[k]));
  return gradients;
}

}  // namespace detail

/// The chain rule through an activation and its learnable parameters p_k, in one pass: grad_x[i] =
/// grad_y[i] f'(x[i]), the same bits as `backward(f, x, grad_y, grad_x)`; returned are the gradients
/// sum_i grad_y[i] df/dp_k(x[i]).
///
/// Maximum error of a gradient, beside those of the partial derivatives: that of rounding each product to T,
/// (n/256 + 8) 2^-53 sum_i |grad_y[i] df/dp_k(x[i])|, and one rounding to T, which is what an optimizer adds
/// to the parameter. It is summed in double, in an order that depends on the length alone.
/// Special values: 0 of no elements; else those of a product, in which 0 times +-inf is NaN.
template <Parametric F>
SIMDACT_INLINE ParameterGradients<F> backward_parameters(
    F const& f, std::span<typename F::value_type const> x,
    std::span<typename F::value_type const> grad_y, std::span<typename F::value_type> grad_x) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(grad_y, "grad_y", x, "x");
  detail::require_same_length<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", grad_y, "grad_y");
  return detail::parameter_gradients<Arch>(f, x.data(), grad_y.data(), grad_x.data(),
                                           {1, x.size(), x.size()});
}

}  // namespace simdact
