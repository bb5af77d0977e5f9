// The spectrum of a distorted sine, and what in it is a harmonic and what an alias.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

namespace audio_waveshaper {

// The spectrum is of this many samples, of which the sine takes `periods` whole ones: so it and all that comes of it
// fall on one line each.
inline constexpr std::size_t spectrum_size = 4096, periods = 427;

// The amplitudes of lines 0 to spectrum_size/2, of which line k goes through k periods.
inline std::vector<double> spectrum(std::span<const float, spectrum_size> samples) {
  std::vector<double> cosines(spectrum_size), amplitudes(spectrum_size / 2 + 1);
  for (std::size_t i = 0; i < spectrum_size; ++i) {
    cosines[i] = std::cos(2 * std::numbers::pi * double(i) / spectrum_size);
  }
  for (std::size_t k = 0; k < amplitudes.size(); ++k) {
    double re = 0, im = 0;
    for (std::size_t i = 0; i < spectrum_size; ++i) {
      re += double(samples[i]) * cosines[k * i % spectrum_size];
      im += double(samples[i]) * cosines[(k * i + spectrum_size / 4) % spectrum_size];
    }
    amplitudes[k] = 2 * std::hypot(re, im) / spectrum_size;
  }
  return amplitudes;
}

// Harmonics are at the whole multiples of the sine's frequency. Those beyond half the rate are folded back, to where
// no music has them.
inline bool is_harmonic(std::size_t line) { return line % periods == 0; }

// The amplitude of all aliases together.
inline double aliases(const std::vector<double>& amplitudes) {
  double squares = 0;
  for (std::size_t k = 0; k < amplitudes.size(); ++k) {
    squares += is_harmonic(k) ? 0 : amplitudes[k] * amplitudes[k];
  }
  return std::sqrt(squares);
}

inline double decibels(double ratio) { return 20 * std::log10(ratio); }

}  // namespace audio_waveshaper
