#pragma once

/// @file
/// A broad set of calls of the library, and the bits of what they gave as a few numbers: the same in every
/// build for an instruction set, whatever its flags, and those of the floats of the Precise tier the same on
/// every instruction set.
///
/// What the library's templates are given has external linkage, as in most programs: with types of one
/// translation unit alone, the compiler would hide what this is here to show, copies of functions that the
/// linker takes for the same.

#include <simdact/simdact.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>

namespace builds {

/// FNV-1a of the bits of all results, any NaN being equal to any other.
class Digest {
 public:
  template <class T>
  SIMDACT_INLINE void add(T value) {
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    const std::uint64_t bits = value != value ? 1 : std::bit_cast<Bits>(value);
    for (int shift = 0; shift < 64; shift += 8)
      digest_ = (digest_ ^ ((bits >> shift) & 0xFF)) * 0x100000001b3U;
  }
  template <class T>
  SIMDACT_INLINE void add(T const* values, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
      add(values[i]);
  }
  SIMDACT_INLINE std::uint64_t value() const { return digest_; }

 private:
  std::uint64_t digest_ = 0xcbf29ce484222325U;
};

/// An activation that tells how wide the vectors are that it is given.
template <class T>
struct Width {
  using value_type = T;
  static constexpr std::string_view name = "width";

  template <class V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return x * V(T(0)) + V(T(sizeof(V) / sizeof(T)));
  }
  template <class V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return forward(x);
  }
};

/// Odd, and more than several registers of any instruction set.
inline constexpr std::size_t count = 147;
inline constexpr std::size_t row_length = 49;
inline constexpr std::size_t rows = count / row_length;

template <class T>
struct Buffers {
  T x[count], up[count], g[count], y[count], d[count];
};

/// Of about the distribution of a layer's sums, with special values among them; the same in every build.
template <class T>
static void fill(T* to, std::uint32_t seed, bool special) {
  for (std::size_t i = 0; i < count; ++i) {
    double sum = -2.0;
    for (int k = 0; k < 4; ++k) {
      seed = seed * 1664525U + 1013904223U;
      sum += static_cast<double>(seed >> 8) * 0x1p-24;
    }
    to[i] = static_cast<T>(6.0 * sum);
  }
  if (!special)
    return;
  constexpr T infinity = std::numeric_limits<T>::infinity();
  const T values[] = {T(0),       T(-0.0),     infinity,
                      -infinity,  T(-90),      std::numeric_limits<T>::quiet_NaN(),
                      T(2.7e-39), T(-2.7e-39), std::numeric_limits<T>::denorm_min()};
  for (std::size_t i = 0; i < std::size(values); ++i)
    to[7 * i] = values[i];
}

template <class T>
static Buffers<T> filled(bool special) {
  Buffers<T> b{};
  fill(b.x, 1, special);
  fill(b.up, 2, special);
  fill(b.g, 3, false);
  return b;
}

/// Arrays, one value and one batch.
template <class F>
static void activation(Digest& digest, F const& f) {
  using T = typename F::value_type;
  Buffers<T> b = filled<T>(true);
  simdact::forward(f, b.x, b.y);
  simdact::derivative(f, b.x, b.d);
  digest.add(b.y, count);
  digest.add(b.d, count);
  for (std::size_t i = 0; i < count; i += 5) {
    digest.add(f.forward(b.x[i]));
    digest.add(f.derivative(b.x[i]));
  }
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
  using Batch = xsimd::batch<T>;
  f.forward(Batch::load_unaligned(b.x)).store_unaligned(b.y);
  digest.add(b.y, 2);  // which all have
#endif
}

template <template <class, class> class... F>
struct Kinds {};

/// Kernels of each kind, but few of those that take long to compile.
using Plain = Kinds<simdact::Hardswish, simdact::GELU>;
using Quick =
    Kinds<simdact::Hardswish, simdact::GELU, simdact::Swish, simdact::Mish, simdact::Softplus>;

template <class T, class Accuracy, template <class, class> class... F>
static void activations(Digest& digest, Kinds<F...>) {
  (activation(digest, F<T, Accuracy>{}), ...);
}

/// By name, from a short list: to compile all of them takes three times as long.
template <class T, class Accuracy>
static void by_name(Digest& digest) {
  using List = simdact::TypeList<simdact::ReLU<T, Accuracy>, simdact::ELU<T, Accuracy>,
                                 simdact::Tanh<T, Accuracy>>;
  Buffers<T> b = filled<T>(true);
  for (const char* name : {"relu", "Elu", "tanh"}) {
    const auto any = simdact::any_activation<List>(name);
    simdact::forward(any, b.x, b.y);
    digest.add(b.y, count);
  }
}

