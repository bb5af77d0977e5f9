// The Fast tier of softmax and log-softmax: its bounds, and that it keeps what the other tier promises.

#include <iostream>

#include "calls.hpp"
#include "rows.hpp"
#include "typed.hpp"

namespace {

using rows::inf;
using rows::logits;
using rows::quiet_nan;
using simdact::Fast;
using simdact::MaskedRow;
using simdact::Precise;

template <class Accuracy>
using Softmax = simdact::Softmax<float, Accuracy>;
template <class Accuracy>
using LogSoftmax = simdact::LogSoftmax<float, Accuracy>;

template <class F>
std::vector<float> forward(F const& f, std::vector<float> x) {
  calls::forward(f, x, x);
  return x;
}

void report(sweep::Worst const& worst, std::string const& what) {
  std::cout << worst.describe(what) << '\n';
}

/// The same zeros, infinities and NaN, and other numbers within the bounds.
bool alike(std::vector<float> const& a, std::vector<float> const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float u, float v) {
    return u == v || (std::isnan(u) && std::isnan(v)) || std::fabs(u - v) < 1e-6f * std::fabs(v);
  });
}

}  // namespace

TEST_CASE("the Fast tier of a row is within its bounds of the exact value") {
  sweep::Worst worst, worst_log;
  rows::for_each_shape([&](std::size_t n, double spread, double temperature) {
    const auto t = static_cast<float>(temperature);
    const std::vector<float> x = logits<float>(n, spread);
    const std::vector<float> p = forward(Softmax<Fast>{.temperature = t}, x);
    const std::vector<float> y = forward(LogSoftmax<Fast>{.temperature = t}, x);
    const rows::Exact<float> exact(x, t);
    for (std::size_t i = 0; i < n; ++i) {
      const Real prob = exact.prob(i), log_prob = exact.log_prob(i);
      worst.add(sweep::ulp_error(p[i], prob), x[i], p[i], prob);
      worst_log.add(sweep::ulp_error(y[i], log_prob, 1.0), x[i], y[i], log_prob);
      CHECK_FALSE(y[i] > 0.0f);
    }
    CHECK(std::fabs(std::accumulate(p.begin(), p.end(), 0.0) - 1.0) <= 1e-6);
  });
  report(worst, "softmax/fast");
  report(worst_log, "log_softmax/fast");
  CHECK(worst.samples == rows::logits_in_all_shapes);
  CHECK(worst.error <= 8.0);
  CHECK(worst_log.error <= 4.0);
}

TEST_CASE("the Fast tier of 16M logits is within its bounds, and their sum is 1") {
  sweep::Worst worst, worst_log;
  for (const auto& [spread, temperature] :
       {std::pair{0.1, 1.0f}, {10.0, 0.5f}, {10000.0, 100.0f}}) {
    const rows::LongRow row(spread);
    const std::vector<float> p = forward(Softmax<Fast>{.temperature = temperature}, row.logits());
    const std::vector<float> y =
        forward(LogSoftmax<Fast>{.temperature = temperature}, row.logits());
    const Real log_sum = row.log_sum(temperature);
    std::vector<bool> seen(row.level_count);
    for (std::size_t i = 0; i < p.size(); ++i) {
      const std::size_t k = row.level_of[i];
      if (!seen[k]) {
        seen[k] = true;
        const Real exact = row.depth(k, temperature) - log_sum;
        worst.add(sweep::ulp_error(p[i], exp(exact)), row.levels[k], p[i], exp(exact));
        worst_log.add(sweep::ulp_error(y[i], exact, 1.0), row.levels[k], y[i], exact);
      }
    }
    CHECK(std::fabs(std::accumulate(p.begin(), p.end(), 0.0) - 1.0) <= 1e-6);
  }
  report(worst, "softmax/fast, 16M");
  report(worst_log, "log_softmax/fast, 16M");
  CHECK(worst.samples >= 3 * 4000);
  CHECK(worst.error <= 8.0);
  CHECK(worst_log.error <= 4.0);
}

