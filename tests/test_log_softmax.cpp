// Log-softmax and log-sum-exp against their definitions in 320 bits, and every row of their table of
// special cases.

#include <iostream>

#include "calls.hpp"
#include "rows.hpp"
#include "typed.hpp"

namespace {

using calls::log_sum_exp;
using rows::all_nan;
using rows::crossing_bound;
using rows::crossing_error;
using rows::crossing_floor;
using rows::inf;
using rows::logits;
using rows::quiet_nan;
using simdact::LogSoftmax;
using simdact::MaskedRow;

template <class T>
std::vector<T> log_softmax(std::vector<T> x, LogSoftmax<T> const& f = {}) {
  calls::forward(f, x, x);
  return x;
}

template <class T>
constexpr double bound = sizeof(T) == 4 ? 0.51 : 4.0;

/// -log(k), rounded once.
template <class T>
T minus_log(double k) {
  return (-log1p(Real(k) - Real(1))).to<T>();
}

/// The i-th of ys is -log(ks[i]), -inf for ks[i] = inf, within the bound of log-softmax.
template <class T>
bool are_minus_logs(std::vector<T> const& ys, std::vector<double> const& ks) {
  return std::equal(ys.begin(), ys.end(), ks.begin(), ks.end(), [](T y, double k) {
    return sweep::ulp_error(y, -log1p(Real(k) - Real(1))) <= bound<T>;
  });
}

void report(sweep::Worst const& worst, std::string const& what) {
  std::cout << worst.describe(what) << '\n';
}

template <class T>
std::string typed(std::string const& name) {
  return name + (sizeof(T) == 4 ? "/float" : "/double");
}

}  // namespace

TEMPLATE_TEST_CASE("log-softmax is within its bound of the exact value", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  rows::for_each_shape([&](std::size_t n, double spread, double temperature) {
    const auto t = static_cast<T>(temperature);
    const std::vector<T> x = logits<T>(n, spread);
    const std::vector<T> y = log_softmax(x, LogSoftmax<T>{.temperature = t});
    const rows::Exact<T> exact(x, t);
    for (std::size_t i = 0; i < n; ++i) {
      const Real reference = exact.log_prob(i);
      worst.add(sweep::ulp_error(y[i], reference), x[i], y[i], reference);
    }
  });
  report(worst, typed<T>("log_softmax"));
  CHECK(worst.samples == rows::logits_in_all_shapes);
  CHECK(worst.error <= bound<T>);
}

TEMPLATE_TEST_CASE("log-softmax keeps its bits where a probability is near 1", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{2, 5, 16, 33, 1000}) {
    for (int step = 1; step <= 100; ++step) {
      const T depth = static_cast<T>(step) * T(1.09375);  // into float's subnormals
      std::vector<T> x = logits<T>(n, 0.25);
      for (T& v : x)
        v -= depth;
      x[n / 2] = T(0.5);
      for (const T temperature : {T(1), T(0.75)}) {
        const std::vector<T> y = log_softmax(x, LogSoftmax<T>{.temperature = temperature});
        const rows::Exact<T> exact(x, temperature);
        for (const std::size_t i : {std::size_t{0}, n / 2}) {
          const Real reference = exact.log_prob(i);
          worst.add(sweep::ulp_error(y[i], reference), x[i], y[i], reference);
        }
      }
    }
  }
  report(worst, typed<T>("log_softmax near 0"));
  CHECK(worst.samples == 5 * 100 * 2 * 2);
  CHECK(worst.error <= bound<T>);
}

TEMPLATE_TEST_CASE("log-softmax of the largest logit several times over", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (std::size_t k = 1; k <= 300; ++k) {
    std::vector<T> x(k + 20, T(3));
    for (std::size_t i = 0; i < 20; ++i)
      x[i * x.size() / 20] = static_cast<T>(i) / 8 - 40;
    const std::vector<T> y = log_softmax(x);
    const rows::Exact<T> exact(x, T(1));
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Real reference = exact.log_prob(i);
      worst.add(sweep::ulp_error(y[i], reference), x[i], y[i], reference);
    }
  }
  report(worst, typed<T>("log_softmax of ties"));
  CHECK(worst.samples == 300 * 301 / 2 + 300 * 20);
  CHECK(worst.error <= bound<T>);
}

