// tabulate: the errors are those it states, the limits, kinks, zeros and NaN those of the function, and
// scalar, batch and array give the same bits.

#include "inputs.hpp"
#include "measure.hpp"
#include "message_of.hpp"

namespace {

using simdact::tabulate;
using simdact::Tabulated;

constexpr float inf = std::numeric_limits<float>::infinity();

/// The row that a tabulated activation is held against.
template <template <class, class> class F>
F<float, simdact::Fast> fast_row(F<double, simdact::Precise> const&) {
  return {};
}

/// Fitted once for all tests: that is most of what they take.
template <class F>
Tabulated<> const& tabulated() {
  static const Tabulated<> fitted = tabulate(F{});
  return fitted;
}

/// Is f straight where a tabulated function goes on along its tangent? Others leave their limits there.
template <class F>
bool settles(F const& f) {
  using Row = reference::Reference<F>;
  const auto limits = Row::limits(f);
  return std::fabs(Row::derivative(f, -32.0) - limits.derivative_at_minus_inf) < 1e-7 &&
         std::fabs(Row::derivative(f, 32.0) - limits.derivative_at_inf) < 1e-7;
}

/// Does f pass 0 without a slope? Then a table leaves open which sign the numbers there have that underflow.
template <class F>
bool is_flat_at_zero(F const& f) {
  using Row = reference::Reference<F>;
  return Row::kinks(f).empty() && Row::value(f, 0.0) == 0.0 && Row::derivative(f, 0.0) == 0.0;
}

/// Calls test(row, tabulated) for every listed activation that settles and is not flat at 0.
template <class Test>
void for_each_tabulated(Test test) {
  std::size_t count = 0;
  simdact::for_each_activation<double>([&](auto f) {
    INFO(f.name);
    const auto row = fast_row(f);
    if (!settles(row) || is_flat_at_zero(row))
      return;
    ++count;
    test(row, tabulated<decltype(f)>());
  });
  REQUIRE(count == 25);  // all but SquaredReLU, Softsign, Squareplus and Tanhshrink
}

template <class F>
bool has_kink_beside_zero(F const& f) {
  const auto kinks = reference::Reference<F>::kinks(f);
  return std::any_of(kinks.begin(), kinks.end(), [](auto const& kink) { return kink.x != 0.0; });
}

bool is(float a, double b) { return same_bits(a, static_cast<float>(b)); }

}  // namespace

TEST_CASE("the errors are as stated, and of smooth activations within 4 ULP") {
  for_each_tabulated([](auto row, auto const& fast) {
    if (has_kink_beside_zero(row)) {
      CHECK(fast.derivative_error() > 1e5);
      return;
    }
    const Errors errors = measure(fast, row);
    INFO(errors.value.describe("value") << ", stated " << fast.value_error());
    INFO(errors.derivative.describe("derivative") << ", stated " << fast.derivative_error());
    CHECK(fast.value_error() <= 4.0);
    CHECK(fast.derivative_error() <= 4.0);
    // Stated from a sample without subnormal numbers, whose rounding is half a ULP.
    CHECK(errors.value.error <= std::max(0.5, 1.25 * fast.value_error()));
    CHECK(errors.derivative.error <= std::max(0.5, 1.25 * fast.derivative_error()));
  });
}

TEST_CASE("limits, zeros, kinks and NaN are those of the function") {
  for_each_tabulated([](auto row, auto const& fast) {
    using Row = reference::Reference<decltype(row)>;
    const auto limits = Row::limits(row);
    CHECK(is(fast.forward(-inf), limits.value_at_minus_inf));
    CHECK(is(fast.forward(inf), limits.value_at_inf));
    CHECK(fast.derivative(-inf) == static_cast<float>(limits.derivative_at_minus_inf));
    CHECK(fast.derivative(inf) == static_cast<float>(limits.derivative_at_inf));
    if (limits.value_at_minus_zero == 0.0) {
      CHECK(fast.forward(0.0f) == 0.0f);
      CHECK(fast.forward(-0.0f) == 0.0f);
      if (fast.derivative(0.0f) > 0.0f) {
        CHECK(is(fast.forward(0.0f), 0.0));
        CHECK(is(fast.forward(-0.0f), -0.0));
      }
    }
    CHECK(fast.derivative(-0.0f) == fast.derivative(0.0f));
    for (auto const& kink : Row::kinks(row)) {
      if (kink.x == 0.0)
        CHECK(std::fabs(fast.derivative(0.0f) - static_cast<float>(kink.derivative)) <= 0x1p-21f);
    }
    for (const float x :
         {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::quiet_NaN(),
          std::numeric_limits<float>::signaling_NaN()}) {
      CHECK(std::isnan(fast.forward(x)));
      CHECK(std::isnan(fast.derivative(x)));
    }
    bool finite = true;
    const auto samples = sweep::for_each_pattern<float>(400009, [&](float x) {
      finite = finite && !std::isnan(fast.forward(x)) && !std::isnan(fast.derivative(x));
    });
    CHECK(samples > 10000);
    CHECK(finite);
  });
}

