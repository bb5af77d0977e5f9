// The statistics of an activation's outputs against two passes in long double, and every special case.

#include "inputs.hpp"
#include "message_of.hpp"
#include "typed.hpp"

namespace {

using simdact::activation_statistics;
using simdact::ActivationStatistics;

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T quiet_nan = std::numeric_limits<T>::quiet_NaN();

/// Of outputs and slopes: counts, then the mean, then the deviations from it.
struct Expected {
  std::size_t count = 0, finite = 0, zeros = 0, saturated = 0;
  long double mean = 0.0L, variance = 0.0L, largest = 0.0L;

  template <class F, class T>
  Expected(F const& f, std::vector<T> const& x, std::size_t first = 0, std::size_t step = 1) {
    for (std::size_t i = first; i < x.size(); i += step) {
      const long double y = f.forward(x[i]);
      ++count;
      zeros += y == 0.0L ? 1 : 0;
      saturated += std::fabs(static_cast<long double>(f.derivative(x[i]))) < 0.001L ? 1 : 0;
      if (std::isfinite(y)) {
        ++finite;
        mean += y;
        largest = std::max(largest, std::fabs(y));
      }
    }
    mean /= static_cast<long double>(finite);
    for (std::size_t i = first; i < x.size(); i += step) {
      const long double deviation = f.forward(x[i]) - mean;
      if (std::isfinite(deviation))
        variance += deviation * deviation;
    }
    variance /= static_cast<long double>(finite);
  }

  /// A share of few elements is one quotient, and the same in both.
  bool agrees(ActivationStatistics const& got) const {
    const double n = static_cast<double>(count);
    return got.count == count && got.zeros == static_cast<double>(zeros) / n &&
           got.saturated == static_cast<double>(saturated) / n &&
           got.not_finite == static_cast<double>(count - finite) / n && moments_agree(got);
  }

  /// The mean is rounded to a double, which shifts every deviation by up to 2^-53 of it. What is below the
  /// smallest double is lost.
  bool moments_agree(ActivationStatistics const& got) const {
    if (finite == 0)
      return std::isnan(got.mean) && std::isnan(got.variance);
    const long double shift = 2.5e-16L * largest, tiny = 0x1p-1074L;
    return std::fabs(got.mean - mean) <= 1e-15L * largest + tiny &&
           std::fabs(got.variance - variance) <=
               1e-13L * variance + shift * std::sqrt(variance) + tiny;
  }
};

bool of_nothing(ActivationStatistics const& s) {
  return s.count == 0 && std::isnan(s.mean) && std::isnan(s.variance) && std::isnan(s.zeros) &&
         std::isnan(s.saturated) && std::isnan(s.not_finite);
}

/// f(x) = x with a derivative of x, to have any output and any slope.
template <class T>
struct Same {
  using value_type = T;
  template <class V>
  V forward(V x) const {
    return x;
  }
  template <class V>
  V derivative(V x) const {
    return x;
  }
};

}  // namespace

TEST_CASE("the statistics of an array are those of two passes in long double") {
  std::size_t runs = 0;
  for_some_typed([&](auto f) {
    using T = typename decltype(f)::value_type;
    for (const std::size_t n :
         std::initializer_list<std::size_t>{1, 2, 3, 31, 255, 256, 257, 511, 1000, 4099}) {
      const std::vector<T> x = inputs<T>(n);
      CAPTURE(n);
      CHECK(Expected(f, x).agrees(activation_statistics(f, x)));
      ++runs;
    }
  });
  CHECK(runs == 9 * 10);
}

TEST_CASE("the statistics of each feature are those of its column") {
  std::size_t columns = 0;
  for_some_typed([&](auto f) {
    using T = typename decltype(f)::value_type;
    for (const std::size_t features :
         std::initializer_list<std::size_t>{1, 2, 3, 10, 127, 128, 129, 256, 257, 513}) {
      for (const std::size_t rows : std::initializer_list<std::size_t>{1, 2, 7, 30}) {
        const std::vector<T> x = inputs<T>(rows * features);
        std::vector<ActivationStatistics> statistics(features);
        activation_statistics(f, x, features, statistics);
        std::size_t right = 0;
        for (std::size_t j = 0; j < features; ++j)
          right += Expected(f, x, j, features).agrees(statistics[j]) ? 1 : 0;
        CAPTURE(rows, features);
        CHECK(right == features);
        columns += features;
      }
    }
  });
  CHECK(columns == 9 * 4 * 1426);
}