TEST_CASE("log-softmax and log-sum-exp of 16M logits are within their bounds") {
  sweep::Worst worst, worst_sum;
  for (const auto& [spread, temperature] :
       {std::pair{0.0, 1.0f}, {0.1, 1.0f}, {10.0, 0.5f}, {10000.0, 100.0f}, {10000.0, 0.01f}}) {
    const rows::LongRow row(spread);
    const std::vector<float> x = row.logits();
    const std::vector<float> y = log_softmax(x, LogSoftmax<float>{.temperature = temperature});
    const Real log_sum = row.log_sum(temperature);
    std::vector<float> at_level(row.level_count, quiet_nan<float>);
    std::size_t unlike = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      float& seen = at_level[row.level_of[i]];
      if (std::isnan(seen))
        seen = y[i];
      unlike += seen == y[i] ? 0 : 1;
    }
    CHECK(unlike == 0);  // equal logits have equal log-probabilities
    for (std::size_t k = 0; k < row.level_count; ++k) {
      if (row.counts[k] != 0) {
        const Real exact = row.depth(k, temperature) - log_sum;
        worst.add(sweep::ulp_error(at_level[k], exact), row.levels[k], at_level[k], exact);
      }
    }
    const float total = log_sum_exp(x);
    worst_sum.add(sweep::ulp_error(total, row.log_sum_exp()), spread, total, row.log_sum_exp());
  }
  report(worst, "log_softmax/float, 16M");
  report(worst_sum, "log_sum_exp/float, 16M");
  CHECK(worst.samples >= 5 * 4000);
  CHECK(worst.error <= 0.51);
  CHECK(worst_sum.samples == 5);
  CHECK(worst_sum.error <= 0.51);
}

TEMPLATE_TEST_CASE("log-sum-exp is within its bound of the exact value", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 7, 16, 17, 1000, 50257}) {
    for (const double spread : rows::spreads) {
      const std::vector<T> x = logits<T>(n, spread);
      const T got = log_sum_exp<T>(x);
      const Real reference = rows::Exact<T>(x, T(1)).log_sum_exp();
      worst.add(crossing_error(got, reference), x[0], got, reference);
    }
  }
  report(worst, typed<T>("log_sum_exp"));
  CHECK(worst.samples == 8 * 5);
  CHECK(worst.error <= crossing_bound<T>);
}

TEMPLATE_TEST_CASE("log-sum-exp is within its bound where it crosses zero", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  double smallest = 1.0;
  for (const std::size_t n : std::initializer_list<std::size_t>{2, 3, 7, 16, 17, 300, 1000}) {
    for (unsigned seed = 0; seed < 40; ++seed) {
      std::vector<T> x = logits<T>(n, 1.5, seed);
      const Real total = rows::Exact<T>(x, T(1)).log_sum_exp();
      for (T& v : x)
        v = (Real(v) - total).to<T>();
      const T got = log_sum_exp<T>(x);
      const Real reference = rows::Exact<T>(x, T(1)).log_sum_exp();
      worst.add(crossing_error(got, reference), x[0], got, reference);
      smallest = std::min(smallest, abs(reference).to_double());
    }
  }
  report(worst, typed<T>("log_sum_exp near 0"));
  CHECK(worst.samples == 7 * 40);
  CHECK(worst.error <= crossing_bound<T>);
  CHECK(smallest < (sizeof(T) == 4 ? 0x1p-28 : 0x1p-56));  // the rows did cancel
}

