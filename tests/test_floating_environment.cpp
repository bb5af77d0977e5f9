// What holds where the program that calls has changed how the processor computes: flushed subnormals, another
// rounding mode than to nearest. And signalling NaN.

#include <cfenv>
#include <cstdint>
#include <iostream>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include "inputs.hpp"
#include "typed.hpp"

namespace {

/// Subnormal results and arguments are 0 as long as it lives.
class FlushedSubnormals {
 public:
#if defined(__SSE2__)
  static constexpr bool known = true;
  FlushedSubnormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040); }
  ~FlushedSubnormals() { _mm_setcsr(before_); }

 private:
  unsigned before_;
#else
  static constexpr bool known = false;
#endif
};

class Rounding {
 public:
  explicit Rounding(int mode) : before_(std::fegetround()) { std::fesetround(mode); }
  ~Rounding() { std::fesetround(before_); }

 private:
  int before_;
};

template <class T>
struct Results {
  std::vector<T> value, slope;
};

/// Not inlined: the compiler knows nothing of a mode, and must not move it past the calls.
template <class F, class T>
[[gnu::noinline]] Results<T> results(F const& f, std::vector<T> const& x) {
  Results<T> r{x, x};
  simdact::forward(f, x, r.value);
  simdact::derivative(f, x, r.slope);
  return r;
}

/// Bit patterns all over, and densely where functions bend.
template <class T>
std::vector<T> swept() {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  std::vector<T> x = {T(0), T(-0.0)};
  constexpr int patterns = 20011;
  for (int i = 0; i < patterns; ++i)
    x.push_back(std::bit_cast<T>(static_cast<Bits>(~Bits{0} / patterns * static_cast<Bits>(i))));
  for (int i = -10000; i < 10000; ++i)
    x.push_back(static_cast<T>(i) * T(0.0097));
  return x;
}

template <class T>
bool is_subnormal(T x) {
  return std::fpclassify(x) == FP_SUBNORMAL;
}

template <class T>
double last_place(T x) {
  return static_cast<double>(std::nextafter(std::fabs(x), std::numeric_limits<T>::infinity())) -
         static_cast<double>(std::fabs(x));
}

/// Calls test(f) for the kernels of each kind.
template <class Test>
void for_kernels(Test test) {
  using namespace simdact;
  const auto both_tiers = [&]<template <class, class> class... F>(Kinds<F...>) {
    const auto section = [&](auto f) {
      INFO(title(f));
      test(f);
    };
    (section(F<float, Precise>{}), ...);
    (section(F<float, Fast>{}), ...);
    (section(F<double, Precise>{}), ...);
  };
  both_tiers(Kinds<LeakyReLU, Hardswish, ELU, GELU, Swish, Mish, Softplus, Tanh, LeCunTanh>{});
}

}  // namespace

TEST_CASE("with subnormals flushed, what has to do with none is as it was") {
  if (!FlushedSubnormals::known) {
    std::cout << "flushed subnormals are left out: known on x86 only\n";
    return;
  }
  for_kernels([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    const std::vector<T> x = swept<T>();
    const Results<T> usual = results(f, x);
    const Results<T> flushed = [&] {
      [[maybe_unused]] const FlushedSubnormals mode;
      return results(f, x);
    }();
    // Floats of the Precise tier are computed in double, of whose subnormals they never hear. The others may meet
    // subnormals on their way to a result that is none.
    const bool exact = Contract<F>::is_float && !Contract<F>::fast;
    const auto check = [&](std::vector<T> const& before, std::vector<T> const& after) {
      std::size_t others = 0, different = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const T a = before[i], b = after[i];
        if (is_subnormal(x[i]) || is_subnormal(a))
          continue;
        ++others;
        const double room =
            exact ? 0.0 : 2 * last_place(a) + 256 * double(std::numeric_limits<T>::min());
        const bool close = std::fabs(static_cast<double>(a) - static_cast<double>(b)) <= room;
        different += same_bits(a, b) || (!exact && close) ? 0 : 1;
      }
      CHECK(others > x.size() / 2);
      CHECK(different == 0);
    };
    check(usual.value, flushed.value);
    check(usual.slope, flushed.slope);
  });
}

