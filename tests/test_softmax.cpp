// Softmax against its definition in 320 bits, and every row of its table of special cases.

#include <random>

#include "sweep.hpp"
#include "typed.hpp"

namespace {

using simdact::MaskedRow;
using simdact::Softmax;

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T quiet_nan = std::numeric_limits<T>::quiet_NaN();

template <class T>
std::vector<T> softmax(std::vector<T> x, Softmax<T> const& f = {}) {
  simdact::forward(f, x, x);
  return x;
}

template <class T>
bool all_nan(std::vector<T> const& v) {
  return !v.empty() && std::all_of(v.begin(), v.end(), [](T p) { return std::isnan(p); });
}

template <class T>
std::vector<T> logits(std::size_t n, double spread) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal(0.0, spread);
  std::vector<T> x(n);
  for (T& v : x)
    v = static_cast<T>(normal(random));
  return x;
}

template <class T>
std::vector<Real> exact(std::vector<T> const& x, T temperature) {
  std::vector<Real> e;
  Real sum(0);
  for (const T v : x) {
    e.push_back(exp(Real(v) / Real(temperature)));
    sum = sum + e.back();
  }
  for (Real& v : e)
    v = v / sum;
  return e;
}

}  // namespace

TEMPLATE_TEST_CASE("softmax is within its bound of the exact value", "", float, double) {
  using T = TestType;
  const double bound = sizeof(T) == 4 ? 1.0 : 8.0;
  std::size_t samples = 0;
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 15, 16, 17, 64, 1000}) {
    for (const double spread : {0.1, 3.0, 100.0, 10000.0}) {
      for (const double temperature : {0.01, 0.7, 1.0, 100.0}) {
        const auto t = static_cast<T>(temperature);
        const std::vector<T> x = logits<T>(n, spread);
        const std::vector<T> p = softmax(x, Softmax<T>{.temperature = t});
        const std::vector<Real> reference = exact(x, t);
        double sum = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
          worst.add(sweep::ulp_error(p[i], reference[i]), x[i], p[i], reference[i]);
          sum += static_cast<double>(p[i]);
          ++samples;
        }
        CHECK(std::fabs(sum - 1.0) <= 1e-6);
      }
    }
  }
  INFO(worst.describe("softmax"));
  CHECK(samples == (1 + 2 + 3 + 15 + 16 + 17 + 64 + 1000) * 16);
  CHECK(worst.error <= bound);
}

TEMPLATE_TEST_CASE("temperature 0 is one-hot, ties share equally", "", float, double) {
  using T = TestType;
  const Softmax<T> cold{.temperature = 0};
  CHECK(softmax<T>({1, 3, 2}, cold) == std::vector<T>{0, 1, 0});
  CHECK(softmax<T>({3, 1, 3, -inf<T>}, cold) == std::vector<T>{T(0.5), 0, T(0.5), 0});
  CHECK(softmax<T>({-1, -1, -1}, cold) == std::vector<T>(3, T(1) / T(3)));
  CHECK(softmax<T>({T(-0.0), 0}, cold) == std::vector<T>(2, T(0.5)));
  CHECK(all_nan(softmax<T>({1, quiet_nan<T>, 2}, cold)));
  CHECK(all_nan(softmax<T>({1, inf<T>}, cold)));
}

TEMPLATE_TEST_CASE("temperature +inf is uniform over what is not masked", "", float, double) {
  using T = TestType;
  const Softmax<T> hot{.temperature = inf<T>};
  CHECK(softmax<T>({1, 3, -700, 2}, hot) == std::vector<T>(4, T(0.25)));
  CHECK(softmax<T>({1, -inf<T>, 5}, hot) == std::vector<T>{T(0.5), 0, T(0.5)});
  CHECK(all_nan(softmax<T>({1, quiet_nan<T>}, hot)));
  CHECK(all_nan(softmax<T>({1, inf<T>}, hot)));
}

