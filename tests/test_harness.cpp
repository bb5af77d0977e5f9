// The harness itself: kernels that are wrong in the ways kernels go wrong must fail it.

#include "measure.hpp"

namespace {

using simdact::ELU;
using simdact::GELU;
using simdact::SiLU;
using simdact::Softplus;
using simdact::Tanh;

/// The last bit of every hundredth result or so.
struct SloppyTanh : Tanh<float> {
  float forward(float x) const {
    const float y = Tanh<float>::forward(x);
    return std::bit_cast<std::uint32_t>(x) % 101 == 0 ? std::nextafter(y, 2.0f) : y;
  }
};

/// 1 - t^2 cancels where tanh saturates.
struct CancellingTanh : Tanh<float> {
  float derivative(float x) const {
    const float t = std::tanh(x);
    return 1.0f - t * t;
  }
};

/// e^x - 1 instead of expm1.
struct NaiveELU : ELU<float> {
  float forward(float x) const { return x > 0.0f ? x : std::exp(x) - 1.0f; }
};

/// log(1 + e^x) overflows and loses its tail.
struct NaiveSoftplus : Softplus<float> {
  float forward(float x) const { return std::log(1.0f + std::exp(x)); }
};

/// 1 + erf loses the negative tail.
struct NaiveGELU : GELU<float> {
  float forward(float x) const { return 0.5f * x * (1.0f + std::erf(x * 0.70710678f)); }
};

/// Results below the smallest normal number flushed to zero.
struct FlushingSiLU : SiLU<float> {
  float forward(float x) const {
    const float y = SiLU<float>::forward(x);
    return std::fabs(y) < 0x1p-126f ? std::copysign(0.0f, y) : y;
  }
};

template <class F, class Row>
void require_value_caught(F const& wrong, Row const& row) {
  CHECK(measure(wrong, row).value.error > Contract<Row>::value_bound);
}

}  // namespace

TEST_CASE("a wrong functor fails the sweep") {
  CHECK(measure(Tanh<float>{}, Tanh<float>{}).value.error <= Contract<Tanh<float>>::value_bound);
  require_value_caught(SloppyTanh{}, Tanh<float>{});
  require_value_caught(NaiveELU{}, ELU<float>{});
  require_value_caught(NaiveSoftplus{}, Softplus<float>{});
  require_value_caught(NaiveGELU{}, GELU<float>{});
  require_value_caught(FlushingSiLU{}, SiLU<float>{});
  CHECK(measure(CancellingTanh{}, Tanh<float>{}).derivative.error >
        Contract<Tanh<float>>::derivative_bound);
}

TEST_CASE("the ruler measures in units of the last place") {
  CHECK(sweep::ulp_error(1.0f, Real(1.0)) == 0.0);
  CHECK(sweep::ulp_error(1.0f, Real(1.0 + 0x1p-24)) == 0.5);
  CHECK(sweep::ulp_error(std::nextafter(2.0, 3.0), Real(2.0)) == 1.0);
  CHECK(sweep::ulp_error(0x1p-149f, Real(0.0)) == 1.0);
  CHECK(sweep::ulp_error(0x1p-62, Real(0.0), 0x1p-10) == 1.0);
  CHECK(std::isinf(sweep::ulp_error(std::numeric_limits<float>::quiet_NaN(), Real(1.0))));
  CHECK(std::isinf(sweep::ulp_error(std::numeric_limits<float>::infinity(), Real(1.0))));
  CHECK(std::isinf(sweep::ulp_error(0.0f, Real(-0x1p-200))));  // the sign of an underflow
}
