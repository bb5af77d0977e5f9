#pragma once

/// @file
/// Cross-entropy of softmax from logits: the loss of each row and its gradient, together.
///
/// logits: a row-major matrix, of one row of `row_length` logits x_j for each loss. Targets: either one class
/// index a row, whatever converts to a span of `std::int32_t`, or one probability t_j a logit, whatever
/// converts to a span of T. With p = softmax(x) of a row:
///
///     loss = -sum_j t_j log p_j = sum_j t_j log(sum_k e^x_k) - sum_j t_j x_j
///     grad_logits_j = p_j sum_k t_k - t_j, times 1/rows for the mean
///
/// where t is 1 at the class and 0 elsewhere, or the probabilities, which need not add up to 1.
/// grad_logits may be the very same memory as logits or as the probabilities. No allocation, no state.
/// Errors (`std::invalid_argument`, before anything is written): a length that is not whole rows, unequal
/// lengths, a label that is no class and not ignored, a label_smoothing outside of [0, 1], memory that
/// overlaps in part.

#include <string_view>

#include "cross_entropy_row.hpp"
#include "reduction.hpp"

namespace simdact {

/// Cross-entropy as torch.nn.functional.cross_entropy has it.
///
/// Parameters:
/// - reduction: of the losses of all rows that are not ignored, the mean, which is the default and NaN if
///   there are none, or the sum.
/// - label_smoothing e in [0, 1], default 0: t_j becomes (1 - e) t_j + e/row_length.
/// - ignore_index, default -100: a row with this label counts for nothing. Its loss is 0, and so is its
///   gradient, whatever its logits. Rows of probabilities are never ignored.
///
/// Maximum error, for t_j >= 0: of the loss 4 ULP of the double. Of the gradient float 0.51 ULP and double
/// 6 ULP of max(p_j, 2^-1022) sum_k t_k + t_j, times the 1/rows; at the class without smoothing float
/// 0.51 ULP and double 4 ULP of itself, however near p is to 1. Fast, float: of the loss 4 ULP of a float
/// of max(loss, sum_k t_k), of the gradient 8 ULP of that sum. The loss has the same bits with and without
/// a gradient.
/// Special values: nothing overflows, however large the logits (double logits further apart than the
/// largest double are -inf apart). A logit of -inf (masked) has p = 0; where its t_j is 0 it counts for
/// nothing (NaN in PyTorch if t_j is a probability), else the loss is +inf, and the gradient still
/// p_j sum_k t_k - t_j. A row with a NaN or +inf and one of nothing but -inf have a loss and a gradient of
/// NaN.
/// A vocabulary that is divided among threads or ranks: see `SoftmaxState`.
/// Source: of label_smoothing Szegedy et al., "Rethinking the Inception architecture for computer vision",
/// 2016.
template <class T = float, class Accuracy = Precise>
struct CrossEntropy {
  using value_type = T;
  static constexpr std::string_view name = "cross_entropy";

