#pragma once

/// @file
/// Binary cross-entropy of a sigmoid from logits: the loss of each element and its gradient.
///
/// With targets t and pos_weight w:
///
///     loss = (1 - t) log(1 + e^x) + w t log(1 + e^-x)
///     grad_logits = (1 - t) s(x) - w t s(-x), times 1/n for the mean
///
/// where s(x) = 1/(1 + e^-x). For w = 1 these are max(x, 0) - x t + log(1 + e^-|x|) and s(x) - t.
///
/// Arguments are whatever converts to a span of T, of equal lengths. An output may be the very same memory as
/// logits or targets. No allocation, no state. Errors (`std::invalid_argument`, with both lengths in the
/// message, before anything is written): unequal lengths, memory that overlaps in part.

#include <string_view>

#include "../core/logistic.hpp"
#include "../core/softplus.hpp"
#include "reduction.hpp"
#include "row.hpp"

namespace simdact {

/// Binary cross-entropy as torch.nn.functional.binary_cross_entropy_with_logits has it.
///
/// Parameters: reduction, of all elements, by default the mean, which is NaN if there are none; pos_weight w,
/// the weight of the positive class, default 1. Targets are in [0, 1], which is not checked: where t is not,
/// or w is below 0, parts of a loss cancel.
/// Maximum error, t in [0, 1] and w >= 0: the loss 4 ULP of the double; the gradient, in units of
/// ((1 - t) s(x) + w t s(-x))/n, which is its size where t is 0 or 1, float 0.51 ULP, double 4 ULP; losses
/// float 0.51 ULP, double 4 ULP. Parts of a loss below e^-200 in float, which has none, count as up to that.
/// Special values: nothing overflows, however large the logits. x = +inf and x = -inf are their limits: a
/// loss of 0 where t is 1 or 0 respectively (NaN in PyTorch), else +inf. NaN gives NaN.
template <class T = float>
struct BinaryCrossEntropyWithLogits {
  using value_type = T;
  static constexpr std::string_view name = "binary_cross_entropy_with_logits";

  Reduction reduction = Reduction::mean;
  double pos_weight = 1.0;
};

namespace detail {

/// Of one element, in double lanes.
struct BinaryLoss {
  double pos_weight;

  /// (1 - t) log(1 + e^x) + w t log(1 + e^-x): one of the logarithms is log(1 + e^-|x|), the other one |x|
  /// more.
  template <class D>
  SIMDACT_INLINE D value(D const& x, D const& t) const noexcept {
    const D negative = D(1.0) - t;
    const D both = core::fmadd(t, D(pos_weight), negative);
    const D size = core::magnitude(x);
    const D farther = core::where(x < D(0.0), t * D(pos_weight), negative);
    const D linear = core::where(D(0.0) < core::magnitude(farther), farther * size, D(0.0));
    return core::fmadd(core::softplus(core::negated(size)), both, linear);
  }

  template <class D>
  SIMDACT_INLINE D derivative(D const& x, D const& t) const noexcept {
    const D negative = D(1.0) - t;
    const D positive = t * D(pos_weight);
    const D decay = core::exp_of_negative(core::negative_magnitude(x), 1.0);
    const D larger = D(1.0) / (D(1.0) + decay);
    const D smaller = decay * larger;
    const auto left = x < D(0.0);
    const D rise = core::where(left, smaller, larger) * negative;
    return core::fnmadd(core::where(left, larger, smaller), positive, rise);
  }
};

template <class Arch, class T>
double binary_cross_entropy(BinaryCrossEntropyWithLogits<T> const& loss, std::span<T const> logits,
                            std::span<T const> targets) noexcept {
  const auto term = [of = BinaryLoss{loss.pos_weight}](auto const& in) SIMDACT_LAMBDA {
    return std::array{of.value(core::widen(in[0]), core::widen(in[1]))};
  };
  const double sum =
      sums_over<Arch, T, 2>(logits.size(), {logits.data(), targets.data()}, T(0), term)[0];
  return reduced(loss.reduction, sum, logits.size());
}

/// grad = its derivative times `weight`.
template <class V>
SIMDACT_INLINE V binary_slope(BinaryLoss const& of, double weight, V const& x,
                              V const& t) noexcept {
  using D = core::working_t<V>;
  return core::narrow<V>(of.derivative(core::widen(x), core::widen(t)) * D(weight));
}

template <class V>
SIMDACT_INLINE V binary_loss(BinaryLoss const& of, V const& x, V const& t) noexcept {
  return core::narrow<V>(of.value(core::widen(x), core::widen(t)));
}

/// Throws unless `out` is as long as the logits, and is the same memory as an input or apart from it.
template <class Arch, class T>
SIMDACT_INLINE void require_output(std::span<T> out, std::string_view name,
                                   std::span<T const> logits, std::span<T const> targets) {
  require_same_length<Arch>(out, name, logits, "logits");
  require_same_or_apart<Arch>(out, name, logits, "logits");
  require_same_or_apart<Arch>(out, name, targets, "targets");
}

}  // namespace detail

/// The loss alone.
template <class T>
SIMDACT_INLINE double forward(BinaryCrossEntropyWithLogits<T> const& loss,
                              std::span<std::type_identity_t<T> const> logits,
                              std::span<std::type_identity_t<T> const> targets) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(targets, "targets", logits, "logits");
  return detail::binary_cross_entropy<Arch>(loss, logits, targets);
}