TEST_CASE("a logit far above those before it is met in time") {
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 40, 5000}) {
    std::vector<float> x(n, -3.0f);
    x.insert(x.end(), {900.0f, 899.0f});
    const std::vector<float> p = forward(Softmax<Fast>{}, x);
    const std::vector<float> y = forward(LogSoftmax<Fast>{}, x);
    CHECK(p[0] == 0.0f);
    CHECK(p[n] == Approx(0.7310586).epsilon(1e-6));
    CHECK(p[n + 1] == Approx(0.2689414).epsilon(1e-6));
    CHECK(y[0] == Approx(-903.31326).epsilon(1e-6));
    CHECK(y[n] == Approx(-0.3132617).epsilon(1e-6));
  }
}

TEST_CASE("special rows are those of the Precise tier") {
  const float largest = std::numeric_limits<float>::max();
  const float tiny = std::numeric_limits<float>::denorm_min();
  for (const std::size_t n : std::initializer_list<std::size_t>{2, 17, 1100}) {
    for (const float rest : {0.0f, -inf<float>, -largest}) {
      for (const float first : {quiet_nan<float>, inf<float>, -inf<float>, largest, -largest}) {
        for (const float last : {quiet_nan<float>, inf<float>, -inf<float>, largest, -largest}) {
          std::vector<float> x(n, rest);
          x.front() = first;
          x.back() = last;
          for (const float t : {0.0f, tiny, 1.0f, largest, inf<float>}) {
            for (const MaskedRow masked : {MaskedRow::nan, MaskedRow::zero}) {
              CAPTURE(n, rest, first, last, t);
              CHECK(alike(forward(Softmax<Fast>{t, masked}, x),
                          forward(Softmax<Precise>{t, masked}, x)));
              CHECK(alike(forward(LogSoftmax<Fast>{t, masked}, x),
                          forward(LogSoftmax<Precise>{t, masked}, x)));
            }
          }
        }
      }
    }
  }
}

TEST_CASE("a masked logit has probability 0 in the Fast tier, and no gradient") {
  const std::vector<float> x = {1.0f, -inf<float>, 1.0f};
  const std::vector<float> p = forward(Softmax<Fast>{}, x);
  const std::vector<float> y = forward(LogSoftmax<Fast>{}, x);
  CHECK(p == std::vector<float>{0.5f, 0.0f, 0.5f});
  CHECK(y[1] == -inf<float>);
  std::vector<float> grad(3);
  for (const float g : {5.0f, inf<float>, quiet_nan<float>}) {  // whatever flows into it
    calls::backward(Softmax<Fast>{}, p, std::vector<float>{1, g, 3}, grad);
    CHECK(grad == std::vector<float>{-0.5f, 0.0f, 0.5f});
    calls::backward(LogSoftmax<Fast>{}, y, std::vector<float>{1, g, 3}, grad);
    CHECK(grad[0] == Approx(-1).epsilon(1e-6));
    CHECK(grad[1] == 0.0f);
  }
  for (const float temperature : {0.0f, inf<float>}) {
    calls::backward(Softmax<Fast>{.temperature = temperature}, p, x, grad);
    CHECK(grad == std::vector<float>(3, 0.0f));
  }
}

