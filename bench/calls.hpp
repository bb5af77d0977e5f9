#pragma once

namespace bench {

/// Adds rows for what a call of the Fast tier costs beside its elements: on 16 of them, and on arrays that
/// begin one element behind a boundary of registers and cache lines beside arrays that begin there.
void add_calls();

}  // namespace bench
