# mutant(name file activation text replacement [flags...]) is a mistake: `replacement` where `text`
# stands, once, in include/simdact/<file>. `activation` is one that it must show in; the flags may give
# its PARAMETERS. Where a mutant survives because every float is still rounded correctly, it is no
# mistake: choose another.

# The last bits of a coefficient.
mutant(expm1_coefficient core/exp.hpp ELU "0x1.0000000000001p-1" "0x1.0000000000400p-1")
mutant(exp_coefficient core/exp.hpp Tanh "0x1.555555555554dp-3" "0x1.5555555554000p-3")
mutant(gelu_coefficient core/normal_coefficients.hpp GELU
  "0x1.82b4bb8c94dcep-1" "0x1.82b4bb8c94ddep-1")
mutant(atanh_coefficient core/softplus.hpp Softplus "0x1.999999999a3cep-2" "0x1.99999999993cep-2")

# A select the wrong way round, or off by its boundary.
mutant(elu_select activations/elu.hpp ELU
  "where(x < V(0), core::narrow<V>(left), x)" "where(x < V(0), x, core::narrow<V>(left))")
mutant(gelu_select activations/gelu.hpp GELU
  "where(negative, left, D(1.0) - left)" "where(negative, D(1.0) - left, left)")
mutant(sigmoid_select core/wide_logistic.hpp Sigmoid
  "D(1.0 + 0x1p-52), D(1.0 - 0x1p-52)" "D(1.0 - 0x1p-52), D(1.0 + 0x1p-52)")
mutant(relu_kink activations/relu.hpp ReLU
  "core::stepped(x, V(0))" "V(1) - core::stepped(core::negated(x), V(0))")
mutant(hardswish_kink activations/hardswish.hpp Hardswish
  "core::ramp(x, V(3)" "core::ramp(x, V(T(0x1.800002p1))")
mutant(swish_sign core/swish.hpp Swish
  "turned = with_flipped_sign(x, V(beta))" "turned = x" -DPARAMETERS=.beta=-1)

# A difference of nearly equal terms.
mutant(tanh_slope activations/tanh.hpp Tanh
  "return core::narrow<V>(core::logistic(d).derivative() * D(4.0));"
  "const D z = core::exp(core::exp_parts(d));
   const D t = (z - D(1.0)) / (z + D(1.0));
   return core::narrow<V>(D(1.0) - t * t);")
mutant(exp_minus_1 core/exp.hpp ELU
  "fmadd(e.scale, e.expm1, e.scale - D(1.0))" "fmadd(e.scale, e.expm1, e.scale) - D(1.0)")
mutant(one_minus_tail activations/gelu.hpp GELU
  "where(negative, left, D(1.0) - left)" "where(negative, D(1.0) - (D(1.0) - left), D(1.0) - left)")

# A correction dropped.
mutant(sigmoid_nudge core/wide_logistic.hpp Sigmoid
  "where(v < D(0.0), D(1.0 + 0x1p-52), D(1.0 - 0x1p-52)) / denominator" "D(1.0) / denominator")
mutant(silu_slope_nudge core/wide.hpp SiLU "y - with_sign_of(D(0x1p-52), x)" "y")
mutant(silu_bias core/wide_logistic.hpp SiLU "(c + D(0x1p-175)) / denominator" "c / denominator")
mutant(half_line_bias core/wide.hpp GELU "fmadd(a, b, D(0x1p-176))" "a * b")
mutant(exception activations/gelu_tanh.hpp GELUTanh
  "core::exception(x, rounded, 0x1.6148dep-16f, 0x1.614a62p-17f)" "rounded")
mutant(exceptional_slope activations/mish.hpp Mish
  "core::exception(x, rounded, -0x1.4p-27f, 0x1.333332p-1f)" "rounded")
mutant(minus_zero activations/silu.hpp SiLU
  "core::with_sign_of(core::narrow<V>(y), x)" "core::narrow<V>(y)")

# The range reduction.
mutant(ln2_low core/exp.hpp Sigmoid "ln2_low = 0x1.ef35793c7673p-45" "ln2_low = 0.0")
set(two_steps "ln2_high = 0x1.62e42fefa38p-1;
inline constexpr double ln2_low = 0x1.ef35793c7673p-45;")
set(one_step "ln2_high = 0x1.62e42fefa39efp-1; inline constexpr double ln2_low = 0.0;")

# The ends: subnormals flushed, limits lost, NaN swallowed.
mutant(sigmoid_flush core/wide_logistic.hpp Sigmoid
  "return where(v < D(0.0), D(1.0 + 0x1p-52)"
  "return where(v < D(-87.4), D(0.0), D(1.0)) * where(v < D(0.0), D(1.0 + 0x1p-52)")
mutant(silu_limit activations/silu.hpp SiLU
  "const D d = core::widen(core::at_least(x, T(-core::exp_limit<V>)));"
  "const D d = core::widen(x);")
mutant(mish_limit activations/mish.hpp Mish "x > V(T(saturation)), x" "x > V(T(1e38)), x")
mutant(slope_limit core/negative_slope.hpp LeakyReLU
  "slope == T(0) ? at_least(x, std::numeric_limits<T>::lowest()) : x" "x"
  -DPARAMETERS=.negative_slope=0)
mutant(nan_slope activations/relu.hpp ReLU
  "core::stepped(x, V(0))" "core::where(x > V(0), V(1), V(0))")

# The array loop.
mutant(tail_too_long detail/loop.hpp Tanh
  "core::store_first(y[k], out[k] + i, count)" "core::store_first(y[k], out[k] + i, count + 1)")
mutant(last_element detail/loop.hpp Tanh "i < n; i = i < head" "i + 1 < n; i = i < head")

# Error-free transforms: doubles only, for a float has bits to spare.
mutant(product_low core/exact_product.hpp GELUTanh
  "const D high = a * b;" "const D high = a * b; return {high, D(0.0)};" -DDOUBLES)

if(X86)
  # What xsimd 8.1's max does.
  mutant(nan_clamp core/primitives/selection.hpp ReLU
    "larger(xsimd::batch<T, A>(low), x)" "larger(x, xsimd::batch<T, A>(low))")
  # Without a fused multiply-add, whatever the build's own flags.
  mutant(one_step core/exp.hpp SiLU "${two_steps}" "${one_step}" -mno-avx)
  mutant(split_product core/exact_product.hpp GELUTanh
    "low = fmadd(a_low, b_high, low);" "" -DDOUBLES -mno-avx)
endif()
