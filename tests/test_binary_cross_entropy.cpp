// Binary cross-entropy with logits against its definition in 320 bits.

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
using simdact::forward;
using simdact::forward_and_gradient;
using simdact::Reduction;

template <class T>
using Loss = simdact::BinaryCrossEntropyWithLogits<T>;

Real log_one_plus_exp(Real const& x) { return log1p(exp(x)); }

Real sigmoid(Real const& x) { return Real(1) / (Real(1) + exp(-x)); }

/// Targets from [0, 1]: mostly labels, and what lies between them.
template <class T>
std::vector<T> targets(std::size_t n) {
  std::vector<T> t = logits<T>(n, 1.0, 3);
  for (std::size_t i = 0; i < n; ++i)
    t[i] = i % 3 == 0 ? std::fabs(t[i]) : T(i % 3 == 1);
  return t;
}

/// Logits of all sizes and of either sign.
template <class T>
std::vector<T> spread_logits(std::size_t n) {
  std::vector<T> x = logits<T>(n, 1.0, 4);
  for (std::size_t i = 0; i < n; ++i)
    x[i] *= static_cast<T>(std::exp2(static_cast<double>(i % 41) - 30.0));
  return x;
}

template <class T>
constexpr double bound = sizeof(T) == 4 ? 0.51 : 4.0;

}  // namespace

TEMPLATE_TEST_CASE("binary cross-entropy is within its bounds of the exact value", "", float,
                   double) {
  using T = TestType;
  constexpr std::size_t n = 4001;
  const std::vector<T> x = spread_logits<T>(n), t = targets<T>(n);
  for (const double weight : {1.0, 3.7, 0.02, 0.0}) {
    const Loss<T> mean{.pos_weight = weight},
        sum{.reduction = Reduction::sum, .pos_weight = weight};
    std::vector<T> grad(n), losses(n), mean_grad(n);
    const double got = forward_and_gradient(sum, x, t, grad, losses);
    const double got_mean = forward_and_gradient(mean, x, t, mean_grad);
    Real total(0);
    sweep::Worst worst_loss, worst_grad, worst_mean_grad, worst_alone;
    for (std::size_t i = 0; i < n; ++i) {
      const Real negative = Real(1) - Real(t[i]), positive = Real(weight) * Real(t[i]);
      const Real up = negative * sigmoid(Real(x[i])), down = positive * sigmoid(-Real(x[i]));
      const Real loss =
          negative * log_one_plus_exp(Real(x[i])) + positive * log_one_plus_exp(-Real(x[i]));
      total = total + loss;
      worst_loss.add(sweep::ulp_error(losses[i], loss), x[i], losses[i], loss);
      const auto units = [&](T g, Real const& scale) {
        const Real size = (up + down) * scale;
        constexpr int digits = std::numeric_limits<T>::digits - 1;
        const long least = std::numeric_limits<T>::min_exponent - 1;
        const long exponent = size.is_zero() ? least : std::max(size.exponent(), least);
        return ldexp(abs(Real(g) - (up - down) * scale), digits - exponent).to_double();
      };
      worst_grad.add(units(grad[i], Real(1)), x[i], grad[i], up - down);
      const Real share = Real(1) / Real(static_cast<double>(n));
      worst_mean_grad.add(units(mean_grad[i], share), x[i], mean_grad[i], (up - down) * share);
      // As a whole loss, which is a double.
      const double alone = forward(sum, std::span(x).subspan(i, 1), std::span(t).subspan(i, 1));
      const bool is_left_out = sizeof(T) == 4 && loss < Real(0x1p-288);  // e^-200
      worst_alone.add(is_left_out ? alone / 0x1p-288 : sweep::ulp_error(alone, loss), x[i], alone,
                      loss);
    }
    const std::string type = sizeof(T) == 4 ? "/float" : "/double";
    std::cout << worst_loss.describe("bce losses" + type) << '\n'
              << worst_grad.describe("bce gradient" + type) << '\n'
              << worst_alone.describe("bce loss" + type) << '\n';
    CAPTURE(weight);
    CHECK(worst_loss.samples == n);
    CHECK(worst_loss.error <= bound<T>);
    CHECK(worst_grad.error <= bound<T>);
    CHECK(worst_mean_grad.error <= bound<T>);
    CHECK(worst_alone.error <= 4.0);
    CHECK(sweep::ulp_error(got, total) <= 4.0);
    CHECK(sweep::ulp_error(got_mean, total / Real(static_cast<double>(n))) <= 4.0);
  }
}

