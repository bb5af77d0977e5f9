// Softmax and its kin over any axis of an array: against the same rows one after the other, and against the
// definition in 320 bits.

#include <iostream>

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "inputs.hpp"
#include "message_of.hpp"
#include "rows.hpp"

namespace {

using rows::inf;
using rows::logits;
using rows::quiet_nan;
using simdact::Axis;
using simdact::Fast;
using simdact::LogSoftmax;
using simdact::MaskedRow;
using simdact::Softmax;
using simdact::Softmin;

constexpr Axis shapes[] = {{1, 1, 2},   {1, 5, 3},   {2, 7, 4},   {3, 16, 5}, {2, 17, 8},
                           {1, 33, 16}, {1, 40, 37}, {1, 300, 9}, {1, 3, 67}, {1, 1000, 2}};

/// Wider than what goes through a block at a time.
constexpr Axis wide_shapes[] = {{2, 300, 40}, {1, 700, 30}, {1, 2, 4100}};

/// Small enough for differences.
constexpr Axis small = {2, 4, 3};

/// The rows along the axis one after the other.
template <class T>
std::vector<T> as_rows(std::vector<T> const& x, Axis const& a) {
  std::vector<T> y;
  for (std::size_t o = 0; o < a.outer; ++o) {
    for (std::size_t k = 0; k < a.inner; ++k) {
      for (std::size_t i = 0; i < a.length; ++i)
        y.push_back(x[(o * a.length + i) * a.inner + k]);
    }
  }
  return y;
}

/// The same infinities and NaN, and other numbers within twice the bounds of the Fast tier.
template <class T>
bool alike(std::vector<T> const& a, std::vector<T> const& b, T floor) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [=](T u, T v) {
    return same_bits(u, v) || std::fabs(u - v) < T(2e-6) * std::max(std::fabs(v), floor);
  });
}

template <class F>
std::vector<typename F::value_type> along(F const& f, std::vector<typename F::value_type> x,
                                          Axis const& axis) {
  simdact::forward(f, x, x, axis);
  return x;
}

template <class F>
std::vector<typename F::value_type> over_rows(F const& f, std::vector<typename F::value_type> x,
                                              std::size_t n) {
  simdact::forward(f, x, x, n);
  return x;
}

template <class Test>
void for_each_shape(Test test) {
  for (Axis const& a : shapes)
    test(a);
  for (Axis const& a : wide_shapes)
    test(a);
}
constexpr std::size_t shape_count = std::size(shapes) + std::size(wide_shapes);

template <class Test>
void for_each_member(Test test) {
  const auto of = [&]<class T, class Accuracy>(T temperature, Accuracy) {
    test(Softmax<T, Accuracy>{.temperature = temperature});
    test(Softmin<T, Accuracy>{.temperature = temperature});
    test(LogSoftmax<T, Accuracy>{.temperature = temperature});
  };
  for (const double t : {0.7, 1.0, 3.0}) {
    of(static_cast<float>(t), simdact::Precise{});
    of(static_cast<float>(t), Fast{});
    of(t, simdact::Precise{});
  }
}

/// Logits that are special in some of their rows, and not in the ones beside them.
template <class T>
std::vector<T> with_special_rows(Axis const& a, double spread) {
  std::vector<T> x = logits<T>(a.outer * a.length * a.inner, spread);
  for (std::size_t o = 0; o < a.outer; ++o) {
    for (std::size_t i = 0; i < a.length; ++i) {
      T* const at = &x[(o * a.length + i) * a.inner];
      if (a.inner > 2)
        at[1] = -inf<T>;
      if (a.inner > 4)
        at[4] = i == 0 ? inf<T> : at[4];
      if (a.inner > 8)
        at[7] = i + 1 == a.length ? quiet_nan<T> : at[7];
      if (a.inner > 16)
        at[16] = i % 2 == 0 ? std::numeric_limits<T>::max() : std::numeric_limits<T>::lowest();
      if (a.inner > 32)
        at[32] = i % 3 == 1 ? -inf<T> : at[32];
    }
  }
  return x;
}

}  // namespace

