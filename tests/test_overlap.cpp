// Every algorithm that writes: what overlaps in part, in any direction, is refused before anything is written, as
// is an argument that is too short; no elements at null pointers are fine.

#include <simdact/simdact.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "catch.hpp"
#include "message_of.hpp"

namespace {

using namespace simdact;

using In = std::span<float const>;
using Out = std::span<float>;

struct Argument {
  std::string name;
  std::size_t length;
  bool written = false;
};

struct Algorithm {
  std::string name;
  std::vector<Argument> arguments;
  std::function<void(std::vector<Out> const&)> call;
};

constexpr std::size_t rows = 5;
constexpr std::size_t columns = 4;
constexpr std::size_t all = rows * columns;

std::span<std::int32_t const> labels() {
  static const std::vector<std::int32_t> labels(rows, 1);
  return labels;
}

/// As many labels as there are rows.
std::span<std::int32_t const> labels_of(In x) { return labels().first(x.size() / columns); }

std::vector<Algorithm> elementwise() {
  const ReLU<> f;
  const Argument x{"x", all}, g{"grad_y", all}, y{"y", all, true}, d{"d", all, true};
  return {
      {"forward", {x, y}, [=](auto& a) { forward(f, a[0], a[1]); }},
      {"derivative", {x, y}, [=](auto& a) { derivative(f, a[0], a[1]); }},
      {"backward", {x, g, y}, [=](auto& a) { backward(f, a[0], a[1], a[2]); }},
      {"forward_and_derivative",
       {x, y, d},
       [=](auto& a) { forward_and_derivative(f, a[0], a[1], a[2]); }},
      {"backward_parameters",
       {x, g, y},
       [](auto& a) { backward_parameters(PReLU<>{}, a[0], a[1], a[2]); }},
  };
}

std::vector<Algorithm> with_columns() {
  const ReLU<> f;
  const PReLU<> prelu;
  const Argument x{"x", all}, g{"grad_y", all}, y{"y", all, true};
  const Argument bias{"bias", columns}, grad_bias{"grad_bias", columns, true};
  const Argument weights{"weights", rows}, grad_weights{"grad_weights", rows, true};
  return {
      {"bias forward", {x, bias, y}, [=](auto& a) { forward(f, In(a[0]), In(a[1]), a[2]); }},
      {"bias backward",
       {x, bias, g, y, grad_bias},
       [=](auto& a) { backward(f, a[0], a[1], a[2], a[3], a[4]); }},
      {"channels forward",
       {x, weights, y},
       [=](auto& a) { forward(prelu, a[0], a[1], columns, a[2]); }},
      {"channels backward",
       {x, weights, g, y, grad_weights},
       [=](auto& a) { backward_parameters(prelu, a[0], a[1], columns, a[2], a[3], a[4]); }},
  };
}

std::vector<Algorithm> gated_ones() {
  const ReLU<> f;
  const ReGLU<> unit;
  const Argument gate{"gate", all}, up{"up", all}, g{"grad_out", all}, out{"out", all, true};
  const Argument packed{"packed", 2 * all}, grad_packed{"grad_packed", 2 * all, true};
  return {
      {"gated", {gate, up, out}, [=](auto& a) { gated(f, a[0], a[1], a[2]); }},
      {"gated backward",
       {gate, up, g, {"grad_gate", all, true}, {"grad_up", all, true}},
       [=](auto& a) { gated_backward(f, a[0], a[1], a[2], a[3], a[4]); }},
      {"packed", {packed, out}, [=](auto& a) { forward(unit, a[0], a[1], columns); }},
      {"packed backward",
       {packed, g, grad_packed},
       [=](auto& a) { backward(unit, a[0], a[1], a[2], columns); }},
  };
}

template <class F>
void add_rows(std::vector<Algorithm>& to, F const& f) {
  const Argument x{"logits", all}, g{"grad", all}, y{"out", all, true};
  const auto axis = [](In v) { return Axis{v.size() / columns, columns / 2, 2}; };
  const std::string name(F::name);
  to.push_back({name, {x, y}, [=](auto& a) { forward(f, a[0], a[1], columns); }});
  to.push_back(
      {name + " backward", {x, g, y}, [=](auto& a) { backward(f, a[0], a[1], a[2], columns); }});
  to.push_back({name + " axis", {x, y}, [=](auto& a) { forward(f, a[0], a[1], axis(a[0])); }});
  to.push_back({name + " axis backward", {x, g, y}, [=](auto& a) {
                  backward(f, a[0], a[1], a[2], axis(a[0]));
                }});
  to.push_back({name + " causal", {x, y}, [=](auto& a) {
                  forward(f, a[0], CausalMask{.offset = 1}, a[1], columns);
                }});
  to.push_back({name + " additive", {x, {"mask", all}, y}, [=](auto& a) {
                  forward(f, a[0], AdditiveMask<>{a[1]}, a[2], columns);
                }});
  to.push_back({name + " additive, one row", {x, {"mask", columns}, y}, [=](auto& a) {
                  forward(f, a[0], AdditiveMask<>{a[1]}, a[2], columns);
                }});
  to.push_back({name + " valid length", {x, y}, [=](auto& a) {
                  forward(f, a[0], ValidLength{labels_of(a[0])}, a[1], columns);
                }});
  to.push_back({name + " causal backward", {x, g, y}, [=](auto& a) {
                  backward(f, a[0], a[1], CausalMask{}, a[2], columns);
                }});
}

std::vector<Algorithm> rowwise() {
  std::vector<Algorithm> found;
  add_rows(found, Softmax<>{});
  add_rows(found, Softmax<float, Fast>{});
  add_rows(found, LogSoftmax<>{});
  add_rows(found, Softmin<>{});
  return found;
}

std::vector<Algorithm> sums_of_exponentials() {
  const Argument x{"logits", all}, y{"grad_logits", all, true};
  const Argument results{"results", rows, true}, g{"grad_results", rows};
  const auto axis = [](In v) { return Axis{v.size() / columns, columns, 1}; };
  return {
      {"log_sum_exp", {x, results}, [](auto& a) { log_sum_exp(a[0], a[1], columns); }},
      {"log_sum_exp axis", {x, results}, [=](auto& a) { log_sum_exp(a[0], a[1], axis(a[0])); }},
      {"log_sum_exp mask",
       {x, {"mask", all}, results},
       [](auto& a) { log_sum_exp(a[0], AdditiveMask<>{a[1]}, a[2], columns); }},
      {"log_sum_exp_backward",
       {x, g, y},
       [](auto& a) { log_sum_exp_backward(a[0], a[1], a[2], columns); }},
      {"log_sum_exp_backward axis",
       {x, g, y},
       [=](auto& a) { log_sum_exp_backward(a[0], a[1], a[2], axis(a[0])); }},
      {"log_sum_exp_backward mask",
       {x, {"mask", all}, g, y},
       [](auto& a) { log_sum_exp_backward(a[0], AdditiveMask<>{a[1]}, a[2], a[3], columns); }},
      {"jacobian",
       {{"probs", columns}, {"jacobian", columns * columns, true}},
       [](auto& a) { jacobian(Softmax<>{}, a[0], a[1]); }},
      {"write_probabilities",
       {x, y},
       [](auto& a) { SoftmaxState<float>().write_probabilities(a[0], a[1]); }},
  };
}

std::vector<Algorithm> losses() {
  const CrossEntropy<> loss;
  const CrossEntropy<float, Fast> fast;
  const BinaryCrossEntropyWithLogits<> binary;
  const Argument x{"logits", all}, t{"targets", all}, y{"grad_logits", all, true};
  const Argument losses{"losses", rows, true}, all_losses{"losses", all, true};
  return {
      {"cross_entropy",
       {x, losses},
       [=](auto& a) { forward(loss, a[0], labels_of(a[0]), columns, a[1]); }},
      {"cross_entropy gradient",
       {x, y, losses},
       [=](auto& a) { forward_and_gradient(loss, a[0], labels_of(a[0]), columns, a[1], a[2]); }},
      {"cross_entropy of probabilities",
       {x, t, y, losses},
       [=](auto& a) { forward_and_gradient(loss, a[0], In(a[1]), columns, a[2], a[3]); }},
      {"fast cross_entropy",
       {x, t, y},
       [=](auto& a) { forward_and_gradient(fast, a[0], In(a[1]), columns, a[2]); }},
      {"binary cross entropy",
       {x, t, all_losses},
       [=](auto& a) { forward(binary, a[0], a[1], a[2]); }},
      {"binary cross entropy gradient",
       {x, t, y, all_losses},
       [=](auto& a) { forward_and_gradient(binary, a[0], a[1], a[2], a[3]); }},
  };
}

std::vector<Algorithm> algorithms() {
  std::vector<Algorithm> found;
  for (auto family :
       {elementwise, with_columns, gated_ones, rowwise, sums_of_exponentials, losses}) {
    for (Algorithm& algorithm : family())
      found.push_back(std::move(algorithm));
  }
  return found;
}

/// Memory with a place for each argument, far from the others.
class Memory {
 public:
  explicit Memory(Algorithm const& algorithm) : memory_(apart * algorithm.arguments.size()) {
    for (std::size_t i = 0; i < memory_.size(); ++i)
      memory_[i] = 0.25f + 0.125f * static_cast<float>(i % 7);
    before_ = memory_;
    for (std::size_t k = 0; k < algorithm.arguments.size(); ++k)
      spans.emplace_back(memory_.data() + apart * k + apart / 2, algorithm.arguments[k].length);
  }

