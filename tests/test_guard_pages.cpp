// Every algorithm, on arrays of 0 to 300 elements and more that begin or end at memory nobody may touch: to read
// or write one byte beyond ends the program. The results are those in ordinary memory, bit for bit.
//
// An array that ends at a guard begins at each place within a vector, by its length; one that begins at a guard
// begins at a boundary of vectors. Arrays of one call lie at the same sort of guard or, in turn, at either, so
// that they are aligned in different ways.

#include "catch.hpp"

#if __has_include(<sys/mman.h>)

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdlib>
#include <deque>
#include <functional>

#include "guarded_array.hpp"
#include "inputs.hpp"
#include "typed.hpp"

namespace {

using namespace simdact;

constexpr std::size_t longest = 300;

enum class Placement { ordinary, end_at_guard, begin_at_guard, in_turn, in_other_turn };

/// Of one call: hands out its arrays, each at a guard of its own.
class Memory {
 public:
  explicit Memory(Placement placement) : placement_(placement) {}

  template <class T>
  std::span<T> copy_of(std::span<T const> values) {
    const std::span<T> array = place<T>(values.size());
    std::copy(values.begin(), values.end(), array.begin());
    return array;
  }

  /// n numbers, others for each array.
  template <class T>
  std::span<T> numbers(std::size_t n) {
    static const std::vector<T> all = ::numbers<T>(capacity / sizeof(T) + most, 20261122);
    return copy_of<T>(std::span(all).subspan(arrays_.size(), n));
  }

  /// n elements to be written.
  template <class T>
  std::span<T> room(std::size_t n) {
    return place<T>(n);
  }

  /// What the call has returned.
  template <class T>
  void keep(T const& result) {
    copy_of<T>(std::span(&result, 1));
  }

  std::vector<std::byte> contents() const {
    std::vector<std::byte> all;
    for (std::span<std::byte> array : arrays_)
      all.insert(all.end(), array.begin(), array.end());
    return all;
  }

  /// Is what lies beside the arrays, where there is no guard, as it was?
  bool is_untouched_beside() const {
    return std::all_of(beside_.begin(), beside_.end(), [](std::span<std::byte> bytes) {
      return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == untouched; });
    });
  }

 private:
  static constexpr std::size_t most = 8;
  static constexpr std::size_t capacity = 7 * longest * sizeof(double);
  static constexpr std::size_t margin = 64;
  static constexpr std::byte untouched{0x5a};

  bool ends_at_guard() const {
    const bool is_odd = arrays_.size() % 2 != 0;
    return placement_ == Placement::end_at_guard ||
           placement_ == (is_odd ? Placement::in_turn : Placement::in_other_turn);
  }

  template <class T>
  std::span<T> place(std::size_t n) {
    const std::size_t size = n * sizeof(T);
    REQUIRE(size + margin <= capacity);
    REQUIRE(arrays_.size() < most);
    const std::span<std::byte> bytes =
        placement_ == Placement::ordinary ? heap(size) : guarded(size);
    arrays_.push_back(bytes);
    std::fill(bytes.begin(), bytes.end(), untouched);
    return {reinterpret_cast<T*>(bytes.data()), n};
  }

  std::span<std::byte> heap(std::size_t size) { return heap_.emplace_back(size); }

  std::span<std::byte> guarded(std::size_t size) {
    static std::deque<GuardedArray<std::byte>> slots;
    while (slots.size() <= arrays_.size())
      slots.emplace_back(capacity);
    GuardedArray<std::byte> const& slot = slots[arrays_.size()];
    const bool ends = ends_at_guard();
    const std::span<std::byte> both = ends ? slot.last(size + margin) : slot.first(size + margin);
    const std::span<std::byte> beside = ends ? both.first(margin) : both.last(margin);
    std::fill(beside.begin(), beside.end(), untouched);
    beside_.push_back(beside);
    return ends ? both.last(size) : both.first(size);
  }

  Placement placement_;
  std::vector<std::vector<std::byte>> heap_;
  std::vector<std::span<std::byte>> arrays_;
  std::vector<std::span<std::byte>> beside_;
};

