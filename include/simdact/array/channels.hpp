#pragma once

/// @file
/// An activation with one learnable parameter, of which each channel has a value of its own: PReLU with one
/// weight a channel, as PyTorch has it. Arrays are row-major (outer, channels, inner): of images the
/// batch, the channels and the pixels; of rows of features inner is 1. There are as many channels as elements
/// of `weights`; the activation's own parameter is not used. Arguments are whatever converts to a span of
/// `value_type`. An output may be the very same memory as an input of its length. Length 0 is fine. Errors
/// (`std::invalid_argument`, with the numbers in the message, before anything is written): lengths that do
/// not fit, memory that overlaps in part. No allocation, no state; to be called from any thread.
///
/// Runs that are shorter than a few batches take the time of a call each, unless the activation takes a
/// parameter for each lane, as PReLU does: f(x, weights), f.derivative(x, weights) and
/// f.parameter_derivatives(x, weights).

#include <span>

#include "parameters.hpp"

namespace simdact {

namespace detail {

template <class F>
concept OneParameter = Parametric<F> && F::parameters.size() == 1;

template <class F>
concept LanewiseParameter = OneParameter<F> &&
    requires(F const& f, typename F::value_type x, typename F::value_type weight) {
  f.forward(x, weight);
  f.derivative(x, weight);
  f.parameter_derivatives(x, weight);
};

/// Shorter runs than this are walked with a parameter for each lane.
inline constexpr std::size_t short_run = 64;

struct Channels {
  std::size_t outer;
  std::size_t channels;
  std::size_t inner;

  SIMDACT_INLINE JoinedRows rows() const noexcept { return {outer, channels * inner}; }

  /// The most lanes that make a block of whole runs.
  SIMDACT_INLINE std::size_t lanes_of_runs() const noexcept { return column_block / inner * inner; }

  /// Calls visit(channel, lane) for each lane of a block of short runs.
  template <class Visit>
  SIMDACT_INLINE void for_each_lane(std::size_t first, std::size_t lanes,
                                    Visit visit) const noexcept {
    std::size_t channel = first / inner;
    for (std::size_t run = 0; run < lanes; run += inner) {
      for (std::size_t lane = run; lane < run + inner; ++lane)
        visit(channel, lane);
      channel = channel + 1 == channels ? 0 : channel + 1;
    }
  }