TEMPLATE_TEST_CASE("log-sum-exp of equal logits near -log(count) is within its bound", "", float,
                   double) {
  using T = TestType;
  sweep::Worst worst;
  for (std::size_t n = 2; n <= 2000; ++n) {
    const std::vector<T> x(n, minus_log<T>(static_cast<double>(n)));
    const T got = log_sum_exp<T>(x);
    const Real reference = rows::Exact<T>(x, T(1)).log_sum_exp();
    worst.add(crossing_error(got, reference), x[0], got, reference);
  }
  report(worst, typed<T>("log_sum_exp of equal logits"));
  CHECK(worst.samples == 1999);
  CHECK(worst.error <= crossing_bound<T>);
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
TEMPLATE_TEST_CASE("a row's sum has the same bits in batches of every width", "", float, double) {
  using T = TestType;
  std::size_t architectures = 0;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 15, 17, 31, 255, 257, 1000}) {
    const std::vector<T> x = logits<T>(n, 3.0);
    const simdact::detail::Shifted<T> shifted{*std::max_element(x.begin(), x.end()), T(0.75)};
    const double expected =
        simdact::detail::sum_beside_max<xsimd::default_arch>(x.data(), n, shifted);
    xsimd::supported_architectures::for_each([&](auto arch) {
      using Arch = decltype(arch);
      if constexpr (xsimd::batch<T, Arch>::size > 0) {  // 32-bit NEON has no batch of double
        CHECK(simdact::detail::sum_beside_max<Arch>(x.data(), n, shifted) == expected);
        ++architectures;
      }
    });
  }
  CHECK(architectures >= 8);
}
#endif

TEST_CASE("log-softmax and log-sum-exp have the same bits on every instruction set") {
  struct Row {
    std::size_t n;
    double spread;
    float temperature;
    std::uint32_t checksum;
  };
  for (const Row& row : {
           // clang-format off
           Row{1, 10.0, 1.0f, 0x5556d18au},
           Row{2, 10.0, 1.0f, 0x89ecf196u},
           Row{2, 10000.0, 3.0f, 0x9ed54f7fu},
           Row{3, 100.0, 100.0f, 0xf9f10202u},
           Row{3, 0.1, 0.01f, 0x9abf5f6bu},
           Row{7, 10000.0, 0.5f, 0xe9500d07u},
           Row{7, 1.0, 1.0f, 0x1ecdc83cu},
           Row{16, 0.1, 3.0f, 0x4bbe5600u},
           Row{16, 10.0, 100.0f, 0x20cbd8c8u},
           Row{17, 1.0, 0.01f, 0x59715646u},
           Row{17, 100.0, 0.5f, 0xd0aa97c4u},
           Row{31, 10.0, 1.0f, 0x7397b316u},
           Row{31, 10000.0, 3.0f, 0xb6c11aeau},
           Row{100, 100.0, 100.0f, 0x1447940du},
           Row{100, 0.1, 0.01f, 0x7a346534u},
           Row{255, 10000.0, 0.5f, 0xc8801ae2u},
           Row{255, 1.0, 1.0f, 0xdc3d7400u},
           Row{256, 0.1, 3.0f, 0x695958aau},
           Row{256, 10.0, 100.0f, 0x7543bd73u},
           Row{257, 1.0, 0.01f, 0x75f90965u},
           Row{257, 100.0, 0.5f, 0x8608aeb9u},
           Row{1000, 10.0, 1.0f, 0xa3df901du},
           Row{1000, 10000.0, 3.0f, 0x905a6b54u},
           Row{5000, 100.0, 100.0f, 0x6e3675c8u},
           Row{5000, 0.1, 0.01f, 0x194c037au},
           Row{50257, 10000.0, 0.5f, 0x354d4fa4u},
           Row{50257, 1.0, 1.0f, 0x88be17b8u},
           // clang-format on
       }) {
    const std::vector<float> x = logits<float>(row.n, row.spread);
    std::vector<float> y = log_softmax(x, LogSoftmax<float>{.temperature = row.temperature});
    y.push_back(log_sum_exp(x));
    CAPTURE(row.n, row.spread, row.temperature);
    CHECK(rows::checksum(y) == row.checksum);
  }
}

TEMPLATE_TEST_CASE("log-softmax at temperature 0 is -log(k) at the k largest", "", float, double) {
  using T = TestType;
  const LogSoftmax<T> cold{.temperature = 0};
  constexpr double never = inf<double>;
  CHECK(are_minus_logs(log_softmax<T>({1, 3, 2}, cold), {never, 1, never}));
  CHECK(are_minus_logs(log_softmax<T>({3, 1, 3, -inf<T>}, cold), {2, never, 2, never}));
  CHECK(are_minus_logs(log_softmax<T>({-1, -1, -1}, cold), {3, 3, 3}));
  CHECK(are_minus_logs(log_softmax<T>({T(-0.0), 0}, cold), {2, 2}));
  CHECK(all_nan(log_softmax<T>({1, quiet_nan<T>, 2}, cold)));
  CHECK(all_nan(log_softmax<T>({1, inf<T>}, cold)));
}