using Call = std::function<void(Memory&)>;

void check_at_guards(Call const& call) {
  Memory ordinary(Placement::ordinary);
  call(ordinary);
  const std::vector<std::byte> expected = ordinary.contents();
  for (const Placement placement : {Placement::end_at_guard, Placement::begin_at_guard,
                                    Placement::in_turn, Placement::in_other_turn}) {
    Memory memory(placement);
    call(memory);
    if (memory.contents() != expected || !memory.is_untouched_beside())
      FAIL_CHECK("other results, or something written beside, at placement "
                 << static_cast<int>(placement));
  }
}

template <class Test>
void for_each_length(Test test) {
  for (std::size_t n = 0; n <= longest; ++n) {
    INFO("length " << n);
    test(n);
  }
}

/// Calls test(rows, row_length) for one row, two rows, and many short ones, of each length.
template <class Test>
void for_each_shape(Test test) {
  for_each_length([&](std::size_t n) {
    if (n != 0) {
      test(std::size_t{1}, n);
      test(std::size_t{2}, n);
    }
    test(std::size_t{0}, n);
    test(n, std::size_t{1});
    test(n, std::size_t{3});
  });
}

template <class T>
using In = std::span<T const>;

/// Calls test(f) for one activation of each sort of kernel, in both precisions and tiers.
template <class Test>
void for_each_kernel(Test test) {
  const auto of_all = [&]<template <class, class> class... F>(Kinds<F...>) {
    (test(F<float, Precise>{}), ...);
    (test(F<float, Fast>{}), ...);
    (test(F<double, Precise>{}), ...);
  };
  of_all(Kinds<ReLU, LeakyReLU, GELU, Tanh, Mish, Softplus>{});
}

/// Does a child process that does this end by a signal?
template <class Do>
bool is_fatal(Do act) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // A sanitizer or Catch2 would report it, and end the process in another way.
    signal(SIGSEGV, SIG_DFL);
    signal(SIGBUS, SIG_DFL);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    act();
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status);
}

template <class F>
void check_softmax(F const& f) {
  using T = typename F::value_type;
  for_each_shape([&](std::size_t rows, std::size_t n) {
    const std::size_t all = rows * n;
    check_at_guards([=](Memory& m) { forward(f, m.numbers<T>(all), m.room<T>(all), n); });
    check_at_guards([=](Memory& m) {
      const auto x = m.numbers<T>(all);
      forward(f, x, x, n);
    });
    check_at_guards([=](Memory& m) {
      const auto y = m.numbers<T>(all);
      const auto g = m.numbers<T>(all);
      backward(f, y, g, m.room<T>(all), n);
      backward(f, y, g, g, n);
    });
    check_at_guards([=](Memory& m) {
      const Axis axis{1, rows, n};
      const auto x = m.numbers<T>(all);
      const auto y = m.room<T>(all);
      forward(f, x, y, axis);
      backward(f, y, x, m.room<T>(all), axis);
    });
  });
}

template <class F>
void check_masks(F const& f) {
  using T = typename F::value_type;
  for_each_shape([&](std::size_t rows, std::size_t n) {
    const std::size_t all = rows * n;
    for (const std::size_t size : {n, all}) {
      check_at_guards([=](Memory& m) {
        const auto mask = m.numbers<T>(size);
        for (std::size_t i = 0; i < size; i += 3)
          mask[i] = -std::numeric_limits<T>::infinity();
        const auto x = m.numbers<T>(all);
        forward(f, x, AdditiveMask<T>{mask}, m.room<T>(all), n);
        forward(f, x, AdditiveMask<T>{mask}, x, n);
      });
    }
    check_at_guards([=](Memory& m) {
      const CausalMask causal{.offset = n / 2};
      const auto x = m.numbers<T>(all);
      const auto y = m.room<T>(all);
      forward(f, x, causal, y, n);
      backward(f, y, x, causal, m.room<T>(all), n);
    });
    check_at_guards([=](Memory& m) {
      const auto lengths = m.room<std::int32_t>(rows);
      for (std::size_t r = 0; r < rows; ++r)
        lengths[r] = static_cast<std::int32_t>((7 * r + n / 3) % (n + 1));
      const auto x = m.numbers<T>(all);
      const auto y = m.room<T>(all);
      forward(f, x, ValidLength{lengths}, y, n);
      backward(f, y, x, ValidLength{lengths}, m.room<T>(all), n);
    });
  });
}

