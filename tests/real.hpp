#pragma once

/// @file
/// A real number of 320 bits by MPFR, with just what the reference formulas use. The exponent range is
/// MPFR's own, so nothing that matters here over- or underflows.

#include <mpfr.h>

class Real {
 public:
  static constexpr mpfr_prec_t precision = 320;

  Real() { mpfr_init2(v_, precision); }
  Real(double x) : Real() { mpfr_set_d(v_, x, MPFR_RNDN); }
  Real(Real const& other) : Real() { mpfr_set(v_, other.v_, MPFR_RNDN); }
  Real& operator=(Real const& other) {
    mpfr_set(v_, other.v_, MPFR_RNDN);
    return *this;
  }
  ~Real() { mpfr_clear(v_); }

  /// The nearest T, subnormals included.
  template <class T>
  T to() const {
    if constexpr (sizeof(T) == sizeof(float)) {
      return mpfr_get_flt(v_, MPFR_RNDN);
    } else {
      return mpfr_get_d(v_, MPFR_RNDN);
    }
  }
  double to_double() const { return to<double>(); }
  bool is_nan() const { return mpfr_nan_p(v_) != 0; }
  bool is_inf() const { return mpfr_inf_p(v_) != 0; }
  bool is_zero() const { return mpfr_zero_p(v_) != 0; }
  /// e with 2^e <= |*this| < 2^(e + 1).
  long exponent() const { return mpfr_get_exp(v_) - 1; }

  Real operator-() const { return apply(mpfr_neg, *this); }
  friend Real operator+(Real const& a, Real const& b) { return apply(mpfr_add, a, b); }
  friend Real operator-(Real const& a, Real const& b) { return apply(mpfr_sub, a, b); }
  friend Real operator*(Real const& a, Real const& b) { return apply(mpfr_mul, a, b); }
  friend Real operator/(Real const& a, Real const& b) { return apply(mpfr_div, a, b); }
  friend bool operator<(Real const& a, Real const& b) { return mpfr_less_p(a.v_, b.v_) != 0; }
  friend bool operator>(Real const& a, Real const& b) { return b < a; }

  friend Real abs(Real const& x) { return apply(mpfr_abs, x); }
  friend Real sqrt(Real const& x) { return apply(mpfr_sqrt, x); }
  friend Real exp(Real const& x) { return apply(mpfr_exp, x); }
  friend Real expm1(Real const& x) { return apply(mpfr_expm1, x); }
  friend Real log1p(Real const& x) { return apply(mpfr_log1p, x); }
  friend Real cosh(Real const& x) { return apply(mpfr_cosh, x); }
  friend Real asinh(Real const& x) { return apply(mpfr_asinh, x); }
  friend Real tanh(Real const& x) { return apply(mpfr_tanh, x); }
  friend Real erfc(Real const& x) { return apply(mpfr_erfc, x); }
  friend Real ldexp(Real const& x, long e) {
    Real r;
    mpfr_mul_2si(r.v_, x.v_, e, MPFR_RNDN);
    return r;
  }
  static Real pi() {
    Real r;
    mpfr_const_pi(r.v_, MPFR_RNDN);
    return r;
  }

 private:
  template <class F, class... A>
  static Real apply(F f, A const&... a) {
    Real r;
    f(r.v_, a.v_..., MPFR_RNDN);
    return r;
  }

  mpfr_t v_;
};