  bool untouched() const { return memory_ == before_; }

  std::vector<Out> spans;

 private:
  static constexpr std::size_t apart = 200;
  std::vector<float> memory_, before_;
};

/// Is the call refused with a word of `reason` in the message, and nothing written?
bool refused(Algorithm const& algorithm, Memory const& memory, std::string const& reason) {
  const std::string message = message_of([&] { algorithm.call(memory.spans); });
  INFO(algorithm.name << ": " << message);
  CHECK(memory.untouched());
  const bool as_it_should = message.find(reason) != std::string::npos;
  CHECK(as_it_should);
  return as_it_should;
}

}  // namespace

TEST_CASE("every algorithm writes where its arguments are apart") {
  for (Algorithm const& algorithm : algorithms()) {
    INFO(algorithm.name);
    const Memory memory(algorithm);
    CHECK_NOTHROW(algorithm.call(memory.spans));
    CHECK_FALSE(memory.untouched());
  }
}

TEST_CASE("partial overlap is refused in every direction") {
  std::size_t refusals = 0;
  for (Algorithm const& algorithm : algorithms()) {
    for (std::size_t i = 0; i < algorithm.arguments.size(); ++i) {
      for (std::size_t j = 0; j < algorithm.arguments.size(); ++j) {
        Argument const &one = algorithm.arguments[i], &other = algorithm.arguments[j];
        if (i == j || !one.written)
          continue;
        const auto first = 1 - static_cast<std::ptrdiff_t>(other.length);
        const auto last = static_cast<std::ptrdiff_t>(one.length) - 1;
        for (std::ptrdiff_t shift = first; shift <= last; ++shift) {
          // The very same memory is for an input and an output.
          if (shift == 0 && one.length == other.length && !other.written)
            continue;
          INFO(one.name << " and " << other.name << ", which begins " << shift << " behind it");
          Memory memory(algorithm);
          memory.spans[j] = {memory.spans[i].data() + shift, other.length};
          refusals += refused(algorithm, memory, "overlap") ? 1 : 0;
        }
      }
    }
  }
  CHECK(refusals > 4000);
}

