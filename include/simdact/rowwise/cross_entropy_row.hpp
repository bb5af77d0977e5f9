#pragma once

/// @file
/// Cross-entropy of one row: sum_j t_j log(sum_k e^(x_k - max)) + sum_j t_j (max - x_j), of which no part is
/// below 0, so that nothing cancels.

#include "cross_entropy_targets.hpp"
#include "log_sum.hpp"

namespace simdact::detail {

struct RowLoss {
  double value;
  double mass;         // sum_j t_j
  double label_slope;  // p_j - t_j at the label, if there is one
};

/// A depth below the largest logit, weighted: 0 if that is 0, even of a masked logit.
template <class D>
SIMDACT_INLINE D weighted_depth(D const& weight, D const& depth) noexcept {
  return core::where(D(0) < core::magnitude(weight), weight * depth, D(0));
}

/// sum_j t_j (max - x_j), for the targets that the kernels see.
template <class Arch, class Accuracy, class T, class Target>
double depth_of_row(Target const& target, T const* x, std::size_t n, T max) noexcept {
  const auto term = [=](auto const& in) SIMDACT_LAMBDA {
    const auto logit = in_tier<Accuracy>(in[0]);
    using D = std::remove_cvref_t<decltype(logit)>;
    return weighted_depth<D>(target.template at<Accuracy>(in),
                             D(static_cast<number_in_tier_t<Accuracy, T>>(max)) - logit);
  };
  return sum_in_tier<Accuracy>(Row<Arch, T>{n}, target.beside(x), term, max);
}

template <class Arch, class Accuracy, class T>
RowLoss row_loss(ClassTarget<T> const& target, T const* x, std::size_t n, T max,
                 double log_sum) noexcept {
  const auto [keep, base] = target.smoothing;
  const double label_depth = static_cast<double>(max) - static_cast<double>(x[target.label]);
  const double label_loss = log_sum + label_depth;
  if (base == 0.0)  // p - 1, from -log p: accurate where p is near 1
    return {label_loss, 1.0, core::expm1_of_negative(-label_loss)};
  const double slope = core::exp_of_negative(-label_loss, 1.0) - (keep + base);
  const double depth = depth_of_row<Arch, Accuracy>(target, x, n, max);
  return {log_sum + (weighted_depth(keep, label_depth) + depth), 1.0, slope};
}

template <class Arch, class Accuracy, class T>
RowLoss row_loss(ProbabilityTarget<T> const& target, T const* x, std::size_t n, T max,
                 double log_sum) noexcept {
  const auto [keep, base] = target.smoothing;
  const auto term = [](auto const& in) SIMDACT_LAMBDA { return in_tier<Accuracy>(in[0]); };
  const double sum = sum_in_tier<Accuracy>(Row<Arch, T>{n}, std::array{target.probabilities}, term);
  const double mass = core::fmadd(keep, sum, base * static_cast<double>(n));
  return {core::fmadd(mass, log_sum, depth_of_row<Arch, Accuracy>(target, x, n, max)), mass, 0.0};
}

/// grad_j = (share exp(x_j) - t_j) weight, for the targets that the kernels see: share is sum_j t_j over the
/// sum of the exponentials, so that no element needs a division.
template <class Arch, class Accuracy, class T, class Target, class Exp>
void write_slopes(Target const& target, T const* x, T* grad, std::size_t n, double share,
                  double weight, Exp exp) noexcept {
  using Number = number_in_tier_t<Accuracy, T>;
  loop<Arch, T, Target::inputs, 1>(
      n, target.beside(x), {grad},
      [=, s = static_cast<Number>(share), w = static_cast<Number>(weight)](auto const& in)
          SIMDACT_LAMBDA {
            using V = std::remove_cvref_t<decltype(in[0])>;
            const auto e = exp(in[0]);
            using D = std::remove_cvref_t<decltype(e)>;
            const D t = target.template at<Accuracy>(in);
            return std::array{core::narrow<V>(core::fmadd(e, D(s), core::negated(t)) * D(w))};
          });
}

template <class T>
SIMDACT_INLINE void write_label_slope(ClassTarget<T> const& target, T* grad,
                                      double slope) noexcept {
  grad[target.label] = static_cast<T>(slope);
}

template <class T>
SIMDACT_INLINE void write_label_slope(ProbabilityTarget<T> const&, T*, double) noexcept {}

/// The row's loss; its gradient times `weight` goes to `grad` if that is not null.
template <class Arch, class T, class Target>
double cross_entropy_row(Target const& target, T const* x, T* grad, std::size_t n,
                         double weight) noexcept {
  const T max = row_max<Arch>(x, n);
  const Shifted<T> shifted{max, T(1)};
  const double rest = sum_beside_max<Arch>(x, n, shifted);
  const RowLoss loss = row_loss<Arch, Precise>(target, x, n, max, LogSum::of(rest).value());
  if (grad != nullptr) {
    const auto exp = [=](auto const& v) SIMDACT_LAMBDA { return shifted.exp(v); };
    write_slopes<Arch, Precise>(target, x, grad, n, loss.mass / (1.0 + rest), weight, exp);
    write_label_slope(target, grad, loss.label_slope * weight);
  }
  return loss.value;
}

/// In the Fast tier; a row out of its reach, or with no finite loss, is left to the other one.
template <class Arch, class Target>
double cross_entropy_row(RowExps const& exps, Target const& target, float const* x, float* grad,
                         std::size_t n, double weight) noexcept {
  const auto row = sum_of_exps(Row<Arch, float>{n}, exps, x);
  if (!row.in_reach)
    return cross_entropy_row<Arch>(target, x, grad, n, weight);
  const RowLoss loss =
      row_loss<Arch, Fast>(target, x, n, row.max, exps.log_sum(row.sum, double(row.max)));
  if (!std::isfinite(loss.value))
    return cross_entropy_row<Arch>(target, x, grad, n, weight);
  if (grad != nullptr) {
    write_slopes<Arch, Fast>(target, x, grad, n, loss.mass / row.sum, weight, exps.of(row.max));
    write_label_slope(target, grad, loss.label_slope * weight);
  }
  return loss.value;
}

}  // namespace simdact::detail
