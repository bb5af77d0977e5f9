load ARG3
set output ARG2
set title "Learning exclusive or with a hidden layer of 8 units"
set xlabel "step"
set ylabel "mean binary cross-entropy, nats"
set logscale y
set yrange [*:2]
set format y "10^{%T}"
set key outside right center
plot for [k = 2:*] ARG1 using 1:k with lines title columnheader(k)
