#include <cmath>
#include <cstdio>
#include <simdact/activations.hpp>

// The formulas of the books, in float.
float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }
float tanh_slope(float x) { return 1 - std::tanh(x) * std::tanh(x); }
float softplus(float x) { return std::log(1 + std::exp(x)); }
float gelu(float x) { return x / 2 * (1 + std::erf(x / std::sqrt(2.0F))); }
float elu(float x) { return x > 0 ? x : std::exp(x) - 1; }

void row(const char* what, float naive, float ours) {
  std::printf("%-14s %15.8g %15.8g\n", what, naive, ours);
}

int main() {
  std::printf("%-14s %15s %15s\n", "", "the formula", "simdact");
  row("sigmoid(-100)", sigmoid(-100), simdact::Sigmoid<>{}(-100.0F));
  row("tanh'(10)", tanh_slope(10), simdact::Tanh<>{}.derivative(10.0F));
  row("softplus(-20)", softplus(-20), simdact::Softplus<>{}(-20.0F));
  row("softplus(100)", softplus(100), simdact::Softplus<>{}(100.0F));
  row("gelu(-6)", gelu(-6), simdact::GELU<>{}(-6.0F));
  row("gelu(-inf)", gelu(-INFINITY), simdact::GELU<>{}(-INFINITY));
  row("elu(-1e-6)", elu(-1e-6F), simdact::ELU<>{}(-1e-6F));
}
