#pragma once

/// @file
/// The Fast tier for a user's own function: `const auto fast = simdact::tabulate(f, derivative)` fits it
/// as the program runs, and is an activation like any other.

#include <concepts>
#include <string_view>
#include <type_traits>

#include "concepts.hpp"
#include "core/fit_tabulation.hpp"
#include "core/one_sided_difference.hpp"

namespace simdact {

/// A function of a double, not of a float, whose rounding would drown the fit.
template <class F>
concept RealFunction = std::is_invocable_r_v<double, F const&, double> &&
    !std::is_same_v<std::invoke_result_t<F const&, double>, float>;

/// Where a function is tabulated; finite, with 0 inside. Beyond, it goes straight on along its tangent at
/// the end. A function that nears its asymptotes like e^-|x|, as most activations do, has reached them in
/// float where |x| is about 20: hence the default. Farther out costs nothing, and what has not settled
/// there, such as x^2, is the better the shorter the interval.
struct Interval {
  double begin = -32.0;
  double end = 32.0;
};

/// A function and its derivative as piecewise polynomials: what `tabulate` makes of a user's own. It may
/// have a kink at 0, whose derivative then is the left one; one elsewhere is smoothed, at an error that
/// value_error() and derivative_error() tell. Float only. `Cells` keeps apart what is compiled for different
/// instruction sets.
///
/// Maximum error on the interval: as stated by the two; for the usual activations below 4, like that of the
/// Fast tier.
/// Special values: f(+-inf) and f'(+-inf) are the limits of the tangent, the derivative's zero with either
/// sign; a tangent that is 0, 1 or x but for rounding is exactly that. f(+-0) = +-0 where f(0) = 0 and
/// f'(0) > 0 is at least the slope at -inf. NaN gives NaN, and nothing else does.
template <std::size_t Cells = core::cells>
class Tabulated : core::Tabulation<Cells> {
  using Tabulation = core::Tabulation<Cells>;

 public:
  using value_type = float;
  static constexpr std::string_view name = "tabulated";

  Tabulated(Tabulation const& tabulation, core::LargestErrors const& errors) noexcept
      : Tabulation(tabulation), errors_(errors) {}

  using Tabulation::derivative;
  using Tabulation::forward;
  using Tabulation::forward_and_derivative;

  template <LanesOf<float> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }

  /// For the array algorithms: a copy of the tables would cost a short array more than all its values.
  SIMDACT_INLINE auto loop_kernel() const noexcept {
    using Tables = typename Tabulation::Shape::Polynomials;
    return core::Tabulation<Cells, Tables const&>{this->cut, this->slope, this->start,
                                                  this->beside_line, this->derivatives};
  }

  /// The largest error that `tabulate` met in a dense sample of the interval's floats, in ULP of
  /// max(|f(x)|, min(|x|, 1)). Among all floats it may be a fifth larger.
  double value_error() const noexcept { return errors_.value; }

  /// Likewise that of the derivative, in ULP of max(|f'(x)|, 1).
  double derivative_error() const noexcept { return errors_.derivative; }

 private:
  core::LargestErrors errors_;
};

/// The function f with its derivative, tabulated, which takes some tens of milliseconds and some
/// hundred thousand calls of either.
/// Errors: `std::invalid_argument` if the interval is not finite with 0 inside, and if f or its derivative
/// is not finite in float somewhere on it, with the numbers in the message. What f throws is passed on.
template <RealFunction F, RealFunction Derivative>
SIMDACT_INLINE Tabulated<> tabulate(F const& f, Derivative const& derivative,
                                    Interval interval = {}) {
  using Arch = xsimd::default_arch;
  using Function = core::KnownFunction<Arch, F, Derivative>;
  const Function function(f, derivative, interval.begin, interval.end);
  const core::TabulationFit<core::cells, Arch, Function> fit(function);
  return {fit.table(), fit.errors()};
}

/// The function f, its derivative by differences, which are good to about 1e-10 and take seven calls each.
template <RealFunction F>
  requires(!Activation<F>)
SIMDACT_INLINE Tabulated<> tabulate(F const& f, Interval interval = {}) {
  const core::OneSidedDifference<F> difference{f, interval.begin, interval.end};
  return tabulate(f, difference, interval);
}

/// Any activation, as good as the precision of its value_type allows: rather one of double.
template <Activation F>
SIMDACT_INLINE Tabulated<> tabulate(F const& f, Interval interval = {}) {
  using T = typename F::value_type;
  const auto derivative = [&f](double x)
                              SIMDACT_LAMBDA { return double(f.derivative(static_cast<T>(x))); };
  const auto value = [&](double x) SIMDACT_LAMBDA {
    const T rounded = static_cast<T>(x);
    const double rest = x - double(rounded);
    const double y = double(f.forward(rounded));
    return rest == 0.0 ? y : y + rest * derivative(x);
  };
  return tabulate(value, derivative, interval);
}

}  // namespace simdact
