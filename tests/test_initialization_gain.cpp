// The gain of an activation against closed forms, and against sums in long double for all of THE LIST.

#include <numbers>

#include "message_of.hpp"
#include "typed.hpp"

namespace {

using simdact::initialization_gain;

const long double pi = std::numbers::pi_v<long double>;

long double density(long double z) { return std::exp(-z * z / 2.0L) / std::sqrt(2.0L * pi); }

/// The chance of |z| > t.
long double beyond(long double t) { return std::erfc(t / std::sqrt(2.0L)); }

/// By Milne's open rule on steps of 1/256, at the ends of which the kinks are.
template <class F>
long double exact_gain(F const& f) {
  constexpr long double step = 0x1p-8L;
  const auto term = [&](long double z) {
    const long double y = reference::Reference<F>::value(f, z);
    return y * y * density(z);
  };
  long double sum = 0.0L;
  for (int i = -13 * 256; i < 13 * 256; ++i) {
    const auto at = [=](long double share) { return (i + share) * step; };
    sum += 2.0L * term(at(0.25L)) - term(at(0.5L)) + 2.0L * term(at(0.75L));
  }
  return 1.0L / std::sqrt(sum * step / 3.0L);
}

double relative_error(double got, long double exact) {
  return static_cast<double>(std::fabs(got - exact) / exact);
}

/// min(max(x, -limit), limit). Like all here it takes scalars alone: no more is asked of it.
struct Clamp {
  using value_type = double;
  double limit = 1.0;
  double forward(double x) const { return std::fmin(std::fmax(x, -limit), limit); }
  double derivative(double x) const { return std::fabs(x) < limit ? 1.0 : 0.0; }
};

/// 0 up to the threshold, then x.
struct Jump {
  using value_type = double;
  double threshold = 0.5;
  double forward(double x) const { return x > threshold ? x : 0.0; }
  double derivative(double x) const { return x > threshold ? 1.0 : 0.0; }
};

/// scale x^power.
template <class T>
struct Power {
  using value_type = T;
  T scale = T(1);
  int power = 1;
  T forward(T x) const { return scale * std::pow(x, static_cast<T>(power)); }
  T derivative(T x) const { return x; }
};

struct Exponential {
  using value_type = double;
  double forward(double x) const { return std::exp(x); }
  double derivative(double x) const { return std::exp(x); }
};

}  // namespace

TEST_CASE("the gain of ReLU is He's sqrt(2), in every precision and tier") {
  using namespace simdact;
  CHECK(relative_error(initialization_gain(ReLU<double>{}), std::sqrt(2.0L)) <= 1e-12);
  CHECK(relative_error(initialization_gain(ReLU<float>{}), std::sqrt(2.0L)) <= 1e-8);
  CHECK(relative_error(initialization_gain(ReLU<float, Fast>{}), std::sqrt(2.0L)) <= 1e-8);
}

TEST_CASE("the gain of a leaky ReLU is sqrt(2/(1 + slope^2))") {
  for (const double slope : {-1.0, -0.3, 0.0, 0.01, 0.25, 1.0, 3.0}) {
    const long double exact = std::sqrt(2.0L / (1.0L + static_cast<long double>(slope) * slope));
    const simdact::LeakyReLU<double> leaky{.negative_slope = slope};
    const simdact::PReLU<double> prelu{.weight = slope};
    CHECK(relative_error(initialization_gain(leaky), exact) <= 1e-12);
    CHECK(relative_error(initialization_gain(prelu), exact) <= 1e-12);
  }
}

TEST_CASE("the gain of SELU is 1: its parameters were chosen so") {
  CHECK(relative_error(initialization_gain(simdact::SELU<double>{}), 1.0L) <= 1e-12);
  CHECK(relative_error(initialization_gain(simdact::SELU<float>{}), 1.0L) <= 1e-8);
}