template <class T, class Accuracy>
static void rows_of(Digest& digest) {
  using simdact::Axis;
  using simdact::LogSoftmax;
  using simdact::Softmax;
  Buffers<T> b = filled<T>(false);
  const auto write = [&] {
    digest.add(b.y, count);
    digest.add(b.d, count);
  };
  const Softmax<T, Accuracy> softmax{.temperature = T(0.7)};
  simdact::forward(softmax, b.x, b.y, row_length);
  simdact::backward(softmax, b.y, b.g, b.d, row_length);
  write();
  simdact::forward(LogSoftmax<T, Accuracy>{}, b.x, b.y, row_length);
  simdact::backward(LogSoftmax<T, Accuracy>{}, b.y, b.g, b.d, row_length);
  write();
  simdact::forward(softmax, b.x, simdact::CausalMask{.offset = 3}, b.y, row_length);
  simdact::forward(simdact::Softmin<T, Accuracy>{}, b.x, simdact::AdditiveMask<T>{b.up}, b.d,
                   row_length);
  write();
  simdact::forward(softmax, b.x, b.y, Axis{.outer = 1, .length = rows, .inner = row_length});
  const std::int32_t labels[rows] = {3, 0, 48};
  const simdact::CrossEntropy<T, Accuracy> loss{.label_smoothing = 0.1};
  digest.add(simdact::forward_and_gradient(loss, b.x, labels, row_length, b.d));
  write();
}

/// What has no tiers.
template <class T>
static void reductions(Digest& digest) {
  Buffers<T> b = filled<T>(false);
  T results[rows];
  simdact::log_sum_exp<T>(b.x, results, row_length, T(0.5));
  digest.add(results, rows);
  simdact::log_sum_exp_backward<T>(b.x, results, b.d, row_length);
  digest.add(b.d, count);
  simdact::SoftmaxState<T> state;
  state.update(b.x);
  digest.add(state.log_sum_exp());
  digest.add(simdact::binary_cross_entropy_with_logits<T>(b.x, b.up, b.d));
  digest.add(static_cast<double>(
      simdact::sample<T>(b.x, {.temperature = 0.8, .top_k = 40, .top_p = 0.95}, 0.7, b.y)));
}

template <class T, class Accuracy>
static void fused(Digest& digest) {
  Buffers<T> b = filled<T>(false);
  const simdact::SiLU<T, Accuracy> silu;
  simdact::forward(simdact::SwiGLU<T, Accuracy>{}, b.x, b.up, b.y);
  digest.add(b.y, count);
  simdact::gated_backward(simdact::GELU<T, Accuracy>{}, b.x, b.up, b.g, b.y, b.d);
  digest.add(b.y, count);
  digest.add(b.d, count);
  T grad_bias[row_length];
  simdact::forward(silu, b.x, std::span(b.up).template first<row_length>(), b.y);
  simdact::backward(silu, b.x, std::span(b.up).template first<row_length>(), b.g, b.d, grad_bias);
  digest.add(b.y, count);
  digest.add(b.d, count);
  digest.add(grad_bias, row_length);
  digest.add(simdact::backward_parameters(simdact::PReLU<T, Accuracy>{}, b.x, b.g, b.d)[0]);
  const simdact::ActivationStatistics statistics = simdact::activation_statistics(silu, b.x);
  digest.add(statistics.mean);
  digest.add(statistics.variance);
  digest.add(simdact::initialization_gain(simdact::ReLU<T, Accuracy>{}));
}

/// Calls report(name, digest) for each part.
template <class Report>
static void call_all(Report report) {
  using simdact::Fast;
  using simdact::Precise;
  const auto part = [&](char const* name, auto call) {
    Digest digest;
    call(digest);
    report(name, digest.value());
  };
  part("float, everywhere", [](Digest& d) { activations<float, Precise>(d, Plain{}); });
  part("float, fast", [](Digest& d) { activations<float, Fast>(d, Quick{}); });
  part("double", [](Digest& d) { activations<double, Precise>(d, Plain{}); });
  part("by name, everywhere", [](Digest& d) { by_name<float, Precise>(d); });
  part("by name, fast", [](Digest& d) { by_name<float, Fast>(d); });
  part("rows, fast", [](Digest& d) { rows_of<float, Fast>(d); });
  part("rows, double", [](Digest& d) { rows_of<double, Precise>(d); });
  part("reductions, float", [](Digest& d) { reductions<float>(d); });
  part("fused, fast", [](Digest& d) { fused<float, Fast>(d); });
  part("fused, double", [](Digest& d) { fused<double, Precise>(d); });
  part("width", [](Digest& d) {
    activation(d, Width<float>{});
    activation(d, Width<double>{});
  });
}

}  // namespace builds