TEST_CASE("neighbours in memory are apart") {
  for (Algorithm const& algorithm : algorithms()) {
    INFO(algorithm.name);
    Memory memory(algorithm);
    float* end = memory.spans[0].data();
    for (Out& span : memory.spans) {
      span = {end, span.size()};
      end += span.size();
    }
    CHECK_NOTHROW(algorithm.call(memory.spans));
  }
}

TEST_CASE("an argument that is too short is refused") {
  for (Algorithm const& algorithm : algorithms()) {
    for (std::size_t k = 0; k < algorithm.arguments.size(); ++k) {
      INFO(algorithm.arguments[k].name);
      Memory memory(algorithm);
      memory.spans[k] = memory.spans[k].first(memory.spans[k].size() - 1);
      refused(algorithm, memory, "length");
    }
  }
}

TEST_CASE("no elements at null pointers are fine") {
  for (Algorithm const& algorithm : algorithms()) {
    INFO(algorithm.name);
    Memory memory(algorithm);
    for (Out& span : memory.spans)
      span = {};
    CHECK_NOTHROW(algorithm.call(memory.spans));
    CHECK(memory.untouched());
  }
  CHECK(activation_statistics(ReLU<>{}, In{}).count == 0);
  CHECK_NOTHROW(activation_statistics(ReLU<>{}, In{}, 0, {}));
  CHECK(log_sum_exp(In{}) == -std::numeric_limits<float>::infinity());
  CHECK_THROWS_AS(sample(In{}, {}, 0.5), std::invalid_argument);
  SoftmaxState<float> state;
  state.update({});
  CHECK(state.log_sum_exp() == -std::numeric_limits<float>::infinity());
}

TEST_CASE("lengths whose product is more than there are numbers are refused") {
  // Nothing is read: only a length is as large.
  float element = 0.0f;
  const In logits(&element, std::size_t{1} << 32);
  CHECK(message_of([&] { jacobian(Softmax<>{}, logits, {}); }).find("jacobian has length 0") !=
        std::string::npos);
  CHECK_THROWS_AS(
      forward(Softmax<>{}, In{}, Out{}, Axis{std::size_t{1} << 32, std::size_t{1} << 32, 1}),
      std::invalid_argument);
}
