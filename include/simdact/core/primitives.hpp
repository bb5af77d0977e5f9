#pragma once

/// @file
/// The named primitives on which every kernel stands, for scalars and for batches of any
/// architecture. The only file in which an intrinsic may stand: each is something that the oldest
/// supported xsimd (8.1) lacks, or that differs between its versions, and each has a portable form
/// beside it. The names differ from xsimd's on purpose: argument-dependent look-up never mixes them.

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "../concepts.hpp"
#include "../detail/inline.hpp"
#include "../detail/xsimd.hpp"

/// 1 where the target has a fused multiply-add. Then every multiply-add of this library is fused, on
/// scalars and on batches of any architecture alike; else none is.
#if defined(__FMA__) || defined(__aarch64__) || defined(_M_ARM64) || defined(__VSX__) || \
    defined(__riscv_flen)
#define SIMDACT_HAS_FMA 1
#else
#define SIMDACT_HAS_FMA 0
#endif

// g++ 12 and older warn of their own AVX-512 header, whose "undefined" registers are just that (GCC bug
// 105593), wherever its intrinsics are inlined: users would read it as ours.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace simdact::core {

/// A parameter that takes no part in deduction, so that a constant converts to the other's type.
template <class V>
using Same = std::type_identity_t<V>;

/// The registers' own instructions; a type that is not listed takes the portable form.
namespace reg {

// A type that is not listed takes these, so that `requires` says no: even clang++, which would convert a register
// of doubles to one of floats unasked.
void fmadd(auto...) = delete;
void fnmadd(auto...) = delete;
void fnmsub(auto...) = delete;
void max_second(auto...) = delete;
void min_second(auto...) = delete;
void widen_low(auto...) = delete;
void widen_high(auto...) = delete;
void narrow(auto...) = delete;
void pick(auto...) = delete;
void transpose(auto...) = delete;
void stepped(auto...) = delete;
void where_positive(auto...) = delete;
void between(auto...) = delete;
void ramp(auto...) = delete;
void bounded_magnitude(auto...) = delete;
void signum(auto...) = delete;
void above(auto...) = delete;
void ratio(auto...) = delete;
void root(auto...) = delete;
void reciprocal_estimate(auto...) = delete;
void inverse_root_estimate(auto...) = delete;
void zero_where(auto...) = delete;
void load_first(auto...) = delete;
void store_first(auto...) = delete;
void stream(auto...) = delete;
void total(auto...) = delete;
void shifted_up(auto...) = delete;
void shifted_down(auto...) = delete;

#if defined(__FMA__)
SIMDACT_INLINE __m128 fmadd(__m128 a, __m128 b, __m128 c) { return _mm_fmadd_ps(a, b, c); }
SIMDACT_INLINE __m128d fmadd(__m128d a, __m128d b, __m128d c) { return _mm_fmadd_pd(a, b, c); }
SIMDACT_INLINE __m256 fmadd(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }
SIMDACT_INLINE __m256d fmadd(__m256d a, __m256d b, __m256d c) { return _mm256_fmadd_pd(a, b, c); }
SIMDACT_INLINE __m128 fnmadd(__m128 a, __m128 b, __m128 c) { return _mm_fnmadd_ps(a, b, c); }
SIMDACT_INLINE __m128 fnmsub(__m128 a, __m128 b, __m128 c) { return _mm_fnmsub_ps(a, b, c); }
SIMDACT_INLINE __m128d fnmadd(__m128d a, __m128d b, __m128d c) { return _mm_fnmadd_pd(a, b, c); }
SIMDACT_INLINE __m128d fnmsub(__m128d a, __m128d b, __m128d c) { return _mm_fnmsub_pd(a, b, c); }
SIMDACT_INLINE __m256 fnmadd(__m256 a, __m256 b, __m256 c) { return _mm256_fnmadd_ps(a, b, c); }
SIMDACT_INLINE __m256 fnmsub(__m256 a, __m256 b, __m256 c) { return _mm256_fnmsub_ps(a, b, c); }
SIMDACT_INLINE __m256d fnmadd(__m256d a, __m256d b, __m256d c) { return _mm256_fnmadd_pd(a, b, c); }
SIMDACT_INLINE __m256d fnmsub(__m256d a, __m256d b, __m256d c) { return _mm256_fnmsub_pd(a, b, c); }
#endif

#if defined(__SSE2__)
SIMDACT_INLINE __m128 max_second(__m128 a, __m128 b) { return _mm_max_ps(a, b); }
SIMDACT_INLINE __m128d max_second(__m128d a, __m128d b) { return _mm_max_pd(a, b); }
SIMDACT_INLINE __m128 min_second(__m128 a, __m128 b) { return _mm_min_ps(a, b); }
SIMDACT_INLINE __m128d min_second(__m128d a, __m128d b) { return _mm_min_pd(a, b); }
SIMDACT_INLINE __m128d widen_low(__m128 x) { return _mm_cvtps_pd(x); }
SIMDACT_INLINE __m128d widen_high(__m128 x) { return _mm_cvtps_pd(_mm_movehl_ps(x, x)); }
SIMDACT_INLINE __m128 narrow(__m128d low, __m128d high) {
  return _mm_movelh_ps(_mm_cvtpd_ps(low), _mm_cvtpd_ps(high));
}
SIMDACT_INLINE void stream(__m128 x, float* to) { _mm_stream_ps(to, x); }
SIMDACT_INLINE void stream(__m128d x, double* to) { _mm_stream_pd(to, x); }
SIMDACT_INLINE double total(__m128d x) {
  return _mm_cvtsd_f64(_mm_add_sd(x, _mm_unpackhi_pd(x, x)));
}
/// Four rows of four floats become their columns.
SIMDACT_INLINE void transpose(__m128& a, __m128& b, __m128& c, __m128& d) {
  _MM_TRANSPOSE4_PS(a, b, c, d);
}
#endif

#if defined(__AVX2__)
SIMDACT_INLINE __m256 pick(__m256 table, __m256i index) {
  return _mm256_permutevar8x32_ps(table, index);
}
SIMDACT_INLINE __m256 stepped(__m256 x, __m256 left) {
  // Integers compare like floats above 0, but on more of the units; all bits make a NaN.
  const __m256i positive = _mm256_cmpgt_epi32(_mm256_castps_si256(x), _mm256_setzero_si256());
  const __m256 step = _mm256_blendv_ps(left, _mm256_set1_ps(1.0f), _mm256_castsi256_ps(positive));
  return _mm256_or_ps(step, _mm256_cmp_ps(x, x, _CMP_UNORD_Q));
}
SIMDACT_INLINE __m256 above(__m256 x, __m256 bound) {
  const __m256 step = _mm256_and_ps(_mm256_cmp_ps(x, bound, _CMP_GT_OQ), _mm256_set1_ps(1.0f));
  return _mm256_or_ps(step, _mm256_cmp_ps(x, x, _CMP_UNORD_Q));
}
#endif

#if defined(__AVX__)
SIMDACT_INLINE __m256 zero_where(__m256 mask, __m256 y) { return _mm256_andnot_ps(mask, y); }
SIMDACT_INLINE __m256d zero_where(__m256d mask, __m256d y) { return _mm256_andnot_pd(mask, y); }
SIMDACT_INLINE double total(__m256d x) {
  return total(_mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1)));
}
SIMDACT_INLINE void stream(__m256 x, float* to) { _mm256_stream_ps(to, x); }
SIMDACT_INLINE void stream(__m256d x, double* to) { _mm256_stream_pd(to, x); }
/// All bits in the first `count` of 8 floats or, two for each, of 4 doubles.
SIMDACT_INLINE __m256i first_of_8(std::size_t count) {
  alignas(64) static constexpr std::array<std::int32_t, 16> ones_then_zeros = {-1, -1, -1, -1,
                                                                               -1, -1, -1, -1};
  return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(ones_then_zeros.data() + (8 - count)));
}
SIMDACT_INLINE __m256 load_first(__m256 padding, float const* from, std::size_t count) {
  const __m256i mask = first_of_8(count);
  return _mm256_blendv_ps(padding, _mm256_maskload_ps(from, mask), _mm256_castsi256_ps(mask));
}
SIMDACT_INLINE __m256d load_first(__m256d padding, double const* from, std::size_t count) {
  const __m256i mask = first_of_8(2 * count);
  return _mm256_blendv_pd(padding, _mm256_maskload_pd(from, mask), _mm256_castsi256_pd(mask));
}
SIMDACT_INLINE void store_first(__m256 x, float* to, std::size_t count) {
  _mm256_maskstore_ps(to, first_of_8(count), x);
}
SIMDACT_INLINE void store_first(__m256d x, double* to, std::size_t count) {
  _mm256_maskstore_pd(to, first_of_8(2 * count), x);
}
SIMDACT_INLINE __m256 max_second(__m256 a, __m256 b) { return _mm256_max_ps(a, b); }
SIMDACT_INLINE __m256d max_second(__m256d a, __m256d b) { return _mm256_max_pd(a, b); }
SIMDACT_INLINE __m256 min_second(__m256 a, __m256 b) { return _mm256_min_ps(a, b); }
SIMDACT_INLINE __m256d min_second(__m256d a, __m256d b) { return _mm256_min_pd(a, b); }
SIMDACT_INLINE __m256d widen_low(__m256 x) { return _mm256_cvtps_pd(_mm256_castps256_ps128(x)); }
SIMDACT_INLINE __m256d widen_high(__m256 x) { return _mm256_cvtps_pd(_mm256_extractf128_ps(x, 1)); }
SIMDACT_INLINE __m256 narrow(__m256d low, __m256d high) {
  return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(low)), _mm256_cvtpd_ps(high),
                              1);
}
#endif