TEMPLATE_TEST_CASE("log-softmax at temperature +inf is -log of the count of what is not masked", "",
                   float, double) {
  using T = TestType;
  const LogSoftmax<T> hot{.temperature = inf<T>};
  CHECK(are_minus_logs(log_softmax<T>({1, 3, -700, 2}, hot), {4, 4, 4, 4}));
  CHECK(are_minus_logs(log_softmax<T>({1, -inf<T>, 5}, hot), {2, inf<double>, 2}));
  CHECK(all_nan(log_softmax<T>({1, quiet_nan<T>}, hot)));
  CHECK(all_nan(log_softmax<T>({1, inf<T>}, hot)));
}

TEMPLATE_TEST_CASE("log-softmax refuses a temperature below 0 or NaN", "", float, double) {
  using T = TestType;
  for (const T bad : {T(-1), -inf<T>, quiet_nan<T>, -std::numeric_limits<T>::denorm_min()}) {
    const LogSoftmax<T> f{.temperature = bad};
    std::vector<T> y(3, T(7));
    const std::vector<T> x = {1, 2, 3};
    CHECK_THROWS_AS(calls::forward(f, x, y), std::invalid_argument);
    CHECK_THROWS_AS(calls::forward(f, x, y, 1), std::invalid_argument);
    CHECK_THROWS_AS(calls::backward(f, x, x, y), std::invalid_argument);
    CHECK_THROWS_AS(calls::backward(f, x, x, y, 1), std::invalid_argument);
    CHECK(y == std::vector<T>(3, T(7)));
  }
}

TEMPLATE_TEST_CASE("a masked logit has log-probability -inf and gradient 0", "", float, double) {
  using T = TestType;
  const T half = minus_log<T>(2);
  const std::vector<T> y = log_softmax<T>({1, -inf<T>, 1});
  CHECK(y == std::vector<T>{half, -inf<T>, half});
  // Nothing else is in the row: the logarithm of 1, whatever pads the batch.
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 16, 40}) {
    std::vector<T> alone(n, -inf<T>);
    alone[n / 2] = T(5);
    const std::vector<T> z = log_softmax(alone);
    CHECK((z[n / 2] == 0 && !std::signbit(z[n / 2])));
    CHECK(std::count(z.begin(), z.end(), -inf<T>) == static_cast<std::ptrdiff_t>(n) - 1);
  }
  std::vector<T> grad(3);
  for (const T g : {T(5), inf<T>, quiet_nan<T>}) {  // whatever flows into it
    calls::backward(LogSoftmax<T>{}, y, std::vector<T>{1, g, 3}, grad);
    CHECK(grad[0] == Approx(-1).epsilon(1e-6));
    CHECK(grad[1] == 0);
    CHECK(grad[2] == Approx(1).epsilon(1e-6));
  }
}

TEMPLATE_TEST_CASE("log-softmax of nothing but -inf is NaN, or -inf when asked", "", float,
                   double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 40}) {
    const std::vector<T> masked(n, -inf<T>);
    for (const T temperature : {T(0), T(1), inf<T>}) {
      CHECK(all_nan(log_softmax<T>(masked, {.temperature = temperature})));
      const LogSoftmax<T> zero{.temperature = temperature, .masked_row = MaskedRow::zero};
      CHECK(log_softmax(masked, zero) == masked);
      std::vector<T> grad(n, T(7));
      calls::backward(zero, masked, std::vector<T>(n, T(2)), grad);
      CHECK(grad == std::vector<T>(n, T(0)));
    }
  }
  // Other rows keep their meaning under the policy.
  const LogSoftmax<T> zero{.temperature = 1, .masked_row = MaskedRow::zero};
  CHECK(log_softmax<T>({2, 2}, zero) == std::vector<T>(2, minus_log<T>(2)));
  CHECK(all_nan(log_softmax<T>({-inf<T>, quiet_nan<T>}, zero)));
}