TEST_CASE("along an axis every row is what it is in a matrix") {
  std::size_t arrays = 0;
  for_each_member([&](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    const T temperature = f.temperature;
    for_each_shape([&](Axis const& a) {
      for (const T t : {temperature, T(0), inf<T>, std::numeric_limits<T>::min()}) {
        for (const MaskedRow policy : {MaskedRow::nan, MaskedRow::zero}) {
          f.temperature = t;
          f.masked_row = policy;
          CAPTURE(f.name, a.outer, a.length, a.inner, t);
          const std::vector<T> x = with_special_rows<T>(a, 10.0);
          const std::vector<T> y = over_rows(f, as_rows(x, a), a.length);
          std::vector<T> apart(x.size(), T(9));
          simdact::forward(f, x, apart, a);
          CHECK(all_same_bits(apart, along(f, x, a)));  // in place
          if constexpr (simdact::detail::SoftmaxTraits<F>::fast) {
            CHECK(alike(as_rows(apart, a), y, f.name == "log_softmax" ? T(1) : T(1e-30)));
          } else {
            CHECK(all_same_bits(as_rows(apart, a), y));
          }
          ++arrays;
        }
      }
    });
  });
  CHECK(arrays == 27 * shape_count * 8);
}

TEMPLATE_TEST_CASE("softmax along an axis is within its bound of the exact value", "", float,
                   double) {
  using T = TestType;
  sweep::Worst worst, worst_log;
  for (Axis const& a : shapes) {
    for (const double spread : {1.0, 30.0}) {
      const std::vector<T> x = logits<T>(a.outer * a.length * a.inner, spread);
      const std::vector<T> in = as_rows(x, a), p = as_rows(along(Softmax<T>{}, x, a), a),
                           y = as_rows(along(LogSoftmax<T>{}, x, a), a);
      for (std::size_t r = 0; r < a.outer * a.inner; ++r) {
        const rows::Exact<T> exact(rows::row_of(in, r, a.length), T(1));
        for (std::size_t i = 0; i < a.length; ++i) {
          const std::size_t at = r * a.length + i;
          worst.add(sweep::ulp_error(p[at], exact.prob(i)), in[at], p[at], exact.prob(i));
          worst_log.add(sweep::ulp_error(y[at], exact.log_prob(i)), in[at], y[at],
                        exact.log_prob(i));
        }
      }
    }
  }
  std::cout << worst.describe("softmax along an axis") << '\n'
            << worst_log.describe("log_softmax along an axis") << '\n';
  CHECK(worst.samples == 2 * (2 + 15 + 56 + 240 + 272 + 528 + 1480 + 2700 + 201 + 2000));
  CHECK(worst.error <= (sizeof(T) == 4 ? 0.51 : 4.0));
  CHECK(worst_log.error <= (sizeof(T) == 4 ? 0.51 : 4.0));
}

TEST_CASE("the Fast tier along an axis is within its bounds of the exact value") {
  sweep::Worst worst, worst_log;
  for (Axis const& a : shapes) {
    for (const double spread : {0.1, 1.0, 10.0, 100.0}) {
      for (const float t : {0.5f, 1.0f, 3.0f}) {
        const std::vector<float> x = logits<float>(a.outer * a.length * a.inner, spread);
        const std::vector<float> in = as_rows(x, a);
        const std::vector<float> p =
            as_rows(along(Softmax<float, Fast>{.temperature = t}, x, a), a);
        const std::vector<float> y =
            as_rows(along(LogSoftmax<float, Fast>{.temperature = t}, x, a), a);
        for (std::size_t r = 0; r < a.outer * a.inner; ++r) {
          const rows::Exact<float> exact(rows::row_of(in, r, a.length), t);
          for (std::size_t i = 0; i < a.length; ++i) {
            const std::size_t at = r * a.length + i;
            const Real prob = exact.prob(i), log_prob = exact.log_prob(i);
            worst.add(sweep::ulp_error(p[at], prob), in[at], p[at], prob);
            worst_log.add(sweep::ulp_error(y[at], log_prob, 1.0), in[at], y[at], log_prob);
          }
        }
      }
    }
  }
  std::cout << worst.describe("softmax/fast along an axis") << '\n'
            << worst_log.describe("log_softmax/fast along an axis") << '\n';
  CHECK(worst.samples == 12 * 7494);
  CHECK(worst.error <= 8.0);
  CHECK(worst_log.error <= 4.0);
}