TEST_CASE("the gains of powers and of the exponential are those of their moments") {
  CHECK(relative_error(initialization_gain(Power<double>{}), 1.0L) <= 1e-12);
  CHECK(relative_error(initialization_gain(Power<float>{}), 1.0L) <= 1e-8);
  CHECK(relative_error(initialization_gain(Power<double>{1.0, 2}), 1.0L / std::sqrt(3.0L)) <=
        1e-12);
  CHECK(relative_error(initialization_gain(Power<double>{1.0, 3}), 1.0L / std::sqrt(15.0L)) <=
        1e-12);
  CHECK(relative_error(initialization_gain(Power<double>{-1e-150, 1}), 1e150L) <= 1e-12);
  CHECK(relative_error(initialization_gain(Power<double>{1e150, 0}), 1e-150L) <= 1e-12);
  CHECK(relative_error(initialization_gain(Exponential{}), std::exp(-1.0L)) <= 1e-12);
}

TEST_CASE("kinks and jumps at multiples of 1/128 cost nothing, elsewhere little") {
  const auto clamp = [](double t) {
    const long double inside = 1.0L - beyond(t) - 2.0L * t * density(t);
    return relative_error(initialization_gain(Clamp{t}),
                          1.0L / std::sqrt(inside + static_cast<long double>(t) * t * beyond(t)));
  };
  const auto jump = [](double t) {
    const long double moment = t * density(t) + (t < 0 ? 2.0L - beyond(-t) : beyond(t)) / 2.0L;
    return relative_error(initialization_gain(Jump{t}), 1.0L / std::sqrt(moment));
  };
  for (int i = 1; i < 4 * 128; i += 3) {
    CHECK(clamp(i / 128.0) <= 1e-12);
    CHECK(jump(i / 128.0) <= 1e-12);
    CHECK(jump(-i / 128.0) <= 1e-12);
  }
  double worst_clamp = 0.0, worst_jump = 0.0;
  for (int i = 100; i < 3000; ++i) {
    worst_clamp = std::max(worst_clamp, clamp(i / 1000.0));
    worst_jump = std::max(worst_jump, jump(i / 1000.0 - 1.5));
  }
  CAPTURE(worst_clamp, worst_jump);
  CHECK(worst_clamp <= 1e-5);
  CHECK(worst_jump <= 1e-3);
}

TEST_CASE("the gain of every activation is that of a fine sum in long double") {
  const auto error = [](auto f) { return relative_error(initialization_gain(f), exact_gain(f)); };
  for_each_typed([&](auto f) {
    using Promise = Contract<decltype(f)>;
    CHECK(error(f) <= (Promise::fast ? 3e-7 : Promise::is_float ? 1e-8 : 1e-11));
  });
  CHECK(error(simdact::Swish<double>{.beta = 10.0}) <= 1e-11);
  CHECK(error(simdact::Swish<double>{.beta = -1.0}) <= 1e-11);
  CHECK(error(simdact::Softplus<double>{.beta = 20.0}) <= 1e-11);
  CHECK(error(simdact::ELU<double>{.alpha = 4.0}) <= 1e-11);
  CHECK(error(simdact::CELU<double>{.alpha = 0.1}) <= 1e-11);
}

TEST_CASE("a gain without meaning is refused with the moment") {
  const auto message = [](auto f) { return message_of([&] { initialization_gain(f); }); };
  constexpr double infinite = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const std::string start = "simdact: the second moment of the activation is ";
  const std::string end = ", but must be finite and above 0";
  CHECK(message(Power<double>{0.0, 1}) == start + "0" + end);
  CHECK(message(Power<double>{1e-200, 1}) == start + "0" + end);
  CHECK(message(Power<double>{1e200, 1}) == start + "inf" + end);
  CHECK(message(Power<double>{infinite, 2}) == start + "inf" + end);
  CHECK(message(simdact::LeakyReLU<double>{.negative_slope = nan}).find("nan") !=
        std::string::npos);
  CHECK(message(simdact::PReLU<float>{.weight = -std::numeric_limits<float>::infinity()}) ==
        start + "inf" + end);
}
