#pragma once

/// @file
/// What must hold, or the fuzzer stops and keeps its input.

#include <cstdio>
#include <cstdlib>
#include <string_view>

/// What is being fuzzed, for the message.
struct Subject {
  std::string_view type;
  std::string_view function;
  std::string_view algorithm;
};

inline Subject subject;

inline void demand(bool holds, std::string_view what, double in = 0.0, double out = 0.0) {
  if (holds)
    return;
  const auto print = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc(' ', stderr);
  };
  print("\nfuzz_arrays:");
  print(subject.type);
  print(subject.function);
  print(subject.algorithm);
  print("does not keep:");
  print(what);
  std::fprintf(stderr, "(in %a, out %a)\n", in, out);
  std::abort();
}
