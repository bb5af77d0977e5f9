// Gated units: the bits of the unfused calls, packed rows, the order of the halves, errors.

#include <simdact/simdact.hpp>

#include "calls.hpp"
#include "catch.hpp"
#include "inputs.hpp"
#include "message_of.hpp"
#include "rows.hpp"

using simdact::GateHalf;

namespace {

template <template <class, class, GateHalf> class Unit, class T, class Accuracy, GateHalf Half>
auto other_order(Unit<T, Accuracy, Half> const&) {
  constexpr GateHalf other = Half == GateHalf::first ? GateHalf::second : GateHalf::first;
  return Unit<T, Accuracy, other>{};
}

/// Calls test(unit) for every listed unit in float, precise and fast, and in double, in both orders.
template <class Test>
void for_each_unit(Test test) {
  std::size_t count = 0;
  const auto section = [&](auto unit) {
    INFO(unit.name);
    test(unit);
    test(other_order(unit));
    count += 2;
  };
  simdact::for_each_gated_unit<float>(section);
  simdact::for_each_gated_unit<float, simdact::Fast>(section);
  simdact::for_each_gated_unit<double>(section);
  REQUIRE(count == 30);
}

/// The rows of gate and up, in the unit's order.
template <class Unit, class T>
std::vector<T> packed(Unit const&, std::vector<T> const& gate, std::vector<T> const& up,
                      std::size_t columns) {
  std::vector<T> both;
  for (std::size_t r = 0; r * columns < gate.size(); ++r) {
    const bool gate_first = Unit::gate_half == GateHalf::first;
    for (auto const& half : {gate_first ? gate : up, gate_first ? up : gate}) {
      const std::vector<T> row = rows::row_of(half, r, columns);
      both.insert(both.end(), row.begin(), row.end());
    }
  }
  return both;
}

}  // namespace

TEST_CASE("two arrays have the bits of the unfused calls, and packed rows those of two arrays") {
  for_each_unit([](auto unit) {
    using T = typename decltype(unit)::value_type;
    for (const std::size_t columns : {1u, 5u, 16u, 37u, 300u}) {
      CAPTURE(columns);
      const std::vector<T> gate = inputs<T>(3 * columns), up = rows::logits<T>(3 * columns, 3.0, 1);
      const std::vector<T> grad_out = rows::logits<T>(3 * columns, 3.0, 2);
      std::vector<T> out(3 * columns), grad_gate(out), grad_up(out);
      calls::forward(unit, gate, up, out);
      calls::backward(unit, gate, up, grad_out, grad_gate, grad_up);
      std::size_t unlike = 0;
      for (std::size_t i = 0; i < gate.size(); ++i) {
        const T value = calls::value(unit.activation, gate[i]);
        unlike += !same_bits(out[i], value * up[i]);
        unlike += !same_bits(grad_up[i], grad_out[i] * value);
        const T scale = grad_out[i] * up[i];
        unlike += !same_bits(grad_gate[i], scale * calls::slope(unit.activation, gate[i]));
      }
      CHECK(unlike == 0);

      std::vector<T> both = packed(unit, gate, up, columns), grad(both.size()), packed_out(out);
      calls::forward(unit, both, packed_out, columns);
      CHECK(all_same_bits(packed_out, out));
      calls::backward(unit, both, grad_out, grad, columns);
      CHECK(all_same_bits(grad, packed(unit, grad_gate, grad_up, columns)));
      calls::backward(unit, both, grad_out, both, columns);  // in place
      CHECK(all_same_bits(grad, both));
    }
  });
}

TEST_CASE("each unit gates with the half and the activation of its source") {
  static_assert(simdact::GLU<>::gate_half == GateHalf::second);
  const std::vector<float> row = {1, 2, 3, 4};
  const auto gives = [&](auto const& unit, double first, double second) {
    std::vector<float> out(2);
    calls::forward(unit, row, out, 2);
    INFO(unit.name);
    CHECK(sweep::ulp_error(out[0], Real(first)) <= 1.5);
    CHECK(sweep::ulp_error(out[1], Real(second)) <= 1.5);
  };
  // 1 s(3) and 2 s(4): PyTorch documents a s(b), a and b being the first and the second half.
  gives(simdact::GLU<>{}, 0.952574126822433219, 1.96402758007581688);
  gives(simdact::SwiGLU<>{}, 2.19317573589001464, 7.04637662382305955);
  gives(simdact::GeGLU<>{}, 2.52403423820562885, 7.81799894441456634);
  gives(simdact::GeGLUTanh<>{}, 2.52357597182483011, 7.81839077635110008);
  gives(simdact::ReGLU<>{}, 3.0, 8.0);
  // The other order: s(1) 3 and so on.
  using simdact::Precise;
  gives(simdact::GLU<float, Precise, GateHalf::first>{}, 2.19317573589001464, 3.52318831191152978);
  gives(simdact::SwiGLU<float, Precise, GateHalf::second>{}, 2.85772238046729966,
        7.85611032030326754);
}

TEST_CASE("the list names every unit once") {
  std::vector<std::string_view> names;
  simdact::for_each_gated_unit([&](auto unit) { names.push_back(unit.name); });
  CHECK(names == std::vector<std::string_view>{"glu", "swiglu", "geglu", "geglu_tanh", "reglu"});
}

TEST_CASE("a unit has its activation's parameters") {
  const simdact::GatedUnit<simdact::Swish<float>, GateHalf::second> unit{.activation = {.beta = 2}};
  const std::vector<float> row = {3, 0.5f};
  std::vector<float> out(1);
  simdact::forward(unit, row, out, 1);  // of no listed unit
  CHECK(sweep::ulp_error(out[0], Real(1.5 * 0.731058578630004879)) <= 1.5);
}