namespace {

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// With a value at 0, and an asymptote with a slope of its own on either side.
const auto bent = tabulate([](double x) { return 3.0 * x + 2.0 - std::log1p(std::exp(x)); });
/// With neither.
const auto arsinh = tabulate([](double x) { return std::asinh(x); }, {.begin = -8.0, .end = 8.0});

template <class Batch>
bool agrees_with_scalars(Tabulated<> const& f, float const* x) {
  const Batch in = Batch::load_unaligned(x);
  std::array<float, Batch::size> y, d, both_y, both_d;
  f(in).store_unaligned(y.data());
  f.derivative(in).store_unaligned(d.data());
  const auto both = f.forward_and_derivative(in);
  both.value.store_unaligned(both_y.data());
  both.derivative.store_unaligned(both_d.data());
  for (std::size_t i = 0; i < Batch::size; ++i) {
    if (!same_bits(y[i], f.forward(x[i])) || !same_bits(d[i], f.derivative(x[i])) ||
        !same_bits(both_y[i], y[i]) || !same_bits(both_d[i], d[i])) {
      return false;
    }
  }
  return true;
}

template <class... A>
void check_batches(Tabulated<> const& f, xsimd::arch_list<A...>) {
  const auto check = [&]<class Batch>(Batch) {
    const std::vector<float> x = inputs<float>(40 * Batch::size);
    for (std::size_t i = 0; i < x.size(); i += Batch::size)
      CHECK(agrees_with_scalars<Batch>(f, x.data() + i));
  };
  (check(xsimd::batch<float, A>{}), ...);
}

}  // namespace

TEST_CASE("batches of every architecture give the bits of the scalar") {
  check_batches(bent, xsimd::supported_architectures{});
  check_batches(arsinh, xsimd::supported_architectures{});
}

TEST_CASE("arrays of every length and offset give the bits of the scalar, in place too") {
  constexpr std::size_t longest = 70;
  auto const& f = bent;
  const std::vector<float> x = inputs<float>(longest + 16), g = inputs<float>(longest);
  std::size_t runs = 0;
  bool agree = true;
  for (std::size_t offset = 0; offset < 16; ++offset) {
    for (std::size_t n = 0; n <= longest; ++n) {
      ++runs;
      const std::span in(x.data() + offset, n);
      std::vector<float> y(n), d(n), grad(n), both_y(n), both_d(n), in_place(in.begin(), in.end());
      simdact::forward(f, in, y);
      simdact::derivative(f, in, d);
      simdact::backward(f, in, std::span(g.data(), n), grad);
      simdact::forward_and_derivative(f, in, both_y, both_d);
      simdact::forward(f, in_place, in_place);
      for (std::size_t i = 0; i < n; ++i) {
        agree = agree && same_bits(y[i], f(in[i])) && same_bits(d[i], f.derivative(in[i])) &&
                same_bits(grad[i], g[i] * d[i]) && same_bits(both_y[i], y[i]) &&
                same_bits(both_d[i], d[i]) && same_bits(in_place[i], y[i]);
      }
    }
  }
  CHECK(runs == 16 * (longest + 1));
  CHECK(agree);
}

TEST_CASE("a copy is the function itself") {
  auto copy = tabulate([](double x) { return std::tanh(x); });
  copy = bent;
  CHECK(same_bits(copy(1.25f), bent(1.25f)));
  CHECK(copy.value_error() == bent.value_error());
}

TEST_CASE("a derivative by differences is as good as a given one") {
  const auto silu = [](double x) { return x * logistic(x); };
  const auto slope = [](double x) { return logistic(x) * (1.0 + x * logistic(-x)); };
  const auto given = tabulate(silu, slope);
  const auto found = tabulate(silu);
  const auto differ = [&](float x) {
    return std::fabs(double(found.derivative(x)) - slope(double(x))) * 0x1p23;
  };
  double worst = 0.0;
  CHECK(sweep::for_each_between<float>(
            -40.0, 40.0, 100000, [&](float x) { worst = std::max(worst, differ(x)); }) == 100000);
  CHECK(worst <= given.derivative_error() + 1.0);
  CHECK(found.derivative_error() <= given.derivative_error() + 1.0);
  CHECK(found.value_error() <= 4.0);

  const auto relu = tabulate([](double x) { return x > 0.0 ? x : 0.0; });
  CHECK(relu.value_error() == 0.0);
  CHECK(relu.derivative(0.0f) == 0.0f);
  CHECK(relu.derivative(std::numeric_limits<float>::denorm_min()) == 1.0f);
  CHECK(relu(0x1.fp100f) == 0x1.fp100f);
}

