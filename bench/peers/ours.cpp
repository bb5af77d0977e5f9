#include "ours.hpp"

#include <simdact/simdact.hpp>
#include <span>

namespace {

using bench::Direction;
using bench::Peer;
using bench::Task;

std::span<float const> x(Task const& t) { return {t.x, t.size()}; }
std::span<float const> grad_y(Task const& t) { return {t.grad_y, t.size()}; }
std::span<float> y(Task const& t) { return {t.y, t.size()}; }

template <class Accuracy>
void add_softmax(Peer& peer) {
  constexpr simdact::Softmax<float, Accuracy> softmax;
  constexpr simdact::LogSoftmax<float, Accuracy> log_softmax;
  peer.add("softmax", Direction::forward,
           [=](Task const& t) { simdact::forward(softmax, x(t), y(t), t.row_length); });
  peer.add("softmax", Direction::backward,
           [=](Task const& t) { simdact::backward(softmax, x(t), grad_y(t), y(t), t.row_length); });
  peer.add("log_softmax", Direction::forward,
           [=](Task const& t) { simdact::forward(log_softmax, x(t), y(t), t.row_length); });
}

template <class Accuracy>
Peer make_tier(std::string const& name) {
  Peer peer{name, std::string(simdact::version), {}};
  simdact::for_each_activation<float, Accuracy>([&](auto const& f) {
    const std::string function(f.name);
    peer.add(function, Direction::forward, [f](Task const& t) { simdact::forward(f, x(t), y(t)); });
    peer.add(function, Direction::backward,
             [f](Task const& t) { simdact::backward(f, x(t), grad_y(t), y(t)); });
  });
  add_softmax<Accuracy>(peer);
  return peer;
}

}  // namespace

bench::Peer bench::fast() { return make_tier<simdact::Fast>("Fast"); }
bench::Peer bench::precise() { return make_tier<simdact::Precise>("Precise"); }
