#pragma once

/// Holds everything that simdact::dispatch has against the header's own results, as header.cpp is compiled.
/// Prints what differs, and returns how many results were compared, or 0 if one differs.
int compare_with_header();
