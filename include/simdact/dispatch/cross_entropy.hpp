#pragma once

/// @file
/// Cross-entropy of softmax from logits: see rowwise/cross_entropy.hpp.

#include "../rowwise/cross_entropy.hpp"
#include "kernels_of.hpp"

namespace simdact::dispatch {

namespace detail {

/// grad_logits and losses may be null.
template <class T, class Accuracy, class Targets>
SIMDACT_INLINE double run(CrossEntropy<T, Accuracy> const& loss, std::span<T const> logits,
                          Targets const& targets, std::size_t row_length, T* grad_logits,
                          T* losses) {
  Kernels<T> const& kernels = kernels_of<T, Accuracy>();
  const std::size_t rows = row_length == 0 ? 0 : logits.size() / row_length;
  if constexpr (requires { targets.labels; }) {
    return kernels.classes(&loss, logits.data(), rows, row_length, targets.labels.data(),
                           grad_logits, losses);
  } else {
    return kernels.probabilities(&loss, logits.data(), rows, row_length,
                                 targets.probabilities.data(), grad_logits, losses);
  }
}

}  // namespace detail

/// The loss alone.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward(CrossEntropy<T, Accuracy> const& loss,
                              std::span<std::type_identity_t<T> const> logits,
                              Targets const& targets, std::size_t row_length) {
  using Arch = xsimd::default_arch;
  const auto checked = simdact::detail::checked_targets<Arch>(loss, logits, targets, row_length);
  return detail::run(loss, logits, checked, row_length, static_cast<T*>(nullptr),
                     static_cast<T*>(nullptr));
}

/// The same, and losses[r] = that of row r.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward(CrossEntropy<T, Accuracy> const& loss,
                              std::span<std::type_identity_t<T> const> logits,
                              Targets const& targets, std::size_t row_length,
                              std::span<std::type_identity_t<T>> losses) {
  using Arch = xsimd::default_arch;
  const auto checked = simdact::detail::checked_targets<Arch>(loss, logits, targets, row_length);
  simdact::detail::require_losses<Arch>(losses, logits, checked, row_length);
  return detail::run(loss, logits, checked, row_length, static_cast<T*>(nullptr), losses.data());
}

/// The loss and its gradient by the logits.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward_and_gradient(CrossEntropy<T, Accuracy> const& loss,
                                           std::span<std::type_identity_t<T> const> logits,
                                           Targets const& targets, std::size_t row_length,
                                           std::span<std::type_identity_t<T>> grad_logits) {
  using Arch = xsimd::default_arch;
  const auto checked = simdact::detail::checked_targets<Arch>(loss, logits, targets, row_length);
  simdact::detail::require_gradient<Arch>(grad_logits, logits, checked);
  return detail::run(loss, logits, checked, row_length, grad_logits.data(),
                     static_cast<T*>(nullptr));
}

/// The same, and losses[r] = that of row r. grad_logits and losses must be apart.
template <class T, class Accuracy, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double forward_and_gradient(CrossEntropy<T, Accuracy> const& loss,
                                           std::span<std::type_identity_t<T> const> logits,
                                           Targets const& targets, std::size_t row_length,
                                           std::span<std::type_identity_t<T>> grad_logits,
                                           std::span<std::type_identity_t<T>> losses) {
  using Arch = xsimd::default_arch;
  const auto checked = simdact::detail::checked_targets<Arch>(loss, logits, targets, row_length);
  simdact::detail::require_gradient<Arch>(grad_logits, logits, checked);
  simdact::detail::require_losses<Arch>(losses, logits, checked, row_length);
  simdact::detail::require_apart<Arch>(grad_logits, "grad_logits", losses, "losses");
  return detail::run(loss, logits, checked, row_length, grad_logits.data(), losses.data());
}

/// The loss and its gradient with the default options: the mean over the rows.
template <class T = float, CrossEntropyTargets<T> Targets>
SIMDACT_INLINE double cross_entropy(std::span<std::type_identity_t<T> const> logits,
                                    Targets const& targets, std::size_t row_length,
                                    std::span<std::type_identity_t<T>> grad_logits) {
  return dispatch::forward_and_gradient(CrossEntropy<T>{}, logits, targets, row_length,
                                        grad_logits);
}

}  // namespace simdact::dispatch
