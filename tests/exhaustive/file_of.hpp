#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

/// The file of "gelu' alpha 1" is gelu_derivative_alpha_1.txt.
inline std::filesystem::path file_of(std::filesystem::path const& folder, std::string name) {
  std::replace(name.begin(), name.end(), ' ', '_');
  if (const auto prime = name.find('\''); prime != std::string::npos)
    name.replace(prime, 1, "_derivative");
  return folder / (name + ".txt");
}