template <class T>
void check_log_sum_exp() {
  for_each_shape([](std::size_t rows, std::size_t n) {
    const std::size_t all = rows * n;
    check_at_guards([=](Memory& m) {
      m.keep(log_sum_exp<T>(m.numbers<T>(n)));
      const auto x = m.numbers<T>(all);
      const auto results = m.room<T>(rows);
      log_sum_exp<T>(x, results, n);
      log_sum_exp_backward<T>(x, results, m.room<T>(all), n);
    });
    check_at_guards([=](Memory& m) {
      const auto x = m.numbers<T>(all);
      const auto mask = m.numbers<T>(n);
      const auto results = m.room<T>(rows);
      log_sum_exp<T>(x, AdditiveMask<T>{mask}, results, n);
      log_sum_exp_backward<T>(x, AdditiveMask<T>{mask}, results, m.room<T>(all), n);
      log_sum_exp<T>(x, CausalMask{}, results, n);
      log_sum_exp_backward<T>(x, CausalMask{}, results, m.room<T>(all), n);
    });
    check_at_guards([=](Memory& m) {
      const Axis axis{1, rows, n};
      const auto x = m.numbers<T>(all);
      const auto results = m.room<T>(n);
      log_sum_exp<T>(x, results, axis);
      log_sum_exp_backward<T>(x, results, m.room<T>(all), axis);
    });
  });
}

template <class Loss>
void check_cross_entropy(Loss const& loss) {
  using T = typename Loss::value_type;
  for_each_shape([&](std::size_t rows, std::size_t n) {
    if (n == 0)
      return;
    const std::size_t all = rows * n;
    check_at_guards([=](Memory& m) {
      const auto labels = m.room<std::int32_t>(rows);
      for (std::size_t r = 0; r < rows; ++r)
        labels[r] = static_cast<std::int32_t>(n - 1 - r % n);
      const In<std::int32_t> targets = labels;
      const auto x = m.numbers<T>(all);
      m.keep(forward(loss, x, targets, n, m.room<T>(rows)));
      m.keep(forward_and_gradient(loss, x, targets, n, m.room<T>(all), m.room<T>(rows)));
      m.keep(forward_and_gradient(loss, x, targets, n, x));
    });
    check_at_guards([=](Memory& m) {
      const In<T> targets = m.numbers<T>(all);
      const auto x = m.numbers<T>(all);
      m.keep(forward(loss, x, targets, n));
      m.keep(forward_and_gradient(loss, x, targets, n, m.room<T>(all), m.room<T>(rows)));
    });
  });
}

}  // namespace

TEST_CASE("to read or write beyond a guarded array is fatal") {
  const GuardedArray<float> memory(longest);
  for (const std::size_t n : {std::size_t{1}, std::size_t{7}, longest}) {
    float volatile* const first = memory.first(n).data();
    float volatile* const last = memory.last(n).data();
    CHECK_FALSE(is_fatal([=] { first[0] = last[n - 1]; }));
    CHECK_FALSE(is_fatal([=] { last[n - 1] = first[0]; }));
    CHECK(is_fatal([=] { static_cast<void>(*(first - 1)); }));
    CHECK(is_fatal([=] { static_cast<void>(last[n]); }));
    CHECK(is_fatal([=] { *(first - 1) = 1.0f; }));
    CHECK(is_fatal([=] { last[n] = 1.0f; }));
  }
}

