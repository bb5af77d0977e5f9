#pragma once

/// @file
/// Somebody's own activation: a struct with a value_type, forward and derivative is all it takes.

struct Square {
  using value_type = float;
  template <class V>
  V forward(V x) const {
    return x * x;
  }
  template <class V>
  V derivative(V x) const {
    return x + x;
  }
};