TEST_CASE("a row's place in memory is nothing to the Fast tier") {
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 5, 16, 63, 64, 65, 300, 2500}) {
    // Of about the same size, so that each order of adding up has its own roundings.
    const std::vector<float> x = logits<float>(n, 1.0), g = logits<float>(n, 1.0, 8);
    const std::vector<float> p = forward(Softmax<Fast>{}, x);
    const std::vector<float> y = forward(LogSoftmax<Fast>{}, x);
    std::vector<float> grad(n), grad_log(n);
    calls::backward(Softmax<Fast>{}, p, g, grad);
    calls::backward(LogSoftmax<Fast>{}, y, g, grad_log);
    const auto twice = [](std::vector<float> const& v) {
      std::vector<float> rows = v;
      rows.insert(rows.end(), v.begin(), v.end());
      return rows;
    };
    std::vector<float> both(2 * n);
    calls::backward(Softmax<Fast>{}, twice(p), twice(g), both, n);
    CHECK(both == twice(grad));
    for (std::size_t offset = 0; offset < 17; ++offset) {
      const auto moved = [&](std::vector<float> const& v) {
        std::vector<float> m(offset, 7.0f);
        m.insert(m.end(), v.begin(), v.end());
        return m;
      };
      const std::vector<float> at = moved(x), p_at = moved(p), y_at = moved(y), g_at = moved(g);
      std::vector<float> memory(16 + n);
      const auto part = [&](std::vector<float> const& v) { return std::span(v).subspan(offset); };
      // Another place among the lanes than that of the inputs.
      const std::span out = std::span(memory).subspan(5 * offset % 17, n);
      const auto is_out = [&](std::vector<float> const& v) { return std::ranges::equal(out, v); };
      calls::forward(Softmax<Fast>{}, part(at), out);
      CHECK(is_out(p));
      calls::forward(LogSoftmax<Fast>{}, part(at), out);
      CHECK(is_out(y));
      calls::backward(Softmax<Fast>{}, part(p_at), part(g_at), out);
      CHECK(is_out(grad));
      calls::backward(LogSoftmax<Fast>{}, part(y_at), part(g_at), out);
      CHECK(is_out(grad_log));
    }
  }
}

TEST_CASE("the Fast tier's gradients are within their bounds, given the probabilities") {
  sweep::Worst worst, worst_log;
  constexpr std::size_t lengths[] = {1, 3, 8, 11, 16, 24, 30, 37, 48, 63, 64, 1000, 5000};
  for (const std::size_t n : lengths) {
    for (const float t : {0.5f, 1.0f, 3.0f}) {
      const std::vector<float> x = logits<float>(n, 5.0), g = logits<float>(n, 2.0, 8);
      const std::vector<float> p = forward(Softmax<Fast>{.temperature = t}, x);
      const std::vector<float> y = forward(LogSoftmax<Fast>{.temperature = t}, x);
      std::vector<float> grad(n), grad_log(n);
      calls::backward(Softmax<Fast>{.temperature = t}, p, g, grad);
      calls::backward(LogSoftmax<Fast>{.temperature = t}, y, g, grad_log);
      Real dot(0), sum(0);
      double all_dot = 0.0, all_sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        dot = dot + Real(p[i]) * Real(g[i]);
        sum = sum + Real(g[i]);
        all_dot += std::fabs(double(p[i]) * double(g[i]));
        all_sum += std::fabs(double(g[i]));
      }
      for (std::size_t i = 0; i < n; ++i) {
        const Real exact = Real(p[i]) * (Real(g[i]) - dot) / Real(t);
        const Real exact_log = (Real(g[i]) - exp(Real(y[i])) * sum) / Real(t);
        const double size = std::fabs(double(g[i]));
        worst.add(sweep::ulp_error(grad[i], exact, double(p[i]) * (size + all_dot) / double(t)),
                  p[i], grad[i], exact);
        worst_log.add(sweep::ulp_error(grad_log[i], exact_log,
                                       (size + std::exp(double(y[i])) * all_sum) / double(t)),
                      y[i], grad_log[i], exact_log);
      }
    }
  }
  report(worst, "softmax backward/fast");
  report(worst_log, "log_softmax backward/fast");
  CHECK(worst.samples ==
        3 * std::accumulate(std::begin(lengths), std::end(lengths), std::size_t{}));
  CHECK(worst.error <= 4.0);
  CHECK(worst_log.error <= 4.0);
}
