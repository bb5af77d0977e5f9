// Gated activations against the exact products and, bit for bit, against the unfused calls.

#include <functional>

#include "inputs.hpp"
#include "message_of.hpp"
#include "rows.hpp"
#include "square.hpp"
#include "typed.hpp"

namespace {

using rows::inf;
using rows::quiet_nan;
using simdact::GateHalf;

template <class T>
std::vector<T> product(std::vector<T> const& a, std::vector<T> const& b) {
  std::vector<T> c(a.size());
  std::transform(a.begin(), a.end(), b.begin(), c.begin(), std::multiplies<T>());
  return c;
}

/// What goes into an activation's gate and back, and what comes out.
template <class F>
struct Pass {
  using T = typename F::value_type;

  std::vector<T> gate, up, grad_out, out, grad_gate, grad_up;

  Pass(F const& f, std::vector<T> x)
      : gate(std::move(x)),
        up(rows::logits<T>(gate.size(), 3.0, 1)),
        grad_out(rows::logits<T>(gate.size(), 3.0, 2)),
        out(gate.size()),
        grad_gate(gate.size()),
        grad_up(gate.size()) {
    simdact::gated(f, gate, up, out);
    simdact::gated_backward(f, gate, up, grad_out, grad_gate, grad_up);
  }
};

/// Gates in the middle, near 0, and where results become subnormal and vanish.
template <class T>
std::vector<T> gates() {
  std::vector<T> x;
  const auto add = [&](T v) { x.push_back(v); };
  sweep::for_each_between<T>(-110.0, 110.0, 1000, add);
  sweep::for_each_between<T>(-7.0, 7.0, 1500, add);
  sweep::for_each_between<T>(-1e-3, 1e-3, 100, add);
  return x;
}
constexpr std::size_t gate_count = 2600;

/// A unit in the last place of T at x.
template <class T>
Real unit_at(Real const& x) {
  using Limits = std::numeric_limits<T>;
  const bool least = abs(x) < Real(Limits::min());
  return ldexp(Real(1), (least ? Limits::min_exponent - 1 : x.exponent()) - (Limits::digits - 1));
}

/// f(x) and f'(x), and how far the activation itself may be from them.
template <class F>
struct Exact {
  using T = typename F::value_type;
  using Promise = Contract<F>;

  Real value, derivative, value_error, derivative_error;

  Exact(F const& f, T x)
      : value(reference::Reference<F>::value(f, Real(x))),
        derivative(reference::Reference<F>::derivative(f, Real(x))),
        value_error(error(value, Promise::value_bound, Promise::value_floor(x))),
        derivative_error(error(derivative, Promise::derivative_bound, Promise::derivative_floor)) {}

 private:
  static Real error(Real const& exact, double bound, double floor) {
    return Real(bound) * unit_at<T>(abs(exact) < Real(floor) ? Real(floor) : exact);
  }
};

/// Is `got` the rounded value of something that is no further than `error` from `exact`?
template <class T>
bool is_rounded(T got, Real const& exact, Real const& error) {
  return !(abs(Real(got) - exact) > error + Real(0.5) * unit_at<T>(Real(got)));
}

}  // namespace

TEST_CASE("gated errs by the activation's error and the roundings of its products") {
  for_some_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    const Pass pass(f, gates<T>());
    std::size_t samples = 0, values = 0, gate_gradients = 0, up_gradients = 0;
    for (std::size_t i = 0; i < pass.gate.size(); ++i, ++samples) {
      const Exact exact(f, pass.gate[i]);
      const Real up(pass.up[i]), grad_out(pass.grad_out[i]);
      values += is_rounded(pass.out[i], exact.value * up, exact.value_error * abs(up));
      up_gradients +=
          is_rounded(pass.grad_up[i], grad_out * exact.value, exact.value_error * abs(grad_out));
      // The product of the two is rounded first.
      const Real scale = grad_out * up;
      const Real largest = abs(exact.derivative) + exact.derivative_error;
      const Real first = Real(0.5) * unit_at<T>(Real(scale.template to<T>())) * largest;
      gate_gradients += is_rounded(pass.grad_gate[i], scale * exact.derivative,
                                   first + exact.derivative_error * abs(scale));
    }
    CHECK(samples == gate_count);
    CHECK(values == samples);
    CHECK(up_gradients == samples);
    CHECK(gate_gradients == samples);
  });
}