#if defined(__AVX512F__)
SIMDACT_INLINE double total(__m512d x) {
  return total(_mm256_add_pd(_mm512_castpd512_pd256(x), _mm512_extractf64x4_pd(x, 1)));
}
SIMDACT_INLINE __m512 pick(__m512 table, __m512i index) {
  return _mm512_permutexvar_ps(index, table);
}
SIMDACT_INLINE __m512 pick(__m512 low, __m512 high, __m512i index) {
  return _mm512_permutex2var_ps(low, index, high);
}
SIMDACT_INLINE __m512 stepped(__m512 x, __m512 left) {
  // By x's class, from the lowest digit on: NaN (quiet, signaling) gives itself, 0 left, 1 gives 1, -inf
  // left, +inf 1, other negative numbers left, other positive ones 1.
  return _mm512_fixupimm_ps(left, x, _mm512_set1_epi32(static_cast<int>(0xA0A0A022)), 0);
}
SIMDACT_INLINE __m512 where_positive(__m512 x, __m512 value) {
  const __m512 opposite = _mm512_castsi512_ps(
      _mm512_or_si512(_mm512_castps_si512(x), _mm512_set1_epi32(std::numeric_limits<int>::min())));
  return _mm512_maskz_max_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_NLE_UQ), value,
                             opposite);
}
SIMDACT_INLINE __m512 between(__m512 x, __m512 low, __m512 high, __m512 value) {
  // As above, by the class of what is left of high: positive numbers give the value, 0 and negative ones +0. Below
  // an infinite bound the largest number has nothing left and is inside.
  const __m512 largest = _mm512_set1_ps((std::numeric_limits<float>::max)());
  const __m512 left = _mm512_sub_ps(_mm512_min_ps(high, largest), x);
  const __m512i classes =
      _mm512_mask_blend_epi32(_mm512_cmp_ps_mask(high, largest, _CMP_GT_OQ),
                              _mm512_set1_epi32(0x08080822), _mm512_set1_epi32(0x08080022));
  return _mm512_maskz_fixupimm_ps(_mm512_cmp_ps_mask(x, low, _CMP_NLE_UQ), value, left, classes, 0);
}
SIMDACT_INLINE __m512 ramp(__m512 x, __m512 bound, __m512 inner) {
  // By the class of what x has beyond the largest magnitude below the bound: 0 gives inner, the others 0 or 1.
  const __m512 below =
      _mm512_castsi512_ps(_mm512_sub_epi32(_mm512_castps_si512(bound), _mm512_set1_epi32(1)));
  const __m512 beyond = _mm512_sub_ps(x, _mm512_range_ps(x, below, 0b0010));
  return _mm512_fixupimm_ps(inner, beyond, _mm512_set1_epi32(static_cast<int>(0xA8A8A022)), 0);
}
SIMDACT_INLINE __m512 signum(__m512 x) {
  // As above: NaN and 0 give themselves, the others +-1.
  return _mm512_fixupimm_ps(x, x, _mm512_set1_epi32(static_cast<int>(0xA9A9A122)), 0);
}
#if defined(__AVX512DQ__)
SIMDACT_INLINE __m512 bounded_magnitude(__m512 x, __m512 bound) {
  return _mm512_range_ps(x, bound, 0b1010);  // the smaller magnitude, with a plus
}
#endif
SIMDACT_INLINE void stream(__m512 x, float* to) { _mm512_stream_ps(to, x); }
SIMDACT_INLINE void stream(__m512d x, double* to) { _mm512_stream_pd(to, x); }
SIMDACT_INLINE __m512 load_first(__m512 padding, float const* from, std::size_t count) {
  return _mm512_mask_loadu_ps(padding, static_cast<__mmask16>((1u << count) - 1u), from);
}
SIMDACT_INLINE __m512d load_first(__m512d padding, double const* from, std::size_t count) {
  return _mm512_mask_loadu_pd(padding, static_cast<__mmask8>((1u << count) - 1u), from);
}
SIMDACT_INLINE void store_first(__m512 x, float* to, std::size_t count) {
  _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1u << count) - 1u), x);
}
SIMDACT_INLINE void store_first(__m512d x, double* to, std::size_t count) {
  _mm512_mask_storeu_pd(to, static_cast<__mmask8>((1u << count) - 1u), x);
}
SIMDACT_INLINE __m512 fmadd(__m512 a, __m512 b, __m512 c) { return _mm512_fmadd_ps(a, b, c); }
SIMDACT_INLINE __m512d fmadd(__m512d a, __m512d b, __m512d c) { return _mm512_fmadd_pd(a, b, c); }
SIMDACT_INLINE __m512 fnmadd(__m512 a, __m512 b, __m512 c) { return _mm512_fnmadd_ps(a, b, c); }
SIMDACT_INLINE __m512 fnmsub(__m512 a, __m512 b, __m512 c) { return _mm512_fnmsub_ps(a, b, c); }
SIMDACT_INLINE __m512d fnmadd(__m512d a, __m512d b, __m512d c) { return _mm512_fnmadd_pd(a, b, c); }
SIMDACT_INLINE __m512d fnmsub(__m512d a, __m512d b, __m512d c) { return _mm512_fnmsub_pd(a, b, c); }
SIMDACT_INLINE __m512 max_second(__m512 a, __m512 b) { return _mm512_max_ps(a, b); }
SIMDACT_INLINE __m512d max_second(__m512d a, __m512d b) { return _mm512_max_pd(a, b); }
SIMDACT_INLINE __m512 min_second(__m512 a, __m512 b) { return _mm512_min_ps(a, b); }
SIMDACT_INLINE __m512d min_second(__m512d a, __m512d b) { return _mm512_min_pd(a, b); }
SIMDACT_INLINE __m512d widen_low(__m512 x) { return _mm512_cvtps_pd(_mm512_castps512_ps256(x)); }
SIMDACT_INLINE __m512d widen_high(__m512 x) {
  return _mm512_cvtps_pd(_mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(x), 1)));
}
SIMDACT_INLINE __m512 narrow(__m512d low, __m512d high) {
  return _mm512_castpd_ps(
      _mm512_insertf64x4(_mm512_castps_pd(_mm512_castps256_ps512(_mm512_cvtpd_ps(low))),
                         _mm256_castps_pd(_mm512_cvtpd_ps(high)), 1));
}
#endif