TEMPLATE_TEST_CASE("a temperature below 0 or NaN is refused", "", float, double) {
  using T = TestType;
  for (const T bad : {T(-1), -inf<T>, quiet_nan<T>, -std::numeric_limits<T>::denorm_min()}) {
    const Softmax<T> f{.temperature = bad};
    std::vector<T> p(3, T(7)), square(9, T(7));
    const std::vector<T> x = {1, 2, 3};
    CHECK_THROWS_AS(simdact::forward(f, x, p), std::invalid_argument);
    CHECK_THROWS_AS(simdact::forward(f, x, p, 1), std::invalid_argument);
    CHECK_THROWS_AS(simdact::backward(f, x, x, p), std::invalid_argument);
    CHECK_THROWS_AS(simdact::jacobian(f, x, square), std::invalid_argument);
    CHECK(p == std::vector<T>(3, T(7)));
    CHECK(square == std::vector<T>(9, T(7)));
  }
}

TEMPLATE_TEST_CASE("a masked logit has probability 0 and gradient 0", "", float, double) {
  using T = TestType;
  const std::vector<T> p = softmax<T>({1, -inf<T>, 1});
  CHECK(p == std::vector<T>{T(0.5), 0, T(0.5)});
  std::vector<T> grad(3);
  for (const T g : {T(5), inf<T>, quiet_nan<T>}) {  // whatever flows into it
    simdact::backward(Softmax<T>{}, p, std::vector<T>{1, g, 3}, grad);
    CHECK(grad == std::vector<T>{T(-0.5), 0, T(0.5)});
  }
}

TEMPLATE_TEST_CASE("a row of nothing but -inf is NaN, or zeros when asked", "", float, double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 40}) {
    const std::vector<T> masked(n, -inf<T>);
    for (const T temperature : {T(0), T(1), inf<T>}) {
      CHECK(all_nan(softmax<T>(masked, {.temperature = temperature})));
      CHECK(softmax<T>(masked, {.temperature = temperature, .masked_row = MaskedRow::zero}) ==
            std::vector<T>(n, T(0)));
    }
  }
  // Other rows keep their meaning under the policy.
  const Softmax<T> zero{.temperature = 1, .masked_row = MaskedRow::zero};
  CHECK(softmax<T>({2, 2}, zero) == std::vector<T>(2, T(0.5)));
  CHECK(all_nan(softmax<T>({-inf<T>, quiet_nan<T>}, zero)));
}

TEMPLATE_TEST_CASE("a NaN or +inf logit makes the row NaN", "", float, double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 5, 16, 33}) {
    for (std::size_t i = 0; i < n; ++i) {
      for (const T bad : {quiet_nan<T>, inf<T>}) {
        std::vector<T> x(n, T(1));
        x[i] = bad;
        CHECK(all_nan(softmax(x)));
      }
    }
  }
}

TEMPLATE_TEST_CASE("huge logits and huge 1/T do not overflow", "", float, double) {
  using T = TestType;
  const T largest = std::numeric_limits<T>::max();
  CHECK(softmax<T>({T(1e30), 0}) == std::vector<T>{1, 0});
  CHECK(softmax<T>({T(3e38), T(3e38)}) == std::vector<T>(2, T(0.5)));
  CHECK(softmax<T>({largest, -largest}) == std::vector<T>{1, 0});
  CHECK(softmax<T>({-largest, -largest}) == std::vector<T>(2, T(0.5)));
  const T tiny = std::numeric_limits<T>::denorm_min();
  CHECK(softmax<T>({1, 2}, {.temperature = tiny}) == std::vector<T>{0, 1});
  CHECK(softmax<T>({1, 1}, {.temperature = tiny}) == std::vector<T>(2, T(0.5)));
  CHECK(softmax<T>({1, 2}, {.temperature = largest}) == std::vector<T>(2, T(0.5)));
}