  /// Calls visit(channel, i) for each run, which begins at the element i.
  template <class Visit>
  SIMDACT_INLINE void for_each_run(Visit visit) const noexcept {
    for (std::size_t run = 0; run < outer * channels; ++run)
      visit(run % channels, run * inner);
  }
};

template <class Arch>
[[noreturn]] void throw_channels(std::size_t length, std::size_t channels, std::size_t inner) {
  fail<Arch>("x has length ", length, ", which is not a multiple of weights's length ", channels,
             " times inner ", inner);
}

template <class Arch>
SIMDACT_INLINE Channels require_channels(std::size_t length, std::size_t channels,
                                         std::size_t inner) {
  if (length == 0)
    return {0, channels, 0};  // no run begins anywhere but at the start
  if (channels == 0 || inner == 0 || length % inner != 0 || length / inner % channels != 0)
    throw_channels<Arch>(length, channels, inner);
  return {length / inner / channels, channels, inner};
}

template <Parametric F>
SIMDACT_INLINE F with_parameter(F f, typename F::value_type value) noexcept {
  f.*F::parameters[0] = value;
  return f;
}

/// The parameter of each lane of a block of short runs.
template <class T>
SIMDACT_INLINE void spread_weights(Channels const& shape, T const* weights, std::size_t first,
                                   std::size_t lanes,
                                   std::array<T, column_block>& of_lane) noexcept {
  shape.for_each_lane(first, lanes, [&](std::size_t channel, std::size_t lane) SIMDACT_LAMBDA {
    of_lane[lane] = weights[channel];
  });
}

template <class Arch, LanewiseParameter F, class T>
void short_runs_forward(F const& f, T const* x, T const* weights, T* y, Channels shape) noexcept {
  const JoinedRows rows = shape.rows();
  const auto block = [&](std::size_t first, std::size_t lanes) SIMDACT_LAMBDA {
    std::array<T, column_block> of_lane;
    spread_weights(shape, weights, first, lanes, of_lane);
    rows.walk_down(first, lanes, [&](std::size_t i, std::size_t n) SIMDACT_LAMBDA {
      walk<Arch, T, 2, 1>(
          n, {x + i, of_lane.data()}, {y + i},
          [f](auto const& in) SIMDACT_LAMBDA { return std::array{f.forward(in[0], in[1])}; }, T(0));
    });
  };
  rows.for_each_block(block, shape.lanes_of_runs());
}

template <class Arch, LanewiseParameter F, class T>
void short_runs_backward(F const& f, T const* x, T const* weights, T const* grad_y, T* grad_x,
                         T* grad_weights, Channels shape) noexcept {
  const JoinedRows rows = shape.rows();
  const auto block = [&](std::size_t first, std::size_t lanes) SIMDACT_LAMBDA {
    std::array<T, column_block> of_lane;
    spread_weights(shape, weights, first, lanes, of_lane);
    BlockSums<F> sums{};
    rows.walk_down(first, lanes, [&](std::size_t i, std::size_t n) SIMDACT_LAMBDA {
      parameter_block<Arch, F, T, 3>(f, {x + i, grad_y + i, of_lane.data()}, grad_x + i, n, sums);
    });
    const std::size_t first_channel = first / shape.inner;
    std::array<double, column_block> totals{};
    shape.for_each_lane(first, lanes, [&](std::size_t channel, std::size_t lane) SIMDACT_LAMBDA {
      totals[channel - first_channel] += sums[0][lane];
    });
    const std::size_t count = (std::min)(lanes / shape.inner, shape.channels);
    for (std::size_t c = 0; c < count; ++c)
      grad_weights[first_channel + c] = static_cast<T>(totals[c]);
  };
  rows.for_each_block(block, shape.lanes_of_runs());
}

template <class Arch, OneParameter F, class T>
void channels_forward(F const& f, T const* x, T const* weights, T* y, Channels shape) noexcept {
  if constexpr (LanewiseParameter<F>) {
    if (shape.outer != 0 && shape.inner < short_run)
      return short_runs_forward<Arch>(f, x, weights, y, shape);
  }
  shape.for_each_run([&](std::size_t channel, std::size_t i) SIMDACT_LAMBDA {
    const F own = with_parameter(f, weights[channel]);
    loop<Arch, T, 1, 1>(shape.inner, {x + i}, {y + i}, [own](auto const& in) SIMDACT_LAMBDA {
      return std::array{own.forward(in[0])};
    });
  });
}

template <class Arch, OneParameter F, class T>
void channels_backward(F const& f, T const* x, T const* weights, T const* grad_y, T* grad_x,
                       T* grad_weights, Channels shape) noexcept {
  if constexpr (LanewiseParameter<F>) {
    if (shape.outer != 0 && shape.inner < short_run) {
      return short_runs_backward<Arch>(f, x, weights, grad_y, grad_x, grad_weights, shape);
    }
  }
  const Runs runs{shape.outer, shape.inner, shape.channels * shape.inner};
  for (std::size_t c = 0; c < shape.channels; ++c) {
    const std::size_t i = c * shape.inner;
    grad_weights[c] = parameter_gradients<Arch>(with_parameter(f, weights[c]), x + i, grad_y + i,
                                                grad_x + i, runs)[0];
  }
}

}  // namespace detail

/// y[o][c][i] = f(x[o][c][i]) with weights[c] for f's parameter: the bits of `forward(f, x, y)` with it.
///
/// Shapes: x and y (outer, channels, inner), weights (channels).
template <detail::OneParameter F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> x,
                            std::span<typename F::value_type const> weights, std::size_t inner,
                            std::span<typename F::value_type> y) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(y, "y", x, "x");
  const auto shape = detail::require_channels<Arch>(x.size(), weights.size(), inner);
  detail::require_same_or_apart<Arch>(y, "y", x, "x");
  detail::require_same_or_apart<Arch>(y, "y", weights, "weights");
  detail::channels_forward<Arch>(f, x.data(), weights.data(), y.data(), shape);
}

/// The chain rule through that: grad_x as `backward(f, x, grad_y, grad_x)` has it with each channel's weight,
/// bit for bit, and grad_weights[c] = sum over o and i of grad_y[o][c][i] df/dweight(x[o][c][i]), which is
/// overwritten, not added to.
///
/// Shapes: x, grad_y and grad_x (outer, channels, inner), weights and grad_weights (channels). grad_x and
/// grad_weights must be apart.
/// Maximum error of grad_weights: that of `backward_parameters` for one parameter, with outer inner in place of
/// n/256 + 8. It is summed in double, in an order that depends on the shape alone.
/// Special values: 0 of no elements; else those of a product, in which 0 times +-inf is NaN.
template <detail::OneParameter F>
SIMDACT_INLINE void backward_parameters(F const& f, std::span<typename F::value_type const> x,
                                        std::span<typename F::value_type const> weights,
                                        std::size_t inner,
                                        std::span<typename F::value_type const> grad_y,
                                        std::span<typename F::value_type> grad_x,
                                        std::span<typename F::value_type> grad_weights) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(grad_y, "grad_y", x, "x");
  detail::require_same_length<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_length<Arch>(grad_weights, "grad_weights", weights, "weights");
  const auto shape = detail::require_channels<Arch>(x.size(), weights.size(), inner);
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", weights, "weights");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", grad_y, "grad_y");
  detail::require_same_or_apart<Arch>(grad_weights, "grad_weights", x, "x");
  detail::require_same_or_apart<Arch>(grad_weights, "grad_weights", weights, "weights");
  detail::require_same_or_apart<Arch>(grad_weights, "grad_weights", grad_y, "grad_y");
  detail::require_apart<Arch>(grad_x, "grad_x", grad_weights, "grad_weights");
  detail::channels_backward<Arch>(f, x.data(), weights.data(), grad_y.data(), grad_x.data(),
                                  grad_weights.data(), shape);
}

}  // namespace simdact
