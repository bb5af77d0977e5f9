#include <cmath>
#include <cstdio>
#include <simdact/activations.hpp>
#include <string>

// The chain rule multiplies by f'(x) in each layer: what is left of a gradient behind 20 of them, at an x where the
// layer works as it should.
template <class Act>
void report(const Act& act) {
  std::printf("%-10s", std::string(act.name).c_str());
  for (const float x : {0.0F, 1.0F, 3.0F}) {
    std::printf("  x = %g: %-9.2g", x, std::pow(act.derivative(x), 20));
  }
  std::printf("\n");
}

int main() {
  report(simdact::Sigmoid<>{});
  report(simdact::Tanh<>{});
  report(simdact::Softsign<>{});
  report(simdact::ReLU<>{});
  report(simdact::GELU<>{});
}