TEST_CASE("backward along an axis is backward of every row") {
  std::size_t arrays = 0;
  for_each_member([&](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    for_each_shape([&](Axis const& a) {
      const std::vector<T> y = along(f, with_special_rows<T>(a, 10.0), a);
      const std::vector<T> g = logits<T>(y.size(), 1.0, 8);
      std::vector<T> expected(y.size()), grad(y.size(), T(9));
      for (const T t : {f.temperature, T(0), inf<T>}) {
        F at_temperature = f;
        at_temperature.temperature = t;
        CAPTURE(f.name, a.outer, a.length, a.inner, t);
        simdact::backward(at_temperature, as_rows(y, a), as_rows(g, a), expected, a.length);
        simdact::backward(at_temperature, y, g, grad, a);
        if constexpr (simdact::detail::SoftmaxTraits<F>::fast) {
          // Their sums differ by roundings, which cancellation may bring forth.
          const std::vector<T> got = as_rows(grad, a);
          CHECK(std::equal(got.begin(), got.end(), expected.begin(), [](T u, T v) {
            return same_bits(u, v) || u == v || std::fabs(u - v) < T(2e-5);
          }));
        } else {
          CHECK(all_same_bits(as_rows(grad, a), expected));
        }
        std::vector<T> in_place = y;
        simdact::backward(at_temperature, in_place, g, in_place, a);
        CHECK(all_same_bits(in_place, grad));
        in_place = g;
        simdact::backward(at_temperature, y, in_place, in_place, a);
        CHECK(all_same_bits(in_place, grad));
        ++arrays;
      }
    });
  });
  CHECK(arrays == 27 * shape_count * 3);
}

TEST_CASE("the gradient along an axis is that of the definition") {
  std::size_t slopes = 0;
  for_each_member([&](auto const& f) {
    using F = std::remove_cvref_t<decltype(f)>;
    using T = typename F::value_type;
    const std::vector<T> x = logits<T>(24, 2.0), g = logits<T>(24, 2.0, 8);
    const std::vector<T> y = along(f, x, small);
    std::vector<T> grad(24);
    simdact::backward(f, y, g, grad, small);
    const auto objective = [&](std::size_t moved, long double step) {
      long double total = 0;
      for (std::size_t o = 0; o < small.outer; ++o) {
        for (std::size_t k = 0; k < small.inner; ++k) {
          std::vector<long double> scaled(small.length);
          long double sum = 0;
          for (std::size_t i = 0; i < small.length; ++i) {
            const std::size_t at = (o * small.length + i) * small.inner + k;
            const long double logit = static_cast<long double>(x[at]) + (at == moved ? step : 0);
            scaled[i] =
                (f.name == "softmin" ? -logit : logit) / static_cast<long double>(f.temperature);
            sum += std::exp(scaled[i]);
          }
          for (std::size_t i = 0; i < small.length; ++i) {
            const long double value =
                f.name == "log_softmax" ? scaled[i] - std::log(sum) : std::exp(scaled[i]) / sum;
            total += static_cast<long double>(g[(o * small.length + i) * small.inner + k]) * value;
          }
        }
      }
      return total;
    };
    for (std::size_t at = 0; at < 24; ++at) {
      const long double step = 0x1p-20L;
      const long double slope = (objective(at, step) - objective(at, -step)) / (2 * step);
      CAPTURE(f.name, f.temperature, at);
      CHECK(std::fabs(static_cast<double>(slope) - static_cast<double>(grad[at])) <=
            (sizeof(T) == 4 ? 8e-6 : 1e-10));
      ++slopes;
    }
  });
  CHECK(slopes == 27 * 24);
}

