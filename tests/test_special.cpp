// Limits, signed zeros, NaN, kinks, subnormals and the edges of overflow, exactly as promised.

#include "calls.hpp"
#include "sweep.hpp"
#include "typed.hpp"

namespace {

/// Equal, with the sign of zero.
template <class T>
bool same(T a, double b) {
  const T expected = static_cast<T>(b);
  return a == expected && std::signbit(a) == std::signbit(expected);
}

/// A derivative's zero may have any sign in the fast tier.
template <class F>
bool same_slope(F const&, typename F::value_type a, double b) {
  return Contract<F>::fast && b == 0.0 ? a == 0 : same(a, b);
}

}  // namespace

TEST_CASE("infinities give the mathematical limit") {
  for_each_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    constexpr T inf = std::numeric_limits<T>::infinity();
    const auto limits = reference::Reference<decltype(f)>::limits(f);
    CHECK(same(calls::value(f, -inf), limits.value_at_minus_inf));
    CHECK(same(calls::value(f, inf), limits.value_at_inf));
    CHECK(same_slope(f, calls::slope(f, -inf), limits.derivative_at_minus_inf));
    CHECK(same_slope(f, calls::slope(f, inf), limits.derivative_at_inf));
    // The largest finite numbers are past every transition already.
    constexpr T huge = std::numeric_limits<T>::max();
    CHECK(same_slope(f, calls::slope(f, -huge), limits.derivative_at_minus_inf));
    CHECK(same_slope(f, calls::slope(f, huge), limits.derivative_at_inf));
    if (std::isfinite(limits.value_at_minus_inf)) {
      // But for Squareplus, which comes as slowly as 1/|x|.
      const T left = calls::value(f, -huge);
      CHECK(
          (same(left, limits.value_at_minus_inf) || left == limits.value_at_minus_inf + 1 / huge));
    }
  });
}

TEST_CASE("zeros keep their sign where f(x) ~ c x") {
  for_each_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    const T at_zero = calls::value(f, T(0));
    const T at_minus_zero = calls::value(f, T(-0.0));
    const double expected = reference::Reference<decltype(f)>::limits(f).value_at_minus_zero;
    if (Contract<decltype(f)>::fast && expected != 0.0) {
      CHECK(sweep::ulp_error(at_minus_zero, Real(expected)) <= 4.0);
    } else {
      CHECK(same(at_minus_zero, expected));
    }
    CHECK(same(at_zero, static_cast<double>(std::fabs(at_minus_zero)) *
                            (at_minus_zero < T(0) ? -1.0 : 1.0)));
    CHECK(calls::slope(f, T(0)) == calls::slope(f, T(-0.0)));
  });
}

TEST_CASE("NaN in, NaN out, of the value and the derivative") {
  for_each_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    for (const T nan : {std::numeric_limits<T>::quiet_NaN(), -std::numeric_limits<T>::quiet_NaN(),
                        std::numeric_limits<T>::signaling_NaN()}) {
      CHECK(std::isnan(calls::value(f, nan)));
      CHECK(std::isnan(calls::slope(f, nan)));
      CHECK(std::isnan(calls::value_and_slope(f, nan).value));
      CHECK(std::isnan(calls::value_and_slope(f, nan).derivative));
    }
  });
}

TEST_CASE("the left branch owns a kink") {
  std::size_t kinks = 0;
  for_each_typed([&](auto f) {
    using T = typename decltype(f)::value_type;
    for (auto const& kink : reference::Reference<decltype(f)>::kinks(f)) {
      ++kinks;
      CHECK(same(calls::slope(f, static_cast<T>(kink.x)), kink.derivative));
      if (kink.x == 0.0)
        CHECK(same(calls::slope(f, T(-0.0)), kink.derivative));
    }
  });
  CHECK(kinks == 3 * 21);
}

TEST_CASE("no finite input gives NaN, and the range is kept") {
  for_each_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    const auto stride =
        static_cast<sweep::Bits<T>>(sizeof(T) == 4 ? 40009ULL : 171798691849ULL << 10);
    bool finite = true;
    bool slope_bounded = true;
    const auto samples = sweep::for_each_pattern<T>(stride, [&](T x) {
      finite = finite && !std::isnan(calls::value(f, x)) && !std::isnan(calls::slope(f, x));
      slope_bounded = slope_bounded &&
                      std::fabs(calls::slope(f, x)) <= reference::Reference<decltype(f)>::steepest;
    });
    CHECK(samples > 100000);
    CHECK(finite);
    CHECK(slope_bounded);
  });
}

TEMPLATE_TEST_CASE("bounded functions stay in their range", "",
                   (std::pair<float, simdact::Precise>), (std::pair<float, simdact::Fast>),
                   (std::pair<double, simdact::Precise>)) {
  using T = typename TestType::first_type;
  using Accuracy = typename TestType::second_type;
  const auto stride =
      static_cast<sweep::Bits<T>>(sizeof(T) == 4 ? 40009ULL : 171798691849ULL << 10);
  bool kept = true;
  sweep::for_each_pattern<T>(stride, [&](T x) {
    const T s = calls::value(simdact::Sigmoid<T, Accuracy>{}, x);
    kept = kept && s >= 0 && s <= 1 &&
           std::fabs(calls::value(simdact::Tanh<T, Accuracy>{}, x)) <= 1 &&
           calls::value(simdact::Softplus<T, Accuracy>{}, x) >= 0 &&
           calls::value(simdact::LogSigmoid<T, Accuracy>{}, x) <= 0 &&
           calls::value(simdact::ELU<T, Accuracy>{}, x) >= -1 &&
           calls::value(simdact::Hardsigmoid<T, Accuracy>{}, x) <= 1;
  });
  CHECK(kept);
}

