// Works on audio at a multiple of its rate, block by block.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

namespace audio_waveshaper {

// The latest samples of a stream, as many as a filter looks back, and a block after them.
class Stream {
 public:
  explicit Stream(std::size_t past) : samples_(past), past_(past) {}

  // Room for a new block; what was one becomes the past. After the first block memory is not asked for again.
  std::span<float> next_block(std::size_t size) {
    samples_.erase(samples_.begin(), samples_.end() - std::ptrdiff_t(past_));
    samples_.resize(past_ + size);
    return std::span(samples_).subspan(past_);
  }

  // Sum of taps[k] times the sample that is k before the i-th of the block, of every step-th tap from `first` on.
  float filtered(std::size_t i, std::span<const float> taps, std::size_t first,
                 std::size_t step) const {
    float sum = 0;
    const float* sample = samples_.data() + past_ + i;
    for (std::size_t k = first; k < taps.size(); k += step) {
      sum += taps[k] * *sample--;
    }
    return sum;
  }

 private:
  std::vector<float> samples_;
  std::size_t past_;
};

// Zeros between the samples, a low-pass filter, `f`, the filter again, and every factor-th sample. Delays by 64
// samples.
class Oversampler {
 public:
  explicit Oversampler(std::size_t factor)
      : factor_(factor), taps_(low_pass(factor)), in_(per_phase - 1), raised_(taps_.size() - 1) {}

  // f takes a span of samples at the higher rate and changes them where they are.
  template <class F>
  void process(std::span<float> block, const F& f) {
    if (factor_ == 1) {
      return f(block);
    }
    std::ranges::copy(block, in_.next_block(block.size()).begin());
    const std::span<float> raised = raised_.next_block(factor_ * block.size());
    for (std::size_t i = 0; i < raised.size(); ++i) {
      // All but every factor-th tap would meet a zero.
      raised[i] = float(factor_) * in_.filtered(i / factor_, taps_, i % factor_, factor_);
    }
    f(raised);
    for (std::size_t i = 0; i < block.size(); ++i) {
      block[i] = raised_.filtered(factor_ * i, taps_, 0, 1);
    }
  }

 private:
  static constexpr std::size_t per_phase = 64;

  // A sinc, which would be the ideal filter, under Blackman's window. Its 64 taps a sample take 0.086 of the lower
  // rate from passing to stopping, which is why it is cut off that much below 1/2.
  static std::vector<float> low_pass(std::size_t factor) {
    using std::numbers::pi;
    std::vector<float> taps(per_phase * factor);
    double sum = 0;
    for (std::size_t k = 0; k < taps.size(); ++k) {
      const double t = (double(k) - double(taps.size() - 1) / 2) / double(factor);
      const double phase = 2 * pi * (double(k) + 0.5) / double(taps.size());
      const double window = 0.42 - 0.5 * std::cos(phase) + 0.08 * std::cos(2 * phase);
      taps[k] = float(window * std::sin(2 * pi * 0.457 * t) / t);
      sum += double(taps[k]);
    }
    for (float& tap : taps) {
      tap /= float(sum);
    }
    return taps;
  }

  std::size_t factor_;
  std::vector<float> taps_;
  Stream in_;
  Stream raised_;
};

}  // namespace audio_waveshaper