TEMPLATE_TEST_CASE("special rows along an axis", "", float, double) {
  using T = TestType;
  constexpr T nan = quiet_nan<T>, none = -inf<T>;
  // Columns: plain, masked, NaN, +inf, one masked, equal.
  const std::vector<T> x = {1, none, nan, inf<T>, none, 5, 1, none, 0, 0, 3, 5};
  constexpr Axis a{1, 2, 6};
  const T half = T(0.5);
  const auto p = [&](T t, MaskedRow policy) { return along(Softmax<T>{t, policy}, x, a); };
  CHECK(all_same_bits(p(1, MaskedRow::nan),
                      {half, nan, nan, nan, 0, half, half, nan, nan, nan, 1, half}));
  CHECK(all_same_bits(p(1, MaskedRow::zero),
                      {half, 0, nan, nan, 0, half, half, 0, nan, nan, 1, half}));
  for (const T t : {T(0), inf<T>}) {
    CHECK(all_same_bits(p(t, MaskedRow::zero),
                        {half, 0, nan, nan, 0, half, half, 0, nan, nan, 1, half}));
  }
  CHECK(along(Softmax<T>{.temperature = 0}, {1, 4, 2, 3}, {1, 2, 2}) == std::vector<T>{0, 1, 1, 0});
  std::vector<T> sums(6);
  simdact::log_sum_exp<T>(x, sums, a);
  CHECK(sums[1] == none);
  CHECK(std::isnan(sums[2]));
  CHECK(sums[3] == inf<T>);
  CHECK(sums[4] == 3);
  // One element to a row.
  CHECK(all_same_bits(along(Softmax<T>{}, {5, none, nan}, {1, 1, 3}), {1, nan, nan}));
}

TEMPLATE_TEST_CASE("log-sum-exp along an axis is that of every row", "", float, double) {
  using T = TestType;
  for_each_shape([&](Axis const& a) {
    const std::vector<T> x = with_special_rows<T>(a, 3.0);
    const std::vector<T> rows = as_rows(x, a), grad = logits<T>(a.outer * a.inner, 1.0, 8);
    std::vector<T> expected(grad.size()), sums(grad.size()), slopes(x.size()), along(x.size());
    for (const T temperature : {T(1), T(0.3), T(0), inf<T>}) {
      CAPTURE(a.outer, a.length, a.inner, temperature);
      simdact::log_sum_exp<T>(rows, expected, a.length, temperature);
      simdact::log_sum_exp<T>(x, sums, a, temperature);
      CHECK(all_same_bits(sums, expected));
      if (temperature == T(0))
        continue;
      simdact::log_sum_exp_backward<T>(rows, grad, slopes, a.length, temperature);
      simdact::log_sum_exp_backward<T>(x, grad, along, a, temperature);
      CHECK(all_same_bits(as_rows(along, a), slopes));
      std::vector<T> in_place_slopes = x;
      simdact::log_sum_exp_backward<T>(in_place_slopes, grad, in_place_slopes, a, temperature);
      CHECK(all_same_bits(in_place_slopes, along));
    }
  });
  std::vector<T> in_place = {1, 2, 3};
  simdact::log_sum_exp<T>(in_place, in_place, {1, 1, 3});
  CHECK(in_place == std::vector<T>{1, 2, 3});
  std::vector<T> none(3, T(7));
  simdact::log_sum_exp<T>(std::span<T const>(), none, {1, 0, 3});
  CHECK(none == std::vector<T>(3, -inf<T>));
  none.assign(3, T(7));
  simdact::log_sum_exp<T>(std::span<T const>(), none, {3, 0, 1});
  CHECK(none == std::vector<T>(3, -inf<T>));
  CHECK_NOTHROW(
      simdact::log_sum_exp_backward<T>(std::span<T const>(), none, std::span<T>(), {3, 0, 1}));
}

