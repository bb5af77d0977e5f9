#pragma once

/// @file
/// How functions of this library are inlined, and the one compiler mode that it refuses: -ffast-math, or the
/// parts of it that a compiler tells of.

#if !defined(SIMDACT_ALLOW_FAST_MATH) &&                        \
    (defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || \
     (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ > 0))
#error \
    "simdact: -ffast-math removes NaN, infinities and the error terms that the accuracy rests on. Compile without it, or define SIMDACT_ALLOW_FAST_MATH and accept results without a bound."
#endif

/// Force-inlined: a program may hold translation units compiled for different instruction sets, and
/// the linker keeps one copy of each inline function, whoever compiled it. A function that has no
/// architecture in its type must therefore leave no copy behind.
#if defined(_MSC_VER) && !defined(__clang__)
#define SIMDACT_INLINE __forceinline
#define SIMDACT_LAMBDA [[msvc::forceinline]]
#else
#define SIMDACT_INLINE __attribute__((always_inline)) inline
#define SIMDACT_LAMBDA __attribute__((always_inline))
#endif