TEST_CASE("beyond its interval a function goes on along its tangent") {
  const auto square = tabulate([](double x) { return x * x; }, [](double x) { return 2.0 * x; },
                               {.begin = -2.0, .end = 4.0});
  CHECK(square(4.0f) == 16.0f);
  CHECK(square(5.0f) == 24.0f);
  CHECK(square(-3.0f) == 8.0f);
  CHECK(square.derivative(100.0f) == 8.0f);
  CHECK(square.derivative(-100.0f) == -4.0f);
  CHECK(square(-inf) == inf);
  CHECK(square.value_error() <= 4.0);
  CHECK(square.derivative_error() <= 4.0);

  CHECK(arsinh.value_error() <= 4.0);
  CHECK(arsinh.derivative_error() <= 4.0);
  CHECK(is(arsinh(-0.0f), -0.0));
  CHECK(is(arsinh(0.0f), 0.0));
  CHECK(arsinh(-inf) == -inf);
  CHECK(std::fabs(arsinh(100.0f) - (std::asinh(8.0) + 92.0 / std::sqrt(65.0))) < 1e-5);
}

namespace {

/// As a user would write it.
struct Squash {
  using value_type = float;
  template <class V>
  V forward(V x) const {
    using std::abs;
    return x / (V(1) + abs(x));
  }
  template <class V>
  V derivative(V x) const {
    using std::abs;
    const V y = V(1) / (V(1) + abs(x));
    return y * y;
  }
};

}  // namespace

TEST_CASE("an activation of floats is tabulated as well as floats allow") {
  const auto own = tabulate(Squash{});
  const auto listed = tabulate(simdact::GELU<float>{});
  double worst = 0.0, worst_listed = 0.0;
  CHECK(sweep::for_each_between<float>(-30.0, 30.0, 10000, [&](float x) {
          worst = std::max(worst, double(std::fabs(own(x) - Squash{}.forward(x))));
          worst_listed =
              std::max(worst_listed, double(std::fabs(listed(x) - simdact::GELU<>{}(x))));
        }) == 10000);
  // Squash has no asymptote within reach, and gets by on AVX2 with 8 cells to 32.
  CHECK(worst <= 0x1p-23 * own.value_error());
  CHECK(own.value_error() < 300.0);
  CHECK(listed.value_error() <= 4.0);
  CHECK(listed.derivative_error() <= 4.0);
}

TEST_CASE("what cannot be tabulated is refused with its numbers") {
  const auto line = [](double x) { return x; };
  const auto refusal = [&](simdact::Interval interval) {
    return message_of([&] { tabulate(line, interval); });
  };
  const std::string rest = ", but must be finite and have 0 inside";
  CHECK(refusal({.begin = 0.0, .end = 8.0}) == "simdact: the interval is [0, 8]" + rest);
  CHECK(refusal({.begin = -1.5, .end = -0.5}) == "simdact: the interval is [-1.5, -0.5]" + rest);
  CHECK(refusal({.begin = 8.0, .end = -8.0}) == "simdact: the interval is [8, -8]" + rest);
  CHECK(refusal({.begin = -8.0, .end = double(inf)}) ==
        "simdact: the interval is [-8, inf]" + rest);
  CHECK(refusal({.begin = std::nan(""), .end = 8.0}) == "simdact: the interval is [nan, 8]" + rest);
  CHECK(message_of([] { tabulate([](double x) { return x < -31.0 ? std::nan("") : x; }); }) ==
        "simdact: f(-32) is nan, but must be finite in float on [-32, 32]");
  CHECK(message_of([&] { tabulate(line, [](double x) { return 1.0 / (x - 32.0); }); }) ==
        "simdact: f'(32) is inf, but must be finite in float on [-32, 32]");
}

TEST_CASE("the README's example") {
  const std::vector<float> x = {-3, -1, 0, 1, 3};
  std::vector<float> y(5);
  const auto tanh_exp = simdact::tabulate([](double v) { return v * std::tanh(std::exp(v)); });
  simdact::forward(tanh_exp, x, y);
  CHECK(tanh_exp.value_error() <= 4.0);
  CHECK(std::fabs(y[1] + 0.3521351f) < 1e-6f);
  CHECK(y[2] == 0.0f);
}