TEMPLATE_TEST_CASE("a central difference of binary cross-entropy is its gradient", "", float,
                   double) {
  using T = TestType;
  const std::vector<T> x = logits<T>(60, 6.0), t = targets<T>(60);
  for (const double weight : {1.0, 2.5}) {
    const auto loss = [&](std::size_t i, long double move) {
      const long double v = x[i] + move, s = 1 / (1 + std::exp(-v));
      return -(weight * t[i] * std::log(s) +
               (1 - static_cast<long double>(t[i])) * std::log(1 - s));
    };
    std::vector<T> grad(x.size());
    forward_and_gradient(Loss<T>{.pos_weight = weight}, x, t, grad);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const long double slope = (loss(i, 0x1p-16L) - loss(i, -0x1p-16L)) * 0x1p15L / 60;
      CHECK(std::fabs(slope - grad[i]) <= (sizeof(T) == 4 ? 0x1p-28L : 1e-10L));
    }
  }
}

TEMPLATE_TEST_CASE("every form of binary cross-entropy gives the same", "", float, double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 15, 16, 17, 255, 1000}) {
    const std::vector<T> x = spread_logits<T>(n), t = targets<T>(n);
    std::vector<T> grad(n), losses(n), other(n);
    const Loss<T> mean, sum{.reduction = Reduction::sum};
    const double loss = forward_and_gradient(mean, x, t, grad, losses);
    CHECK(forward(mean, x, t) == loss);
    CHECK(forward(mean, x, t, other) == loss);
    CHECK(other == losses);
    CHECK(simdact::binary_cross_entropy_with_logits<T>(x, t, other) == loss);
    CHECK(other == grad);
    CHECK(forward(sum, x, t) / static_cast<double>(n) == loss);
    for (std::size_t i = 0; i < n; ++i) {
      const auto one = [&](std::vector<T> const& v) { return std::span(v).subspan(i, 1); };
      std::vector<T> g(1), l(1);
      forward_and_gradient(sum, one(x), one(t), g, l);
      CHECK(l[0] == losses[i]);
      CHECK(std::fabs(double(g[0]) / double(n) - double(grad[i])) <=
            2 * double(std::numeric_limits<T>::epsilon()) * std::fabs(double(grad[i])) + 1e-45);
    }
    std::vector<T> over_x = x, over_t = t;
    CHECK(forward_and_gradient(mean, over_x, over_t, over_x, over_t) == loss);
    CHECK(over_x == grad);
    CHECK(over_t == losses);
    over_t = t;
    CHECK(forward(mean, x, over_t, over_t) == loss);
    CHECK(over_t == losses);
    for (std::size_t offset = 1; offset < 17; ++offset) {
      std::vector<T> room_x(offset), room_t(2 * offset), room(3 * offset + n);
      room_x.insert(room_x.end(), x.begin(), x.end());
      room_t.insert(room_t.end(), t.begin(), t.end());
      const auto there = std::span(room).last(n);
      CHECK(forward_and_gradient(mean, std::span(room_x).last(n), std::span(room_t).last(n),
                                 there) == loss);
      CHECK(std::equal(there.begin(), there.end(), grad.begin()));
    }
  }
}