#if defined(__AVX512VL__)
SIMDACT_INLINE __m128 reciprocal_estimate(__m128 x) { return _mm_rcp14_ps(x); }
SIMDACT_INLINE __m256 reciprocal_estimate(__m256 x) { return _mm256_rcp14_ps(x); }
SIMDACT_INLINE __m512 reciprocal_estimate(__m512 x) { return _mm512_rcp14_ps(x); }
SIMDACT_INLINE __m128 inverse_root_estimate(__m128 x) { return _mm_rsqrt14_ps(x); }
SIMDACT_INLINE __m256 inverse_root_estimate(__m256 x) { return _mm256_rsqrt14_ps(x); }
SIMDACT_INLINE __m512 inverse_root_estimate(__m512 x) { return _mm512_rsqrt14_ps(x); }
#endif

#if defined(__aarch64__)
SIMDACT_INLINE float32x4_t fmadd(float32x4_t a, float32x4_t b, float32x4_t c) {
  return vfmaq_f32(c, a, b);
}
SIMDACT_INLINE float64x2_t fmadd(float64x2_t a, float64x2_t b, float64x2_t c) {
  return vfmaq_f64(c, a, b);
}
SIMDACT_INLINE float32x4_t fnmadd(float32x4_t a, float32x4_t b, float32x4_t c) {
  return vfmsq_f32(c, a, b);
}
SIMDACT_INLINE float64x2_t fnmadd(float64x2_t a, float64x2_t b, float64x2_t c) {
  return vfmsq_f64(c, a, b);
}
SIMDACT_INLINE float32x4_t ratio(float32x4_t a, float32x4_t b) { return vdivq_f32(a, b); }
SIMDACT_INLINE float32x4_t root(float32x4_t x) { return vsqrtq_f32(x); }
SIMDACT_INLINE uint32x4_t shifted_up(uint32x4_t x, int n) { return vshlq_u32(x, vdupq_n_s32(n)); }
SIMDACT_INLINE uint32x4_t shifted_down(uint32x4_t x, int n) {
  return vshlq_u32(x, vdupq_n_s32(-n));
}
SIMDACT_INLINE uint64x2_t shifted_up(uint64x2_t x, int n) { return vshlq_u64(x, vdupq_n_s64(n)); }
SIMDACT_INLINE void transpose(float32x4_t& a, float32x4_t& b, float32x4_t& c, float32x4_t& d) {
  const float32x4x2_t ac = vzipq_f32(a, c), bd = vzipq_f32(b, d);
  const float32x4x2_t low = vzipq_f32(ac.val[0], bd.val[0]);
  const float32x4x2_t high = vzipq_f32(ac.val[1], bd.val[1]);
  a = low.val[0], b = low.val[1], c = high.val[0], d = high.val[1];
}
SIMDACT_INLINE float64x2_t widen_low(float32x4_t x) { return vcvt_f64_f32(vget_low_f32(x)); }
SIMDACT_INLINE float64x2_t widen_high(float32x4_t x) { return vcvt_high_f64_f32(x); }
SIMDACT_INLINE float32x4_t narrow(float64x2_t low, float64x2_t high) {
  return vcvt_high_f32_f64(vcvt_f32_f64(low), high);
}
#endif

}  // namespace reg