TEMPLATE_TEST_CASE("the last axis is that of rows", "", float, double) {
  using T = TestType;
  const std::vector<T> x = logits<T>(3 * 37, 5.0), g = logits<T>(3 * 37, 1.0, 8);
  const auto check = [&](auto const& f) {
    const std::vector<T> y = over_rows(f, x, 37);
    CHECK(along(f, x, {3, 37, 1}) == y);
    std::vector<T> grad(x.size()), expected(x.size());
    simdact::backward(f, y, g, expected, 37);
    simdact::backward(f, y, g, grad, Axis{3, 37});
    CHECK(grad == expected);
  };
  check(Softmax<T>{});
  check(LogSoftmax<T, Fast>{});
  std::vector<T> sums(3), expected(3);
  simdact::log_sum_exp<T>(x, sums, Axis{3, 37});
  simdact::log_sum_exp<T>(x, expected, 37);
  CHECK(sums == expected);
}

TEST_CASE("shapes that do not suit are refused, with the numbers, and nothing is written") {
  const Softmax<float> f;
  const std::vector<float> x(24, 1.0f), other(23, 1.0f);
  std::vector<float> p(24, -1.0f), results(6, -1.0f), memory(30, -1.0f);
  const auto forward = [&](Axis const& axis) {
    return message_of([&] { simdact::forward(f, x, p, axis); });
  };
  CHECK(forward({2, 4, 4}) ==
        "simdact: logits has length 24, which is not that of the shape (2, 4, 4)");
  const std::size_t huge = std::size_t{1} << 63;
  for (const Axis axis :
       {Axis{2, 5, 3}, Axis{0, 4, 3}, Axis{2, 0, 3}, Axis{2, 4, 0}, Axis{huge, 24, 2},
        Axis{24, huge, 2}, Axis{1, 24, huge + 1}, Axis{3, 4, 3}, Axis{1, 4, 3}})
    CHECK(forward(axis).find("is not that of the shape") != std::string::npos);
  CHECK(message_of([&] {
          simdact::backward(f, x, x, p, Axis{2, 4, 4});
        }) == "simdact: probs has length 24, which is not that of the shape (2, 4, 4)");
  CHECK(message_of([&] {
          simdact::backward(f, x, other, p, Axis{2, 4, 3});
        }) == "simdact: grad_probs has length 23, but probs has length 24");
  CHECK(message_of([&] {
          simdact::log_sum_exp(x, results, Axis{2, 4, 4});
        }) == "simdact: logits has length 24, which is not that of the shape (2, 4, 4)");
  CHECK(message_of([&] {
          simdact::log_sum_exp(x, results, Axis{2, 3, 4});
        }) == "simdact: results has length 6, which is not that of the shape (2, 1, 4)");
  CHECK_THROWS_AS(simdact::forward(Softmax<float>{.temperature = -1}, x, p, Axis{2, 4, 3}),
                  std::invalid_argument);
  const std::span low(memory.data(), 24), high(memory.data() + 6, 24);
  CHECK_THROWS_AS(simdact::forward(f, low, high, Axis{2, 4, 3}), std::invalid_argument);
  CHECK_THROWS_AS(simdact::log_sum_exp(low, high.first(6), Axis{2, 4, 3}), std::invalid_argument);
  CHECK(p == std::vector<float>(24, -1.0f));
  CHECK(results == std::vector<float>(6, -1.0f));
  CHECK(memory == std::vector<float>(30, -1.0f));
  std::vector<float> empty;
  for (const Axis axis :
       {Axis{0, 4, 3}, Axis{2, 0, 3}, Axis{2, 4, 0}, Axis{2, 0, 1}, Axis{0, 3, 1}}) {
    CHECK_NOTHROW(simdact::forward(f, empty, empty, axis));
    CHECK_NOTHROW(simdact::backward(f, empty, empty, empty, axis));
  }
}