TEST_CASE("vectors, arrays, C arrays and spans go into units") {
  const simdact::SwiGLU<> unit;
  const std::array<float, 2> array = {1, 2};
  const float c_array[2] = {3, 4};
  const std::vector<float> row = {1, 2, 3, 4};
  std::array<float, 2> out{}, grad_up{};
  std::vector<float> expected(2);
  float from_span[2] = {}, grad_gate[2] = {}, grad[4] = {};
  calls::forward(unit, row, expected, 2);
  calls::forward(unit, array, c_array, out);
  calls::forward(unit, std::span(row), from_span, 2);
  CHECK(std::vector(out.begin(), out.end()) == expected);
  CHECK(std::vector(from_span, from_span + 2) == expected);
  calls::backward(unit, array, c_array, expected, grad_gate, grad_up);
  calls::backward(unit, row, expected, grad, 2);
  CHECK(std::vector(grad, grad + 4) ==
        std::vector{grad_gate[0], grad_gate[1], grad_up[0], grad_up[1]});
}

TEST_CASE("units refuse what is not whole rows, with the numbers, and write nothing") {
  const simdact::GLU<> unit;
  const std::vector<float> in12(12, 1.0f), in6(6, 1.0f), in10(10, 1.0f);
  std::vector<float> out5(5, -1.0f), out6(6, -1.0f), out10(10, -1.0f), out12(12, -1.0f);
  const auto forward = [&](auto& in, auto& out, std::size_t columns) {
    return message_of([&] { calls::forward(unit, in, out, columns); });
  };
  CHECK(forward(in12, out6, 4) ==
        "simdact: out has length 6, which is not a multiple of row_length 4");
  CHECK(forward(in12, out6, 0) ==
        "simdact: out has length 6, which is not a multiple of row_length 0");
  CHECK(forward(in10, out6, 3) ==
        "simdact: packed has length 10, but must have twice that of out, 6");
  CHECK(forward(in6, out6, 3) ==
        "simdact: packed has length 6, but must have twice that of out, 6");
  CHECK(forward(in12, out5, 1) ==
        "simdact: packed has length 12, but must have twice that of out, 5");
  const auto backward = [&](auto& in, auto& grad_out, auto& grad, std::size_t columns) {
    return message_of([&] { calls::backward(unit, in, grad_out, grad, columns); });
  };
  CHECK(backward(in12, in6, out12, 4) ==
        "simdact: grad_out has length 6, which is not a multiple of row_length 4");
  CHECK(backward(in10, in6, out12, 3) ==
        "simdact: packed has length 10, but must have twice that of grad_out, 6");
  CHECK(backward(in12, out5, out12, 1) ==
        "simdact: packed has length 12, but must have twice that of grad_out, 5");
  CHECK(backward(in12, in6, out10, 3) ==
        "simdact: grad_packed has length 10, but packed has length 12");
  for (auto const* v : {&out5, &out6, &out10, &out12})
    CHECK(std::count(v->begin(), v->end(), -1.0f) == std::ptrdiff_t(v->size()));
}

TEST_CASE("units refuse every overlap but that of packed rows and their gradients") {
  const simdact::SwiGLU<> unit;
  std::vector<float> memory(40, -1.0f);
  const std::vector<float> untouched = memory, in12(12, 1.0f), in6(6, 1.0f);
  const auto part = [&](std::size_t at, std::size_t n) { return std::span(memory).subspan(at, n); };
  const auto both = part(14, 12);
  const auto is_refused = [&](char const* what, auto call) {
    const bool refused = message_of(call).find(what) != std::string::npos;
    const bool written = memory != untouched;
    memory = untouched;
    CHECK(refused != written);
    return refused;
  };
  std::size_t halves = 0, packed = 0;
  for (std::size_t at = 0; at <= 28; ++at) {
    CAPTURE(at);
    const auto half = part(at, 6), other = part(at, 12);
    const bool shares = at + 6 > 14 && at < 26;
    CHECK(is_refused("out (length 6) and packed (length 12) overlap",
                     [&] { calls::forward(unit, both, half, 3); }) == shares);
    CHECK(is_refused("grad_packed (length 12) and grad_out (length 6) overlap",
                     [&] { calls::backward(unit, in12, half, both, 3); }) == shares);
    const bool shares_in_part = at + 12 > 14 && at < 26 && at != 14;
    CHECK(is_refused("grad_packed (length 12) and packed (length 12) overlap",
                     [&] { calls::backward(unit, other, in6, both, 3); }) == shares_in_part);
    halves += shares ? 1 : 0;
    packed += shares_in_part ? 1 : 0;
  }
  CHECK(halves == 17);
  CHECK(packed == 22);
}

TEST_CASE("length 0 is fine, null pointers included") {
  for_each_unit([](auto unit) {
    using T = typename decltype(unit)::value_type;
    const std::span<T const> x;
    const std::span<T> y;
    CHECK_NOTHROW(simdact::gated(unit.activation, x, x, y));
    CHECK_NOTHROW(simdact::gated_backward(unit.activation, x, x, x, y, y));
    CHECK_NOTHROW(calls::forward(unit, x, x, y));
    CHECK_NOTHROW(calls::backward(unit, x, x, x, y, y));
    for (const std::size_t row_length : {0u, 3u}) {
      CHECK_NOTHROW(calls::forward(unit, x, y, row_length));
      CHECK_NOTHROW(calls::backward(unit, x, x, y, row_length));
    }
  });
}