template <class T, class A>
using register_t = typename xsimd::batch<T, A>::register_type;

// Functions of batches are called without xsimd's name: where xsimd knows no SIMD for the target, it has none.

// fmadd(a, b, c) = a*b + c, fnmadd(a, b, c) = c - a*b, fnmsub(a, b, c) = -a*b - c: fused wherever the
// target can. Scalars negate b: where that is itself the result of a multiply-add, g++ 12 moves the minus
// into it, and an exact zero there gets the other sign. So pass such a factor as a.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T fmadd(T a, Same<T> b, Same<T> c)
noexcept {
#if SIMDACT_HAS_FMA
  return std::fma(a, b, c);
#else
  const T product = a * b;  // a statement of its own: nothing to contract
  return product + c;
#endif
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> fmadd(xsimd::batch<T, A> const& a,
                                        Same<xsimd::batch<T, A>> const& b,
                                        Same<xsimd::batch<T, A>> const& c) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::fmadd(r, r, r); }) {
    return reg::fmadd(R(a), R(b), R(c));
  } else {
    return xsimd::fma(a, b, c);
  }
}

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T fnmadd(T a, Same<T> b, Same<T> c)
noexcept { return fmadd(a, -b, c); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> fnmadd(xsimd::batch<T, A> const& a,
                                         Same<xsimd::batch<T, A>> const& b,
                                         Same<xsimd::batch<T, A>> const& c) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::fnmadd(r, r, r); }) {
    return reg::fnmadd(R(a), R(b), R(c));
  } else {
    return fnma(a, b, c);
  }
}

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T fnmsub(T a, Same<T> b, Same<T> c)
noexcept { return fmadd(a, -b, -c); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> fnmsub(xsimd::batch<T, A> const& a,
                                         Same<xsimd::batch<T, A>> const& b,
                                         Same<xsimd::batch<T, A>> const& c) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::fnmsub(r, r, r); }) {
    return reg::fnmsub(R(a), R(b), R(c));
  } else {
    return fnmadd(a, b, c ^ xsimd::batch<T, A>(T(-0.0)));
  }
}

// where(mask, a, b): a in the lanes where the mask holds, else b.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T where(bool mask, T a, Same<T> b)
noexcept { return mask ? a : b; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> where(xsimd::batch_bool<T, A> const& mask,
                                        Same<xsimd::batch<T, A>> const& a,
                                        Same<xsimd::batch<T, A>> const& b) noexcept {
  return select(mask, a, b);
}

// ratio(a, b) = a/b, correctly rounded; xsimd 8.1 multiplies floats by an approximate reciprocal on ARM.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T ratio(T a, Same<T> b)
noexcept { return a / b; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> ratio(xsimd::batch<T, A> const& a,
                                        Same<xsimd::batch<T, A>> const& b) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::ratio(r, r); }) {
    return reg::ratio(R(a), R(b));
  } else {
    return a / b;
  }
}

