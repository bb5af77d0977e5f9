// Eigen's array expressions. What uses a value twice is evaluated in blocks that stay in the first cache,
// the output serving as the place for it. `select` is a plain loop in Eigen 3.4: max and min where they do.

#include <Eigen/Core>
#include <algorithm>
#include <unsupported/Eigen/SpecialFunctions>

#include "peers.hpp"

namespace {

using bench::Direction;
using bench::Task;

using In = Eigen::Map<Eigen::ArrayXf const>;
using Out = Eigen::Map<Eigen::ArrayXf>;

constexpr std::size_t block = 1024;

/// Adds the function f(x, y), which assigns to y, and its backward, backward(x, g, y).
template <class Forward, class Backward>
void add(bench::Peer& peer, char const* name, Forward forward, Backward backward) {
  const auto in_blocks = [](Task const& t, auto step) {
    for (std::size_t i = 0; i < t.size(); i += block)
      step(i, Eigen::Index(std::min(block, t.size() - i)));
  };
  peer.add(name, Direction::forward, [=](Task const& t) {
    in_blocks(t, [&](std::size_t i, Eigen::Index n) {
      Out y(t.y + i, n);
      forward(In(t.x + i, n), y);
    });
  });
  peer.add(name, Direction::backward, [=](Task const& t) {
    in_blocks(t, [&](std::size_t i, Eigen::Index n) {
      Out y(t.y + i, n);
      backward(In(t.x + i, n), In(t.grad_y + i, n), y);
    });
  });
}

void add_piecewise_linear(bench::Peer& peer) {
  add(
      peer, "relu", [](In x, Out& y) { y = x.max(0.0f); },
      [](In x, In g, Out& y) { y = (x > 0.0f).select(g, 0.0f); });
  add(
      peer, "relu6", [](In x, Out& y) { y = x.max(0.0f).min(6.0f); },
      [](In x, In g, Out& y) { y = (x > 0.0f && x < 6.0f).select(g, 0.0f); });
  const auto add_leaky = [&](char const* name, float slope) {
    add(
        peer, name, [slope](In x, Out& y) { y = x.max(slope * x); },
        [slope](In x, In g, Out& y) { y = (x > 0.0f).select(g, slope * g); });
  };
  add_leaky("leaky_relu", 0.01f);
  add_leaky("prelu", 0.25f);
  add(
      peer, "hardswish", [](In x, Out& y) { y = x * (x + 3.0f).max(0.0f).min(6.0f) * (1.0f / 6); },
      [](In x, In g, Out& y) {
        y = (x > -3.0f).select((x < 3.0f).select(g * (x * (1.0f / 3) + 0.5f), g), 0.0f);
      });
  add(
      peer, "hardsigmoid", [](In x, Out& y) { y = (x + 3.0f).max(0.0f).min(6.0f) * (1.0f / 6); },
      [](In x, In g, Out& y) { y = (x.abs() < 3.0f).select(g * (1.0f / 6), 0.0f); });
}

/// At alpha = 1, celu is elu.
void add_exponential(bench::Peer& peer) {
  const auto add_elu = [&](char const* name, float scale, float alpha) {
    add(
        peer, name,
        [=](In x, Out& y) { y = scale * x.max(0.0f) + (scale * alpha) * x.min(0.0f).expm1(); },
        [=](In x, In g, Out& y) {
          y = (scale * alpha) * x.min(0.0f).exp();
          y = g * (x > 0.0f).select(scale, y);
        });
  };
  add_elu("elu", 1.0f, 1.0f);
  add_elu("celu", 1.0f, 1.0f);
  add_elu("selu", 1.0507009873554805f, 1.6732632423543772f);
}

/// At beta = 1, swish is silu.
void add_logistic(bench::Peer& peer) {
  add(
      peer, "sigmoid", [](In x, Out& y) { y = x.logistic(); },
      [](In x, In g, Out& y) {
        y = x.logistic();
        y = g * y * (1.0f - y);
      });
  for (char const* name : {"silu", "swish"}) {
    add(
        peer, name, [](In x, Out& y) { y = x * x.logistic(); },
        [](In x, In g, Out& y) {
          y = x.logistic();
          y = g * y * (1.0f + x * (1.0f - y));
        });
  }
  add(
      peer, "softplus", [](In x, Out& y) { y = x.max(0.0f) + (-x.abs()).exp().log1p(); },
      [](In x, In g, Out& y) { y = g * x.logistic(); });
  add(
      peer, "log_sigmoid", [](In x, Out& y) { y = x.min(0.0f) - (-x.abs()).exp().log1p(); },
      [](In x, In g, Out& y) { y = g * (-x).logistic(); });
}

/// tanh(log(1 + z)) = n/(n + 2), n = z (z + 2).
void add_tanh(bench::Peer& peer) {
  add(
      peer, "tanh", [](In x, Out& y) { y = x.tanh(); },
      [](In x, In g, Out& y) {
        y = x.tanh();
        y = g * (1.0f - y * y);
      });
  add(
      peer, "mish",
      [](In x, Out& y) {
        y = x.min(20.0f).exp();
        y = y * (y + 2.0f);
        y = x * (y / (y + 2.0f));
      },
      [](In x, In g, Out& y) {
        y = x.min(20.0f).exp();
        y = (x > 20.0f).select(
            g, g * (y * ((y + 2.0f) * (y * (y + 2.0f) + 2.0f) + 4.0f * x * (y + 1.0f)) /
                    (y * (y + 2.0f) + 2.0f).square()));
      });
}

void add_gelu(bench::Peer& peer) {
  constexpr float sqrt_half = 0.70710678f, inv_sqrt_2pi = 0.39894228f;
  add(
      peer, "gelu", [=](In x, Out& y) { y = 0.5f * x * (1.0f + (x * sqrt_half).erf()); },
      [=](In x, In g, Out& y) {
        y = g *
            (0.5f + 0.5f * (x * sqrt_half).erf() + inv_sqrt_2pi * x * (-0.5f * x.square()).exp());
      });
  constexpr float a = 0.7978845608f, b = 0.044715f * a;
  add(
      peer, "gelu_tanh",
      [=](In x, Out& y) { y = 0.5f * x * (1.0f + (x * (a + b * x.square())).tanh()); },
      [=](In x, In g, Out& y) {
        y = (x * (a + b * x.square())).tanh();
        y = 0.5f * g * (1.0f + y) * (1.0f + x * (a + (3 * b) * x.square()) * (1.0f - y));
      });
}

void add_softmax(bench::Peer& peer) {
  const auto add_rows = [&](char const* name, Direction direction, auto row) {
    peer.add(name, direction, [row](Task const& t) {
      const auto n = Eigen::Index(t.row_length);
      for (std::size_t i = 0; i < t.size(); i += t.row_length) {
        Out y(t.y + i, n);
        row(In(t.x + i, n), In(t.grad_y + i, n), y);
      }
    });
  };
  add_rows("softmax", Direction::forward, [](In x, In, Out& y) {
    y = (x - x.maxCoeff()).exp();
    y *= 1.0f / y.sum();
  });
  add_rows("softmax", Direction::backward, [](In p, In g, Out& y) { y = p * (g - (p * g).sum()); });
  add_rows("log_softmax", Direction::forward, [](In x, In, Out& y) {
    const float max = x.maxCoeff();
    y = x - (max + std::log((x - max).exp().sum()));
  });
}

}  // namespace

bench::Peer bench::peers::eigen() {
  Peer peer{"Eigen",
            std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) + "." +
                std::to_string(EIGEN_MINOR_VERSION),
            {}};
  add_piecewise_linear(peer);
  add_exponential(peer);
  add_logistic(peer);
  add_tanh(peer);
  add_gelu(peer);
  add_softmax(peer);
  return peer;
}