TEMPLATE_TEST_CASE("a NaN or +inf logit makes the log-softmax of its row NaN", "", float, double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 5, 16, 33, 300}) {
    for (std::size_t i = 0; i < n; ++i) {
      for (const T bad : {quiet_nan<T>, inf<T>}) {
        std::vector<T> x(n, T(1));
        x[i] = bad;
        CHECK(all_nan(log_softmax(x)));
      }
    }
  }
}

TEMPLATE_TEST_CASE("huge logits and huge 1/T do not overflow in log-softmax", "", float, double) {
  using T = TestType;
  const T largest = std::numeric_limits<T>::max();
  const T half = minus_log<T>(2);
  CHECK(log_softmax<T>({T(1e30), 0}) == std::vector<T>{0, T(-1e30)});
  CHECK(log_softmax<T>({T(3e38), T(3e38)}) == std::vector<T>(2, half));
  CHECK(log_softmax<T>({largest, -largest}) == std::vector<T>{0, -inf<T>});
  CHECK(log_softmax<T>({-largest, -largest}) == std::vector<T>(2, half));
  const T tiny = std::numeric_limits<T>::denorm_min();
  CHECK(log_softmax<T>({1, 2}, {.temperature = tiny}) == std::vector<T>{-inf<T>, 0});
  CHECK(log_softmax<T>({1, 1}, {.temperature = tiny}) == std::vector<T>(2, half));
  CHECK(log_softmax<T>({1, 2}, {.temperature = largest}) == std::vector<T>(2, half));
}

TEMPLATE_TEST_CASE("the rows of a matrix of log-probabilities are independent of each other", "",
                   float, double) {
  using T = TestType;
  constexpr std::size_t row_count = 5;
  for (const std::size_t columns : std::initializer_list<std::size_t>{1, 3, 16, 37}) {
    std::vector<T> x = logits<T>(row_count * columns, 3.0);
    x[0] = quiet_nan<T>;
    std::vector<T> y(x.size()), g = logits<T>(x.size(), 1.0, 8), grad(x.size()), sums(row_count);
    calls::forward(LogSoftmax<T>{}, x, y, columns);
    calls::backward(LogSoftmax<T>{}, y, g, grad, columns);
    log_sum_exp<T>(x, sums, columns);
    CHECK(std::isnan(y[0]));
    CHECK(std::isnan(grad[0]));
    CHECK(std::isnan(sums[0]));
    for (std::size_t r = 1; r < row_count; ++r) {
      const auto row = [&](std::vector<T> const& m) { return rows::row_of(m, r, columns); };
      CHECK(log_softmax(row(x)) == row(y));
      CHECK(log_sum_exp<T>(row(x)) == sums[r]);
      std::vector<T> alone(columns);
      calls::backward(LogSoftmax<T>{}, row(y), row(g), alone);
      CHECK(alone == row(grad));
      alone = row(g);
      calls::backward(LogSoftmax<T>{}, row(y), alone, alone);  // in place
      CHECK(alone == row(grad));
    }
  }
}

TEMPLATE_TEST_CASE("the gradient of log-softmax is that of its definition", "", float, double) {
  using T = TestType;
  // The gradient is at the rounded log-probabilities, whose errors it inherits.
  const double tolerance = sizeof(T) == 4 ? 2e-6 : 1e-14;
  for (const double temperature : {0.5, 1.0, 3.0}) {
    const LogSoftmax<T> f{.temperature = static_cast<T>(temperature)};
    constexpr std::size_t n = 7;
    const std::vector<T> x = logits<T>(n, 2.0);
    const std::vector<T> g = logits<T>(n, 2.0, 8);
    std::vector<T> y(n), grad(n);
    calls::forward(f, x, y);
    calls::backward(f, y, g, grad);
    // sum_k g_k log(softmax(x)_k), with x_i moved.
    const auto objective = [&](std::size_t i, Real const& move) {
      std::vector<Real> scaled;
      Real rest(-1);
      for (std::size_t k = 0; k < n; ++k) {
        scaled.push_back((k == i ? Real(x[k]) + move : Real(x[k])) / Real(temperature));
        rest = rest + exp(scaled[k]);
      }
      Real total(0);
      for (std::size_t k = 0; k < n; ++k)
        total = total + Real(g[k]) * (scaled[k] - log1p(rest));
      return total;
    };
    const Real step(0x1p-40);
    for (std::size_t i = 0; i < n; ++i) {
      const Real slope = (objective(i, step) - objective(i, -step)) / (Real(2) * step);
      CHECK(std::fabs(slope.to_double() - static_cast<double>(grad[i])) <= tolerance);
    }
  }
}

