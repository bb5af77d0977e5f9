// The user's own activation of examples/custom_activation.cpp in every algorithm and through the tests' harness,
// with nothing added to the library.

#include "../examples/custom_activation/hooked_silu.hpp"

#include "inputs.hpp"
#include "measure.hpp"

namespace {

using custom::HookedSiLU;
using simdact::GateHalf;

/// A row for the harness, in the unit of a tier.
template <class T, class Accuracy>
struct Row : HookedSiLU<T> {};

}  // namespace

/// By another formula than that of the activation.
template <class T, class Accuracy>
struct reference::Reference<Row<T, Accuracy>> : reference::Smooth {
  template <class R>
  static R value(HookedSiLU<T> const& f, R const& x) {
    using std::exp;
    const R hook(f.hook);
    if (x > R(0)) {
      const R e = exp(-x);
      return x * (R(1) - hook * e) / (R(1) + e);
    }
    const R e = exp(x);
    return x * (e - hook) / (e + R(1));
  }
  template <class R>
  static R derivative(HookedSiLU<T> const& f, R const& x) {
    const R hook(f.hook);
    return (R(1) + hook) * swish_slope<R>(x, R(1)) - hook;
  }
};

namespace {

using FloatRow = Row<float, simdact::Fast>;

/// The errors of a functor of float in the unit of the Fast tier.
template <class F>
Errors errors_of(F const& f) {
  return measure(f, FloatRow{});
}

/// Off by four to eight units in the last place, every hundredth time or so.
struct Sloppy : HookedSiLU<float> {
  float forward(float x) const {
    const float y = HookedSiLU<float>::forward(x);
    return std::bit_cast<std::uint32_t>(x) % 101 == 0 ? y * (1.0f + 0x1p-21f) : y;
  }
};

long double exact(long double x) {
  return reference::Reference<FloatRow>::value(HookedSiLU<float>{}, x);
}

template <class T>
void check_arrays() {
  const HookedSiLU<T> f;
  for (const std::size_t n : std::initializer_list<std::size_t>{0, 1, 2, 7, 64, 133}) {
    CAPTURE(n);
    const std::vector<T> x = inputs<T>(n), up(n, T(3)), grad(n, T(0.75));
    std::vector<T> y(n), d(n), gated(n), grad_gate(n), grad_up(n);
    std::vector<T> in_place = x, grad_x = grad;
    simdact::forward_and_derivative(f, x, y, d);
    simdact::forward(f, in_place, in_place);
    simdact::backward(f, x, grad_x, grad_x);
    simdact::forward(simdact::GatedUnit<HookedSiLU<T>, GateHalf::first>{}, x, up, gated);
    simdact::gated_backward(f, x, up, grad, grad_gate, grad_up);
    std::size_t right = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const T value = f.forward(x[i]), slope = f.derivative(x[i]);
      right += same_bits(y[i], value) && same_bits(in_place[i], value) && same_bits(d[i], slope) &&
                       same_bits(grad_x[i], T(0.75) * slope) && same_bits(gated[i], value * T(3)) &&
                       same_bits(grad_gate[i], T(0.75) * T(3) * slope) &&
                       same_bits(grad_up[i], T(0.75) * value)
                   ? 1
                   : 0;
    }
    CHECK(right == n);
  }
}

}  // namespace

TEST_CASE("a user's activation goes into the array algorithms and gated units") {
  STATIC_REQUIRE(simdact::Activation<HookedSiLU<float>>);
  STATIC_REQUIRE(simdact::Activation<HookedSiLU<double>>);
  check_arrays<float>();
  check_arrays<double>();
}

TEST_CASE("it is found by name in the program's own list") {
  using Known = simdact::Extended<simdact::Activations<float>, HookedSiLU<float>>;
  for (const char* name : {"hooked_silu", "HookedSiLU", "HOOKED-SILU"}) {
    CHECK(simdact::visit_activation<Known>(
        name, [](auto f) { return std::is_same_v<decltype(f), HookedSiLU<float>>; }));
  }
  auto any = simdact::any_activation<Known>("hooked_silu");
  std::get<HookedSiLU<float>>(any).hook = 0.25f;
  const HookedSiLU<float> quarter{0.25f};
  std::vector<float> x{-3.0f, -0.5f, 2.0f}, y(3);
  simdact::forward(any, x, y);
  for (std::size_t i = 0; i < x.size(); ++i)
    CHECK(y[i] == quarter.forward(x[i]));
  CHECK(simdact::activation_name(simdact::any_activation<Known>("swish")) == "swish");
}

