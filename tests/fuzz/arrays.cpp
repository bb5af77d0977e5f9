// Any bytes as a call of the library: which function, over which memory, of which numbers.

#include "elementwise.hpp"
#include "rows.hpp"

namespace {

template <class T, class Accuracy>
void fuzz_call(std::string_view type, Bytes& bytes) {
  subject.type = type;
  if (bytes.choose(4) == 3) {
    fuzz_rows<T, Accuracy>(bytes);
  } else {
    fuzz_activation<T, Accuracy>(bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  Bytes bytes(std::span(data, size));
  switch (bytes.choose(3)) {
    case 0:
      fuzz_call<float, simdact::Precise>("float, Precise,", bytes);
      break;
    case 1:
      fuzz_call<float, simdact::Fast>("float, Fast,", bytes);
      break;
    default:  // Fast is the same for double
      fuzz_call<double, simdact::Precise>("double, Precise,", bytes);
  }
  return 0;
}