TEST_CASE("to pass one element too many is fatal") {
  const GuardedArray<float> x(longest), y(longest);
  for_each_length([&](std::size_t n) {
    if (n % 23 != 0)
      return;
    const auto last_x = x.last(n), last_y = y.last(n), first_y = y.first(n + 1);
    const In<float> more(last_x.data(), n + 1);
    CHECK_FALSE(is_fatal([=] { forward(GELU<>{}, last_x, last_y); }));
    CHECK(is_fatal([=] { forward(GELU<>{}, more, first_y); }));
    CHECK(is_fatal([=] { forward(GELU<>{}, first_y, std::span(last_y.data(), n + 1)); }));
    CHECK(is_fatal([=] { std::exit(static_cast<int>(log_sum_exp(more))); }));
  });
}

TEST_CASE("elementwise") {
  for_each_kernel([](auto f) {
    INFO(title(f));
    using T = typename decltype(f)::value_type;
    for_each_length([&](std::size_t n) {
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(n);
        forward(f, x, m.room<T>(n));
        derivative(f, x, m.room<T>(n));
        forward(f, x, x);
      });
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(n);
        const auto g = m.numbers<T>(n);
        backward(f, x, g, m.room<T>(n));
        backward(f, x, g, g);
        derivative(f, x, x);
      });
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(n);
        const auto y = m.room<T>(n);
        forward_and_derivative(f, x, y, m.room<T>(n));
        forward_and_derivative(f, x, y, x);
      });
    });
  });
}

TEST_CASE("bias") {
  const auto test = [](auto f) {
    INFO(title(f));
    using T = typename decltype(f)::value_type;
    for_each_shape([&](std::size_t rows, std::size_t n) {
      const std::size_t all = rows * n;
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(all);
        const In<T> bias = m.numbers<T>(n);
        forward(f, In<T>(x), bias, m.room<T>(all));
        const auto g = m.numbers<T>(all);
        backward(f, x, bias, g, m.room<T>(all), m.room<T>(n));
        backward(f, x, bias, g, g, m.room<T>(n));
        forward(f, In<T>(x), bias, x);
      });
    });
  };
  test(LeakyReLU<>{});
  test(GELU<float, Fast>{});
  test(Swish<double>{});
}

TEST_CASE("parameters") {
  const auto test = [](auto f) {
    INFO(title(f));
    using T = typename decltype(f)::value_type;
    for_each_length([&](std::size_t n) {
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(n);
        const auto g = m.numbers<T>(n);
        m.keep(backward_parameters(f, x, g, m.room<T>(n)));
        m.keep(backward_parameters(f, x, g, g));
      });
    });
  };
  test(PReLU<>{});
  test(PReLU<double>{});
  test(Swish<>{});
  test(Swish<float, Fast>{});
  test(Swish<double>{});
}

TEST_CASE("channels") {
  const auto test = [](auto f) {
    INFO(title(f));
    using T = typename decltype(f)::value_type;
    for_each_shape([&](std::size_t channels, std::size_t inner) {
      const std::size_t all = 2 * channels * inner;
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(all);
        const auto weights = m.numbers<T>(channels);
        forward(f, x, weights, inner, m.room<T>(all));
        const auto g = m.numbers<T>(all);
        backward_parameters(f, x, weights, inner, g, m.room<T>(all), m.room<T>(channels));
        backward_parameters(f, x, weights, inner, g, g, m.room<T>(channels));
      });
    });
  };
  test(PReLU<>{});
  test(PReLU<double>{});
  test(Swish<>{});
}