// root(x): the square root, correctly rounded; xsimd 8.1 approximates that of floats on ARM.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T root(T x)
noexcept { return std::sqrt(x); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> root(xsimd::batch<T, A> const& x) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::root(r); }) {
    return reg::root(R(x));
  } else {
    return xsimd::sqrt(x);
  }
}

// reciprocal_estimate(x), inverse_root_estimate(x): 1/x and 1/sqrt(x) within 2^-14 of themselves where the target
// `estimates`, else correctly rounded. Of AVX-512's estimates Intel has defined every bit (VRCP14PS, VRSQRT14PS in
// its "Reference Implementations"), and AMD's have the same.
#if defined(__AVX512VL__)
inline constexpr bool estimates = true;
#else
inline constexpr bool estimates = false;
#endif

SIMDACT_INLINE float reciprocal_estimate(float x) noexcept {
#if defined(__AVX512VL__)
  return _mm_cvtss_f32(reg::reciprocal_estimate(_mm_set_ss(x)));
#else
  return ratio(1.0f, x);
#endif
}

SIMDACT_INLINE float inverse_root_estimate(float x) noexcept {
#if defined(__AVX512VL__)
  return _mm_cvtss_f32(reg::inverse_root_estimate(_mm_set_ss(x)));
#else
  return ratio(1.0f, root(x));
#endif
}

template <class A>
SIMDACT_INLINE xsimd::batch<float, A> reciprocal_estimate(
    xsimd::batch<float, A> const& x) noexcept {
  using R = register_t<float, A>;
  if constexpr (requires(R r) { reg::reciprocal_estimate(r); }) {
    return reg::reciprocal_estimate(R(x));
  } else {
    return ratio(xsimd::batch<float, A>(1.0f), x);
  }
}

template <class A>
SIMDACT_INLINE xsimd::batch<float, A> inverse_root_estimate(
    xsimd::batch<float, A> const& x) noexcept {
  using R = register_t<float, A>;
  if constexpr (requires(R r) { reg::inverse_root_estimate(r); }) {
    return reg::inverse_root_estimate(R(x));
  } else {
    return ratio(xsimd::batch<float, A>(1.0f), root(x));
  }
}

// zero_where(mask, y): +0 in the lanes where the mask holds, else y. Of blends with 0, g++ 12 compares each mask with 0.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T zero_where(bool mask, T y)
noexcept { return mask ? T(0) : y; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> zero_where(xsimd::batch_bool<T, A> const& mask,
                                             xsimd::batch<T, A> const& y) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::zero_where(r, r); }) {
    return reg::zero_where(R(mask.data), R(y));
  } else {
    return where(mask, xsimd::batch<T, A>(T(0)), y);
  }
}

// stepped(x, left): left for x <= 0, 1 for x > 0, NaN for NaN.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T stepped(T x, Same<T> left)
noexcept { return x > T(0) ? T(1) : x <= T(0) ? left : x + x; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> stepped(xsimd::batch<T, A> const& x,
                                          Same<xsimd::batch<T, A>> const& left) noexcept {
  using R = register_t<T, A>;
  using Batch = xsimd::batch<T, A>;
  if constexpr (requires(R r) { reg::stepped(r, r); }) {
    return reg::stepped(R(x), R(left));
  } else {
    return where(x == x, where(x > Batch(T(0)), Batch(T(1)), left), x);
  }
}

// larger(x, y): x where x > y, else y; so NaN in x is passed over. smaller(x, y): x where x < y, else y.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T larger(T x, Same<T> y)
noexcept { return x > y ? x : y; }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T smaller(T x, Same<T> y)
noexcept { return x < y ? x : y; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> larger(xsimd::batch<T, A> const& x,
                                         Same<xsimd::batch<T, A>> const& y) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::max_second(r, r); }) {
    return reg::max_second(R(x), R(y));
  } else {
    return where(x > y, x, y);
  }
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> smaller(xsimd::batch<T, A> const& x,
                                          Same<xsimd::batch<T, A>> const& y) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::min_second(r, r); }) {
    return reg::min_second(R(x), R(y));
  } else {
    return where(x < y, x, y);
  }
}

