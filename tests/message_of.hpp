#pragma once

/// @file
/// What a refusal says.

#include <stdexcept>
#include <string>

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (std::invalid_argument const& error) {
    return error.what();
  }
  return "nothing was thrown";
}