TEST_CASE("the harness measures it, and its tabulation, as it does the library's") {
  const Errors written = errors_of(HookedSiLU<float>{});
  INFO(written.value.describe("value") << '\n' << written.derivative.describe("derivative"));
  CHECK(written.value.error <= 1.5);
  CHECK(written.derivative.error <= 1.25);

  const simdact::Tabulated<> fast = simdact::tabulate(HookedSiLU<double>{});
  const Errors tabulated = errors_of(fast);
  INFO(tabulated.value.describe("value") << '\n' << tabulated.derivative.describe("derivative"));
  CHECK(tabulated.value.error <= Contract<FloatRow>::value_bound);
  CHECK(tabulated.derivative.error <= Contract<FloatRow>::derivative_bound);
  CHECK(tabulated.value.error <= 1.2 * fast.value_error());
  CHECK(tabulated.derivative.error <= 1.2 * fast.derivative_error());

  CHECK(errors_of(Sloppy{}).value.error > Contract<FloatRow>::value_bound);
}

TEST_CASE("in double it is as good where its factor does not vanish") {
  sweep::Worst worst;
  const HookedSiLU<double> f;
  const auto sample = [&](double x) {
    const Real value = reference::Reference<Row<double, simdact::Precise>>::value(f, Real(x));
    const double y = f.forward(x);
    worst.add(sweep::ulp_error(y, value, std::min(std::fabs(x), 1.0)), x, y, value);
  };
  CHECK(sweep::for_each_pattern<double>(2251799813685251ULL, sample) > 7000);
  CHECK(sweep::for_each_between<double>(-20.0, 20.0, 4000, sample) == 4000);
  INFO(worst.describe("value"));
  CHECK(worst.error <= 3.0);
}

TEST_CASE("it is smooth and bounded below, and its gradient does not vanish") {
  const HookedSiLU<float> f;
  constexpr float inf = std::numeric_limits<float>::infinity();
  CHECK(f.forward(-inf) == inf);
  CHECK(f.forward(inf) == inf);
  CHECK(f.derivative(-inf) == -0.125f);
  CHECK(f.derivative(inf) == 1.0f);
  CHECK(same_bits(f.forward(-0.0f), -0.0f));
  CHECK(same_bits(f.forward(0.0f), 0.0f));
  CHECK(std::isnan(f.forward(std::nanf(""))));
  CHECK(std::isnan(f.derivative(std::nanf(""))));

  float least = inf;
  std::size_t turns = 0, samples = 0;
  for (float x = -40.0f; x < 40.0f; x += 0x1p-10f) {
    least = std::min(least, f.forward(x));
    turns += (f.derivative(x) < 0.0f) != (f.derivative(x + 0x1p-10f) < 0.0f) ? 1 : 0;
    const long double step = 0x1p-12L;
    const long double difference = (exact(x + step) - exact(x - step)) / (2 * step);
    samples += std::fabs(f.derivative(x) - difference) < 2e-7L ? 1 : 0;
  }
  CHECK(std::fabs(least + 0.18025f) < 1e-5f);
  CHECK(std::fabs(f.derivative(-0.87914f)) < 1e-5f);
  CHECK(turns == 1);
  CHECK(samples == 80 * 1024);

  std::vector<float> x(1024);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<float>(i) * 0.25f - 128.0f;
  CHECK(simdact::activation_statistics(f, x).saturated == 0.0);
  CHECK(simdact::activation_statistics(simdact::SiLU<float>{}, x).saturated > 0.4);
  const double gain = simdact::initialization_gain(f);
  CHECK(simdact::initialization_gain(HookedSiLU<double>{}) == Approx(gain).epsilon(1e-8));
}
