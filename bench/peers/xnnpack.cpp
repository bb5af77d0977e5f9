// Operators are created and set up once, and then run in the calling thread. XNNPACK chooses its
// instructions by the processor and cannot be told otherwise.

#include <xnnpack.h>

#include <limits>
#include <memory>
#include <stdexcept>

#include "../../tests/isa.hpp"
#include "peers.hpp"

namespace {

using bench::Call;
using bench::Direction;
using bench::Task;

void require(xnn_status status) {
  if (status != xnn_status_success)
    throw std::runtime_error("XNNPACK: status " + std::to_string(status));
}

using Operator = std::shared_ptr<xnn_operator>;

template <class Create>
Operator make_operator(Create create) {
  xnn_operator_t made = nullptr;
  require(create(&made));
  return Operator(made, xnn_delete_operator);
}

Call run(Operator const& op) {
  return [op] { require(xnn_run_operator(op.get(), nullptr)); };
}

/// XNNPACK's elementwise operators see an array as `size` rows of one channel.
template <class Setup, class Create>
auto elementwise(Setup setup, Create create) {
  return [=](Task const& t) {
    const Operator op = make_operator(create);
    require(setup(op.get(), t.size(), t.x, t.y, nullptr));
    return run(op);
  };
}

auto clamp(float low, float high) {
  return elementwise(xnn_setup_clamp_nc_f32, [=](xnn_operator_t* made) {
    return xnn_create_clamp_nc_f32(1, 1, 1, low, high, 0, made);
  });
}

auto leaky_relu(float slope) {
  return elementwise(xnn_setup_leaky_relu_nc_f32, [=](xnn_operator_t* made) {
    return xnn_create_leaky_relu_nc_f32(1, 1, 1, slope, 0, made);
  });
}

Call elu(Task const& t) {
  return elementwise(xnn_setup_elu_nc_f32, [](xnn_operator_t* made) {
    return xnn_create_elu_nc_f32(1, 1, 1, 1.0f, 0, made);
  })(t);
}

Call hardswish(Task const& t) {
  return elementwise(xnn_setup_hardswish_nc_f32, [](xnn_operator_t* made) {
    return xnn_create_hardswish_nc_f32(1, 1, 1, 0, made);
  })(t);
}

Call sigmoid(Task const& t) {
  return elementwise(xnn_setup_sigmoid_nc_f32, [](xnn_operator_t* made) {
    return xnn_create_sigmoid_nc_f32(1, 1, 1, 0, made);
  })(t);
}

/// x times sigmoid, as TensorFlow Lite has XNNPACK do it.
Call silu(Task const& t) {
  constexpr float inf = std::numeric_limits<float>::infinity();
  const Operator multiply = make_operator(
      [](xnn_operator_t* made) { return xnn_create_multiply_nd_f32(-inf, inf, 0, made); });
  const std::size_t shape[] = {t.size()};
  require(xnn_setup_multiply_nd_f32(multiply.get(), 1, shape, 1, shape, t.x, t.y, t.y, nullptr));
  return [first = sigmoid(t), second = run(multiply)] {
    first();
    second();
  };
}

Call softmax(Task const& t) {
  const Operator op = make_operator([&](xnn_operator_t* made) {
    return xnn_create_softmax_nc_f32(t.row_length, t.row_length, t.row_length, 0, made);
  });
  require(xnn_setup_softmax_nc_f32(op.get(), t.rows, t.x, t.y, nullptr));
  return run(op);
}

}  // namespace

bench::Peer bench::peers::xnnpack() {
  require(xnn_initialize(nullptr));
  constexpr float inf = std::numeric_limits<float>::infinity();
  constexpr auto forward = Direction::forward;
  // With one weight for all, prelu is leaky_relu; at alpha = beta = 1, celu is elu and swish is silu.
  return {"XNNPACK",
          SIMDACT_XNNPACK_VERSION,
          {{"relu", forward, clamp(0.0f, inf)},
           {"relu6", forward, clamp(0.0f, 6.0f)},
           {"hardtanh", forward, clamp(-1.0f, 1.0f)},
           {"threshold", forward, clamp(0.0f, inf)},
           {"leaky_relu", forward, leaky_relu(0.01f)},
           {"prelu", forward, leaky_relu(0.25f)},
           {"elu", forward, elu},
           {"celu", forward, elu},
           {"hardswish", forward, hardswish},
           {"sigmoid", forward, sigmoid},
           {"silu", forward, silu},
           {"swish", forward, silu},
           {"softmax", forward, softmax}},
          isa != "avx512" && __builtin_cpu_supports("avx512f") != 0};
}
