# Every digit of the table but the deviations, which are those of 100,000 draws; the data.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/gallery/run.cmake)

string(CONCAT expected
  "^Logits: log.count . 1/10. of the 1432 pairs of letters in the LICENSE of simdact.\n\n"
  "    T  entropy     th     t_     ti     tr     te     tq  deviation  text\n"
  "    0    0.000 1.0000 0.0000 0.0000 0.0000 0.0000 0.0000     0.0000  'or or or or or or or or or or or or or or or or '\n"
  " 0.25    1.243 0.6240 0.3170 0.0503 0.0040 0.0025 0.0000     0.00[0-4][0-9]  'out anove and or the or corin py or arit t the o'\n"
  "  0.5    2.077 0.4432 0.3159 0.1258 0.0356 0.0282 0.0000     0.00[0-4][0-9]  'l pydin bidime on oriny coribut lirig cor t he o'\n"
  "    1    3.135 0.2638 0.2227 0.1405 0.0748 0.0666 0.0008     0.00[0-4][0-9]  'ixpyadizdibofontitousoroft dant insse ct py fist'\n"
  "    2    4.049 0.1441 0.1324 0.1052 0.0767 0.0724 0.0080     0.00[0-4][0-9]  'i qzaci chbldigrm nyriopfovecos imond dxus sibuq'\n"
  "    4    4.545 0.0836 0.0802 0.0715 0.0610 0.0593 0.0198     0.00[0-4][0-9]  'j r adi cgdjfmiqlzovjirofowfans jmond dvus tibso'\n"
  "  inf    4.755 0.0370 0.0370 0.0370 0.0370 0.0370 0.0370     0.00[0-4][0-9]  'l tzadi dgckfkjskzowlisoflxgaosylmpldzfvvt vicsn'\n\n"
  "At T = 1 [^\n]*\n[^\n]*\n[^\n]* = 4.755 bits[^\n]*\n[^\n]*\n$")
if(NOT out MATCHES "${expected}")
  message(SEND_ERROR "expected\n${expected}\nfound\n${out}")
endif()

# The heading, and 30 temperatures a decade from 0.01 to 100.
list(LENGTH data count)
list(GET data 1 first)
list(GET data 61 middle)
if(NOT count EQUAL 122 OR NOT first MATCHES "^0.01\t[0-9.e-]+\t1\t" OR NOT middle MATCHES "^1\t3.13463\t0.26376")
  message(SEND_ERROR "${count} lines of data, with '${first}' and '${middle}'")
endif()
