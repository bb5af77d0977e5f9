// Activations by name: every spelling, every refusal, and that a variant does what its activation does.

#include "inputs.hpp"
#include "known_names.hpp"
#include "message_of.hpp"
#include "typed.hpp"

namespace {

using simdact::any_activation;
using simdact::AnyActivation;
using simdact::visit_activation;

/// The `name` of the activation that `name` leads to, in the given list or THE LIST.
template <class... List>
std::string found(std::string_view name) {
  return std::string(visit_activation<List...>(name, [](auto f) { return f.name; }));
}

template <class... List>
std::string refusal(std::string_view name) {
  return message_of([&] { found<List...>(name); });
}

std::string replaced(std::string_view text, char what, std::string const& with) {
  std::string result;
  for (const char c : text)
    result += c == what ? with : std::string(1, c);
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return result;
}

/// f(x) = x + 1, under a name that a test chooses.
template <class Name, class T = float>
struct Mine {
  using value_type = T;
  static constexpr std::string_view name = Name::value;
  template <class V>
  V forward(V x) const {
    return x + V(T(1));
  }
  template <class V>
  V derivative(V) const {
    return V(T(1));
  }
};

struct Shifted {
  static constexpr std::string_view value = "shifted_linear_unit";
};
/// Elsewhere an alias.
struct GeluNew {
  static constexpr std::string_view value = "gelu_new";
};
/// Elsewhere foreign.
struct HardSigmoid {
  static constexpr std::string_view value = "HardSigmoid";
};

template <class... Names>
using Own = simdact::TypeList<Mine<Names>...>;
using WithMine = simdact::Extended<simdact::Activations<float>, Mine<Shifted>, Mine<GeluNew>>;

template <class F, class T>
std::vector<T> forwarded(F const& f, std::vector<T> const& x) {
  std::vector<T> y(x.size());
  simdact::forward(f, x, y);
  return y;
}

template <class F, class T>
std::vector<T> passed_back(F const& f, std::vector<T> const& x) {
  std::vector<T> grad(x.size(), T(0.75));
  simdact::backward(f, x, grad, grad);
  return grad;
}

/// What all other algorithms make of x, of rows of 5 features.
template <class F, class T>
std::vector<T> other_outputs(F const& f, std::vector<T> const& x) {
  const std::size_t n = x.size(), features = 5;
  const std::vector<T> grad(n, T(-1.5)), up(x.rbegin(), x.rend());
  const std::vector<T> bias{T(-1), T(-0.5), T(0), T(0.5), T(1)};
  std::vector<T> all(8 * n + 4 * features + 4);
  const auto part = [&](std::size_t i) { return std::span(all).subspan(i * n, n); };
  simdact::derivative(f, x, part(0));
  simdact::forward_and_derivative(f, x, part(1), part(2));
  simdact::forward(f, x, bias, part(3));
  simdact::backward(f, x, bias, grad, part(4), std::span(all).subspan(8 * n, features));
  simdact::gated(f, x, up, part(5));
  simdact::gated_backward(f, x, up, grad, part(6), part(7));

  std::vector<simdact::ActivationStatistics> statistics(features);
  simdact::activation_statistics(f, x, features, statistics);
  statistics.push_back(simdact::activation_statistics(f, x));
  auto next = all.begin() + static_cast<std::ptrdiff_t>(8 * n + features);
  for (auto const& s : statistics) {
    for (const double value : {s.mean, s.variance, s.saturated})
      *next++ = static_cast<T>(value);
  }
  *next++ = static_cast<T>(simdact::initialization_gain(f));
  CHECK(next == all.end());
  return all;
}

}  // namespace

TEST_CASE("every activation of THE LIST is found by its name") {
  std::size_t count = 0;
  simdact::for_each_activation([&](auto f) {
    const std::string name(f.name);
    CHECK(found(name) == name);
    CHECK(found(upper(name)) == name);
    CHECK(found(replaced(name, '_', "")) == name);
    CHECK(found(upper(replaced(name, '_', "-"))) == name);
    CHECK(found(std::string("_") + replaced(name, '_', "--") + "_") == name);
    ++count;
  });
  CHECK(count >= 29);
}

