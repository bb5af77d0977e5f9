#pragma once

/// @file
/// The registers' own instructions: the only file in which an intrinsic may stand. Each is something that the
/// oldest supported xsimd (8.1) lacks, or that differs between its versions; the primitives have a portable form for
/// every type that is not listed here.

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "../../detail/inline.hpp"
#include "../../detail/xsimd.hpp"

/// 1 where the target has a fused multiply-add. Then every multiply-add of this library is fused, on
/// scalars and on batches of any architecture alike; else none is.
#if defined(__FMA__) || defined(__aarch64__) || defined(_M_ARM64) || defined(__VSX__) || \
    defined(__riscv_flen)
#define SIMDACT_HAS_FMA 1
#else
#define SIMDACT_HAS_FMA 0
#endif

// g++ 12 and older warn of their own AVX-512 header, whose "undefined" registers are just that (GCC bug 105593), where
// its intrinsics are inlined into what stands between these two: users would read it as ours.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
#define SIMDACT_BEGIN_UNDEFINED_REGISTERS                                              \
  _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wuninitialized\"") \
      _Pragma("GCC diagnostic ignored \"-Wmaybe-uninitialized\"")
#define SIMDACT_END_UNDEFINED_REGISTERS _Pragma("GCC diagnostic pop")
#else
#define SIMDACT_BEGIN_UNDEFINED_REGISTERS
#define SIMDACT_END_UNDEFINED_REGISTERS
#endif

SIMDACT_BEGIN_UNDEFINED_REGISTERS

namespace simdact::core {

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
void or_nan(auto...) = delete;
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
SIMDACT_INLINE void order_streams() { _mm_sfence(); }
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
SIMDACT_INLINE __m512 or_nan(__m512 value, __m512 x) {
  // As above: NaN gives itself, all others the value.
  return _mm512_fixupimm_ps(value, x, _mm512_set1_epi32(0x22), 0);
}
SIMDACT_INLINE __m512 signum(__m512 x) {
  // As above: NaN and 0 give themselves, the others +-1.
  return _mm512_fixupimm_ps(x, x, _mm512_set1_epi32(static_cast<int>(0xA9A9A122)), 0);
}
SIMDACT_INLINE __m512 where_positive(__m512 x, __m512 value) {
  const __m512 opposite = _mm512_castsi512_ps(
      _mm512_or_si512(_mm512_castps_si512(x), _mm512_set1_epi32(std::numeric_limits<int>::min())));
  return _mm512_maskz_max_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_NLE_UQ), value,
                             opposite);
}
#if defined(__AVX512DQ__)
SIMDACT_INLINE __m512 ramp(__m512 x, __m512 bound, __m512 inner) {
  // As above, by the class of what x has beyond the largest magnitude below the bound: 0 gives inner, the others 0 or 1.
  const __m512 below =
      _mm512_castsi512_ps(_mm512_sub_epi32(_mm512_castps_si512(bound), _mm512_set1_epi32(1)));
  const __m512 beyond = _mm512_sub_ps(x, _mm512_range_ps(x, below, 0b0010));
  return _mm512_fixupimm_ps(inner, beyond, _mm512_set1_epi32(static_cast<int>(0xA8A8A022)), 0);
}
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
SIMDACT_INLINE float reciprocal_estimate(float x) {
  return _mm_cvtss_f32(reciprocal_estimate(_mm_set_ss(x)));
}
SIMDACT_INLINE float inverse_root_estimate(float x) {
  return _mm_cvtss_f32(inverse_root_estimate(_mm_set_ss(x)));
}
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

/// That of a batch; a scalar is its own, and no register that is listed.
template <class V>
struct Register {
  using type = V;
};
template <class T, class A>
struct Register<xsimd::batch<T, A>> {
  using type = register_t<T, A>;
};

}  // namespace simdact::core

SIMDACT_END_UNDEFINED_REGISTERS
