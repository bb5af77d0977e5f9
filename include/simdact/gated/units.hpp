#pragma once

/// @file
/// The gated units that have a name, and their list. Each has the order of a packed row in its type, as
/// its last parameter: `SwiGLU<float, Precise, GateHalf::second>` takes [up | gate].

#include <string_view>

#include "../activations.hpp"
#include "gated_unit.hpp"

namespace simdact {

/// Gated linear unit: a s(b) for the packed row [a | b], s(x) = 1/(1 + e^-x). The gate is the second half, as
/// in PyTorch's `GLU`.
/// Source: Dauphin, Fan, Auli and Grangier, "Language modeling with gated convolutional networks", 2016.
template <class T = float, class Accuracy = Precise, GateHalf Half = GateHalf::second>
struct GLU : GatedUnit<Sigmoid<T, Accuracy>, Half> {
  static constexpr std::string_view name = "glu";
};

/// SiLU-gated linear unit: a/(1 + e^-a) b for the packed row [a | b], as in the feed-forward layers of
/// language models.
/// Source: Shazeer, "GLU variants improve transformer", 2020, with beta = 1.
template <class T = float, class Accuracy = Precise, GateHalf Half = GateHalf::first>
struct SwiGLU : GatedUnit<SiLU<T, Accuracy>, Half> {
  static constexpr std::string_view name = "swiglu";
};

/// GELU-gated linear unit: a Phi(a) b for the packed row [a | b], Phi the normal distribution. Programs
/// that hold [up | gate] want `GateHalf::second`.
/// Source: Shazeer, "GLU variants improve transformer", 2020.
template <class T = float, class Accuracy = Precise, GateHalf Half = GateHalf::first>
struct GeGLU : GatedUnit<GELU<T, Accuracy>, Half> {
  static constexpr std::string_view name = "geglu";
};

/// The same with GELU's tanh form, `GELUTanh`.
/// Source: Shazeer, "GLU variants improve transformer", 2020.
template <class T = float, class Accuracy = Precise, GateHalf Half = GateHalf::first>
struct GeGLUTanh : GatedUnit<GELUTanh<T, Accuracy>, Half> {
  static constexpr std::string_view name = "geglu_tanh";
};

/// ReLU-gated linear unit: max(a, 0) b for the packed row [a | b].
/// Source: Shazeer, "GLU variants improve transformer", 2020.
template <class T = float, class Accuracy = Precise, GateHalf Half = GateHalf::first>
struct ReGLU : GatedUnit<ReLU<T, Accuracy>, Half> {
  static constexpr std::string_view name = "reglu";
};

template <class T = float, class Accuracy = Precise>
using GatedUnits = TypeList<GLU<T, Accuracy>, SwiGLU<T, Accuracy>, GeGLU<T, Accuracy>,
                            GeGLUTanh<T, Accuracy>, ReGLU<T, Accuracy>>;

/// Calls f(Unit{}) for every listed unit, with the order that is its default.
template <class T = float, class Accuracy = Precise, class F>
void for_each_gated_unit(F&& f) {
  [&]<class... Unit>(TypeList<Unit...>) { (f(Unit{}), ...); }(GatedUnits<T, Accuracy>{});
}

}  // namespace simdact