TEMPLATE_TEST_CASE("binary cross-entropy of infinite and huge logits", "", float, double) {
  using T = TestType;
  const T high = std::numeric_limits<T>::max();
  const std::vector<T> x = {inf<T>, inf<T>, -inf<T>, -inf<T>, inf<T>, high, -high, T(0), T(-0.0)};
  const std::vector<T> t = {1, 0, 0, 1, T(0.5), 0, 0, 1, 0};
  std::vector<T> grad(x.size()), losses(x.size());
  const Loss<T> loss{.reduction = Reduction::sum, .pos_weight = 2.0};
  CHECK(forward_and_gradient(loss, x, t, grad, losses) == inf<double>);
  const T ln2 = static_cast<T>(0.693147180559945309417L);
  const std::vector<T> expected = {0, inf<T>, 0, inf<T>, inf<T>, high, 0, 2 * ln2, ln2};
  const std::vector<T> slopes = {0, 1, 0, -2, T(0.5), 1, 0, -1, T(0.5)};
  for (std::size_t i = 0; i < x.size(); ++i) {
    CAPTURE(i);
    CHECK(losses[i] == expected[i]);
    CHECK(grad[i] == slopes[i]);
  }
}

TEMPLATE_TEST_CASE("a NaN makes the binary loss NaN, and only its own gradient", "", float,
                   double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 16, 33}) {
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<T> bad(n, T(0.5)), good(n, T(0.5)), grad(n);
      bad[i] = quiet_nan<T>;
      for (const bool in_logits : {false, true}) {
        CHECK(std::isnan(in_logits ? forward_and_gradient(Loss<T>{}, bad, good, grad)
                                   : forward_and_gradient(Loss<T>{}, good, bad, grad)));
        for (std::size_t k = 0; k < n; ++k)
          CHECK(std::isnan(grad[k]) == (k == i));
      }
    }
  }
}

TEST_CASE("the mean of no elements is NaN, and their sum 0") {
  std::vector<float> empty;
  CHECK(std::isnan(forward_and_gradient(Loss<float>{}, empty, empty, empty)));
  CHECK(forward(Loss<float>{.reduction = Reduction::sum}, empty, empty, empty) == 0.0);
}

TEST_CASE("binary cross-entropy refuses wrong lengths and overlaps, and writes nothing") {
  const std::vector<float> x(6, 1.0f), t(6, 0.5f);
  std::vector<float> grad(6, -1.0f), shorter(5, -1.0f), memory(20, -1.0f);
  const Loss<float> loss;
  CHECK(message_of([&] { forward(loss, x, shorter); }) ==
        "simdact: targets has length 5, but logits has length 6");
  CHECK(message_of([&] { forward(loss, x, t, shorter); }) ==
        "simdact: losses has length 5, but logits has length 6");
  CHECK(message_of([&] { forward_and_gradient(loss, x, shorter, grad); }) ==
        "simdact: targets has length 5, but logits has length 6");
  CHECK(message_of([&] { forward_and_gradient(loss, x, t, shorter, grad); }) ==
        "simdact: grad_logits has length 5, but logits has length 6");
  CHECK(message_of([&] { forward_and_gradient(loss, x, t, grad, shorter); }) ==
        "simdact: losses has length 5, but logits has length 6");
  const std::span<float> low(memory.data(), 6), high(memory.data() + 3, 6);
  const std::string apart = " overlap, but must be apart";
  const std::string shared = " overlap, but must be the very same memory or apart";
  CHECK(message_of([&] { forward_and_gradient(loss, low, t, high); }) ==
        "simdact: grad_logits (length 6) and logits (length 6)" + shared);
  CHECK(message_of([&] { forward_and_gradient(loss, x, low, high); }) ==
        "simdact: grad_logits (length 6) and targets (length 6)" + shared);
  CHECK(message_of([&] { forward_and_gradient(loss, x, low, grad, high); }) ==
        "simdact: losses (length 6) and targets (length 6)" + shared);
  CHECK(message_of([&] { forward(loss, low, t, high); }) ==
        "simdact: losses (length 6) and logits (length 6)" + shared);
  CHECK(message_of([&] { forward_and_gradient(loss, x, t, low, low); }) ==
        "simdact: grad_logits (length 6) and losses (length 6)" + apart);
  for (auto const* untouched : {&grad, &shorter, &memory})
    CHECK(std::all_of(untouched->begin(), untouched->end(), [](float v) { return v == -1.0f; }));
}