TEST_CASE("one feature has the statistics of the array, bit for bit") {
  const simdact::SELU<float> selu;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 7, 300, 5000}) {
    const std::vector<float> x = inputs<float>(n);
    const ActivationStatistics whole = activation_statistics(selu, x);
    ActivationStatistics feature[1];
    activation_statistics(selu, x, 1, feature);
    CHECK(feature[0].count == n);
    CHECK(same_bits(feature[0].mean, whole.mean));
    CHECK(same_bits(feature[0].variance, whole.variance));
    CHECK(feature[0].zeros == whole.zeros);
    CHECK(feature[0].saturated == whole.saturated);
    CHECK(feature[0].not_finite == whole.not_finite);
  }
}

TEST_CASE("the statistics of 16M outputs hold, for a large mean and after an outlier too") {
  constexpr std::size_t n = (std::size_t{1} << 24) + 3;
  const Same<float> same;
  std::mt19937 random(31);
  std::vector<float> x(n);
  for (float& v : x)
    v = static_cast<float>(random()) * 0x1p-32f;
  CHECK(Expected(same, x).agrees(activation_statistics(same, x)));
  x[0] = 1e6f;
  CHECK(Expected(same, x).agrees(activation_statistics(same, x)));
  for (float& v : x)
    v = static_cast<float>((1u << 23) + (random() >> 31));  // one of two neighbours
  const Expected expected(same, x);
  CHECK(std::fabs(expected.variance - 0.25L) < 1e-6L);
  CHECK(expected.agrees(activation_statistics(same, x)));
  x.resize(n / 3 * 3);
  std::vector<ActivationStatistics> three(3);
  activation_statistics(same, x, 3, three);
  for (std::size_t j = 0; j < 3; ++j)
    CHECK(Expected(same, x, j, 3).agrees(three[j]));
}

TEST_CASE("the statistics of doubles hold for a mean 10^9 times the deviations") {
  const Same<double> same;
  std::mt19937 random(32);
  std::vector<double> x(100001);
  for (double& v : x)
    v = 1e9 + static_cast<double>(random()) * 0x1p-32;
  const Expected expected(same, x);
  // Sums of squares would have nothing left of it.
  CHECK(std::fabs(expected.variance - 1.0L / 12.0L) < 0.001L);
  CHECK(expected.agrees(activation_statistics(same, x)));
}

TEST_CASE("equal outputs have a variance of exactly 0") {
  const std::vector<float> x(777, -0.7f);
  const simdact::SiLU<float> silu;
  const ActivationStatistics s = activation_statistics(silu, x);
  CHECK(s.count == 777);
  CHECK(s.mean == silu(-0.7f));
  CHECK(s.variance == 0.0);
  CHECK(s.zeros == 0.0);
  CHECK(s.saturated == 0.0);
  CHECK(s.not_finite == 0.0);
}

TEST_CASE("zeros of either sign, saturated units and what is not finite are counted") {
  const simdact::Hardswish<float> hardswish;
  const std::vector<float> x = {-4.0f, -0.0f, 0.0f, 1.0f, inf<float>, -inf<float>, quiet_nan<float>,
                                3.0f};
  const ActivationStatistics s = activation_statistics(hardswish, x);
  CHECK(s.count == 8);
  CHECK(s.zeros == 0.5);        // -4, both zeros, -inf
  CHECK(s.saturated == 0.25);   // -4 and -inf
  CHECK(s.not_finite == 0.25);  // inf and NaN
  CHECK(std::fabs(s.mean - (4.0 / 6.0 + 3.0) / 6.0) <= 1e-7);
}