TEMPLATE_TEST_CASE("the rows of a matrix are independent of each other and of place", "", float,
                   double) {
  using T = TestType;
  constexpr std::size_t rows = 5;
  for (const std::size_t columns : std::initializer_list<std::size_t>{1, 3, 16, 37}) {
    std::vector<T> x = logits<T>(rows * columns, 3.0);
    x[0] = quiet_nan<T>;
    std::vector<T> p(x.size()), g = logits<T>(x.size(), 1.0), grad(x.size());
    simdact::forward(Softmax<T>{}, x, p, columns);
    simdact::backward(Softmax<T>{}, p, g, grad, columns);
    CHECK(std::isnan(p[0]));
    for (std::size_t r = 1; r < rows; ++r) {
      const auto row = [&](std::vector<T> const& m) {
        const auto first = m.begin() + static_cast<std::ptrdiff_t>(r * columns);
        return std::vector<T>(first, first + static_cast<std::ptrdiff_t>(columns));
      };
      CHECK(softmax(row(x)) == row(p));
      std::vector<T> alone(columns);
      simdact::backward(Softmax<T>{}, row(p), row(g), alone);
      CHECK(alone == row(grad));
      alone = row(g);
      simdact::backward(Softmax<T>{}, row(p), alone, alone);  // in place
      CHECK(alone == row(grad));
    }
  }
}

TEMPLATE_TEST_CASE("backward is the Jacobian-vector product", "", float, double) {
  using T = TestType;
  const double tolerance = sizeof(T) == 4 ? 1e-6 : 1e-14;
  for (const double temperature : {0.5, 1.0, 3.0}) {
    const Softmax<T> f{.temperature = static_cast<T>(temperature)};
    constexpr std::size_t n = 7;
    const std::vector<T> x = logits<T>(n, 1.0);
    const std::vector<T> g = logits<T>(n, 2.0);
    std::vector<T> p(n), grad(n), j(n * n);
    simdact::forward(f, x, p);
    simdact::backward(f, p, g, grad);
    simdact::jacobian(f, p, j);
    for (std::size_t i = 0; i < n; ++i) {
      double product = 0.0;
      for (std::size_t k = 0; k < n; ++k) {
        product += static_cast<double>(j[k * n + i]) * static_cast<double>(g[k]);
        // Each entry against the central difference of the exact softmax.
        const Real step(0x1p-40);
        std::vector<Real> shifted[2];
        for (const int side : {0, 1}) {
          std::vector<Real> e;
          Real sum(0);
          for (std::size_t m = 0; m < n; ++m) {
            const Real moved =
                m == i ? (side == 0 ? Real(x[m]) - step : Real(x[m]) + step) : Real(x[m]);
            e.push_back(exp(moved / Real(temperature)));
            sum = sum + e.back();
          }
          for (Real& v : e)
            v = v / sum;
          shifted[side] = e;
        }
        const Real slope = (shifted[1][k] - shifted[0][k]) / (Real(2) * step);
        CHECK(std::fabs(slope.to_double() - static_cast<double>(j[k * n + i])) <= tolerance);
      }
      CHECK(std::fabs(product - static_cast<double>(grad[i])) <= 10 * tolerance);
    }
  }
}

TEST_CASE("the gradient at the limits of temperature is 0") {
  const std::vector<float> p = {0.5f, 0.5f, 0.0f};
  for (const float temperature : {0.0f, inf<float>}) {
    const Softmax<float> f{.temperature = temperature};
    std::vector<float> grad(3, 1.0f), j(9, 1.0f);
    simdact::backward(f, p, std::vector<float>{1, 2, 3}, grad);
    simdact::jacobian(f, p, j);
    CHECK(grad == std::vector<float>(3, 0.0f));
    CHECK(j == std::vector<float>(9, 0.0f));
  }
}

