// A distortion effect, tanh(drive x), as a sound card asks for it: in blocks of 64 samples, of which each has to be
// ready before the next one.
//
// Distortion makes harmonics, and a sampled signal has no room for those above half its rate: they come back as
// aliases, out of tune. So one distorts at a higher rate, which takes more tanh: here simdact's Fast.
//
//   audio_waveshaper/oversampler.hpp  to the higher rate and back
//   audio_waveshaper/spectrum.hpp     harmonics and aliases
//   audio_waveshaper/wav.hpp          WAV files

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <numbers>
#include <simdact/activations/tanh.hpp>
#include <simdact/array/elementwise.hpp>
#include <span>
#include <string>
#include <vector>

#include "audio_waveshaper/oversampler.hpp"
#include "audio_waveshaper/spectrum.hpp"
#include "audio_waveshaper/wav.hpp"
#include "gallery/arguments.hpp"
#include "gallery/table.hpp"

namespace {

using namespace audio_waveshaper;
using Clock = std::chrono::steady_clock;

constexpr std::size_t block_size = 64;
constexpr std::array<std::size_t, 3> factors{1, 2, 4};

void shape(std::span<float> samples, float drive) {
  for (float& sample : samples) {
    sample *= drive;
  }
  simdact::forward(simdact::Tanh<float, simdact::Fast>{}, samples, samples);
}

double seconds(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

// The seconds of each block, in all and in `shape`, in rising order.
struct Times {
  std::vector<double> all;
  std::vector<double> shaping;
};

Times play(std::span<float> samples, std::size_t factor, float drive) {
  Oversampler oversampler(factor);
  Times times;
  while (!samples.empty()) {
    const std::span<float> block = samples.first(std::min(block_size, samples.size()));
    samples = samples.subspan(block.size());
    const auto start = Clock::now();
    oversampler.process(block, [&](std::span<float> raised) {
      const auto before = Clock::now();
      shape(raised, drive);
      times.shaping.push_back(seconds(Clock::now() - before));
    });
    times.all.push_back(seconds(Clock::now() - start));
  }
  std::ranges::sort(times.all);
  std::ranges::sort(times.shaping);
  return times;
}

void print_times(std::size_t factor, const Times& times, double block_seconds) {
  const double median = times.all[times.all.size() / 2];
  std::printf("%zux %14.2f us %9.2f us %9.2f us %12.0f", factor, 1e6 * median,
              1e6 * times.all.back(), 1e6 * times.shaping[times.all.size() / 2],
              block_seconds / median);
}

constexpr const char* heading = "    a block of 64      longest         tanh times faster";

constexpr std::uint32_t rate = 48'000;
using Spectra = std::array<std::vector<double>, factors.size()>;

gallery::Table table_of(const Spectra& spectra) {
  gallery::Table table({"Hz", "harmonic", "1x", "2x", "4x"});
  for (std::size_t k = 0; k < spectra[0].size(); ++k) {
    std::vector<double> cells{double(k) * rate / spectrum_size, is_harmonic(k) ? 1.0 : 0.0};
    for (const std::vector<double>& amplitudes : spectra) {
      cells.push_back(decibels(amplitudes[k] / amplitudes[periods]));
    }
    table.row(cells);
  }
  return table;
}

// A second of a sine, distorted at each rate.
void play_sine(float drive, const std::string& data, const std::string& out) {
  const double frequency = double(periods) / spectrum_size;
  std::vector<float> sine(rate);
  for (std::size_t i = 0; i < sine.size(); ++i) {
    sine[i] = 0.5F * float(std::sin(2 * std::numbers::pi * frequency * double(i)));
  }
  std::printf("A sine of %.1f Hz, tanh(%g x)\n\n%s %12s %12s\n", rate * frequency, double(drive),
              heading, "3rd harmonic", "aliases");
  Spectra spectra;
  std::vector<float> played;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    played = sine;
    print_times(factors[i], play(played, factors[i], drive), double(block_size) / rate);
    spectra[i] = spectrum(std::span(played).last<spectrum_size>());
    const double fundamental = spectra[i][periods];
    std::printf(" %9.2f dB %9.2f dB\n", decibels(spectra[i][3 * periods] / fundamental),
                decibels(aliases(spectra[i]) / fundamental));
  }
  std::printf(R"(
The times of a block are medians, and tanh is its part of them. Times faster: than the %.2f us
for which a block sounds. Levels are next to the sine's own. Twice the rate leaves less of the
aliases, four times the rate next to nothing, and what that takes are the filters.
)",
              1e6 * double(block_size) / rate);
  if (!out.empty()) {
    wav::write(out, {rate, {played}});
  }
  table_of(spectra).write(data);
}

// A file, distorted at four times its rate.
void play_file(const std::string& in, float drive, const std::string& out) {
  wav::Audio audio = wav::read(in);
  std::printf("%s: %zu x %zu samples at %u Hz, tanh(%g x)\n\n%s\n", in.c_str(),
              audio.channels.size(), audio.channels[0].size(), audio.rate, double(drive), heading);
  for (std::vector<float>& channel : audio.channels) {
    print_times(factors.back(), play(channel, factors.back(), drive),
                double(block_size) / audio.rate);
    std::printf("\n");
  }
  if (!out.empty()) {
    wav::write(out, audio);
  }
}

constexpr const char* usage = R"(Distorts a sine, or a file, by tanh, in blocks of 64 samples.

usage: audio_waveshaper [option value]...
  --drive X    how hard, 0.01 to 1000 (default: 10)
  --in FILE    a WAV file of 16-bit integers or 32-bit floats (default: a sine)
  --out FILE   where the result at four times the rate goes, as a WAV file of 16-bit integers
  --data FILE  the spectra of the sine, for the picture
)";

}  // namespace

int main(int argc, char** argv) {
  const gallery::Arguments arguments(argc, argv, {"--drive", "--in", "--out", "--data"}, usage);
  const float drive = float(arguments.number("--drive", 10, 0.01, 1000));
  const std::string in = arguments.text("--in"), out = arguments.text("--out"),
                    data = arguments.text("--data");
  if (!in.empty() && !data.empty()) {
    arguments.fail("--data is of the sine, and --in of a file: one at a time");
  }
  try {
    if (in.empty()) {
      play_sine(drive, data, out);
    } else {
      play_file(in, drive, out);
    }
  } catch (const std::exception& error) {
    arguments.fail(error.what());
  }
}