/// The same, and losses[i] = that of element i.
template <class T>
SIMDACT_INLINE double forward(BinaryCrossEntropyWithLogits<T> const& loss,
                              std::span<std::type_identity_t<T> const> logits,
                              std::span<std::type_identity_t<T> const> targets,
                              std::span<std::type_identity_t<T>> losses) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(targets, "targets", logits, "logits");
  detail::require_output<Arch>(losses, "losses", logits, targets);
  const double value = detail::binary_cross_entropy<Arch>(loss, logits, targets);
  detail::loop<Arch, T, 2, 1>(
      logits.size(), {logits.data(), targets.data()}, {losses.data()},
      [of = detail::BinaryLoss{loss.pos_weight}](auto const& in)
          SIMDACT_LAMBDA { return std::array{detail::binary_loss(of, in[0], in[1])}; });
  return value;
}

/// The loss and its gradient by the logits.
template <class T>
SIMDACT_INLINE double forward_and_gradient(BinaryCrossEntropyWithLogits<T> const& loss,
                                           std::span<std::type_identity_t<T> const> logits,
                                           std::span<std::type_identity_t<T> const> targets,
                                           std::span<std::type_identity_t<T>> grad_logits) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(targets, "targets", logits, "logits");
  detail::require_output<Arch>(grad_logits, "grad_logits", logits, targets);
  const double value = detail::binary_cross_entropy<Arch>(loss, logits, targets);
  const double weight = detail::reduced_slope(loss.reduction, logits.size());
  detail::loop<Arch, T, 2, 1>(
      logits.size(), {logits.data(), targets.data()}, {grad_logits.data()},
      [of = detail::BinaryLoss{loss.pos_weight}, weight](auto const& in)
          SIMDACT_LAMBDA { return std::array{detail::binary_slope(of, weight, in[0], in[1])}; });
  return value;
}

/// The same, and losses[i] = that of element i. grad_logits and losses must be apart.
template <class T>
SIMDACT_INLINE double forward_and_gradient(BinaryCrossEntropyWithLogits<T> const& loss,
                                           std::span<std::type_identity_t<T> const> logits,
                                           std::span<std::type_identity_t<T> const> targets,
                                           std::span<std::type_identity_t<T>> grad_logits,
                                           std::span<std::type_identity_t<T>> losses) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(targets, "targets", logits, "logits");
  detail::require_output<Arch>(grad_logits, "grad_logits", logits, targets);
  detail::require_output<Arch>(losses, "losses", logits, targets);
  detail::require_apart<Arch>(grad_logits, "grad_logits", losses, "losses");
  const double value = detail::binary_cross_entropy<Arch>(loss, logits, targets);
  const double weight = detail::reduced_slope(loss.reduction, logits.size());
  detail::loop<Arch, T, 2, 2>(
      logits.size(), {logits.data(), targets.data()}, {grad_logits.data(), losses.data()},
      [of = detail::BinaryLoss{loss.pos_weight}, weight](auto const& in) SIMDACT_LAMBDA {
        return std::array{detail::binary_slope(of, weight, in[0], in[1]),
                          detail::binary_loss(of, in[0], in[1])};
      });
  return value;
}

/// The loss and its gradient with the default options: the mean over the elements.
template <class T = float>
SIMDACT_INLINE double binary_cross_entropy_with_logits(
    std::span<std::type_identity_t<T> const> logits,
    std::span<std::type_identity_t<T> const> targets,
    std::span<std::type_identity_t<T>> grad_logits) {
  return forward_and_gradient(BinaryCrossEntropyWithLogits<T>{}, logits, targets, grad_logits);
}

}  // namespace simdact
