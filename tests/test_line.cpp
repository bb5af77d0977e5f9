// The multiply-add that is rounded once, whether the processor has one or not: near midpoints, and where the
// two terms cancel.

#include <limits>
#include <random>

#include <simdact/core/line.hpp>
#include <simdact/detail/loop.hpp>

#include "catch.hpp"
#include "inputs.hpp"
#include "real.hpp"

namespace {

namespace core = simdact::core;

/// A batch, or a scalar where there is none.
template <class T>
using Batch = simdact::detail::Lanes<T, xsimd::default_arch>;

template <class V>
auto first(V const& batch) {
  return simdact::detail::lanes_of(batch)[0];
}

/// 1 + k last places, some power of two times that, or its opposite.
template <class T>
T near_power(std::mt19937& random) {
  std::uniform_int_distribution<int> places(-3, 3), exponent(-2, 2), turned(0, 1);
  const T mantissa = T(1) + T(places(random)) * std::numeric_limits<T>::epsilon();
  const int power = exponent(random);  // before the next number is drawn, with every compiler
  return std::ldexp(turned(random) ? -mantissa : mantissa, power);
}

}  // namespace

TEST_CASE("a line is rounded once beside the midpoints of two floats") {
  std::mt19937 random(1);
  std::size_t beside = 0;
  for (int run = 0; run < 20000; ++run) {
    const auto a = near_power<float>(random), b = near_power<float>(random);
    const float x = std::ldexp(near_power<float>(random), -24);
    const Real exact = Real(a) * Real(x) + Real(b);
    const auto rounded = exact.to<float>();
    CHECK(same_bits(core::line(x, a, b), rounded));
    CHECK(same_bits(first(core::line(Batch<float>(x), a, b)), rounded));
    beside += static_cast<float>(double(a) * double(x) + double(b)) != rounded;
  }
  CHECK(beside > 50);  // where the sum in double, rounded again, is another float
}

TEMPLATE_TEST_CASE("a line has the sign of the exact sum", "", float, double) {
  using T = TestType;
  std::mt19937 random(2);
  std::size_t nonzero = 0;
  for (int run = 0; run < 2000; ++run) {
    const auto a = near_power<T>(random), x = near_power<T>(random);
    const T b = -(Real(a) * Real(x)).to<T>();
    const Real exact = Real(a) * Real(x) + Real(b);
    CHECK(same_bits(core::line(x, a, b), exact.is_zero() ? T(0) : exact.to<T>()));
    CHECK(same_bits(first(core::line(Batch<T>(x), a, b)), core::line(x, a, b)));
    nonzero += !exact.is_zero();
  }
  CHECK(nonzero > 100);
}

TEMPLATE_TEST_CASE("a line ends at the infinities", "", float, double) {
  constexpr TestType inf = std::numeric_limits<TestType>::infinity();
  CHECK(core::line(inf, TestType(2), TestType(1)) >= std::numeric_limits<float>::max());
  CHECK(core::line(-inf, TestType(2), TestType(1)) <= -std::numeric_limits<float>::max());
  CHECK(
      std::isnan(core::line(std::numeric_limits<TestType>::quiet_NaN(), TestType(2), TestType(1))));
}
