// Softmax against its definition in 320 bits, and every row of its table of special cases.

#include <iostream>
#include <numeric>

#include "calls.hpp"
#include "rows.hpp"
#include "typed.hpp"

namespace {

using rows::all_nan;
using rows::inf;
using rows::logits;
using rows::quiet_nan;
using simdact::MaskedRow;
using simdact::Softmax;

template <class T>
std::vector<T> softmax(std::vector<T> x, Softmax<T> const& f = {}) {
  calls::forward(f, x, x);
  return x;
}

template <class T>
double sum(std::vector<T> const& p) {
  return std::accumulate(p.begin(), p.end(), 0.0);
}

}  // namespace

TEMPLATE_TEST_CASE("softmax is within its bound of the exact value", "", float, double) {
  using T = TestType;
  const double bound = sizeof(T) == 4 ? 0.51 : 4.0;
  sweep::Worst worst;
  const std::size_t samples =
      rows::for_each_shape([&](std::size_t n, double spread, double temperature) {
        const auto t = static_cast<T>(temperature);
        const std::vector<T> x = logits<T>(n, spread);
        const std::vector<T> p = softmax(x, Softmax<T>{.temperature = t});
        const rows::Exact<T> exact(x, t);
        for (std::size_t i = 0; i < n; ++i) {
          const Real reference = exact.prob(i);
          worst.add(sweep::ulp_error(p[i], reference), x[i], p[i], reference);
        }
        CHECK(std::fabs(sum(p) - 1.0) <= 1e-6);
      });
  const std::string description =
      worst.describe(sizeof(T) == 4 ? "softmax/float" : "softmax/double");
  std::cout << description << '\n';
  INFO(description);
  CHECK(worst.samples == rows::logits_in_all_shapes);
  CHECK(samples == rows::logits_in_all_shapes);
  CHECK(worst.error <= bound);
}

TEST_CASE("softmax of 16M logits is within its bound, and its sum is 1") {
  std::size_t samples = 0;
  sweep::Worst worst;
  for (const auto& [spread, temperature] :
       {std::pair{0.0, 1.0f}, {0.1, 1.0f}, {10.0, 0.5f}, {10000.0, 100.0f}, {10000.0, 0.01f}}) {
    const rows::LongRow row(spread);
    const std::vector<float> p = softmax(row.logits(), {.temperature = temperature});
    const Real log_sum = row.log_sum(temperature);
    std::vector<float> at_level(row.level_count, quiet_nan<float>);
    std::size_t unlike = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
      float& seen = at_level[row.level_of[i]];
      if (std::isnan(seen))
        seen = p[i];
      unlike += seen == p[i] ? 0 : 1;
    }
    CHECK(unlike == 0);  // equal logits have equal probabilities
    for (std::size_t k = 0; k < row.level_count; ++k) {
      if (row.counts[k] != 0) {
        const Real exact = exp(row.depth(k, temperature) - log_sum);
        worst.add(sweep::ulp_error(at_level[k], exact), row.levels[k], at_level[k], exact);
        ++samples;
      }
    }
    CHECK(std::fabs(sum(p) - 1.0) <= 1e-6);
  }
  std::cout << worst.describe("softmax/float, 16M") << '\n';
  INFO(worst.describe("softmax/float, 16M"));
  CHECK(samples >= 5 * 4000);
  CHECK(worst.error <= 0.51);
}