TEST_CASE("gated units") {
  const auto test = [](auto unit) {
    using T = typename decltype(unit)::value_type;
    INFO(unit.name);
    for_each_shape([&](std::size_t rows, std::size_t n) {
      const std::size_t all = rows * n;
      check_at_guards([=](Memory& m) {
        const auto gate = m.numbers<T>(all);
        const In<T> up = m.numbers<T>(all);
        const In<T> g = m.numbers<T>(all);
        forward(unit, In<T>(gate), up, m.room<T>(all));
        backward(unit, gate, up, g, m.room<T>(all), m.room<T>(all));
        forward(unit, In<T>(gate), up, gate);
      });
      check_at_guards([=](Memory& m) {
        const auto packed = m.numbers<T>(2 * all);
        const In<T> g = m.numbers<T>(all);
        forward(unit, In<T>(packed), m.room<T>(all), n);
        backward(unit, packed, g, m.room<T>(2 * all), n);
        backward(unit, packed, g, packed, n);
      });
    });
  };
  test(ReGLU<>{});
  test(GLU<>{});
  test(SwiGLU<float, Fast>{});
  test(GeGLU<double>{});
}

TEST_CASE("softmax and log_softmax") {
  check_softmax(Softmax<>{});
  check_softmax(Softmax<float, Fast>{});
  check_softmax(Softmax<double>{});
  check_softmax(LogSoftmax<>{});
  check_softmax(LogSoftmax<double>{});
}

TEST_CASE("the Jacobian of softmax") {
  for (std::size_t n = 0; n <= 40; ++n) {
    check_at_guards([=](Memory& m) {
      const auto probs = m.numbers<float>(n);
      jacobian(Softmax<>{}, probs, m.room<float>(n * n));
    });
  }
}

TEST_CASE("masks") {
  check_masks(Softmax<>{});
  check_masks(Softmax<double>{});
  check_masks(LogSoftmax<>{});
}

TEST_CASE("log_sum_exp") {
  check_log_sum_exp<float>();
  check_log_sum_exp<double>();
}

TEST_CASE("cross_entropy") {
  check_cross_entropy(CrossEntropy<>{});
  check_cross_entropy(CrossEntropy<float, Fast>{});
  check_cross_entropy(CrossEntropy<double>{});
}

TEST_CASE("binary_cross_entropy") {
  const auto test = [](auto loss) {
    using T = typename decltype(loss)::value_type;
    for_each_length([&](std::size_t n) {
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(n);
        const auto t = m.numbers<T>(n);
        m.keep(forward(loss, x, t));
        m.keep(forward(loss, x, t, m.room<T>(n)));
        m.keep(forward_and_gradient(loss, x, t, x));
      });
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(n);
        const auto t = m.numbers<T>(n);
        m.keep(forward_and_gradient(loss, x, t, m.room<T>(n)));
        m.keep(forward_and_gradient(loss, x, t, t, m.room<T>(n)));
      });
    });
  };
  test(BinaryCrossEntropyWithLogits<>{});
  test(BinaryCrossEntropyWithLogits<double>{});
}

TEST_CASE("sample") {
  const auto test = [](auto zero) {
    using T = decltype(zero);
    for_each_length([](std::size_t n) {
      if (n == 0)
        return;
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(n);
        const auto scratch = m.room<T>(n);
        m.keep(sample<T>(x, {}, 0.7));
        m.keep(sample<T>(x, {.temperature = 0.0}, 0.7));
        m.keep(sample<T>(x, {.top_k = n / 2 + 1}, 0.7, scratch));
        m.keep(sample<T>(x, {.top_p = 0.9}, 0.7, scratch));
      });
    });
  };
  test(0.0f);
  test(0.0);
}

TEST_CASE("activation_statistics") {
  const auto test = [](auto f) {
    INFO(title(f));
    using T = typename decltype(f)::value_type;
    for_each_shape([&](std::size_t rows, std::size_t n) {
      check_at_guards([=](Memory& m) {
        const auto x = m.numbers<T>(rows * n);
        m.keep(activation_statistics(f, x));
        activation_statistics(f, x, n, m.room<ActivationStatistics>(n));
      });
    });
  };
  test(LeakyReLU<>{});
  test(GELU<double>{});
}

#else

TEST_CASE("guard pages are left out: they are mapped by POSIX's mmap") { SUCCEED(); }

#endif