TEST_CASE("another rounding mode costs accuracy, not sense") {
  for_kernels([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    constexpr T largest = std::numeric_limits<T>::max();
    const double bound = Contract<F>::fast ? 1e-4 : 3e-11;
    const double places = Contract<F>::is_float ? 1 : 2;
    const std::vector<T> x = swept<T>();
    const Results<T> nearest = results(f, x);
    for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
      INFO("mode " << mode);
      Results<T> arrays, shifted;
      {
        const Rounding rounding(mode);
        arrays = results(f, x);
        shifted = results(f, std::vector<T>(x.begin() + 3, x.end()));
        CHECK(std::fegetround() == mode);
      }
      const auto check = [&](std::vector<T> const& before, std::vector<T> const& after) {
        double worst = 0;
        std::size_t nonsense = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
          const T a = before[i], b = after[i];
          nonsense += std::isnan(a) != std::isnan(b) ? 1 : 0;
          // What overflows is the largest number where it is not infinite.
          if (std::isnan(a) || std::isnan(b) || std::isinf(a) || std::fabs(a) > largest / 2) {
            nonsense += std::fabs(b) < largest / 4 ? 1 : 0;
            continue;
          }
          const double error = std::fabs(static_cast<double>(b) - static_cast<double>(a));
          const double beyond = error - places * last_place(a);
          worst = std::max(worst, beyond / std::max(1.0, static_cast<double>(std::fabs(a))));
        }
        CHECK(nonsense == 0);
        CHECK(worst <= bound);
      };
      check(nearest.value, arrays.value);
      check(nearest.slope, arrays.slope);
      // There, too, a value does not depend on where it stands.
      arrays.value.erase(arrays.value.begin(), arrays.value.begin() + 3);
      arrays.slope.erase(arrays.slope.begin(), arrays.slope.begin() + 3);
      CHECK(all_same_bits(arrays.value, shifted.value));
      CHECK(all_same_bits(arrays.slope, shifted.slope));
    }
  });
}

TEMPLATE_TEST_CASE("rows of probabilities stay what they are in any mode", "",
                   (simdact::Softmax<float>), (simdact::Softmax<float, simdact::Fast>),
                   (simdact::Softmax<double>)) {
  using T = typename TestType::value_type;
  constexpr std::size_t columns = 301;
  const std::vector<T> x = numbers<T>(7 * columns, 5, 30.0);
  std::vector<T> usual(x.size()), probs(x.size());
  const auto probabilities = [&](std::vector<T>& to) {
    simdact::forward(TestType{}, x, to, columns);
  };
  probabilities(usual);
  const auto check = [&](double bound) {
    double worst = 0, least = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      least = std::min(least, static_cast<double>(probs[i]));
      worst = std::max(worst, static_cast<double>(std::fabs(probs[i] - usual[i])));
    }
    CHECK(worst <= bound);
    CHECK(least >= 0);
  };
  for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    {
      const Rounding rounding(mode);
      probabilities(probs);
    }
    check(2e-5);
  }
  if (FlushedSubnormals::known) {
    {
      [[maybe_unused]] const FlushedSubnormals mode;
      probabilities(probs);
    }
    check(static_cast<double>(std::numeric_limits<T>::min()));
  }
}

TEST_CASE("a signalling NaN gives NaN") {
  for_kernels([](auto f) {
    using T = typename decltype(f)::value_type;
    const std::vector<T> x(19, std::numeric_limits<T>::signaling_NaN());
    const Results<T> r = results(f, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      CHECK(std::isnan(r.value[i]));
      CHECK(std::isnan(r.slope[i]));
    }
  });
  const std::vector<float> row = {1.0f, std::numeric_limits<float>::signaling_NaN(), 2.0f};
  std::vector<float> probs(3);
  simdact::forward(simdact::Softmax<>{}, row, probs);
  CHECK((std::isnan(probs[0]) && std::isnan(probs[1]) && std::isnan(probs[2])));
}
