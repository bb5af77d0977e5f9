// An error in a program without exceptions. With HANDLER, in a function of its own, which leaves by a jump.

#include <csetjmp>
#include <cstdio>
#include <cstring>

#if defined(HANDLER)
std::jmp_buf before;
char const* told = nullptr;
char copy[128];

void handle(char const* message) {
  std::strncpy(copy, message, sizeof copy - 1);
  told = copy;
  std::longjmp(before, 1);
}
#define SIMDACT_ERROR_HANDLER handle
#endif

#include <simdact/simdact.hpp>

int main() {
  const float x[] = {-1.0f, 0.0f, 1.0f, 2.0f};
  float y[] = {5.0f, 5.0f, 5.0f};
#if defined(HANDLER)
  if (setjmp(before) == 0)
    simdact::forward(simdact::ReLU<>{}, x, y);
  std::printf("handled: %s\n", told);
  return told != nullptr && y[0] == 5.0f && y[1] == 5.0f && y[2] == 5.0f ? 0 : 1;
#else
  simdact::forward(simdact::ReLU<>{}, x, y);
  std::printf("went on\n");
#endif
}
