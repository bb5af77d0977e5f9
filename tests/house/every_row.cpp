// Compiles if every listed activation has its row, as the tests that walk the list do.
#include "reference.hpp"

int main() {
  simdact::for_each_activation(
      [](auto f) { static_cast<void>(sizeof(reference::Reference<decltype(f)>)); });
}
