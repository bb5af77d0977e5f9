load ARG3
set terminal @picture size 1000,1000
set output ARG2
set logscale y
set xrange [1:20]
set yrange [0.0003:3]
set xtics (1, 10, 20)
set format y "10^{%T}"
set mytics 1
unset key
set multiplot layout 6, 5 margins 0.09, 0.98, 0.07, 0.92 spacing 0.02, 0.045 \
  title "Loss on the handwritten digits, from the least in the end to the largest; grey: all others"
do for [k = 2:30] {
  stats ARG1 using (name = stringcolumn(k), 1) every ::0::0 nooutput
  set title name noenhanced offset 0, -0.8
  set format y (k % 5 == 2 ? "10^{%T}" : "")
  set format x (k > 25 ? "%g" : "")
  set ylabel (k == 12 ? "mean cross-entropy, nats" : "") offset 0, -4
  set xlabel (k == 29 ? "epoch" : "")
  plot for [other = 2:30] ARG1 using 1:other with lines linewidth 0.7 linecolor "grey60", \
    "" using 1:k with lines linetype 1 linewidth 3
}
