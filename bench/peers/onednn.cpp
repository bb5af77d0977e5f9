// Primitives are created once for the memory they work on. Executed through the C interface, since the
// C++ one builds a table of arguments at each call.

#include <omp.h>

#include <array>
#include <stdexcept>

#include <oneapi/dnnl/dnnl.hpp>

#include "../../tests/isa.hpp"
#include "peers.hpp"

namespace {

using bench::Call;
using bench::Direction;
using bench::Task;
using dnnl::algorithm;
using dnnl::memory;
using dnnl::prop_kind;

dnnl::engine const& engine() {
  static const dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
  return cpu;
}

void require(dnnl_status_t status) {
  if (status != dnnl_success)
    throw std::runtime_error("oneDNN: status " + std::to_string(status));
}

struct Argument {
  int role;
  float const* data;
};

template <std::size_t N>
Call execute(dnnl::primitive const& primitive, memory::desc const& shape,
             Argument const (&arguments)[N]) {
  std::array<memory, N> memories;
  std::array<dnnl_exec_arg_t, N> table;
  for (std::size_t i = 0; i < N; ++i) {
    memories[i] = memory(shape, engine(), const_cast<float*>(arguments[i].data));
    table[i] = {arguments[i].role, memories[i].get()};
  }
  return [primitive, memories, table, stream = dnnl::stream(engine())] {
    require(dnnl_primitive_execute(primitive.get(), stream.get(), int(N), table.data()));
  };
}

memory::desc shape_of(Task const& t) {
  return {{memory::dim(t.rows), memory::dim(t.row_length)},
          memory::data_type::f32,
          memory::format_tag::ab};
}

struct Eltwise {
  algorithm kind;
  float alpha = 0;
  float beta = 0;

  dnnl::eltwise_forward::primitive_desc describe(prop_kind prop, memory::desc const& shape) const {
    return {{prop, kind, shape, alpha, beta}, engine()};
  }

  Call forward(Task const& t) const {
    const memory::desc shape = shape_of(t);
    return execute(dnnl::eltwise_forward(describe(prop_kind::forward_inference, shape)), shape,
                   {{DNNL_ARG_SRC, t.x}, {DNNL_ARG_DST, t.y}});
  }

  Call backward(Task const& t) const {
    const memory::desc shape = shape_of(t);
    const dnnl::eltwise_backward::primitive_desc description(
        {kind, shape, shape, alpha, beta}, engine(), describe(prop_kind::forward_training, shape));
    return execute(dnnl::eltwise_backward(description), shape,
                   {{DNNL_ARG_SRC, t.x}, {DNNL_ARG_DIFF_DST, t.grad_y}, {DNNL_ARG_DIFF_SRC, t.y}});
  }
};

constexpr int along_rows = 1;

dnnl::softmax_forward::primitive_desc describe_softmax(prop_kind prop, memory::desc const& shape) {
  return {{prop, shape, along_rows}, engine()};
}

Call softmax(Task const& t) {
  const memory::desc shape = shape_of(t);
  return execute(dnnl::softmax_forward(describe_softmax(prop_kind::forward_inference, shape)),
                 shape, {{DNNL_ARG_SRC, t.x}, {DNNL_ARG_DST, t.y}});
}

Call softmax_backward(Task const& t) {
  const memory::desc shape = shape_of(t);
  const dnnl::softmax_backward::primitive_desc description(
      {shape, shape, along_rows}, engine(), describe_softmax(prop_kind::forward_training, shape));
  return execute(dnnl::softmax_backward(description), shape,
                 {{DNNL_ARG_DST, t.x}, {DNNL_ARG_DIFF_DST, t.grad_y}, {DNNL_ARG_DIFF_SRC, t.y}});
}

Call log_softmax(Task const& t) {
  const memory::desc shape = shape_of(t);
  const dnnl::logsoftmax_forward::primitive_desc description(
      {prop_kind::forward_inference, shape, along_rows}, engine());
  return execute(dnnl::logsoftmax_forward(description), shape,
                 {{DNNL_ARG_SRC, t.x}, {DNNL_ARG_DST, t.y}});
}

/// oneDNN takes what the processor has unless it is told before its first use.
void restrict_instructions() {
  if (isa == "avx512" || isa == "neon")
    return;
  const auto most = isa == "avx2"  ? dnnl_cpu_isa_avx2
                    : isa == "avx" ? dnnl_cpu_isa_avx
                                   : dnnl_cpu_isa_sse41;
  require(dnnl_set_max_cpu_isa(most));
}

}  // namespace

bench::Peer bench::peers::onednn() {
  restrict_instructions();
  omp_set_num_threads(1);
  const dnnl_version_t& version = *dnnl_version();
  Peer peer{"oneDNN",
            std::to_string(version.major) + "." + std::to_string(version.minor) + "." +
                std::to_string(version.patch),
            {}};
  // With one weight for all, prelu is leaky_relu; at alpha = beta = 1, celu is elu and swish is silu.
  const std::pair<char const*, Eltwise> functions[] = {
      {"relu", {algorithm::eltwise_relu}},
      {"relu6", {algorithm::eltwise_clip_v2, 0.0f, 6.0f}},
      {"leaky_relu", {algorithm::eltwise_relu, 0.01f}},
      {"prelu", {algorithm::eltwise_relu, 0.25f}},
      {"elu", {algorithm::eltwise_elu, 1.0f}},
      {"celu", {algorithm::eltwise_elu, 1.0f}},
      {"gelu", {algorithm::eltwise_gelu_erf}},
      {"gelu_tanh", {algorithm::eltwise_gelu_tanh}},
      {"silu", {algorithm::eltwise_swish, 1.0f}},
      {"swish", {algorithm::eltwise_swish, 1.0f}},
      {"mish", {algorithm::eltwise_mish}},
      {"softplus", {algorithm::eltwise_soft_relu}},
      {"hardswish", {algorithm::eltwise_hardswish}},
      {"sigmoid", {algorithm::eltwise_logistic}},
      {"log_sigmoid", {algorithm::eltwise_logsigmoid}},
      {"tanh", {algorithm::eltwise_tanh}},
      {"hardtanh", {algorithm::eltwise_clip_v2, -1.0f, 1.0f}},
      {"threshold", {algorithm::eltwise_relu}},
  };
  for (auto const& [name, eltwise] : functions) {
    const Eltwise e = eltwise;
    peer.functions.push_back(
        {name, Direction::forward, [e](Task const& t) { return e.forward(t); }});
    peer.functions.push_back(
        {name, Direction::backward, [e](Task const& t) { return e.backward(t); }});
  }
  peer.functions.push_back({"softmax", Direction::forward, softmax});
  peer.functions.push_back({"softmax", Direction::backward, softmax_backward});
  peer.functions.push_back({"log_softmax", Direction::forward, log_softmax});
  return peer;
}
