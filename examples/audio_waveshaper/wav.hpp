// WAV files: reads 16-bit integers and 32-bit floats, writes 16-bit integers. What is wrong with a file is thrown as
// a std::runtime_error that says so.
//
// Source of the format: IBM and Microsoft, "Multimedia programming interface and data specifications 1.0", 1991.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace wav {

struct Audio {
  std::uint32_t rate;                        // frames a second
  std::vector<std::vector<float>> channels;  // of equal length; full scale is 1
};

namespace detail {

// Numbers are in little endian, whatever the machine has.
inline std::uint32_t number(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + std::size_t(i)]);
  }
  return value;
}

inline void append(std::string& bytes, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) {
    bytes += char(value >> 8 * i & 0xFF);
  }
}

// The first chunk of that name, which follows the 12 bytes that say RIFF and WAVE.
inline std::string_view chunk(std::string_view file, std::string_view name) {
  for (std::size_t at = 12; at + 8 <= file.size();) {
    const std::size_t size = number(file, at + 4, 4);
    if (size > file.size() - at - 8) {
      throw std::runtime_error("the file ends within its chunk '" +
                               std::string(file.substr(at, 4)) + "'");
    }
    if (file.substr(at, 4) == name) {
      return file.substr(at + 8, size);
    }
    at += 8 + size + size % 2;
  }
  throw std::runtime_error("there is no chunk '" + std::string(name) + "'");
}

inline float sample(std::string_view data, std::size_t at, int bits) {
  if (bits == 16) {
    return float(std::int16_t(number(data, at, 2))) / 32'768;
  }
  const float value = std::bit_cast<float>(number(data, at, 4));
  if (!(std::fabs(value) <= 1e6F)) {
    throw std::runtime_error("a sample is NaN, infinite or beyond 1e6");
  }
  return value;
}

inline Audio parse(std::string_view file) {
  if (file.size() < 12 || file.substr(0, 4) != "RIFF" || file.substr(8, 4) != "WAVE") {
    throw std::runtime_error("this is no WAV file");
  }
  const std::string_view format = chunk(file, "fmt "), data = chunk(file, "data");
  if (format.size() < 16) {
    throw std::runtime_error("the chunk 'fmt ' is too short");
  }
  constexpr std::uint32_t integers = 1, floats = 3;
  const std::uint32_t kind = number(format, 0, 2), channel_count = number(format, 2, 2);
  const int bits = int(number(format, 14, 2));
  if (!(kind == integers && bits == 16) && !(kind == floats && bits == 32)) {
    throw std::runtime_error("format " + std::to_string(kind) + " with " + std::to_string(bits) +
                             " bits is neither 16-bit integers nor 32-bit floats");
  }
  Audio audio{number(format, 4, 4), std::vector<std::vector<float>>(channel_count)};
  const std::size_t size = std::size_t(bits) / 8, frame = size * channel_count;
  if (audio.rate == 0 || frame == 0 || data.empty() || data.size() % frame != 0) {
    throw std::runtime_error(std::to_string(channel_count) + " channels at " +
                             std::to_string(audio.rate) + " Hz do not go with " +
                             std::to_string(data.size()) + " bytes");
  }
  for (std::size_t at = 0; at < data.size(); at += frame) {
    for (std::size_t c = 0; c < channel_count; ++c) {
      audio.channels[c].push_back(sample(data, at + c * size, bits));
    }
  }
  return audio;
}

}  // namespace detail

inline Audio read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) {
    throw std::runtime_error("cannot read " + path);
  }
  try {
    return detail::parse(bytes.view());
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

// What is beyond full scale becomes that.
inline void write(const std::string& path, const Audio& audio) {
  std::string data;
  for (std::size_t i = 0; i < audio.channels.at(0).size(); ++i) {
    for (const std::vector<float>& channel : audio.channels) {
      const float scaled = std::clamp(32'768 * channel.at(i), -32'768.0F, 32'767.0F);
      detail::append(data, std::uint32_t(std::lrint(scaled)), 2);
    }
  }
  if (data.size() > std::numeric_limits<std::uint32_t>::max() - 36) {
    throw std::runtime_error("more than a WAV file can hold");
  }
  const std::uint32_t frame = std::uint32_t(2 * audio.channels.size());
  std::string bytes = "RIFF";
  detail::append(bytes, std::uint32_t(36 + data.size()), 4);
  bytes += "WAVEfmt ";
  detail::append(bytes, 16, 4);
  detail::append(bytes, 1, 2);
  detail::append(bytes, std::uint32_t(audio.channels.size()), 2);
  detail::append(bytes, audio.rate, 4);
  detail::append(bytes, audio.rate * frame, 4);
  detail::append(bytes, frame, 2);
  detail::append(bytes, 16, 2);
  bytes += "data";
  detail::append(bytes, std::uint32_t(data.size()), 4);
  std::ofstream file(path, std::ios::binary);
  if (!(file << bytes << data).flush()) {
    throw std::runtime_error("cannot write " + path);
  }
}

}  // namespace wav