TEST_CASE("every alias leads to the activation it names, and is no other name") {
  std::size_t aliases = 0;
  for (auto const& row : simdact::activation_aliases) {
    ++aliases;
    CAPTURE(row.alias);
    CHECK(found(row.alias) == row.name);
    CHECK(found<double>(replaced(upper(row.alias), '_', "")) == row.name);
    CHECK(found<simdact::TypeList<simdact::ReLU<>, simdact::GELU<>, simdact::GELUTanh<>,
                                  simdact::Hardswish<>, simdact::SquaredReLU<>,
                                  simdact::Hardshrink<>>>(row.alias) == row.name);
    std::size_t same = 0;
    simdact::for_each_activation(
        [&](auto f) { same += simdact::detail::same_name(f.name, row.alias) ? 1 : 0; });
    for (auto const& other : simdact::activation_aliases)
      same += simdact::detail::same_name(other.alias, row.alias) ? 1 : 0;
    CHECK(same == 1);
  }
  CHECK(aliases >= 9);
}

TEST_CASE("the names of other libraries mean what they mean there, or nothing") {
  std::size_t known = 0, unknown = 0;
  for (KnownName const& row : read_names(SIMDACT_NAMES)) {
    CAPTURE(row.library, row.theirs);
    if (row.ours == "none") {
      CHECK(refusal(row.theirs).find("activation '" + row.theirs + "'") != std::string::npos);
      ++unknown;
    } else {
      CHECK(found(row.theirs) == row.ours);
      ++known;
    }
  }
  CHECK(known >= 62);
  CHECK(unknown >= 8);
}

TEST_CASE("all but case, '_' and '-' counts in a name") {
  CHECK(found("LeakyReLU") == "leaky_relu");
  CHECK(found("LEAKY-RELU") == "leaky_relu");
  CHECK(found("ge_lu-tanh") == "gelu_tanh");
  for (std::string const name :
       {"relu ", " relu", "leaky relu", "relu7", "rel", "r\xc3\xa9lu", "nn.ReLU"}) {
    CAPTURE(name);
    CHECK(refusal(name).starts_with("simdact: unknown activation '" + name +
                                    "', the nearest names are "));
  }
  CHECK(refusal(std::string("relu\0", 5)) == "simdact: unknown activation 'relu");
  CHECK(refusal(std::string("\0", 1)) == "simdact: unknown activation '");
}

TEST_CASE("an unknown name is refused with the three nearest, of the list and its aliases") {
  const std::string unknown = "simdact: unknown activation ";
  const std::string nearest = ", the nearest names are ";
  CHECK(refusal("rleu") == unknown + "'rleu'" + nearest + "relu, relu6, prelu");
  CHECK(refusal("relu7") == unknown + "'relu7'" + nearest + "relu, relu6, relu2");
  CHECK(refusal("sigmod") == unknown + "'sigmod'" + nearest + "sigmoid, silu, log_sigmoid");
  CHECK(refusal<double>("Hard_Siluu")
            .starts_with(unknown + "'Hard_Siluu'" + nearest + "hard_silu, hardswish"));
  CHECK(refusal("gelu_torch_tanh")
            .starts_with(unknown + "'gelu_torch_tanh'" + nearest + "gelu_pytorch_tanh, "));
  CHECK(refusal("").starts_with(unknown + "''" + nearest));
  CHECK(refusal("_-").starts_with(unknown + "'_-'" + nearest));
  CHECK(message_of([] { static_cast<void>(any_activation<double>("rleu")); }) == refusal("rleu"));
  CHECK(refusal(std::string(100000, 'a'))
            .starts_with(unknown + "'" + std::string(200, 'a') + "...'" + nearest));

  using Two = simdact::TypeList<simdact::GELU<>, Mine<Shifted>>;
  CHECK(refusal<Two>("gelu_new") ==
        unknown + "'gelu_new'" + nearest + "gelu, gelu_python, shifted_linear_unit");
  CHECK(refusal<Own<Shifted>>("relu") == unknown + "'relu'" + nearest + "shifted_linear_unit");
}

TEST_CASE("a name of another function elsewhere is refused in its own spelling only") {
  CHECK(refusal("HardSigmoid") ==
        "simdact: activation 'HardSigmoid' is ONNX's min(max(0.2 x + 0.5, 0), 1): hardsigmoid_onnx "
        "with alpha 0.2, "
        "where hardsigmoid has a slope of 1/6");
  CHECK(found("Hardsigmoid") == "hardsigmoid");
  CHECK(found("hard_sigmoid") == "hardsigmoid");
  CHECK(found<Own<HardSigmoid>>("HardSigmoid") == "HardSigmoid");
}

