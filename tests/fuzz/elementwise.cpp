// Compiled for each type and tier.

#include "elementwise.hpp"

template <class T, class Accuracy>
void fuzz_activation(Bytes& bytes) {
  const std::size_t which = bytes.choose(256);
  [&]<class... Act>(simdact::TypeList<Act...>) {
    std::size_t i = 0;
    ((i++ == which % sizeof...(Act) ? fuzz_one(Act{}, bytes) : void()), ...);
  }(simdact::Activations<T, Accuracy>{});
}

template void fuzz_activation<SIMDACT_FUZZ_TYPE, simdact::SIMDACT_FUZZ_TIER>(Bytes& bytes);