// at_least(x, low), at_most(x, high): x clamped on one side; NaN stays NaN, unlike in xsimd 8.1,
// whose max and min drop it.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T at_least(T x, Same<T> low)
noexcept { return larger(low, x); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T at_most(T x, Same<T> high)
noexcept { return smaller(high, x); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> at_least(xsimd::batch<T, A> const& x, Same<T> low) noexcept {
  return larger(xsimd::batch<T, A>(low), x);
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> at_most(xsimd::batch<T, A> const& x, Same<T> high) noexcept {
  return smaller(xsimd::batch<T, A>(high), x);
}

// total(x): the sum of the lanes, half of them onto the other half until one is left.

SIMDACT_INLINE double total(double x) noexcept { return x; }

template <class A>
SIMDACT_INLINE double total(xsimd::batch<double, A> const& x) noexcept {
  using R = register_t<double, A>;
  if constexpr (requires(R r) { reg::total(r); }) {
    return reg::total(R(x));
  } else {
    std::array<double, xsimd::batch<double, A>::size> lanes;
    x.store_unaligned(lanes.data());
    for (std::size_t half = lanes.size() / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i)
        lanes[i] = lanes[i] + lanes[i + half];
    }
    return lanes[0];
  }
}

// The sign as a bit, zeros and NaN included: magnitude(x) = |x|, negated(x) = -x (xsimd 8.1 has
// 0 - x on AVX-512, which loses -0), negative_magnitude(x) = -|x|, with_sign_of(x, s) = |x| with the sign of s,
// with_flipped_sign(x, s) = x, or -x where s has a minus.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T magnitude(T x)
noexcept { return std::fabs(x); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T negated(T x)
noexcept { return -x; }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T negative_magnitude(T x)
noexcept { return -std::fabs(x); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T with_sign_of(T x, T s)
noexcept { return std::copysign(x, s); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T with_flipped_sign(T x, T s)
noexcept { return std::signbit(s) ? -x : x; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> magnitude(xsimd::batch<T, A> const& x) noexcept {
  return xsimd::abs(x);
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> negated(xsimd::batch<T, A> const& x) noexcept {
  return x ^ xsimd::batch<T, A>(T(-0.0));
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> negative_magnitude(xsimd::batch<T, A> const& x) noexcept {
  return x | xsimd::batch<T, A>(T(-0.0));
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> with_sign_of(xsimd::batch<T, A> const& x,
                                               xsimd::batch<T, A> const& s) noexcept {
  return xsimd::abs(x) | (s & xsimd::batch<T, A>(T(-0.0)));
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> with_flipped_sign(xsimd::batch<T, A> const& x,
                                                    xsimd::batch<T, A> const& s) noexcept {
  return x ^ (s & xsimd::batch<T, A>(T(-0.0)));
}

// bounded_magnitude(x, bound) = min(|x|, bound) for a bound >= 0; of NaN it is the bound.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T bounded_magnitude(T x, Same<T> bound)
noexcept { return smaller(magnitude(x), bound); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> bounded_magnitude(xsimd::batch<T, A> const& x,
                                                    Same<T> bound) noexcept {
  using R = register_t<T, A>;
  const xsimd::batch<T, A> bounds(bound);
  if constexpr (requires(R r) { reg::bounded_magnitude(r, r); }) {
    return reg::bounded_magnitude(R(x), R(bounds));
  } else {
    return smaller(magnitude(x), bounds);
  }
}

// signum(x): -1, 1, or x itself if it is +-0 or NaN.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T signum(T x)
noexcept { return x < T(0) ? T(-1) : x > T(0) ? T(1) : x; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> signum(xsimd::batch<T, A> const& x) noexcept {
  using R = register_t<T, A>;
  using Batch = xsimd::batch<T, A>;
  if constexpr (requires(R r) { reg::signum(r); }) {
    return reg::signum(R(x));
  } else {
    return where(magnitude(x) > Batch(T(0)), with_sign_of(Batch(T(1)), x), x);
  }
}

/// |x|, of an infinity the largest finite number; NaN stays NaN.
template <class V>
SIMDACT_INLINE V finite_magnitude(V const& x) noexcept {
  return at_most(magnitude(x), (std::numeric_limits<scalar_of_t<V>>::max)());
}

/// Does one instruction choose by a number's class: its sign, 0, infinity, NaN?
template <class V>
inline constexpr bool chooses_by_class = false;
template <class T, class A>
inline constexpr bool chooses_by_class<xsimd::batch<T, A>> = requires(register_t<T, A> r) {
  reg::ramp(r, r, r);
};

/// stepped(x, left) for a left that is NaN itself where x is.
template <class V>
SIMDACT_INLINE V stepped_from(V const& x, Same<V> const& left) noexcept {
  if constexpr (chooses_by_class<V>) {
    return stepped(x, left);
  } else {
    return where(x > V(0), V(1), left);
  }
}

/// c, but NaN where x is NaN or infinite.
template <class V>
SIMDACT_INLINE V with_nan_of(V const& c, V const& x) noexcept {
  return fmadd(x, V(0), c);
}

// above(x, bound): 1 for x > bound, +0 for x <= bound, NaN for NaN.
// outside(x, bound): x for |x| > bound, 0 with the sign of x for |x| <= bound, NaN for NaN.
// For both a bound that is NaN counts as the largest number, an infinite one as the largest of its sign: the difference
// is to tell in all forms what the comparison does.
// where_positive(x, value): a positive value for x > 0, +0 for x <= 0, NaN for NaN.
// between(x, low, high, value): value for low < x < high, else +0, NaN for NaN. A bound that is NaN is none.
// within(x, bound, value): the same of -bound and bound.
// ramp(x, bound, inner): inner for |x| < bound, else 0 on the left and 1 on the right; inner is NaN where x is.

template <class V>
SIMDACT_INLINE V finite_bound(V const& bound) noexcept {
  constexpr auto largest = (std::numeric_limits<scalar_of_t<V>>::max)();
  return at_least(smaller(bound, V(largest)), -largest);
}

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T above(T x, Same<T> bound)
noexcept { return stepped(x - finite_bound(bound), T(0)); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> above(xsimd::batch<T, A> const& x,
                                        Same<xsimd::batch<T, A>> const& bound) noexcept {
  using R = register_t<T, A>;
  using Batch = xsimd::batch<T, A>;
  const Batch finite = finite_bound(bound);
  if constexpr (requires(R r) { reg::above(r, r); }) {
    return reg::above(R(x), R(finite));
  } else {
    return stepped(x - finite, Batch(T(0)));
  }
}

template <class V>
SIMDACT_INLINE V where_positive(V const& x, Same<V> const& value) noexcept {
  if constexpr (chooses_by_class<V>) {
    using R = typename V::register_type;
    return reg::where_positive(R(x), R(value));
  } else {
    return zero_where(x <= V(0), larger(value, negative_magnitude(x)));
  }
}

template <class V>
SIMDACT_INLINE V between(V const& x, Same<V> const& low, Same<V> const& high,
                         Same<V> const& value) noexcept {
  constexpr auto inf = std::numeric_limits<scalar_of_t<V>>::infinity();
  const V least = larger(low, V(-inf)), most = smaller(high, V(inf));
  if constexpr (chooses_by_class<V>) {
    using R = typename V::register_type;
    return reg::between(R(x), R(least), R(most), R(value));
  } else {
    return zero_where(x <= least, zero_where(x >= most, with_nan_of(value, x)));
  }
}

template <class V>
SIMDACT_INLINE V within(V const& x, Same<V> const& bound, Same<V> const& value) noexcept {
  if constexpr (chooses_by_class<V>) {
    return between(x, negated(bound), bound, value);
  } else {
    return zero_where(magnitude(x) >= bound, with_nan_of(value, x));
  }
}

template <class V>
SIMDACT_INLINE V ramp(V const& x, Same<V> const& bound, Same<V> const& inner) noexcept {
  if constexpr (chooses_by_class<V>) {
    using R = typename V::register_type;
    return reg::ramp(R(x), R(bound), R(inner));
  } else {
    return zero_where(x <= negated(bound), where(x >= bound, V(1), inner));
  }
}

template <class V>
SIMDACT_INLINE V outside(V const& x, Same<V> const& bound) noexcept {
  return where(magnitude(x) <= finite_bound(bound), with_sign_of(V(0), x), x);
}

/// The same bits as numbers of another type. Of the registers: xsimd 8.1 calls a function for it on ARM.
template <class To, class From, class A>
SIMDACT_INLINE xsimd::batch<To, A> bits_as(xsimd::batch<From, A> const& x) noexcept {
  return __builtin_bit_cast(register_t<To, A>, register_t<From, A>(x));
}

/// Unsigned integers by n bits up or down; xsimd 8.1 calls a function for that, too.
template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> shifted_up(xsimd::batch<T, A> const& x, int n) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::shifted_up(r, n); }) {
    return reg::shifted_up(R(x), n);
  } else {
    return x << n;
  }
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> shifted_down(xsimd::batch<T, A> const& x, int n) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::shifted_down(r, n); }) {
    return reg::shifted_down(R(x), n);
  } else {
    return x >> n;
  }
}

/// 1.5 * 2^52 + 1023: added to an integer n in [-1022, 1023], it leaves the exponent field of 2^n in
/// the low bits of the sum.
inline constexpr double exponent_shift = 0x1.8p52 + 1023;

/// What adding `shift` has rounded to an integer, without the shift. -ffast-math, which knows no rounding, would
/// take it for what it was before: there it must not see where it comes from.
template <class D>
SIMDACT_INLINE D without_shift(D shifted, D const& shift) noexcept {
#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__)
  __asm__("" : "+m"(shifted));
#endif
  return shifted - shift;
}

// power_of_two(n + exponent_shift) = 2^n, for an integer n in [-1022, 1023]. NaN gives some number.

/// Likewise for floats, for n in [-127, 127]; 2^-127 is 0.
inline constexpr float float_exponent_shift = 0x1.8p23f + 127.0f;

/// With bits below the exponent's, power_of_two<Bits>(m + 2^Bits 127 + 1.5 * 2^23) = 2^floor(m/2^Bits).
template <int Bits = 0>
SIMDACT_INLINE float power_of_two(float shifted) noexcept {
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted) >> Bits) << 23);
}

template <int Bits = 0, class A>
SIMDACT_INLINE xsimd::batch<float, A> power_of_two(xsimd::batch<float, A> const& shifted) noexcept {
  using Integer = xsimd::batch<std::uint32_t, A>;
  // A mask is cheaper than to shift there and back.
  const auto exponent = [](Integer const& pattern) SIMDACT_LAMBDA {
    const Integer up = shifted_up(pattern, 23 - Bits);
    return Bits == 0 ? up : up & Integer(0xFF800000u);
  };
  return bits_as<float>(exponent(bits_as<std::uint32_t>(shifted)));
}

SIMDACT_INLINE double power_of_two(double shifted) noexcept {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(shifted) << 52);
}

template <class A>
SIMDACT_INLINE xsimd::batch<double, A> power_of_two(
    xsimd::batch<double, A> const& shifted) noexcept {
  return bits_as<double>(shifted_up(bits_as<std::uint64_t>(shifted), 52));
}

// pattern_above(x, shift): the bits of x from the `shift`-th on.

SIMDACT_INLINE std::uint32_t pattern_above(float x, int shift) noexcept {
  return std::bit_cast<std::uint32_t>(x) >> shift;
}

template <class A>
SIMDACT_INLINE xsimd::batch<std::uint32_t, A> pattern_above(xsimd::batch<float, A> const& x,
                                                            int shift) noexcept {
  return shifted_down(bits_as<std::uint32_t>(x), shift);
}

// pick(table, index, factor): table[index % N] factor, lane by lane, for N a power of two. The product is
// taken before the choice, outside a loop.

template <std::size_t N>
SIMDACT_INLINE float pick(std::array<float, N> const& table, std::uint32_t index,
                          float factor = 1.0f) noexcept {
  return table[index % N] * factor;
}

template <class A, std::size_t N>
SIMDACT_INLINE xsimd::batch<float, A> pick(std::array<float, N> const& table,
                                           xsimd::batch<std::uint32_t, A> const& index,
                                           float factor = 1.0f) noexcept {
  using Float = xsimd::batch<float, A>;
  using R = register_t<float, A>;
  using I = register_t<std::uint32_t, A>;
  const auto entries = [&](std::size_t first) SIMDACT_LAMBDA {
    return R(Float::load_aligned(table.data() + first) * Float(factor));
  };
  if constexpr (N == Float::size && requires(R r, I i) { reg::pick(r, i); }) {
    return reg::pick(entries(0), I(index));
  } else if constexpr (N == 2 * Float::size && requires(R r, I i) { reg::pick(r, r, i); }) {
    return reg::pick(entries(0), entries(N / 2), I(index));
  } else {
    std::array<std::uint32_t, Float::size> at;
    std::array<float, Float::size> lanes;
    index.store_unaligned(at.data());
    for (std::size_t i = 0; i < Float::size; ++i)
      lanes[i] = pick(table, at[i], factor);
    return Float::load_unaligned(lanes.data());
  }
}

// pick_row(rows, index, columns): columns[k] = rows[index % N][k], lane by lane.

template <std::size_t N>
SIMDACT_INLINE void pick_row(std::array<std::array<float, 4>, N> const& rows, std::uint32_t index,
                             std::array<float, 4>& columns) noexcept {
  columns = rows[index % N];
}

template <class A, std::size_t N>
SIMDACT_INLINE void pick_row(std::array<std::array<float, 4>, N> const& rows,
                             xsimd::batch<std::uint32_t, A> const& index,
                             std::array<xsimd::batch<float, A>, 4>& columns) noexcept {
  using Float = xsimd::batch<float, A>;
  using R = register_t<float, A>;
  std::array<std::uint32_t, Float::size> at;
  index.store_unaligned(at.data());
  if constexpr (Float::size == 4 && requires(R r) { reg::transpose(r, r, r, r); }) {
    const auto row = [&](std::size_t i) SIMDACT_LAMBDA {
      return R(Float::load_unaligned(rows[at[i] % N].data()));
    };
    R a = row(0), b = row(1), c = row(2), d = row(3);
    reg::transpose(a, b, c, d);
    columns = {Float(a), Float(b), Float(c), Float(d)};
  } else {
    for (std::size_t k = 0; k < 4; ++k) {
      std::array<float, Float::size> lanes;
      for (std::size_t i = 0; i < Float::size; ++i)
        lanes[i] = rows[at[i] % N][k];
      columns[k] = Float::load_unaligned(lanes.data());
    }
  }
}

// load_first(padding, from, count): `count` lanes from memory, the others of `padding`.
// store_first(x, to, count): `count` lanes to memory. count is at most the width.

/// Has the target instructions for a part of a register?
template <class V>
inline constexpr bool accesses_parts = false;
template <class T, class A>
inline constexpr bool accesses_parts<xsimd::batch<T, A>> = requires(register_t<T, A> r,
                                                                    T const* from) {
  reg::load_first(r, from, std::size_t{1});
};

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T load_first(T padding, Same<T> const* from,
                                                                   std::size_t count)
noexcept { return count == 0 ? padding : *from; }

template <class T>
requires std::is_floating_point_v<T> SIMDACT_INLINE void store_first(T x, Same<T>* to,
                                                                     std::size_t count) noexcept {
  if (count != 0)
    *to = x;
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> load_first(xsimd::batch<T, A> const& padding, Same<T> const* from,
                                             std::size_t count) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::load_first(r, from, count); }) {
    return reg::load_first(R(padding), from, count);
  } else {
    std::array<T, xsimd::batch<T, A>::size> lanes;
    padding.store_unaligned(lanes.data());
    for (std::size_t i = 0; i < lanes.size(); ++i) {  // of a length that the compiler knows
      if (i < count)
        lanes[i] = from[i];
    }
    return xsimd::batch<T, A>::load_unaligned(lanes.data());
  }
}

template <class T, class A>
SIMDACT_INLINE void store_first(xsimd::batch<T, A> const& x, Same<T>* to,
                                std::size_t count) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::store_first(r, to, count); }) {
    reg::store_first(R(x), to, count);
  } else {
    std::array<T, xsimd::batch<T, A>::size> lanes;
    x.store_unaligned(lanes.data());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      if (i < count)
        to[i] = lanes[i];
    }
  }
}

// stream(x, to): a store to an aligned place that goes past the caches, where the target has one;
// order_streams(): stores after it are seen after those before.

template <class T>
requires std::is_floating_point_v<T> SIMDACT_INLINE void stream(T x, Same<T>* to) noexcept {
  *to = x;
}

template <class T, class A>
SIMDACT_INLINE void stream(xsimd::batch<T, A> const& x, Same<T>* to) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::stream(r, to); }) {
    reg::stream(R(x), to);
  } else {
    x.store_aligned(to);
  }
}

SIMDACT_INLINE void order_streams() noexcept {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

/// Asks for the memory `bytes` behind `from`, which may lie behind the array's end.
template <class T>
SIMDACT_INLINE void fetch_ahead([[maybe_unused]] T const* from,
                                [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(reinterpret_cast<char const*>(reinterpret_cast<std::uintptr_t>(from) + bytes));
#endif
}

}  // namespace simdact::core

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#pragma GCC diagnostic pop
#endif
