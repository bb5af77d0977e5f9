load ARG3
set output ARG2
set title "A row of 1,048,576 logits: its work is divided, its messages are few bytes"
set xlabel "ranks"
set ylabel "microseconds"
set logscale xy
set xrange [0.9:1100]
set key top right
plot for [i = 2:4] ARG1 using 1:i with linespoints pointtype 7 pointsize 0.5 title columnheader(i)
