#pragma once

#include <simdact/core/last_place.hpp>

using simdact::core::last_place;