TEST_CASE("softmax refuses wrong shapes and overlaps, and writes nothing") {
  const Softmax<float> f;
  const std::vector<float> x(12, 1.0f);
  std::vector<float> p(12, -1.0f), shorter(11, -1.0f), memory(20, -1.0f);
  CHECK_THROWS_AS(simdact::forward(f, x, shorter, 4), std::invalid_argument);
  CHECK_THROWS_AS(simdact::forward(f, x, p, 5), std::invalid_argument);
  CHECK_THROWS_AS(simdact::forward(f, x, p, 0), std::invalid_argument);
  CHECK_THROWS_AS(simdact::backward(f, x, shorter, p, 4), std::invalid_argument);
  CHECK_THROWS_AS(simdact::jacobian(f, x, p), std::invalid_argument);
  const std::span low(memory.data(), 12), high(memory.data() + 8, 12);
  CHECK_THROWS_AS(simdact::forward(f, low, high, 4), std::invalid_argument);
  CHECK_THROWS_AS(simdact::backward(f, low, x, high, 4), std::invalid_argument);
  CHECK(p == std::vector<float>(12, -1.0f));
  CHECK(memory == std::vector<float>(20, -1.0f));
  std::vector<float> empty;
  CHECK_NOTHROW(simdact::forward(f, empty, empty));
  CHECK_NOTHROW(simdact::forward(f, empty, empty, 0));
}

TEMPLATE_TEST_CASE("cross-entropy is log-sum-exp minus the label's logit", "", float, double) {
  using T = TestType;
  constexpr std::size_t rows = 4, columns = 19;
  const std::vector<T> x = logits<T>(rows * columns, 4.0);
  const std::vector<std::int32_t> labels = {0, 18, 7, 7};
  std::vector<T> grad(x.size());
  const double loss = simdact::cross_entropy<T>(x, labels, columns, grad);
  Real expected(0);
  double worst = 0.0;
  for (std::size_t r = 0; r < rows; ++r) {
    const auto first = x.begin() + static_cast<std::ptrdiff_t>(r * columns);
    const std::vector<T> row(first, first + static_cast<std::ptrdiff_t>(columns));
    const auto p = exact<T>(row, T(1));
    const auto label = static_cast<std::size_t>(labels[r]);
    // -log p = log1p(1/p - 1)
    expected = expected + log1p(Real(1) / p[label] - Real(1)) / Real(rows);
    for (std::size_t i = 0; i < columns; ++i) {
      const Real g = (p[i] - Real(i == label ? 1 : 0)) / Real(rows);
      const double error = abs(g - Real(grad[r * columns + i])).to_double();
      worst = std::max(worst, error);
    }
  }
  CHECK(std::fabs(expected.to_double() - loss) <= 1e-14 * loss);
  // 0.5 ULP in float and 4 ULP in double of the largest entry, 1/rows.
  CHECK(worst <= (sizeof(T) == 4 ? 0x1p-27 : 0x1p-52));
  std::vector<T> in_place = x;
  CHECK(simdact::cross_entropy<T>(in_place, labels, columns, in_place) == loss);
  CHECK(in_place == grad);
}

TEST_CASE("cross-entropy refuses what it cannot mean") {
  const std::vector<float> x(6, 1.0f);
  std::vector<float> grad(6, -1.0f);
  const auto call = [&](std::vector<std::int32_t> labels, std::size_t columns) {
    return simdact::cross_entropy(x, labels, columns, grad);
  };
  CHECK_THROWS_AS(call({0, 3}, 3), std::invalid_argument);
  CHECK_THROWS_AS(call({-1, 0}, 3), std::invalid_argument);
  CHECK_THROWS_AS(call({0}, 3), std::invalid_argument);
  CHECK_THROWS_AS(call({0, 0}, 4), std::invalid_argument);
  CHECK(grad == std::vector<float>(6, -1.0f));
  std::vector<float> empty;
  CHECK(simdact::cross_entropy(empty, std::vector<std::int32_t>{}, 3, empty) == 0.0);
}

TEST_CASE("cross-entropy of special rows") {
  std::vector<float> grad(2);
  const auto loss = [&](std::vector<float> x) {
    return simdact::cross_entropy(x, std::vector<std::int32_t>{0}, 2, grad);
  };
  CHECK(std::isnan(loss({quiet_nan<float>, 1.0f})));
  CHECK(std::isnan(grad[1]));
  CHECK(std::isnan(loss({inf<float>, 1.0f})));
  CHECK(loss({-inf<float>, 1.0f}) == std::numeric_limits<double>::infinity());
  CHECK(loss({1.0f, -inf<float>}) == 0.0);
  CHECK(loss({3e38f, -3e38f}) == 0.0);
}
