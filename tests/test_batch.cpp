// Batches of every architecture: the bits of the scalar.

#include "inputs.hpp"
#include "typed.hpp"

namespace {

template <class A, class F>
void check_batch(F const& f) {
  using T = typename F::value_type;
  using Batch = xsimd::batch<T, A>;
  if constexpr (Batch::size > 0) {  // 32-bit NEON has no batch of double
    const std::vector<T> x = inputs<T>(8 * Batch::size);
    bool agree = true;
    for (std::size_t i = 0; i < x.size(); i += Batch::size) {
      const Batch in = Batch::load_unaligned(x.data() + i);
      std::vector<T> y(Batch::size), d(Batch::size);
      f.forward(in).store_unaligned(y.data());
      f.derivative(in).store_unaligned(d.data());
      for (std::size_t k = 0; k < Batch::size; ++k) {
        agree = agree && same_bits(y[k], f(x[i + k])) && same_bits(d[k], f.derivative(x[i + k]));
      }
    }
    CHECK(agree);
  }
}

template <class F, class... A>
void check_batches(F const& f, xsimd::arch_list<A...>) {
  (check_batch<A>(f), ...);
}

}  // namespace

TEST_CASE("a batch of every architecture this build supports gives the scalar's bits") {
  for_each_typed([](auto f) { check_batches(f, xsimd::supported_architectures{}); });
}
