load ARG3
set terminal @picture size 1000,500
set output ARG2
set logscale y
set format y "10^{%T}"
set xlabel "layers"
set yrange [1e-45:1e5]
set ytics 1e5
set mytics 1
set key bottom left
# GELU and SiLU have one slope at 0, and fall as one.
dashes(k) = k == 10 || k == 11 ? 2 : 1
set multiplot layout 1, 2 title "Size of the gradient in front of the layers, relative to that behind them"
set title "n weights of standard deviation 1/sqrt(3 n)"
plot for [k = 2:12:2] ARG1 using 1:k with lines dashtype dashes(k) title columnheader(k + 1)
set title "n weights of standard deviation gain/sqrt(n)"
plot for [k = 3:13:2] ARG1 using 1:k with lines dashtype dashes(k) title columnheader(k)
