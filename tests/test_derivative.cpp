// f' against a central difference of the closed form of f in long double: independent of the closed
// form of f'.

#include <iostream>

#include "sweep.hpp"
#include "typed.hpp"

TEST_CASE("the derivative is the slope of the function") {
  for_each_typed([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    using Row = reference::Reference<F>;
    // The difference's own error is about step^2 + 2^-64/step.
    constexpr long double step = 0x1p-20L;
    const auto kinks = Row::kinks(f);
    double worst = 0.0;
    std::uint64_t smooth = 0;
    sweep::for_each_between<T>(-12.0, 12.0, 4801, [&](T x) {
      if (std::fabs(x) <= 2.0 * static_cast<double>(step))
        return;  // the curvature may jump
      for (auto const& kink : kinks) {
        if (std::fabs(static_cast<double>(x) - kink.x) <= 2.0 * static_cast<double>(step))
          return;
      }
      const long double wide = x;
      const long double slope =
          (Row::value(f, wide + step) - Row::value(f, wide - step)) / (2.0L * step);
      const double error =
          static_cast<double>(std::fabs(slope - static_cast<long double>(f.derivative(x))) /
                              std::max(1.0L, std::fabs(slope)));
      worst = std::max(worst, error);
      ++smooth;
    });
    CHECK(smooth >= 4798);  // at most 0 and two kinks are left out
    // A float's last place is at most 2^-23 of it, or of 1.
    const double allowed = Contract<F>::is_float ? 0x1p-23 * Contract<F>::derivative_bound : 0.0;
    CHECK(worst <= allowed + 1e-11);
  });
}