TEST_CASE("in precise float that is 1.5 ULP, and 2.5 ULP of the gate's gradient") {
  const auto check = [](auto f) {
    const Pass pass(f, gates<float>());
    sweep::Worst value, gate_gradient, up_gradient;
    const auto judge = [&](sweep::Worst& worst, std::size_t i, float got, Real const& factor,
                           Real const& other) {
      if (factor.is_zero() || !(abs(factor) < Real(0x1p-126)))
        worst.add(sweep::ulp_error(got, factor * other), pass.gate[i], got, factor * other);
    };
    for (std::size_t i = 0; i < pass.gate.size(); ++i) {
      const Exact exact(f, pass.gate[i]);
      const Real up(pass.up[i]), grad_out(pass.grad_out[i]);
      judge(value, i, pass.out[i], exact.value, up);
      judge(up_gradient, i, pass.grad_up[i], exact.value, grad_out);
      judge(gate_gradient, i, pass.grad_gate[i], exact.derivative, grad_out * up);
    }
    INFO(value.describe("value"));
    INFO(gate_gradient.describe("the gate's gradient"));
    INFO(up_gradient.describe("up's gradient"));
    CHECK(value.samples > gate_count / 2);
    CHECK(gate_gradient.samples > gate_count / 2);
    CHECK(value.error <= 1.5);
    CHECK(up_gradient.error <= 1.5);
    CHECK(gate_gradient.error <= 2.5);
  };
  for_some_typed([&](auto f) {
    using Promise = Contract<decltype(f)>;
    if constexpr (Promise::is_float && !Promise::fast)
      check(f);
  });
}

TEST_CASE("the gradients are the slopes of the exact product") {
  for_some_typed([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    // The difference's own error is about step^2 + 2^-64/step.
    constexpr long double step = 0x1p-20L;
    constexpr long double own = 1e-11L;
    constexpr bool is_float = Contract<F>::is_float;
    const auto kinks = reference::Reference<F>::kinks(f);
    std::vector<T> x;
    sweep::for_each_between<T>(-12.0, 12.0, 2401, [&](T v) {
      if (std::none_of(kinks.begin(), kinks.end(), [&](auto const& kink) {
            return std::fabs(static_cast<double>(v) - kink.x) <= 2.0 * static_cast<double>(step);
          }))
        x.push_back(v);
    });
    CHECK(x.size() >= 2399);
    const Pass pass(f, x);
    long double worst_gate = 0, worst_up = 0;  // in units of what is allowed
    for (std::size_t i = 0; i < x.size(); ++i) {
      const long double gate = x[i], up = pass.up[i], grad_out = pass.grad_out[i];
      const auto out = [&](long double g, long double u) {
        return reference::Reference<F>::value(f, g) * u * grad_out;
      };
      const long double gate_slope = (out(gate + step, up) - out(gate - step, up)) / (2 * step);
      const long double up_slope = (out(gate, up + step) - out(gate, up - step)) / (2 * step);
      // Slopes of the activation are below 2, where a float's last place is 2^-23.
      const long double slope_error = is_float ? 0x1p-23L * Contract<F>::derivative_bound : 0;
      const long double value_error = Exact(f, x[i]).value_error.to_double();
      const long double rounding = std::numeric_limits<T>::epsilon() / 2;
      worst_gate = std::max(worst_gate, std::fabs(gate_slope - pass.grad_gate[i]) /
                                            (std::fabs(grad_out * up) * (slope_error + own) +
                                             2 * rounding * std::fabs(gate_slope)));
      worst_up = std::max(worst_up, std::fabs(up_slope - pass.grad_up[i]) /
                                        (std::fabs(grad_out) * (value_error + own) +
                                         rounding * std::fabs(up_slope)));
    }
    CHECK(worst_gate <= 1);
    CHECK(worst_up <= 1);
  });
}