  Reduction reduction = Reduction::mean;
  double label_smoothing = 0.0;
  std::int32_t ignore_index = -100;
};

namespace detail {

template <class Arch>
[[noreturn]] void throw_label_smoothing(double label_smoothing) {
  fail<Arch>("label_smoothing is ", label_smoothing, ", but must be in [0, 1]");
}

template <class T>
SIMDACT_INLINE ClassTargets<T> targets_of(std::span<std::int32_t const> labels, std::size_t,
                                          std::int32_t ignore_index) noexcept {
  return {labels, ignore_index};
}

template <class T>
SIMDACT_INLINE ProbabilityTargets<T> targets_of(std::span<std::type_identity_t<T> const> targets,
                                                std::size_t rows, std::int32_t) noexcept {
  return {targets, rows};
}

/// The targets, once they and the options are seen to suit the logits.
template <class Arch, class T, class Accuracy, class Targets>
SIMDACT_INLINE auto checked_targets(CrossEntropy<T, Accuracy> const& loss,
                                    std::span<T const> logits, Targets const& targets,
                                    std::size_t row_length) {
  if (!(loss.label_smoothing >= 0.0 && loss.label_smoothing <= 1.0))
    throw_label_smoothing<Arch>(loss.label_smoothing);
  const std::size_t rows = require_whole_rows<Arch>(logits, "logits", row_length);
  const auto all = targets_of<T>(targets, rows, loss.ignore_index);
  all.template require<Arch>(logits, rows, row_length);
  return all;
}

template <class Arch, class T, class Targets>
SIMDACT_INLINE void require_gradient(std::span<T> grad_logits, std::span<T const> logits,
                                     Targets const& targets) {
  require_same_length<Arch>(grad_logits, "grad_logits", logits, "logits");
  require_same_or_apart<Arch>(grad_logits, "grad_logits", logits, "logits");
  targets.template require_same_or_apart<Arch>(grad_logits, "grad_logits");
}

template <class Arch, class T, class Targets>
SIMDACT_INLINE void require_losses(std::span<T> losses, std::span<T const> logits,
                                   Targets const& targets, std::size_t row_length) {
  require_one_a_row<Arch>(losses, "losses", require_whole_rows<Arch>(logits, "logits", row_length));
  require_same_or_apart<Arch>(losses, "losses", logits, "logits");
  targets.template require_same_or_apart<Arch>(losses, "losses");
}

/// grad_logits and losses may be null.
template <class Arch, class T, class Accuracy, class Targets>
double cross_entropy(CrossEntropy<T, Accuracy> const& loss, std::span<T const> logits,
                     Targets const& targets, std::size_t row_length, T* grad_logits,
                     T* losses) noexcept {
  const std::size_t counted = targets.count_rows();
  const double weight = reduced_slope(loss.reduction, counted);
  const Smoothing smoothing(loss.label_smoothing, row_length);
  CompensatedSum<double, 1> sum;
  const auto all = [&](auto const&... exps) SIMDACT_LAMBDA {
    for (std::size_t i = 0, r = 0; i < logits.size(); i += row_length, ++r) {
      T* const grad = grad_logits == nullptr ? nullptr : grad_logits + i;
      double row_loss = 0.0;
      if (!targets.ignores(r)) {
        row_loss = cross_entropy_row<Arch>(exps..., targets.of_row(r, smoothing, row_length),
                                           logits.data() + i, grad, row_length, weight);
      } else if (grad != nullptr) {
        std::fill_n(grad, row_length, T(0));
      }
      sum.add({row_loss});
      if (losses != nullptr)
        losses[r] = static_cast<T>(row_loss);
    }
  };
  if constexpr (core::is_fast<T, Accuracy>) {
    all(RowExps(1.0f));
  } else {
    all();
  }
  return reduced(loss.reduction, sum.template total<Row<Arch, double>>(), counted);
}

}  // namespace detail

/// The loss alone.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward(CrossEntropy<T, Accuracy> const& loss,
                              std::span<std::type_identity_t<T> const> logits,
                              Targets const& targets, std::size_t row_length) {
  using Arch = xsimd::default_arch;
  const auto checked = detail::checked_targets<Arch>(loss, logits, targets, row_length);
  return detail::cross_entropy<Arch, T>(loss, logits, checked, row_length, nullptr, nullptr);
}

/// The same, and losses[r] = that of row r.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward(CrossEntropy<T, Accuracy> const& loss,
                              std::span<std::type_identity_t<T> const> logits,
                              Targets const& targets, std::size_t row_length,
                              std::span<std::type_identity_t<T>> losses) {
  using Arch = xsimd::default_arch;
  const auto checked = detail::checked_targets<Arch>(loss, logits, targets, row_length);
  detail::require_losses<Arch>(losses, logits, checked, row_length);
  return detail::cross_entropy<Arch, T>(loss, logits, checked, row_length, nullptr, losses.data());
}

/// The loss and its gradient by the logits.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward_and_gradient(CrossEntropy<T, Accuracy> const& loss,
                                           std::span<std::type_identity_t<T> const> logits,
                                           Targets const& targets, std::size_t row_length,
                                           std::span<std::type_identity_t<T>> grad_logits) {
  using Arch = xsimd::default_arch;
  const auto checked = detail::checked_targets<Arch>(loss, logits, targets, row_length);
  detail::require_gradient<Arch>(grad_logits, logits, checked);
  return detail::cross_entropy<Arch, T>(loss, logits, checked, row_length, grad_logits.data(),
                                        nullptr);
}

/// The same, and losses[r] = that of row r. grad_logits and losses must be apart.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward_and_gradient(CrossEntropy<T, Accuracy> const& loss,
                                           std::span<std::type_identity_t<T> const> logits,
                                           Targets const& targets, std::size_t row_length,
                                           std::span<std::type_identity_t<T>> grad_logits,
                                           std::span<std::type_identity_t<T>> losses) {
  using Arch = xsimd::default_arch;
  const auto checked = detail::checked_targets<Arch>(loss, logits, targets, row_length);
  detail::require_gradient<Arch>(grad_logits, logits, checked);
  detail::require_losses<Arch>(losses, logits, checked, row_length);
  detail::require_apart<Arch>(grad_logits, "grad_logits", losses, "losses");
  return detail::cross_entropy<Arch, T>(loss, logits, checked, row_length, grad_logits.data(),
                                        losses.data());
}

/// The loss and its gradient with the default options: the mean over the rows.
template <class T = float, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double cross_entropy(std::span<std::type_identity_t<T> const> logits,
                                    Targets const& targets, std::size_t row_length,
                                    std::span<std::type_identity_t<T>> grad_logits) {
  return forward_and_gradient(CrossEntropy<T>{}, logits, targets, row_length, grad_logits);
}

}  // namespace simdact
