// The gradient of log_sum_exp: against MPFR, central differences, and its special rows.

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "message_of.hpp"
#include "rows.hpp"
#include "sweep.hpp"

namespace {

using rows::inf;
using rows::logits;
using rows::quiet_nan;
using simdact::log_sum_exp_backward;

template <class T>
std::vector<T> gradient(std::vector<T> const& x, std::vector<T> const& grad, T temperature = T(1)) {
  std::vector<T> grad_x(x.size());
  log_sum_exp_backward<T>(x, grad, grad_x, grad.empty() ? 0 : x.size() / grad.size(), temperature);
  return grad_x;
}

}  // namespace

TEMPLATE_TEST_CASE("the gradient of log-sum-exp is within its bound", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 16, 33, 300, 1000}) {
    for (const double spread : {0.5, 10.0}) {
      const std::vector<T> x = logits<T>(n, spread);
      for (const T temperature : {T(1), T(0.3), T(7)}) {
        const Real total = rows::Exact<T>(x, temperature).log_sum_exp();
        for (const T grad : {T(1), T(-0.3)}) {
          const std::vector<T> got = gradient<T>(x, {grad}, temperature);
          for (std::size_t i = 0; i < n; ++i) {
            const Real expected =
                exp(Real(x[i]) / Real(temperature) - total) * Real(grad) / Real(temperature);
            worst.add(sweep::ulp_error(got[i], expected), x[i], got[i], expected);
          }
        }
      }
    }
  }
  INFO(worst.describe("gradient"));
  CHECK(worst.error <= (std::is_same_v<T, float> ? 0.51 : 5.0));
}

TEST_CASE("the gradient of log-sum-exp is the slope of the sum") {
  const std::vector<double> x = logits<double>(40, 2.0);
  for (const double temperature : {1.0, 0.5}) {
    const std::vector<double> got = gradient<double>(x, {1.0}, temperature);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto at = [&](long double step) {
        long double sum = 0.0L;
        for (std::size_t k = 0; k < x.size(); ++k)
          sum += std::exp((x[k] + (k == i ? step : 0.0L)) / temperature);
        return std::log(sum);
      };
      const long double step = 1e-5L;
      CHECK(std::fabs((at(step) - at(-step)) / (2.0L * step) - got[i]) <= 1e-10L);
    }
  }
}

TEMPLATE_TEST_CASE("each row has its own gradient, in place too", "", float, double) {
  using T = TestType;
  const std::vector<T> x = logits<T>(7 * 19, 3.0), grad = logits<T>(7, 1.0);
  std::vector<T> all = gradient(x, grad);
  for (std::size_t r = 0; r < 7; ++r) {
    const auto row = [&](std::vector<T> const& v) {
      return std::vector<T>(v.begin() + std::ptrdiff_t(19 * r),
                            v.begin() + std::ptrdiff_t(19 * (r + 1)));
    };
    CHECK(gradient<T>(row(x), {grad[r]}) == row(all));
  }
  std::vector<T> in_place = x;
  log_sum_exp_backward<T>(in_place, grad, in_place, 19);
  CHECK(in_place == all);
}

TEMPLATE_TEST_CASE("special rows of log-sum-exp have their gradients", "", float, double) {
  using T = TestType;
  const std::vector<T> none = {0, 0, 0};
  CHECK(gradient<T>({-inf<T>, -inf<T>, -inf<T>}, {T(2)}) == none);
  CHECK(gradient<T>({-inf<T>, 5, -inf<T>}, {T(2)}) == std::vector<T>{0, 2, 0});
  CHECK(gradient<T>({T(-3)}, {T(2)}) == std::vector<T>{2});
  CHECK(gradient<T>({}, {}).empty());
  for (const T odd : {quiet_nan<T>, inf<T>}) {
    for (const T v : gradient<T>({1, odd, -inf<T>}, {T(2)}))
      CHECK(std::isnan(v));
  }
  for (const T v : gradient<T>({1, 2}, {quiet_nan<T>}))
    CHECK(std::isnan(v));
  CHECK(gradient<T>({1, -inf<T>, 2}, {T(2)}, inf<T>) == none);
  for (const T v : gradient<T>({1, quiet_nan<T>}, {T(2)}, inf<T>))
    CHECK(std::isnan(v));
}

TEST_CASE("the gradient of log-sum-exp refuses wrong shapes and overlaps, and writes nothing") {
  const std::vector<float> x(12, 1.0f), grad(3, 1.0f);
  std::vector<float> out(12, -1.0f), memory(20, -1.0f);
  const auto refusal = [&](auto const& logits_in, auto const& grad_in, std::span<float> grad_out,
                           std::size_t length) {
    return message_of([&] { log_sum_exp_backward(logits_in, grad_in, grad_out, length); });
  };
  CHECK(refusal(x, grad, std::span(out).first(11), 4) ==
        "simdact: grad_logits has length 11, but logits has length 12");
  CHECK(refusal(x, grad, out, 5) ==
        "simdact: logits has length 12, which is not a multiple of row_length 5");
  CHECK(refusal(x, grad, out, 6) ==
        "simdact: grad_results has length 3, but the number of rows is 2");
  CHECK(message_of([&] { log_sum_exp_backward(x, grad, out, 4, 0.0f); }) ==
        "simdact: temperature is 0, but must be > 0: there log_sum_exp has no gradient");
  CHECK(message_of([&] { log_sum_exp_backward(x, grad, out, 4, -1.0f); }) ==
        "simdact: temperature is -1, but must be >= 0");
  const std::span low(memory.data(), 12), high(memory.data() + 8, 12);
  CHECK(refusal(low, grad, high, 4).starts_with("simdact: grad_logits (length 12) and logits"));
  CHECK(refusal(x, low.first(3), low, 4)
            .starts_with("simdact: grad_logits (length 12) and grad_results (length 3) overlap"));
  CHECK(out == std::vector<float>(12, -1.0f));
  CHECK(memory == std::vector<float>(20, -1.0f));
}
