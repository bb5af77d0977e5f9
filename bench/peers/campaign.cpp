#include "campaign.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <simdact/simdact.hpp>
#include <stdexcept>

#include "measure.hpp"
#include "shapes.hpp"
#include "softmax_errors.hpp"

namespace {

using bench::Call;
using bench::Cell;
using bench::Direction;
using bench::Errors;
using bench::Function;
using bench::Peer;
using bench::Plan;
using bench::Task;

constexpr std::size_t large = 1 << 20;

std::vector<std::string> listed_activations() {
  std::vector<std::string> names;
  simdact::for_each_activation<float>([&](auto const& f) { names.emplace_back(f.name); });
  return names;
}

void require_known_functions(std::vector<Peer> const& contenders) {
  std::vector<std::string> known = listed_activations();
  for (bench::SoftmaxFunction const& softmax : bench::softmax_functions)
    known.emplace_back(softmax.name);
  for (Peer const& contender : contenders) {
    for (Function const& function : contender.functions) {
      if (std::ranges::find(known, function.name) == known.end())
        throw std::logic_error(contender.name + " has an unknown function, " + function.name);
    }
  }
}

/// A contender's function.
struct Entry {
  std::string contender;
  Function const* function;
  bool is_wider;
  Errors errors{};
};

std::vector<Entry> entries_of(std::vector<Peer> const& contenders, std::string const& name,
                              Direction direction) {
  std::vector<Entry> entries;
  for (Peer const& contender : contenders) {
    for (Function const& function : contender.functions) {
      if (function.name == name && function.direction == direction)
        entries.push_back({contender.name, &function, contender.is_wider});
    }
  }
  return entries;
}

/// Everyone's time on the same memory, memcpy's too.
Cell measured(std::vector<Entry> const& entries, Task const& task, Plan const& plan) {
  std::vector<Call> calls = {[task] { std::memcpy(task.y, task.x, task.size() * sizeof(float)); }};
  for (Entry const& entry : entries)
    calls.push_back(entry.function->bind(task));
  const int rounds = task.size() < large ? plan.rounds : std::max(3, plan.rounds / 20);
  const std::vector<double> ns = bench::measure(calls, rounds);

  const auto elements = static_cast<double>(task.size());
  Function const& function = *entries.front().function;
  Cell cell{function.name, function.direction, task.rows, task.row_length, ns[0] / elements, {}};
  std::fprintf(stderr, "%s %s %zux%zu, ns: memcpy %.3f", function.name.c_str(),
               bench::direction_text(function.direction).c_str(), task.rows, task.row_length,
               cell.memcpy_ns);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    cell.results.push_back(
        {entries[i].contender, ns[i + 1] / elements, entries[i].errors, entries[i].is_wider});
    std::fprintf(stderr, ", %s %.3f", entries[i].contender.c_str(), cell.results.back().ns);
  }
  std::fputc('\n', stderr);
  return cell;
}

void add_activation(std::vector<Cell>& cells, std::vector<Entry> entries, Plan const& plan) {
  Function const& function = *entries.front().function;
  const bench::Judge judge(function.name, function.direction);
  for (Entry& entry : entries)
    entry.errors = judge(entry.contender, *entry.function);
  for (const std::size_t size : bench::sizes) {
    bench::Arrays<float>& a = bench::arrays<float>(size);
    cells.push_back(measured(entries, {a.x.data(), a.grad_y.data(), a.y.data(), 1, size}, plan));
  }
}

void add_softmax(std::vector<Cell>& cells, std::vector<Entry> entries, bench::Shape shape,
                 Plan const& plan) {
  Function const& function = *entries.front().function;
  bench::Arrays<float>& a = bench::arrays<float>(shape.rows * shape.row_length);
  Task task{a.x.data(), a.grad_y.data(), a.y.data(), shape.rows, shape.row_length};
  if (function.direction == Direction::backward) {  // starts from probabilities
    const bench::SoftmaxJudge forward("softmax", Direction::forward, task);
    std::ranges::transform(forward.exact(), a.d.begin(), [](double p) { return float(p); });
    task.x = a.d.data();
  }
  const bench::SoftmaxJudge judge(function.name, function.direction, task);
  for (Entry& entry : entries) {
    entry.function->bind(task)();
    entry.errors = judge(entry.contender, task.y);
  }
  cells.push_back(measured(entries, task, plan));
}

}  // namespace

std::vector<Cell> bench::run(std::vector<Peer> const& contenders, Plan const& plan) {
  require_known_functions(contenders);
  const auto is_wanted = [&](std::string const& name) {
    return plan.only.empty() || plan.only == name;
  };
  std::vector<Cell> cells;
  for (std::string const& name : listed_activations()) {
    for (const Direction direction : directions) {
      if (is_wanted(name))
        add_activation(cells, entries_of(contenders, name, direction), plan);
    }
  }
  for (auto const& [name, direction] : softmax_functions) {
    for (const Shape shape : softmax_shapes) {
      if (is_wanted(name))
        add_softmax(cells, entries_of(contenders, name, direction), shape, plan);
    }
  }
  if (cells.empty())
    throw std::invalid_argument("there is no function " + plan.only);
  return cells;
}
