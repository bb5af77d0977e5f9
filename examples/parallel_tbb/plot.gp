load ARG3
set output ARG2
set title "ReLU meets the bandwidth of the memory, GELU in the caches does not"
set xlabel "cores"
set ylabel "elements in a nanosecond"
set logscale xy
set xtics (1, 2, 4, 8, 16, 32, 64)
set xrange [0.9:70]
set key bottom right
plot for [i = 1:3] ARG1 using 1:2 * i with lines title columnheader(2 * i), \
     for [i = 1:3] ARG1 using 1:2 * i + 1 with points linetype i pointtype 7 title columnheader(2 * i + 1)
