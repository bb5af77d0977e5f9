#include <cstdio>
#include <simdact/activations.hpp>
#include <simdact/array/statistics.hpp>
#include <string>
#include <vector>

// What three units of a layer get in a batch of four: the second one never a positive sum.
const std::vector<float> sums{0.5F, -3, 1, -1, -2, 2, 2, -5, -1, -0.5F, -1, 3};

template <class Act>
void report(const Act& act) {
  std::vector<simdact::ActivationStatistics> units(3);
  simdact::activation_statistics(act, sums, units.size(), units);
  std::printf("%-10s", std::string(act.name).c_str());
  for (const simdact::ActivationStatistics& unit : units) {
    std::printf("  saturated %3.0f %%", 100 * unit.saturated);
  }
  std::printf("\n");
}

int main() {
  report(simdact::ReLU<>{});
  report(simdact::LeakyReLU<>{});
  report(simdact::ELU<>{});
  report(simdact::GELU<>{});
}