TEST_CASE("the distance of two words is how many mistakes make one of the other") {
  const auto distance = [](std::string_view a, std::string_view b) {
    const std::size_t there = simdact::detail::edit_distance<xsimd::default_arch>(a, b);
    CHECK(simdact::detail::edit_distance<xsimd::default_arch>(b, a) == there);
    return there;
  };
  CHECK(distance("", "") == 0);
  CHECK(distance("", "gelu") == 4);
  CHECK(distance("gelu", "gelu") == 0);
  CHECK(distance("gelu", "selu") == 1);
  CHECK(distance("gelu", "glu") == 1);
  CHECK(distance("gelu", "geleu") == 1);
  CHECK(distance("gelu", "eglu") == 1);
  CHECK(distance("gelu", "gleu") == 1);
  CHECK(distance("gelu", "egul") == 2);
  CHECK(distance("ab", "bca") == 3);  // a swap, then a letter between the swapped ones: not both
  CHECK(distance("kitten", "sitting") == 3);
  CHECK(distance("sigmoid", "softplus") == 7);
}

TEST_CASE("a user's own list is searched, its names before the aliases") {
  CHECK(found<WithMine>("ShiftedLinearUnit") == "shifted_linear_unit");
  CHECK(found<WithMine>("gelu") == "gelu");
  CHECK(found<WithMine>("gelu_fast") == "gelu_tanh");
  CHECK(visit_activation<WithMine>(
      "GELU-new", [](auto f) { return std::is_same_v<decltype(f), Mine<GeluNew>>; }));
  CHECK(found("gelu_new") == "gelu_tanh");

  const auto any = any_activation<WithMine>("shifted_linear_unit");
  CHECK(simdact::activation_name(any) == "shifted_linear_unit");
  std::vector<float> x = inputs<float>(40), y(40), expected(40);
  simdact::forward(any, x, y);
  simdact::forward(Mine<Shifted>{}, x, expected);
  CHECK(all_same_bits(y, expected));
}

TEST_CASE("a variant holds the activation of its name, in the type that was asked for") {
  for_each_typed([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    using Tier = std::conditional_t<Contract<F>::fast, simdact::Fast, simdact::Precise>;
    const auto any = any_activation<T, Tier>(f.name);
    CHECK(std::holds_alternative<F>(any));
    CHECK(simdact::activation_name(any) == f.name);
  });
}

TEST_CASE("a variant does what its activation does, bit for bit") {
  std::size_t runs = 0;
  simdact::for_each_activation([&](auto f) {
    CAPTURE(f.name);
    const AnyActivation<> any = f;
    for (const std::size_t n : std::initializer_list<std::size_t>{0, 1, 37, 260}) {
      const std::vector<float> x = inputs<float>(n);
      CHECK(all_same_bits(forwarded(any, x), forwarded(f, x)));
      CHECK(all_same_bits(passed_back(any, x), passed_back(f, x)));
      ++runs;
    }
  });
  CHECK(runs >= 18 * 4);
}

TEST_CASE("so it does in all other algorithms") {
  std::size_t runs = 0;
  const auto check = [&]<class T, class... Act>(std::vector<T> const& x,
                                                simdact::TypeList<Act...>) {
    const auto one = [&](auto f) {
      CAPTURE(f.name);
      CHECK(all_same_bits(other_outputs(std::variant<Act...>(f), x), other_outputs(f, x)));
      ++runs;
    };
    (one(Act{}), ...);
  };
  check(inputs<float>(12 * 5),
        simdact::TypeList<simdact::ReLU<>, simdact::LeakyReLU<>, simdact::Sigmoid<>>{});
  check(inputs<float>(12 * 5), simdact::TypeList<simdact::GELU<float, simdact::Fast>,
                                                 simdact::Tanh<float, simdact::Fast>>{});
  check(inputs<double>(12 * 5),
        simdact::TypeList<simdact::LeakyReLU<double>, simdact::ReLU6<double>>{});
  CHECK(runs == 7);
}

TEST_CASE("a variant keeps the parameters that it is given, and refuses what its activation does") {
  AnyActivation<double> any;
  CHECK(simdact::activation_name(any) == "relu");
  any = any_activation<double>("leaky_relu");
  std::get<simdact::LeakyReLU<double>>(any).negative_slope = 0.2;
  const std::vector<double> x{-10.0, 10.0};
  std::vector<double> y(2);
  simdact::forward(any, x, y);
  CHECK(y == std::vector<double>{-2.0, 10.0});

  std::vector<double> three(3, 7.0);
  CHECK(message_of([&] { simdact::forward(any, x, three); }) ==
        message_of([&] { simdact::forward(simdact::ReLU<double>{}, x, three); }));
  CHECK(three == std::vector<double>(3, 7.0));
}