TEST_CASE("around the edges of overflow and underflow of e^x") {
  for_each_typed([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    using Promise = Contract<F>;
    std::vector<double> edges = {87.3,   87.33654, 88.0,   88.376, 88.7228, 88.73, 89.4,
                                 103.27, 103.9,    103.98, 104.0,  708.3,   708.4, 709.78,
                                 709.8,  744.4,    745.1,  745.14, 1e3,     1e4};
    for (const double edge : edges) {
      for (const T x : {static_cast<T>(edge), static_cast<T>(-edge)}) {
        INFO(x);
        const Real value = reference::Reference<F>::value(f, Real(x));
        const Real slope = reference::Reference<F>::derivative(f, Real(x));
        CHECK(sweep::ulp_error(calls::value(f, x), value, Promise::value_floor(x)) <=
              Promise::value_bound);
        CHECK(sweep::ulp_error(calls::slope(f, x), slope, Promise::derivative_floor) <=
              Promise::derivative_bound);
      }
    }
  });
}

TEST_CASE("subnormal inputs are not flushed") {
  for_each_typed([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    constexpr T tiny = std::numeric_limits<T>::denorm_min();
    for (const T scale : {T(1), T(2), T(3), T(5), T(1001), T(65537)}) {
      for (const T x : {tiny * scale, -tiny * scale}) {
        INFO(x);
        const Real exact = reference::Reference<F>::value(f, Real(x));
        if constexpr (Contract<F>::fast) {
          CHECK(sweep::ulp_error(calls::value(f, x), exact, std::fabs(x)) <=
                Contract<F>::value_bound);
        } else {
          CHECK(sweep::ulp_error(calls::value(f, x), exact) <= 0.5);
          CHECK((sizeof(T) == 8 || calls::value(f, x) == exact.to<T>()));
        }
      }
    }
  });
}

TEMPLATE_TEST_CASE("parameters are data members and are used", "", float, double) {
  using T = TestType;
  using simdact::scalar_of_t;
  const auto near = [](T a, double b) { return std::fabs(static_cast<double>(a) - b) <= 1e-6; };
  CHECK(near(calls::value(simdact::LeakyReLU<T>{.negative_slope = T(0.5)}, T(-3)), -1.5));
  CHECK(near(calls::value(simdact::PReLU<T>{.weight = T(2)}, T(-3)), -6));
  CHECK(near(calls::value(simdact::ELU<T>{.alpha = T(3)}, T(-1)), 3 * std::expm1(-1.0)));
  CHECK(near(calls::slope(simdact::ELU<T>{.alpha = T(3)}, T(0)), 3));
  CHECK(near(calls::value(simdact::CELU<T>{.alpha = T(2)}, T(-1)), 2 * std::expm1(-0.5)));
  CHECK(near(calls::slope(simdact::CELU<T>{.alpha = T(2)}, T(0)), 1));
  CHECK(near(calls::value(simdact::SELU<T>{.scale = 2.0, .alpha = 1.0}, T(-1)),
             2 * std::expm1(-1.0)));
  CHECK(near(calls::value(simdact::Swish<T>{.beta = T(2)}, T(1)), 1 / (1 + std::exp(-2.0))));
  CHECK(near(calls::value(simdact::Swish<T>{.beta = T(0)}, T(3)), 1.5));
  CHECK(near(calls::value(simdact::Swish<T>{.beta = T(-1)}, T(1)), 1 / (1 + std::exp(1.0))));
  CHECK(
      near(calls::value(simdact::Softplus<T>{.beta = T(2)}, T(1)), std::log1p(std::exp(2.0)) / 2));
  CHECK(near(calls::value(simdact::Squareplus<T>{.b = T(9)}, T(4)), 4.5));
  CHECK(near(calls::value(simdact::Squareplus<T>{.b = T(9)}, T(-4)), 0.5));
  CHECK(near(calls::slope(simdact::Squareplus<T>{.b = T(9)}, T(4)), 0.9));
  CHECK(near(calls::value(simdact::Hardtanh<T>{.min_val = T(-2), .max_val = T(3)}, T(4)), 3));
  CHECK(near(calls::slope(simdact::Hardtanh<T>{.min_val = T(-2), .max_val = T(3)}, T(-1.5)), 1));
  CHECK(near(calls::value(simdact::Threshold<T>{.threshold = T(1), .value = T(20)}, T(0.5)), 20));
  CHECK(near(calls::slope(simdact::Threshold<T>{.threshold = T(1), .value = T(20)}, T(1.5)), 1));
  CHECK(near(calls::value(simdact::Hardshrink<T>{.lambda = T(2)}, T(-1.5)), 0));
  CHECK(near(calls::value(simdact::Softshrink<T>{.lambda = T(2)}, T(-3)), -1));
  CHECK(near(calls::slope(simdact::Softplus<T>{.beta = T(2)}, T(1)), 1 / (1 + std::exp(-2.0))));
}
