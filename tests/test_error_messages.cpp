// What every refusal says, to the letter: read down the list after a change of any. Sections are headers, and the house
// rule `messages` asks for a line of each argument that a header checks.

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "message_of.hpp"

namespace {

using namespace simdact;

constexpr float inf = std::numeric_limits<float>::infinity();

struct Refusal {
  std::string message;
  std::function<void()> call;
};

void expect(std::vector<Refusal> const& refusals) {
  for (Refusal const& refusal : refusals)
    CHECK(message_of(refusal.call) == "simdact: " + refusal.message);
}

/// Parts of one array: two of four elements overlap if they begin less than four apart.
std::span<float> at(std::size_t begin, std::size_t length = 4) {
  static std::vector<float> memory(64, 1.0f);
  return std::span(memory).subspan(begin, length);
}

const std::span<float> a = at(0), a_moved = at(1), b = at(8), c = at(16), d = at(24);
const std::span<float> two = at(32, 2), three = at(40, 3), eight = at(48, 8);
const ReLU<> relu;

}  // namespace

TEST_CASE("array/elementwise.hpp") {
  expect({
      {"y has length 3, but x has length 4", [] { forward(relu, a, three); }},
      {"y (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [] { forward(relu, a, a_moved); }},
      {"d has length 3, but x has length 4", [] { derivative(relu, a, three); }},
      {"d (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [] { derivative(relu, a, a_moved); }},
      {"grad_y has length 3, but x has length 4", [] { backward(relu, a, three, b); }},
      {"grad_x has length 3, but x has length 4", [] { backward(relu, a, b, three); }},
      {"grad_x (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [] { backward(relu, a, b, a_moved); }},
      {"grad_x (length 4) and grad_y (length 4) overlap, but must be the very same memory or apart",
       [] { backward(relu, b, a, a_moved); }},
      {"y has length 3, but x has length 4", [] { forward_and_derivative(relu, a, three, b); }},
      {"d has length 3, but x has length 4", [] { forward_and_derivative(relu, a, b, three); }},
      {"y (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [] { forward_and_derivative(relu, a, a_moved, b); }},
      {"d (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [] { forward_and_derivative(relu, a, b, a_moved); }},
      {"y (length 4) and d (length 4) overlap, but must be apart",
       [] { forward_and_derivative(relu, a, b, b); }},
  });
}

TEST_CASE("array/bias.hpp") {
  expect({
      {"y has length 3, but x has length 4", [] { forward(relu, a, two, three); }},
      {"x has length 4, which is not a multiple of bias's length 3",
       [] { forward(relu, a, three, b); }},
      {"y (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [] { forward(relu, a, two, a_moved); }},
      {"y (length 4) and bias (length 2) overlap, but must be the very same memory or apart",
       [] { forward(relu, a, at(8, 2), b); }},
      {"grad_y has length 3, but x has length 4",
       [] { backward(relu, a, two, three, b, at(60, 2)); }},
      {"grad_x has length 3, but x has length 4",
       [] { backward(relu, a, two, b, three, at(60, 2)); }},
      {"grad_bias has length 3, but bias has length 2",
       [] { backward(relu, a, two, b, c, three); }},
      {"x has length 4, which is not a multiple of bias's length 3",
       [] { backward(relu, a, three, b, c, at(60, 3)); }},
      {"grad_x (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [] { backward(relu, a, two, b, a_moved, at(60, 2)); }},
      {"grad_x (length 4) and bias (length 2) overlap, but must be the very same memory or apart",
       [] { backward(relu, a, at(16, 2), b, c, two); }},
      {"grad_x (length 4) and grad_y (length 4) overlap, but must be the very same memory or apart",
       [] { backward(relu, b, two, a, a_moved, at(60, 2)); }},
      {"grad_bias (length 2) and x (length 4) overlap, but must be the very same memory or apart",
       [] { backward(relu, a, two, b, c, at(0, 2)); }},
      {"grad_bias (length 2) and bias (length 2) overlap, but must be the very same memory or "
       "apart",
       [] { backward(relu, a, two, b, c, at(33, 2)); }},
      {"grad_bias (length 2) and grad_y (length 4) overlap, but must be the very same memory or "
       "apart",
       [] { backward(relu, a, two, b, c, at(8, 2)); }},
      {"grad_x (length 4) and grad_bias (length 2) overlap, but must be apart",
       [] { backward(relu, a, two, b, c, at(16, 2)); }},
  });
}

TEST_CASE("array/channels.hpp") {
  const PReLU<> prelu;
  const auto backward_of = [&](auto... arguments) {
    return [=] { backward_parameters(prelu, arguments...); };
  };
  const std::size_t inner = 2;
  expect({
      {"y has length 3, but x has length 4", [&] { forward(prelu, a, two, inner, three); }},
      {"x has length 4, which is not a multiple of weights's length 3 times inner 2",
       [&] { forward(prelu, a, three, inner, b); }},
      {"y (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [&] { forward(prelu, a, two, inner, a_moved); }},
      {"y (length 4) and weights (length 2) overlap, but must be the very same memory or apart",
       [&] { forward(prelu, a, at(8, 2), inner, b); }},
      {"grad_y has length 3, but x has length 4", backward_of(a, two, inner, three, b, at(60, 2))},
      {"grad_x has length 3, but x has length 4", backward_of(a, two, inner, b, three, at(60, 2))},
      {"grad_weights has length 3, but weights has length 2",
       backward_of(a, two, inner, b, c, three)},
      {"grad_x (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       backward_of(a, two, inner, b, a_moved, at(60, 2))},
      {"grad_x (length 4) and weights (length 2) overlap, but must be the very same memory or "
       "apart",
       backward_of(a, at(16, 2), inner, b, c, two)},
      {"grad_x (length 4) and grad_y (length 4) overlap, but must be the very same memory or apart",
       backward_of(b, two, inner, a, a_moved, at(60, 2))},
      {"grad_weights (length 2) and x (length 4) overlap, but must be the very same memory or "
       "apart",
       backward_of(a, two, inner, b, c, at(0, 2))},
      {"grad_weights (length 2) and weights (length 2) overlap, but must be the very same memory "
       "or "
       "apart",
       backward_of(a, two, inner, b, c, at(33, 2))},
      {"grad_weights (length 2) and grad_y (length 4) overlap, but must be the very same memory or "
       "apart",
       backward_of(a, two, inner, b, c, at(8, 2))},
      {"grad_x (length 4) and grad_weights (length 2) overlap, but must be apart",
       backward_of(a, two, inner, b, c, at(16, 2))},
  });
}

TEST_CASE("array/parameters.hpp") {
  const PReLU<> prelu;
  expect({
      {"grad_y has length 3, but x has length 4", [&] { backward_parameters(prelu, a, three, b); }},
      {"grad_x has length 3, but x has length 4", [&] { backward_parameters(prelu, a, b, three); }},
      {"grad_x (length 4) and x (length 4) overlap, but must be the very same memory or apart",
       [&] { backward_parameters(prelu, a, b, a_moved); }},
      {"grad_x (length 4) and grad_y (length 4) overlap, but must be the very same memory or apart",
       [&] { backward_parameters(prelu, b, a, a_moved); }},
  });
}

TEST_CASE("array/statistics.hpp") {
  std::vector<ActivationStatistics> statistics(3);
  // The very memory of x, as bytes: no object is there, and none is touched.
  const std::span overlapping(reinterpret_cast<ActivationStatistics*>(at(0).data()), 2);
  expect({
      {"x has length 4, which is not a multiple of features 3",
       [&] { activation_statistics(relu, a, 3, statistics); }},
      {"statistics has length 3, but a row of x has length 2",
       [&] { activation_statistics(relu, a, 2, statistics); }},
      {"statistics (length 2) and x (length 4) overlap, but must be apart",
       [&] { activation_statistics(relu, a, 2, overlapping); }},
  });
}

TEST_CASE("array/initialization_gain.hpp") {
  expect({{"the second moment of the activation is inf, but must be finite and above 0",
           [] { initialization_gain(PReLU<>{.weight = inf}); }}});
}

TEST_CASE("core/known_function.hpp") {
  const auto line = [](double x) { return x; };
  expect({
      {"the interval is [1, 8], but must be finite and have 0 inside",
       [&] { tabulate(line, {.begin = 1.0, .end = 8.0}); }},
      {"f(8) is inf, but must be finite in float on [-8, 8]",
       [&] {
         tabulate([](double x) { return x == 8.0 ? double(inf) : x; }, line, {-8.0, 8.0});
       }},
      {"f'(8) is inf, but must be finite in float on [-8, 8]",
       [&] {
         tabulate(line, [](double x) { return x == 8.0 ? double(inf) : 1.0; }, {-8.0, 8.0});
       }},
  });
}

TEST_CASE("by_name/visit_activation.hpp") {
  const auto by_name = [](char const* name) {
    return [=] { visit_activation<TypeList<ReLU<>, SiLU<>, Hardsigmoid<>>>(name, [](auto) {}); };
  };
  expect({
      {"unknown activation 'reluu', the nearest names are relu, silu, hardsigmoid",
       by_name("reluu")},
      {"activation 'HardSigmoid' is ONNX's min(max(0.2 x + 0.5, 0), 1): hardsigmoid_onnx with "
       "alpha "
       "0.2, where hardsigmoid has a slope of 1/6",
       by_name("HardSigmoid")},
  });
}

TEST_CASE("gated/gated.hpp") {
  const auto backward_of = [](auto... arguments) {
    return [=] { gated_backward(relu, arguments...); };
  };
  expect({
      {"up has length 3, but gate has length 4", [] { gated(relu, a, three, b); }},
      {"out has length 3, but gate has length 4", [] { gated(relu, a, b, three); }},
      {"out (length 4) and gate (length 4) overlap, but must be the very same memory or apart",
       [] { gated(relu, a, b, a_moved); }},
      {"out (length 4) and up (length 4) overlap, but must be the very same memory or apart",
       [] { gated(relu, b, a, a_moved); }},
      {"up has length 3, but gate has length 4", backward_of(a, three, b, c, d)},
      {"grad_out has length 3, but gate has length 4", backward_of(a, b, three, c, d)},
      {"grad_gate has length 3, but gate has length 4", backward_of(a, b, c, three, d)},
      {"grad_up has length 3, but gate has length 4", backward_of(a, b, c, d, three)},
      {"grad_gate (length 4) and gate (length 4) overlap, but must be the very same memory or "
       "apart",
       backward_of(a, b, b, a_moved, c)},
      {"grad_gate (length 4) and up (length 4) overlap, but must be the very same memory or apart",
       backward_of(b, a, b, a_moved, c)},
      {"grad_gate (length 4) and grad_out (length 4) overlap, but must be the very same memory or "
       "apart",
       backward_of(b, b, a, a_moved, c)},
      {"grad_up (length 4) and gate (length 4) overlap, but must be the very same memory or apart",
       backward_of(a, b, b, c, a_moved)},
      {"grad_up (length 4) and up (length 4) overlap, but must be the very same memory or apart",
       backward_of(b, a, b, c, a_moved)},
      {"grad_up (length 4) and grad_out (length 4) overlap, but must be the very same memory or "
       "apart",
       backward_of(b, b, a, c, a_moved)},
      {"grad_gate (length 4) and grad_up (length 4) overlap, but must be apart",
       backward_of(a, b, b, c, c)},
  });
}

TEST_CASE("gated/gated_unit.hpp") {
  const GLU<> glu;
  expect({
      {"out has length 4, which is not a multiple of row_length 3",
       [&] { forward(glu, eight, a, 3); }},
      {"packed has length 4, but must have twice that of out, 4", [&] { forward(glu, a, b, 2); }},
      {"out (length 4) and packed (length 8) overlap, but must be apart",
       [&] { forward(glu, at(0, 8), a, 2); }},
      {"grad_out has length 4, which is not a multiple of row_length 3",
       [&] { backward(glu, eight, a, at(8, 8), 3); }},
      {"packed has length 4, but must have twice that of grad_out, 4",
       [&] { backward(glu, a, b, eight, 2); }},
      {"grad_packed has length 4, but packed has length 8", [&] { backward(glu, eight, a, b, 2); }},
      {"grad_packed (length 8) and packed (length 8) overlap, but must be the very same memory or "
       "apart",
       [&] { backward(glu, at(8, 8), a, at(9, 8), 2); }},
      {"grad_packed (length 8) and grad_out (length 4) overlap, but must be apart",
       [&] { backward(glu, eight, a, at(0, 8), 2); }},
  });
}

TEST_CASE("rowwise/special_row.hpp") {
  expect({
      {"temperature is -1.5, but must be >= 0",
       [] { forward(Softmax<>{.temperature = -1.5f}, a, b); }},
      {"temperature is -1.5, but must be >= 0",
       [] { backward(Softmin<>{.temperature = -1.5f}, a, b, c); }},
      {"temperature is -inf, but must be >= 0", [] { log_sum_exp(a, -inf); }},
      {"temperature is -1.5, but must be >= 0", [] { SoftmaxState<>(-1.5f); }},
      {"temperature is -1.5, but must be >= 0", [] { jacobian(Softmax<>{-1.5f}, two, a); }},
      {"temperature is -1.5, but must be >= 0", [] { log_sum_exp(a, two, 2, -1.5f); }},
      {"temperature is -1.5, but must be >= 0", [] { log_sum_exp_backward(a, two, b, 2, -1.5f); }},
      {"temperature is -1.5, but must be >= 0", [] { sample(a, {.temperature = -1.5}, 0.5); }},
  });
}

TEST_CASE("rowwise/softmax_rows.hpp") {
  const Softmax<> softmax;
  expect({
      {"probs has length 3, but logits has length 4", [&] { forward(softmax, a, three); }},
      {"probs (length 4) and logits (length 4) overlap, but must be the very same memory or apart",
       [&] { forward(softmax, a, a_moved); }},
      {"logits has length 4, which is not a multiple of row_length 3",
       [&] { forward(softmax, a, b, 3); }},
      {"grad_probs has length 3, but probs has length 4", [&] { backward(softmax, a, three, b); }},
      {"grad_logits has length 3, but probs has length 4", [&] { backward(softmax, a, b, three); }},
      {"grad_logits (length 4) and probs (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { backward(softmax, a, b, a_moved); }},
      {"grad_logits (length 4) and grad_probs (length 4) overlap, but must be the very same memory "
       "or apart",
       [&] { backward(softmax, b, a, a_moved); }},
      {"probs has length 4, which is not a multiple of row_length 3",
       [&] { backward(softmax, a, b, c, 3); }},
  });
}

TEST_CASE("rowwise/softmax.hpp") {
  const Softmax<> softmax;
  expect({
      {"jacobian has length 3, but must have that of probs, 2, squared",
       [&] { jacobian(softmax, two, three); }},
      {"jacobian (length 4) and probs (length 2) overlap, but must be apart",
       [&] { jacobian(softmax, at(0, 2), a); }},
      {"grad_probs has length 3, but probs has length 4", [&] { backward(softmax, a, three, b); }},
  });
}

TEST_CASE("rowwise/log_softmax.hpp") {
  const LogSoftmax<> log_softmax;
  expect({
      {"log_probs has length 3, but logits has length 4", [&] { forward(log_softmax, a, three); }},
      {"grad_log_probs has length 3, but log_probs has length 4",
       [&] { backward(log_softmax, a, three, b); }},
  });
}

TEST_CASE("rowwise/axis.hpp") {
  const Softmax<> softmax;
  const Axis axis{.outer = 1, .length = 2, .inner = 2}, other{.outer = 1, .length = 3, .inner = 2};
  expect({
      {"logits has length 4, which is not that of the shape (1, 3, 2)",
       [&] { forward(softmax, a, b, other); }},
      {"probs has length 4, which is not that of the shape (1, 3, 2)",
       [&] { backward(softmax, a, b, c, other); }},
      {"logits has length 4, which is not that of the shape (1, 3, 2)",
       [&] { log_sum_exp(a, two, other); }},
      {"results has length 3, which is not that of the shape (1, 1, 2)",
       [&] { log_sum_exp(a, three, axis); }},
      {"results (length 2) and logits (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { log_sum_exp(a, at(0, 2), axis); }},
      {"grad_results has length 3, which is not that of the shape (1, 1, 2)",
       [&] { log_sum_exp_backward(a, three, b, axis); }},
  });
}

TEST_CASE("rowwise/log_sum_exp.hpp") {
  expect({
      {"logits has length 4, which is not a multiple of row_length 3",
       [] { log_sum_exp(a, two, 3); }},
      {"results has length 3, but the number of rows is 2", [] { log_sum_exp(a, three, 2); }},
      {"results (length 2) and logits (length 4) overlap, but must be the very same memory or "
       "apart",
       [] { log_sum_exp(a, at(0, 2), 2); }},
  });
}

TEST_CASE("rowwise/log_sum_exp_backward.hpp") {
  expect({
      {"temperature is 0, but must be > 0: there log_sum_exp has no gradient",
       [] { log_sum_exp_backward(a, two, b, 2, 0.0f); }},
      {"grad_logits has length 3, but logits has length 4",
       [] { log_sum_exp_backward(a, two, three, 2); }},
      {"grad_logits (length 4) and logits (length 4) overlap, but must be the very same memory or "
       "apart",
       [] { log_sum_exp_backward(a, two, a_moved, 2); }},
      {"grad_logits (length 4) and grad_results (length 2) overlap, but must be apart",
       [] { log_sum_exp_backward(a, at(8, 2), b, 2); }},
      {"logits has length 4, which is not a multiple of row_length 3",
       [] { log_sum_exp_backward(a, two, b, 3); }},
      {"grad_results has length 3, but the number of rows is 2",
       [] { log_sum_exp_backward(a, three, b, 2); }},
  });
}

TEST_CASE("rowwise/masks.hpp") {
  const Softmax<> softmax;
  const auto with = [&](auto mask, std::span<float> probs = b) {
    return [=] { forward(softmax, a, mask, probs, 2); };
  };
  static std::vector<std::int32_t> lengths = {2, 3};
  // The very memory of the lengths, as other bytes: no float is there, and none is touched.
  const std::span overlapping(reinterpret_cast<float*>(lengths.data()), 2);
  static const std::int32_t right[] = {2, 2}, negative[] = {-1, 2}, single[] = {2};
  expect({
      {"the number of rows is 2, but must be a multiple of the mask's rows 3",
       with(CausalMask{.offset = 0, .rows = 3})},
      {"lengths has length 1, but the number of rows is 2", with(ValidLength{single})},
      {"lengths[1] is 3, but must be in [0, 2]", with(ValidLength{lengths})},
      {"lengths[0] is -1, but must be in [0, 2]", with(ValidLength{negative})},
      {"results (length 2) and lengths (length 2) overlap, but must be apart",
       [=] {
         lengths = {2, 2};
         log_sum_exp(a, ValidLength{lengths}, overlapping, 2);
       }},
      {"mask has length 3, but must have that of a row, 2, or of logits, 4",
       with(AdditiveMask<>{three})},
      {"probs (length 4) and mask (length 4) overlap, but must be the very same memory or apart",
       with(AdditiveMask<>{at(9)})},
  });
  CHECK(message_of(with(ValidLength{right})) == "nothing was thrown");
}

TEST_CASE("rowwise/masked.hpp") {
  const CausalMask mask;
  const Softmax<> softmax;
  expect({
      {"logits has length 4, which is not a multiple of row_length 3",
       [&] { forward(softmax, a, mask, b, 3); }},
      {"probs has length 4, which is not a multiple of row_length 3",
       [&] { backward(softmax, a, b, mask, c, 3); }},
      {"grad_logits has length 3, but probs has length 4",
       [&] { backward(softmax, a, b, mask, three, 2); }},
      {"results has length 3, but the number of rows is 2",
       [&] { log_sum_exp(a, mask, three, 2); }},
      {"grad_results has length 3, but the number of rows is 2",
       [&] { log_sum_exp_backward(a, mask, three, b, 2); }},
  });
}

TEST_CASE("rowwise/cross_entropy.hpp") {
  const CrossEntropy<> loss;
  static const std::int32_t labels[] = {0, 1};
  expect({
      {"label_smoothing is 1.5, but must be in [0, 1]",
       [] { forward(CrossEntropy<>{.label_smoothing = 1.5}, a, labels, 2); }},
      {"logits has length 4, which is not a multiple of row_length 3",
       [&] { forward(loss, a, labels, 3); }},
      {"grad_logits has length 3, but logits has length 4",
       [&] { forward_and_gradient(loss, a, labels, 2, three); }},
      {"grad_logits (length 4) and logits (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { forward_and_gradient(loss, a, labels, 2, a_moved); }},
      {"losses has length 3, but the number of rows is 2",
       [&] { forward(loss, a, labels, 2, three); }},
      {"losses (length 2) and logits (length 4) overlap, but must be the very same memory or apart",
       [&] { forward(loss, a, labels, 2, at(0, 2)); }},
      {"grad_logits (length 4) and losses (length 2) overlap, but must be apart",
       [&] { forward_and_gradient(loss, a, labels, 2, b, at(8, 2)); }},
  });
}

TEST_CASE("rowwise/cross_entropy_targets.hpp") {
  const CrossEntropy<> loss;
  static const std::int32_t single[] = {0}, too_large[] = {0, 2}, negative[] = {-1, 0};
  expect({
      {"labels has length 1, but the number of rows is 2", [&] { forward(loss, a, single, 2); }},
      {"labels[1] is 2, but must be in [0, 2), or ignore_index -100",
       [&] { forward(loss, a, too_large, 2); }},
      {"labels[0] is -1, but must be in [0, 2), or ignore_index -100",
       [&] { forward(loss, a, negative, 2); }},
      {"targets has length 3, but logits has length 4", [&] { forward(loss, a, three, 2); }},
      {"grad_logits (length 4) and targets (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { forward_and_gradient(loss, b, a, 2, a_moved); }},
      {"losses (length 2) and targets (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { forward(loss, b, a, 2, at(0, 2)); }},
  });
}

TEST_CASE("rowwise/binary_cross_entropy_with_logits.hpp") {
  const BinaryCrossEntropyWithLogits<> loss;
  expect({
      {"targets has length 3, but logits has length 4", [&] { forward(loss, a, three); }},
      {"losses has length 3, but logits has length 4", [&] { forward(loss, a, b, three); }},
      {"losses (length 4) and logits (length 4) overlap, but must be the very same memory or apart",
       [&] { forward(loss, a, b, a_moved); }},
      {"losses (length 4) and targets (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { forward(loss, b, a, a_moved); }},
      {"grad_logits has length 3, but logits has length 4",
       [&] { forward_and_gradient(loss, a, b, three); }},
      {"grad_logits (length 4) and logits (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { forward_and_gradient(loss, a, b, a_moved); }},
      {"grad_logits (length 4) and targets (length 4) overlap, but must be the very same memory or "
       "apart",
       [&] { forward_and_gradient(loss, b, a, a_moved); }},
      {"grad_logits (length 4) and losses (length 4) overlap, but must be apart",
       [&] { forward_and_gradient(loss, a, b, c, c); }},
  });
}

TEST_CASE("rowwise/softmax_state.hpp") {
  static SoftmaxState<> state(2.0f);
  expect({
      {"the temperatures of the states are 2 and 0.5, but must be equal to merge",
       [] { state.merge(SoftmaxState<>(0.5f)); }},
      {"probs has length 3, but logits has length 4", [] { state.write_probabilities(a, three); }},
      {"probs (length 4) and logits (length 4) overlap, but must be the very same memory or apart",
       [] { state.write_probabilities(a, a_moved); }},
  });
}

TEST_CASE("rowwise/sampling.hpp") {
  static const float nan[] = {1.0f, std::numeric_limits<float>::quiet_NaN()};
  static const float infinite[] = {1.0f, inf}, masked[] = {-inf, -inf};
  expect({
      {"top_p is 0, but must be in (0, 1]", [] { sample(a, {.top_p = 0.0}, 0.5); }},
      {"uniform is 1, but must be in [0, 1)", [] { sample(a, {}, 1.0); }},
      {"scratch has length 3, but must have that of logits, 4, for top_k and top_p",
       [] { sample(a, {.top_k = 2}, 0.5, three); }},
      {"scratch (length 4) and logits (length 4) overlap, but must be apart",
       [] { sample(a, {.top_k = 2}, 0.5, a); }},
      {"logits[1] is nan, but must be a number below inf", [] { sample(nan, {}, 0.5); }},
      {"logits[1] is inf, but must be a number below inf", [] { sample(infinite, {}, 0.5); }},
      {"there is no token to sample: logits has length 0", [] { sample(at(0, 0), {}, 0.5); }},
      {"there is no token to sample: all 2 logits are -inf", [] { sample(masked, {}, 0.5); }},
  });
}