TEST_CASE("the gradient of log-softmax is within its bound, given the log-probabilities") {
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 16, 37, 1000}) {
    for (const float temperature : {0.5f, 1.0f, 3.0f}) {
      const LogSoftmax<float> f{.temperature = temperature};
      const std::vector<float> y = log_softmax(logits<float>(n, 30.0), f);
      const std::vector<float> g = logits<float>(n, 2.0, 8);
      std::vector<float> grad(n);
      calls::backward(f, y, g, grad);
      Real sum(0);
      for (const float v : g)
        sum = sum + Real(v);
      for (std::size_t i = 0; i < n; ++i) {
        const Real exact = (Real(g[i]) - exp(Real(y[i])) * sum) / Real(temperature);
        // Where the difference cancels, double leaves this much of its terms.
        const double floor = std::fabs(static_cast<double>(g[i])) * 0x1p-20;
        worst.add(sweep::ulp_error(grad[i], exact, floor), y[i], grad[i], exact);
      }
    }
  }
  report(worst, "log_softmax backward/float");
  CHECK(worst.samples == (1 + 3 + 16 + 37 + 1000) * 3);
  CHECK(worst.error <= 0.51);
}

TEST_CASE("the gradient of log-softmax at the limits of temperature is 0") {
  const std::vector<float> y = {-0.5f, -1.0f, -inf<float>};
  for (const float temperature : {0.0f, inf<float>}) {
    const LogSoftmax<float> f{.temperature = temperature};
    std::vector<float> grad(3, 1.0f);
    calls::backward(f, y, std::vector<float>{1, 2, 3}, grad);
    CHECK(grad == std::vector<float>(3, 0.0f));
  }
}

TEST_CASE("an infinite gradient reaches its row as an infinity") {
  for (const std::size_t n : std::initializer_list<std::size_t>{4, 1000}) {
    const std::vector<float> y = log_softmax(std::vector<float>(n, 1.0f));
    std::vector<float> g(n, 1.0f), grad(n);
    g[1] = inf<float>;
    calls::backward(LogSoftmax<float>{}, y, g, grad);
    CHECK(std::count(grad.begin(), grad.end(), -inf<float>) == static_cast<std::ptrdiff_t>(n) - 1);
  }
}

TEMPLATE_TEST_CASE("log-sum-exp of special rows", "", float, double) {
  using T = TestType;
  const auto of = [](std::vector<T> const& x) { return log_sum_exp<T>(x); };
  const T largest = std::numeric_limits<T>::max();
  CHECK(of({}) == -inf<T>);
  CHECK(of({T(-3.5)}) == T(-3.5));
  CHECK(of({0}) == 0);
  CHECK(of({-inf<T>, T(2.5), -inf<T>}) == T(2.5));
  CHECK(of({largest, -largest}) == largest);
  CHECK(of({largest, largest}) == largest);
  CHECK(of({-largest, -largest}) == -largest);
  CHECK(of({0, 0}) == -minus_log<T>(2));
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 16, 40, 300}) {
    CHECK(of(std::vector<T>(n, -inf<T>)) == -inf<T>);
    for (std::size_t i = 0; i < n; ++i) {
      for (const T other : {T(1), -inf<T>}) {
        std::vector<T> x(n, other);
        x[i] = inf<T>;
        CHECK(of(x) == inf<T>);
        x[i] = quiet_nan<T>;
        CHECK(std::isnan(of(x)));
        x[(i + 1) % n] = inf<T>;
        CHECK((n == 1 || std::isnan(of(x))));
      }
    }
  }
}