TEST_CASE("what is not finite takes no part in the mean and the variance, wherever it stands") {
  const float nan = quiet_nan<float>;
  for (const std::vector<float>& x : {std::vector{nan, nan, 1.0f, 3.0f},
                                      {1.0f, nan, inf<float>, 3.0f},
                                      {3.0f, 1.0f, -inf<float>, nan}}) {
    const ActivationStatistics s = activation_statistics(Same<float>{}, x);
    CHECK(s.count == 4);
    CHECK(s.mean == 2.0);
    CHECK(s.variance == 1.0);
    CHECK(s.not_finite == 0.5);
  }
}

TEMPLATE_TEST_CASE("a unit is saturated where |f'| is below 1e-3", "", float, double) {
  using T = TestType;
  const auto saturated = [](std::vector<T> x) {
    return activation_statistics(Same<T>{}, x).saturated;
  };
  const T above = static_cast<double>(T(1e-3)) < 1e-3 ? std::nextafter(T(1e-3), T(1)) : T(1e-3);
  const T below = std::nextafter(above, T(0));
  CHECK(saturated({above}) == 0.0);
  CHECK(saturated({-above}) == 0.0);
  CHECK(saturated({below}) == 1.0);
  CHECK(saturated({-below}) == 1.0);
  CHECK(saturated({T(-0.0)}) == 1.0);
  CHECK(saturated({quiet_nan<T>}) == 0.0);
  CHECK(saturated({below, above, inf<T>, T(0)}) == 0.5);
}

TEST_CASE("dead and saturated units are found among the features") {
  constexpr std::size_t features = 300, rows = 40;
  std::mt19937 random(5);
  std::normal_distribution<float> normal;
  std::vector<float> x(rows * features);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t j = i % features;
    const float noise = normal(random);
    x[i] = j % 7 == 3 ? -1.0f - std::fabs(noise) : j == 100 ? quiet_nan<float> : noise;
  }
  std::vector<ActivationStatistics> statistics(features);
  activation_statistics(simdact::ReLU<float>{}, x, features, statistics);
  for (std::size_t j = 0; j < features; ++j) {
    const ActivationStatistics& s = statistics[j];
    CHECK(s.count == rows);
    CHECK((s.zeros == 1.0) == (j % 7 == 3));
    CHECK((s.saturated == 1.0) == (j % 7 == 3));
    CHECK(s.not_finite == (j == 100 ? 1.0 : 0.0));
    CHECK(std::isnan(s.mean) == (j == 100));
    CHECK(std::isnan(s.variance) == (j == 100));
  }
}

TEST_CASE("the statistics of no elements are a count of 0 and NaN") {
  const std::vector<double> none;
  const simdact::Tanh<double> tanh;
  CHECK(of_nothing(activation_statistics(tanh, none)));
  CHECK(of_nothing(activation_statistics(tanh, std::span<double const>())));
  for (const std::size_t features : std::initializer_list<std::size_t>{1, 5, 700}) {
    std::vector<ActivationStatistics> statistics(features, ActivationStatistics{1, 1, 1, 1, 1, 1});
    activation_statistics(tanh, none, features, statistics);
    CHECK(std::all_of(statistics.begin(), statistics.end(), of_nothing));
  }
  CHECK_NOTHROW(activation_statistics(tanh, none, 0, std::span<ActivationStatistics>()));
}

TEST_CASE("a variance beyond the doubles is infinite") {
  const ActivationStatistics s = activation_statistics(Same<double>{}, std::vector{1e200, -1e200});
  CHECK(s.mean == 0.0);
  CHECK(s.variance == inf<double>);
}

TEST_CASE("statistics of features refuse wrong lengths, and write nothing") {
  const simdact::ReLU<float> relu;
  const std::vector<float> x(12, 1.0f);
  std::vector<ActivationStatistics> three(3, ActivationStatistics{9, 9, 9, 9, 9, 9});
  CHECK(message_of([&] { activation_statistics(relu, x, 5, three); }) ==
        "simdact: x has length 12, which is not a multiple of features 5");
  CHECK(message_of([&] { activation_statistics(relu, x, 0, three); }) ==
        "simdact: x has length 12, which is not a multiple of features 0");
  CHECK(message_of([&] { activation_statistics(relu, x, 4, three); }) ==
        "simdact: statistics has length 3, but a row of x has length 4");
  CHECK(std::all_of(three.begin(), three.end(), [](auto const& s) { return s.count == 9; }));
}
