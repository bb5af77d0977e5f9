// PyTorch's kernels through ATen, into tensors made once over the memory.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cstdlib>
#include <utility>

#include "../../tests/isa.hpp"
#include "peers.hpp"

namespace {

using bench::Call;
using bench::Direction;
using bench::Task;

struct Tensors {
  at::Tensor x, grad_y, y;

  explicit Tensors(Task const& t) : x(over(t.x, t)), grad_y(over(t.grad_y, t)), y(over(t.y, t)) {}

 private:
  static at::Tensor over(float const* data, Task const& t) {
    return at::from_blob(const_cast<float*>(data),
                         {std::int64_t(t.rows), std::int64_t(t.row_length)}, at::kFloat);
  }
};

using Run = void (*)(Tensors&);

constexpr double selu_scale = 1.0507009873554804934193349852946;
constexpr double selu_alpha = 1.6732632423543772848170429916717;
constexpr double softplus_threshold = 20;  // PyTorch's own
constexpr std::int64_t along_rows = 1;

// relu, relu6, celu and selu are these very calls in PyTorch too. prelu is leaky_relu as long as nobody
// asks for the gradient of its weight.
constexpr std::pair<char const*, Run> forward[] = {
    {"relu", [](Tensors& t) { at::clamp_min_out(t.y, t.x, 0); }},
    {"relu6", [](Tensors& t) { at::hardtanh_out(t.y, t.x, 0, 6); }},
    {"leaky_relu", [](Tensors& t) { at::leaky_relu_out(t.y, t.x, 0.01); }},
    {"prelu", [](Tensors& t) { at::leaky_relu_out(t.y, t.x, 0.25); }},
    {"elu", [](Tensors& t) { at::elu_out(t.y, t.x); }},
    {"celu", [](Tensors& t) { at::elu_out(t.y, t.x); }},
    {"selu", [](Tensors& t) { at::elu_out(t.y, t.x, selu_alpha, selu_scale); }},
    {"gelu", [](Tensors& t) { at::gelu_out(t.y, t.x); }},
    {"gelu_tanh", [](Tensors& t) { at::gelu_out(t.y, t.x, "tanh"); }},
    {"silu", [](Tensors& t) { at::silu_out(t.y, t.x); }},
    {"swish", [](Tensors& t) { at::silu_out(t.y, t.x); }},
    {"mish", [](Tensors& t) { at::mish_out(t.y, t.x); }},
    {"softplus", [](Tensors& t) { at::softplus_out(t.y, t.x); }},
    {"hardswish", [](Tensors& t) { at::hardswish_out(t.y, t.x); }},
    {"hardsigmoid", [](Tensors& t) { at::hardsigmoid_out(t.y, t.x); }},
    {"sigmoid", [](Tensors& t) { at::sigmoid_out(t.y, t.x); }},
    {"tanh", [](Tensors& t) { at::tanh_out(t.y, t.x); }},
    {"hardtanh", [](Tensors& t) { at::hardtanh_out(t.y, t.x); }},
    {"threshold", [](Tensors& t) { at::threshold_out(t.y, t.x, 0, 0); }},
    {"hardshrink", [](Tensors& t) { at::hardshrink_out(t.y, t.x); }},
    {"softshrink", [](Tensors& t) { at::softshrink_out(t.y, t.x); }},
    {"softmax", [](Tensors& t) { at::_softmax_out(t.y, t.x, along_rows, false); }},
    {"log_softmax", [](Tensors& t) { at::_log_softmax_out(t.y, t.x, along_rows, false); }},
};

void elu_backward(Tensors& t) { at::elu_backward_out(t.y, t.grad_y, 1, 1, 1, false, t.x); }

void silu_backward(Tensors& t) { at::silu_backward_out(t.y, t.grad_y, t.x); }

// sigmoid's and tanh's gradients are made from the output, which comes first then; mish's has no form
// that writes into a given tensor.
constexpr std::pair<char const*, Run> backward[] = {
    {"relu", [](Tensors& t) { at::threshold_backward_out(t.y, t.grad_y, t.x, 0); }},
    {"relu6", [](Tensors& t) { at::hardtanh_backward_out(t.y, t.grad_y, t.x, 0, 6); }},
    {"leaky_relu",
     [](Tensors& t) { at::leaky_relu_backward_out(t.y, t.grad_y, t.x, 0.01, false); }},
    {"prelu", [](Tensors& t) { at::leaky_relu_backward_out(t.y, t.grad_y, t.x, 0.25, false); }},
    {"elu", elu_backward},
    {"celu", elu_backward},
    {"selu",
     [](Tensors& t) {
       at::elu_backward_out(t.y, t.grad_y, selu_alpha, selu_scale, 1, false, t.x);
     }},
    {"gelu", [](Tensors& t) { at::gelu_backward_out(t.y, t.grad_y, t.x); }},
    {"gelu_tanh", [](Tensors& t) { at::gelu_backward_out(t.y, t.grad_y, t.x, "tanh"); }},
    {"silu", silu_backward},
    {"swish", silu_backward},
    {"mish", [](Tensors& t) { t.y.copy_(at::mish_backward(t.grad_y, t.x)); }},
    {"softplus",
     [](Tensors& t) { at::softplus_backward_out(t.y, t.grad_y, t.x, 1, softplus_threshold); }},
    {"hardswish", [](Tensors& t) { at::hardswish_backward_out(t.y, t.grad_y, t.x); }},
    {"hardsigmoid", [](Tensors& t) { at::hardsigmoid_backward_out(t.y, t.grad_y, t.x); }},
    {"sigmoid",
     [](Tensors& t) {
       at::sigmoid_out(t.y, t.x);
       at::sigmoid_backward_out(t.y, t.grad_y, t.y);
     }},
    {"tanh",
     [](Tensors& t) {
       at::tanh_out(t.y, t.x);
       at::tanh_backward_out(t.y, t.grad_y, t.y);
     }},
    {"hardtanh", [](Tensors& t) { at::hardtanh_backward_out(t.y, t.grad_y, t.x, -1, 1); }},
    {"threshold", [](Tensors& t) { at::threshold_backward_out(t.y, t.grad_y, t.x, 0); }},
    {"softmax",
     [](Tensors& t) {
       at::_softmax_backward_data_out(t.y, t.grad_y, t.x, along_rows, at::kFloat);
     }},
};

Call bind(Run run, Task const& t) {
  return [run, tensors = Tensors(t)]() mutable { run(tensors); };
}

/// log_sigmoid needs room for e^-|x|, and its gradient what is in there.
Call log_sigmoid(Task const& t) {
  Tensors tensors(t);
  return [tensors, buffer = at::empty_like(tensors.x)]() mutable {
    at::log_sigmoid_forward_out(tensors.y, buffer, tensors.x);
  };
}

Call log_sigmoid_backward(Task const& t) {
  Tensors tensors(t);
  return [tensors, buffer = at::empty_like(tensors.x)]() mutable {
    at::log_sigmoid_forward_out(tensors.y, buffer, tensors.x);
    at::log_sigmoid_backward_out(tensors.y, tensors.grad_y, tensors.x, buffer);
  };
}

/// ATen takes what the processor has unless it is told before its first use.
void restrict_instructions() {
  if (isa == "avx512" || isa == "neon")
    return;
  setenv("ATEN_CPU_CAPABILITY", isa == "avx2" ? "avx2" : "default", 1);
}

}  // namespace

bench::Peer bench::peers::torch() {
  restrict_instructions();
  at::set_num_threads(1);
  static const c10::InferenceMode no_autograd;
  Peer peer{"PyTorch", TORCH_VERSION, {}};
  for (auto const& [name, run] : forward)
    peer.functions.push_back(
        {name, Direction::forward, [run = run](Task const& t) { return bind(run, t); }});
  for (auto const& [name, run] : backward)
    peer.functions.push_back(
        {name, Direction::backward, [run = run](Task const& t) { return bind(run, t); }});
  peer.functions.push_back({"log_sigmoid", Direction::forward, log_sigmoid});
  peer.functions.push_back({"log_sigmoid", Direction::backward, log_sigmoid_backward});
  return peer;
}
