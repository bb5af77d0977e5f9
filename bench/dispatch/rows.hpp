#pragma once

namespace bench {

/// Adds rows for the calls of simdact::dispatch, named as those of the header that they are to be held against, with
/// "dispatch_" before the direction: float/gelu/dispatch_fast_forward/16 beside float/gelu/fast_forward/16.
void add_dispatch();

}  // namespace bench
