// Must not compile, and say why.
#include <array>
#include <simdact/dispatch.hpp>

struct Twice {
  using value_type = float;
  template <class V>
  V forward(V x) const noexcept {
    return x + x;
  }
  template <class V>
  V derivative(V) const noexcept {
    return V(2);
  }
};

int main() {
  std::array<float, 4> x{};
  simdact::dispatch::forward(Twice{}, x, x);
}
