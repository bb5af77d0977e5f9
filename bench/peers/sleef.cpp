// SLEEF has functions of vectors only: the loop and the arithmetic around them are xsimd's.

#include <sleef.h>

#include "batches.hpp"
#include "peers.hpp"

// For the very instruction set of this build; the names without one choose by the processor.
#if defined(__AVX512F__)
#define SLEEF(function, error) Sleef_##function##f16_##error##avx512f
#elif defined(__AVX2__)
#define SLEEF(function, error) Sleef_##function##f8_##error##avx2
#elif defined(__AVX__)
#define SLEEF(function, error) Sleef_##function##f8_##error##avx
#elif defined(__SSE2__)
#define SLEEF(function, error) Sleef_##function##f4_##error##sse2
#else
#define SLEEF(function, error) Sleef_##function##f4_##error##advsimd
#endif

namespace {

/// Of the variants with 1 and 3.5 ULP only tanh has both, and the second is three times as fast.
struct Sleef : bench::Xsimd {
  static V exp(V x) { return SLEEF(exp, u10)(x); }
  static V exp_far(V x) { return exp(x); }
  static V expm1(V x) { return SLEEF(expm1, u10)(x); }
  static V log1p(V x) { return SLEEF(log1p, u10)(x); }
  static V tanh(V x) { return SLEEF(tanh, u35)(x); }
  static V erf(V x) { return SLEEF(erf, u10)(x); }
};

}  // namespace

bench::Peer bench::peers::sleef() {
  return make_batches<Sleef>("SLEEF", std::to_string(SLEEF_VERSION_MAJOR) + "." +
                                          std::to_string(SLEEF_VERSION_MINOR) + "." +
                                          std::to_string(SLEEF_VERSION_PATCHLEVEL));
}