TEMPLATE_TEST_CASE("log-sum-exp at a temperature", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 16, 33, 1000}) {
    for (const T temperature : {T(0.07), T(0.5), T(3), T(1000)}) {
      const std::vector<T> x = logits<T>(n, 5.0);
      const T got = log_sum_exp<T>(x, temperature);
      const Real reference = rows::Exact<T>(x, temperature).log_sum_exp();
      worst.add(sweep::ulp_error(got, reference, crossing_floor<T>), double(temperature), got,
                reference);
      std::vector<T> sums(1);
      log_sum_exp<T>(x, sums, n, temperature);
      CHECK(sums[0] == got);
    }
  }
  INFO(worst.describe("log_sum_exp"));
  CHECK(worst.error <= crossing_bound<T>);
  const auto of = [](std::vector<T> const& x, T temperature) {
    return log_sum_exp<T>(x, temperature);
  };
  CHECK(of({1, 2, 2}, 0) == inf<T>);
  CHECK(of({-1, -2, -inf<T>}, 0) == -inf<T>);
  CHECK(of({0, -2, 0}, 0) == -minus_log<T>(2));
  CHECK(of({5, -inf<T>, -7}, inf<T>) == -minus_log<T>(2));
  for (const T temperature : {T(0), T(0.5), inf<T>}) {
    CHECK(of({-inf<T>, -inf<T>}, temperature) == -inf<T>);
    CHECK(of({1, inf<T>}, temperature) == inf<T>);
    CHECK(std::isnan(of({1, quiet_nan<T>}, temperature)));
    CHECK(of({}, temperature) == -inf<T>);
  }
  for (const T bad : {T(-0.5), quiet_nan<T>})
    CHECK_THROWS_AS(of({1, 2}, bad), std::invalid_argument);
}

TEST_CASE("log-softmax and log-sum-exp refuse wrong shapes and overlaps, and write nothing") {
  const LogSoftmax<float> f;
  const std::vector<float> x(12, 1.0f);
  std::vector<float> y(12, -1.0f), shorter(11, -1.0f), memory(20, -1.0f), sums(3, -1.0f);
  CHECK_THROWS_AS(calls::forward(f, x, shorter, 4), std::invalid_argument);
  CHECK_THROWS_AS(calls::forward(f, x, y, 5), std::invalid_argument);
  CHECK_THROWS_AS(calls::forward(f, x, y, 0), std::invalid_argument);
  CHECK_THROWS_AS(calls::backward(f, x, shorter, y, 4), std::invalid_argument);
  CHECK_THROWS_AS(calls::backward(f, x, x, shorter, 4), std::invalid_argument);
  CHECK_THROWS_AS(calls::backward(f, x, x, y, 5), std::invalid_argument);
  const std::span low(memory.data(), 12), high(memory.data() + 8, 12);
  CHECK_THROWS_AS(calls::forward(f, low, high, 4), std::invalid_argument);
  CHECK_THROWS_AS(calls::backward(f, low, x, high, 4), std::invalid_argument);
  CHECK_THROWS_AS(calls::backward(f, x, low, high, 4), std::invalid_argument);
  CHECK_THROWS_AS(log_sum_exp(x, sums, 5), std::invalid_argument);
  CHECK_THROWS_AS(log_sum_exp(x, sums, 0), std::invalid_argument);
  CHECK_THROWS_AS(log_sum_exp(x, sums, 6), std::invalid_argument);
  CHECK_THROWS_AS(log_sum_exp(low, low.first(3), 4), std::invalid_argument);
  CHECK(y == std::vector<float>(12, -1.0f));
  CHECK(memory == std::vector<float>(20, -1.0f));
  CHECK(sums == std::vector<float>(3, -1.0f));
  std::vector<float> empty;
  CHECK_NOTHROW(calls::forward(f, empty, empty));
  CHECK_NOTHROW(calls::forward(f, empty, empty, 0));
  CHECK_NOTHROW(log_sum_exp(empty, empty, 4));
  std::vector<float> in_place = {1.0f, -2.0f};
  log_sum_exp(in_place, in_place, 1);
  CHECK(in_place == std::vector<float>{1.0f, -2.0f});
}