TEST_CASE("gated has the bits of the unfused calls at every length and offset") {
  for_some_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    constexpr std::size_t longest = 70, offsets = 16, room = longest + offsets;
    constexpr T guard = T(-12345);
    const std::vector<T> gate = inputs<T>(room), up = inputs<T>(room + 3);
    const std::vector<T> grad_out = inputs<T>(room + 5);
    std::size_t runs = 0, unlike = 0, spilt = 0;
    for (std::size_t offset = 0; offset < offsets; ++offset) {
      for (std::size_t n = 0; n <= longest; ++n, ++runs) {
        const auto part = [n](auto& v, std::size_t at) { return std::span(v.data() + at, n); };
        const auto copy = [](auto const& s) { return std::vector<T>(s.begin(), s.end()); };
        const std::vector<T> x = copy(part(gate, offset)), u = copy(part(up, 3));
        const std::vector<T> g = copy(part(grad_out, 5));
        std::vector<T> y(n), d(n);
        simdact::forward(f, x, y);
        simdact::backward(f, x, product(g, u), d);

        std::vector<T> out(room, guard), grad_gate = out, grad_up = out;
        simdact::gated(f, part(gate, offset), part(up, 3), part(out, offset));
        simdact::gated_backward(f, part(gate, offset), part(up, 3), part(grad_out, 5),
                                part(grad_gate, offset), part(grad_up, offset));
        unlike += !all_same_bits(part(out, offset), product(y, u));
        unlike += !all_same_bits(part(grad_gate, offset), d);
        unlike += !all_same_bits(part(grad_up, offset), product(g, y));
        for (auto const* v : {&out, &grad_gate, &grad_up}) {
          spilt += std::count(v->begin(), v->begin() + std::ptrdiff_t(offset), guard) !=
                   std::ptrdiff_t(offset);
          spilt += std::count(v->begin() + std::ptrdiff_t(offset + n), v->end(), guard) !=
                   std::ptrdiff_t(room - offset - n);
        }
      }
    }
    CHECK(runs == offsets * (longest + 1));
    CHECK(unlike == 0);
    CHECK(spilt == 0);
  });
}

TEST_CASE("any output of gated may be any input") {
  for_some_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    const Pass pass(f, inputs<T>(37));
    const std::array memory = {pass.gate, pass.up, pass.grad_out, std::vector<T>(37)};
    for (const std::size_t out : {0u, 1u}) {
      auto m = memory;
      simdact::gated(f, m[0], m[1], m[out]);
      CHECK(all_same_bits(m[out], pass.out));
    }
    std::size_t pairs = 0;
    for (std::size_t a = 0; a < 4; ++a) {
      for (std::size_t b = 0; b < 4; ++b) {
        if (a == b)
          continue;
        ++pairs;
        auto m = memory;
        simdact::gated_backward(f, m[0], m[1], m[2], m[a], m[b]);
        CHECK(all_same_bits(m[a], pass.grad_gate));
        CHECK(all_same_bits(m[b], pass.grad_up));
      }
    }
    CHECK(pairs == 12);
  });
}

TEMPLATE_TEST_CASE("0 times infinity is NaN, even where a gate is shut", "", float, double) {
  using T = TestType;
  const auto silu = [](T gate, T up) {
    T out;
    simdact::gated(simdact::SiLU<T>{}, std::span(&gate, 1), std::span(&up, 1), std::span(&out, 1));
    return out;
  };
  CHECK(std::isnan(silu(-inf<T>, inf<T>)));
  CHECK(std::isnan(silu(inf<T>, T(0))));
  CHECK(std::isnan(silu(T(0), -inf<T>)));
  CHECK(std::isnan(silu(quiet_nan<T>, T(0))));
  CHECK(std::isnan(silu(-inf<T>, quiet_nan<T>)));
  CHECK(same_bits(silu(-inf<T>, T(2)), T(-0.0)));
  CHECK(same_bits(silu(-inf<T>, T(-2)), T(0)));
  CHECK(same_bits(silu(T(-0.0), T(2)), T(-0.0)));
  CHECK(silu(inf<T>, T(-2)) == -inf<T>);
  CHECK(silu(T(1), inf<T>) == inf<T>);

  const std::vector<T> gate = {-1, 1, -1, 1}, up = {inf<T>, inf<T>, 2, 2};
  const std::vector<T> grad_out = {1, 1, inf<T>, inf<T>};
  std::vector<T> grad_gate(4), grad_up(4);
  simdact::gated_backward(simdact::ReLU<T>{}, gate, up, grad_out, grad_gate, grad_up);
  CHECK(all_same_bits(grad_gate, {quiet_nan<T>, inf<T>, quiet_nan<T>, inf<T>}));
  CHECK(all_same_bits(grad_up, {0, 1, quiet_nan<T>, inf<T>}));
}