TEST_CASE("softmax has the same bits on every instruction set") {
  struct Row {
    std::size_t n;
    double spread;
    float temperature;
    std::uint32_t checksum;
  };
  for (const Row& row : {
           // clang-format off
           Row{1, 10.0, 1.0f, 0x1b587698u},
           Row{2, 10.0, 1.0f, 0x9a4f5431u},
           Row{2, 10000.0, 3.0f, 0x8ba42548u},
           Row{3, 100.0, 100.0f, 0x72e475b4u},
           Row{3, 0.1, 0.01f, 0x8d69779cu},
           Row{7, 10000.0, 0.5f, 0xa702c908u},
           Row{7, 1.0, 1.0f, 0xad747161u},
           Row{16, 0.1, 3.0f, 0x4f32c06bu},
           Row{16, 10.0, 100.0f, 0xe7e80302u},
           Row{17, 1.0, 0.01f, 0xae095601u},
           Row{17, 100.0, 0.5f, 0xbfc4498cu},
           Row{31, 10.0, 1.0f, 0x6ed3509cu},
           Row{31, 10000.0, 3.0f, 0xdadfe002u},
           Row{100, 100.0, 100.0f, 0x63dca968u},
           Row{100, 0.1, 0.01f, 0xb824a0f8u},
           Row{255, 10000.0, 0.5f, 0x7310a188u},
           Row{255, 1.0, 1.0f, 0xe900ef39u},
           Row{256, 0.1, 3.0f, 0x7bade5d4u},
           Row{256, 10.0, 100.0f, 0x8cc2562eu},
           Row{257, 1.0, 0.01f, 0xe5d5312bu},
           Row{257, 100.0, 0.5f, 0x5f09d83du},
           Row{1000, 10.0, 1.0f, 0xefdc0168u},
           Row{1000, 10000.0, 3.0f, 0x7bf7be74u},
           Row{5000, 100.0, 100.0f, 0x4bfbc439u},
           Row{5000, 0.1, 0.01f, 0x9fce5f1cu},
           Row{50257, 10000.0, 0.5f, 0x07bf6aa0u},
           Row{50257, 1.0, 1.0f, 0x9e493a3cu},
           // clang-format on
       }) {
    const std::vector<float> p =
        softmax(logits<float>(row.n, row.spread), {.temperature = row.temperature});
    CAPTURE(row.n, row.spread, row.temperature);
    CHECK(rows::checksum(p) == row.checksum);
  }
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
    CHECK_THROWS_AS(calls::forward(f, x, p), std::invalid_argument);
    CHECK_THROWS_AS(calls::forward(f, x, p, 1), std::invalid_argument);
    CHECK_THROWS_AS(calls::backward(f, x, x, p), std::invalid_argument);
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
    calls::backward(Softmax<T>{}, p, std::vector<T>{1, g, 3}, grad);
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
  constexpr std::size_t row_count = 5;
  for (const std::size_t columns : std::initializer_list<std::size_t>{1, 3, 16, 37}) {
    std::vector<T> x = logits<T>(row_count * columns, 3.0);
    x[0] = quiet_nan<T>;
    std::vector<T> p(x.size()), g = logits<T>(x.size(), 1.0), grad(x.size());
    calls::forward(Softmax<T>{}, x, p, columns);
    calls::backward(Softmax<T>{}, p, g, grad, columns);
    CHECK(std::isnan(p[0]));
    for (std::size_t r = 1; r < row_count; ++r) {
      const auto row = [&](std::vector<T> const& m) { return rows::row_of(m, r, columns); };
      CHECK(softmax(row(x)) == row(p));
      std::vector<T> alone(columns);
      calls::backward(Softmax<T>{}, row(p), row(g), alone);
      CHECK(alone == row(grad));
      alone = row(g);
      calls::backward(Softmax<T>{}, row(p), alone, alone);  // in place
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
    calls::forward(f, x, p);
    calls::backward(f, p, g, grad);
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
    calls::backward(f, p, std::vector<float>{1, 2, 3}, grad);
    simdact::jacobian(f, p, j);
    CHECK(grad == std::vector<float>(3, 0.0f));
    CHECK(j == std::vector<float>(9, 0.0f));
  }
}

TEST_CASE("softmax refuses wrong shapes and overlaps, and writes nothing") {
  const Softmax<float> f;
  const std::vector<float> x(12, 1.0f);
  std::vector<float> p(12, -1.0f), shorter(11, -1.0f), memory(20, -1.0f);
  CHECK_THROWS_AS(calls::forward(f, x, shorter, 4), std::invalid_argument);
  CHECK_THROWS_AS(calls::forward(f, x, p, 5), std::invalid_argument);
  CHECK_THROWS_AS(calls::forward(f, x, p, 0), std::invalid_argument);
  CHECK_THROWS_AS(calls::backward(f, x, shorter, p, 4), std::invalid_argument);
  CHECK_THROWS_AS(simdact::jacobian(f, x, p), std::invalid_argument);
  const std::span low(memory.data(), 12), high(memory.data() + 8, 12);
  CHECK_THROWS_AS(calls::forward(f, low, high, 4), std::invalid_argument);
  CHECK_THROWS_AS(calls::backward(f, low, x, high, 4), std::invalid_argument);
  CHECK(p == std::vector<float>(12, -1.0f));
  CHECK(memory == std::vector<float>(20, -1.0f));
  std::vector<float> empty;
  CHECK_NOTHROW(calls::forward(f, empty, empty));
  CHECK_NOTHROW(calls::forward(f, empty, empty, 0));
}
