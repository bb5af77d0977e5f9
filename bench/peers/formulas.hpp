#pragma once

/// @file
/// The activations as a careful user writes them with a library of exp, log1p, tanh, erf and sqrt: the
/// usual formulas, by one such call where one suffices. M is that library: its type V of one or more
/// floats, and its functions; `M::branch` takes its right branch as a function, not to be called where
/// a test can spare it, and `M::exp_far` is exp for arguments that often over- or underflow.

namespace bench {

/// Calls add(name, f, f') for every formula, both functions from V to V.
template <class M, class Add>
void for_each_formula(Add add) {
  using V = typename M::V;
  const auto logistic = [](V x) { return V(1) / (V(1) + M::exp(-x)); };

  const auto clamp = [](V x, float low, float high) { return M::min(M::max(x, V(low)), V(high)); };
  const auto sloped = [](V x, float slope) { return M::select(x > V(0), x, V(slope) * x); };
  const auto slope_of = [](V x, float slope) { return M::select(x > V(0), V(1), V(slope)); };
  add(
      "relu", [](V x) { return M::max(x, V(0)); }, [=](V x) { return slope_of(x, 0); });
  add(
      "relu6", [=](V x) { return clamp(x, 0, 6); },
      [](V x) { return M::select(x > V(0), M::select(x < V(6), V(1), V(0)), V(0)); });
  add(
      "leaky_relu", [=](V x) { return sloped(x, 0.01f); }, [=](V x) { return slope_of(x, 0.01f); });
  add(
      "prelu", [=](V x) { return sloped(x, 0.25f); }, [=](V x) { return slope_of(x, 0.25f); });

  const auto elu = [](V x) { return M::branch(x > V(0), x, [x] { return M::expm1(x); }); };
  const auto elu_slope = [](V x) { return M::branch(x > V(0), V(1), [x] { return M::exp(x); }); };
  add("elu", elu, elu_slope);
  add("celu", elu, elu_slope);
  constexpr float scale = 1.0507009873554805f, scale_alpha = 1.7580993408473766f;
  add(
      "selu",
      [](V x) {
        return M::branch(x > V(0), V(scale) * x, [x] { return V(scale_alpha) * M::expm1(x); });
      },
      [](V x) {
        return M::branch(x > V(0), V(scale), [x] { return V(scale_alpha) * M::exp(x); });
      });

  constexpr float sqrt_half = 0.70710678f, inv_sqrt_2pi = 0.39894228f;
  add(
      "gelu", [](V x) { return V(0.5f) * x * (V(1) + M::erf(x * V(sqrt_half))); },
      [](V x) {
        return V(0.5f) * (V(1) + M::erf(x * V(sqrt_half))) +
               x * V(inv_sqrt_2pi) * M::exp_far(V(-0.5f) * x * x);
      });

  // (1 + tanh u)/2 = s(2u), and 2u = x (a + b x^2).
  constexpr float a = 1.5957691216f, b = 0.044715f * a;
  const auto one_plus_exp = [=](V x) { return V(1) + M::exp_far(-x * (V(a) + V(b) * x * x)); };
  add(
      "gelu_tanh", [=](V x) { return x / one_plus_exp(x); },
      [=](V x) {
        const V s = V(1) / one_plus_exp(x);
        return s * (V(1) + x * (V(a) + V(3 * b) * x * x) * (V(1) - s));
      });

  const auto silu = [](V x) { return x / (V(1) + M::exp(-x)); };
  const auto silu_slope = [=](V x) {
    const V s = logistic(x);
    return s * (V(1) + x * (V(1) - s));
  };
  add("silu", silu, silu_slope);
  add("swish", silu, silu_slope);

  // tanh(log(1 + z)) = n/(n + 2), n = z (z + 2); the bound keeps z^2 finite, and there n/(n + 2) = 1.
  add(
      "mish",
      [](V x) {
        const V z = M::exp(M::min(x, V(20)));
        const V n = z * (z + V(2));
        return x * (n / (n + V(2)));
      },
      [](V x) {
        const V z = M::exp(M::min(x, V(20)));
        const V n = z * (z + V(2));
        const V r = V(1) / (n + V(2));
        const V slope = r * (n + x * V(4) * z * (z + V(1)) * r);
        return M::select(x > V(20), V(1), slope);
      });
  add(
      "softplus", [](V x) { return M::max(x, V(0)) + M::log1p(M::exp(-M::abs(x))); },
      [=](V x) { return logistic(x); });
  add(
      "hardswish", [=](V x) { return x * clamp(x + V(3), 0, 6) * V(1.0f / 6); },
      [](V x) {
        const V middle = x * V(1.0f / 3) + V(0.5f);
        return M::select(x > V(-3), M::select(x < V(3), middle, V(1)), V(0));
      });
  add(
      "hardsigmoid", [=](V x) { return clamp(x + V(3), 0, 6) * V(1.0f / 6); },
      [](V x) { return M::select(x > V(-3), M::select(x < V(3), V(1.0f / 6), V(0)), V(0)); });
  add("sigmoid", logistic, [=](V x) {
    const V s = logistic(x);
    return s * (V(1) - s);
  });
  add(
      "log_sigmoid", [](V x) { return M::min(x, V(0)) - M::log1p(M::exp(-M::abs(x))); },
      [=](V x) { return logistic(-x); });
  add(
      "tanh", [](V x) { return M::tanh(x); },
      [](V x) {
        const V t = M::tanh(x);
        return V(1) - t * t;
      });

  add(
      "hardtanh", [=](V x) { return clamp(x, -1, 1); },
      [](V x) { return M::select(x > V(-1), M::select(x < V(1), V(1), V(0)), V(0)); });
  add(
      "threshold", [](V x) { return M::select(x > V(0), x, V(0)); },
      [=](V x) { return slope_of(x, 0); });
  const auto shrink_slope = [](V x) { return M::select(M::abs(x) > V(0.5f), V(1), V(0)); };
  add(
      "hardshrink", [](V x) { return M::select(M::abs(x) > V(0.5f), x, V(0)); }, shrink_slope);
  add(
      "softshrink", [=](V x) { return x - clamp(x, -0.5f, 0.5f); }, shrink_slope);
  add(
      "squared_relu",
      [](V x) {
        const V r = M::max(x, V(0));
        return r * r;
      },
      [](V x) { return V(2) * M::max(x, V(0)); });
  add(
      "softsign", [](V x) { return x / (V(1) + M::abs(x)); },
      [](V x) {
        const V r = V(1) + M::abs(x);
        return V(1) / (r * r);
      });
  add(
      "tanhshrink", [](V x) { return x - M::tanh(x); },
      [](V x) {
        const V t = M::tanh(x);
        return t * t;
      });
  add(
      "lecun_tanh", [](V x) { return V(1.7159f) * M::tanh(V(2.0f / 3) * x); },
      [](V x) {
        const V t = M::tanh(V(2.0f / 3) * x);
        return V(1.7159f * 2 / 3) * (V(1) - t * t);
      });
  add(
      "quick_gelu", [](V x) { return x / (V(1) + M::exp(V(-1.702f) * x)); },
      [=](V x) {
        const V v = V(1.702f) * x;
        const V s = logistic(v);
        return s * (V(1) + v * (V(1) - s));
      });
  add(
      "hardsigmoid_onnx", [=](V x) { return clamp(V(1.0f / 6) * x + V(0.5f), 0, 1); },
      [](V x) { return M::select(M::abs(x) < V(3), V(1.0f / 6), V(0)); });
  add(
      "squareplus", [](V x) { return V(0.5f) * (x + M::sqrt(x * x + V(4))); },
      [](V x) { return V(0.5f) * (V(1) + x / M::sqrt(x * x + V(4))); });
}

}  // namespace bench
