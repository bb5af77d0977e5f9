#pragma once

/// @file
/// What processor and operating system have together. The compiler's own detection asks whether the system saves
/// the registers, too; that of the oldest supported xsimd (8.1) does not, nor does it know AVX-512VL.

namespace simdact::dispatch::detail {

#if defined(__x86_64__)

inline bool has_sse2() noexcept { return true; }

inline bool has_avx2() noexcept {
  __builtin_cpu_init();  // static objects may come here before it is done
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

inline bool has_avx512() noexcept {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl");
}

#elif defined(__aarch64__)

inline bool has_neon() noexcept { return true; }

#endif

}  // namespace simdact::dispatch::detail
