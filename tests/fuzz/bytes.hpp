#pragma once

/// @file
/// What a fuzzer's bytes say: choices first, at fixed places, so that a mutation of one leaves the others alone;
/// then numbers.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

class Bytes {
 public:
  explicit Bytes(std::span<std::uint8_t const> bytes)
      : choices_(bytes.first(std::min(bytes.size(), room_for_choices))),
        numbers_(bytes.subspan(choices_.size())) {}

  /// Below `count`, which is at most 2^16; 0 once there are no more bytes.
  std::size_t choose(std::size_t count) {
    const std::size_t low = next_choice(), high = count > 256 ? next_choice() : 0;
    return (256 * high + low) % count;
  }

  bool choose() { return choose(2) == 1; }

  /// Of any bits. When the bytes end they begin again, so that a short input fills a long array.
  template <class T>
  T number() {
    std::array<std::uint8_t, sizeof(T)> raw{};
    if (!numbers_.empty())
      std::generate(raw.begin(), raw.end(), [&] { return numbers_[at_++ % numbers_.size()]; });
    T value;
    std::memcpy(&value, raw.data(), sizeof(T));
    return value;
  }

  /// In [-32, 32), where activations bend: few bit patterns lie there.
  template <class T>
  T number_nearby() {
    return static_cast<T>(number<std::int16_t>()) / T(1024);
  }

 private:
  static constexpr std::size_t room_for_choices = 48;

  std::size_t next_choice() {
    return choice_ < choices_.size() ? choices_[choice_++] : std::size_t{0};
  }

  std::span<std::uint8_t const> choices_;
  std::span<std::uint8_t const> numbers_;
  std::size_t choice_ = 0;
  std::size_t at_ = 0;
};