TEST_CASE("gated refuses unequal lengths with both in the message, and writes nothing") {
  const simdact::Mish<float> f;
  std::vector<float> x(8, -1.0f), y(8, -1.0f), z(8, -1.0f), x7(7, -1.0f);
  const auto says = [&](std::string const& name, auto call) {
    CHECK(message_of(call) == "simdact: " + name + " has length 7, but gate has length 8");
  };
  says("up", [&] { simdact::gated(f, x, x7, y); });
  says("out", [&] { simdact::gated(f, x, x, x7); });
  says("up", [&] { simdact::gated_backward(f, x, x7, x, y, z); });
  says("grad_out", [&] { simdact::gated_backward(f, x, x, x7, y, z); });
  says("grad_gate", [&] { simdact::gated_backward(f, x, x, x, x7, z); });
  says("grad_up", [&] { simdact::gated_backward(f, x, x, x, y, x7); });
  for (auto const* v : {&y, &z, &x7})
    CHECK(std::count(v->begin(), v->end(), -1.0f) == std::ptrdiff_t(v->size()));
}

namespace {

std::string overlap(std::string const& a, std::string const& b,
                    std::string const& rule = "the very same memory or apart") {
  return "simdact: " + a + " (length 8) and " + b + " (length 8) overlap, but must be " + rule;
}

}  // namespace

TEST_CASE("gated refuses a partial overlap of any output and any input, and two outputs as one") {
  const simdact::Mish<float> f;
  std::vector<float> memory(16, -1.0f), x(8, -1.0f), y(8, -1.0f);
  const auto low = std::span(memory).first(8), high = std::span(memory).subspan(7, 8);
  for (const auto& [in, out] : {std::pair(low, high), std::pair(high, low)}) {
    const auto a = in, b = out;
    CHECK(message_of([&] { simdact::gated(f, a, x, b); }) == overlap("out", "gate"));
    CHECK(message_of([&] { simdact::gated(f, x, a, b); }) == overlap("out", "up"));
    const auto backward = [&](auto... spans) {
      return message_of([&] { simdact::gated_backward(f, spans...); });
    };
    const std::span<float> s = x, t = y;
    CHECK(backward(a, s, s, b, t) == overlap("grad_gate", "gate"));
    CHECK(backward(s, a, s, b, t) == overlap("grad_gate", "up"));
    CHECK(backward(s, s, a, b, t) == overlap("grad_gate", "grad_out"));
    CHECK(backward(a, s, s, t, b) == overlap("grad_up", "gate"));
    CHECK(backward(s, a, s, t, b) == overlap("grad_up", "up"));
    CHECK(backward(s, s, a, t, b) == overlap("grad_up", "grad_out"));
    CHECK(backward(s, s, s, a, b) == overlap("grad_gate", "grad_up", "apart"));
    CHECK(backward(s, s, s, t, t) == overlap("grad_gate", "grad_up", "apart"));
  }
  for (auto const* v : {&memory, &x, &y})
    CHECK(std::count(v->begin(), v->end(), -1.0f) == std::ptrdiff_t(v->size()));
}

namespace {

/// One that has something else for loops, as `Tabulated` may.
struct SquareInLoops {
  using value_type = float;
  float forward(float) const { return 0; }
  float derivative(float) const { return 0; }
  Square loop_kernel() const { return {}; }
};

}  // namespace

TEST_CASE("anyone's own struct gates, and so does what it has for loops") {
  const std::vector<float> gate = {-2, -1, 0, 1, 2, 3, 4, 5, 6}, up(9, 3.0f), grad_out(9, 2.0f);
  const auto squares = [&](auto const& f) {
    std::vector<float> out(gate.size()), grad_gate(out), grad_up(out);
    simdact::forward(f, gate, up, out);
    simdact::backward(f, gate, up, grad_out, grad_gate, grad_up);
    for (std::size_t i = 0; i < 9; ++i) {
      CHECK(out[i] == 3 * gate[i] * gate[i]);
      CHECK(grad_gate[i] == 12 * gate[i]);
      CHECK(grad_up[i] == 2 * gate[i] * gate[i]);
    }
  };
  squares(simdact::GatedUnit<Square, GateHalf::first>{});
  squares(simdact::GatedUnit<SquareInLoops, GateHalf::second>{});
}
