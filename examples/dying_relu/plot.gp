load ARG3
set terminal @picture size 1000,700
set output ARG2
set xrange [0:20]
set yrange [-3:103]
set lmargin 10
set rmargin 29
set arrow from 5, graph 0 to 5, graph 1 nohead dashtype 3 linewidth 2
set key outside right center
# Curves of 0 % lie upon each other.
dashes(curve) = curve > 5 ? 2 : 1
set multiplot layout 2, 1 title "Handwritten digits: five epochs in large steps, then fifteen in small ones"
set ylabel "dead units of the second layer, %"
plot for [k = 2:8] ARG1 using 1:k with linespoints linetype k - 1 dashtype dashes(k - 1) pointtype 7 pointsize 0.4 title columnheader(k)
set ylabel "digits told right, %"
set xlabel "epoch"
unset key
plot for [k = 9:15] ARG1 using 1:k with linespoints linetype k - 8 dashtype dashes(k - 8) pointtype 7 pointsize 0.4
