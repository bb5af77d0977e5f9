# gnuplot -c plot.gp DATA.tsv OUT.svg STYLE.gp
load ARG3
set output ARG2
set multiplot layout 3,1 margins 0.11,0.97,0.12,0.88 spacing 0,0.06 \
  title "A sine of 5 kHz, distorted by tanh at once, twice and four times its rate of 48 kHz"
set xrange [0:24]
set yrange [-120:10]
set xtics 4 format ""
set ytics 40
set ylabel "level (dB)"
# Bars from the bottom of the picture up to the level.
array rates = ["1x", "2x", "4x"]
do for [i = 1:3] {
  set label 1 rates[i] at graph 0.025, graph 0.9
  if (i == 1) { set key at graph 1, graph 1.25 horizontal samplen 2 } else { unset key }
  if (i == 3) { set xtics format "%g"; set xlabel "frequency (kHz)" }
  plot for [kind = 1:0:-1] ARG1 \
    using ($1 / 1000):(-120):(0):($2 == kind && column(i + 2) > -120 ? column(i + 2) + 120 : NaN) \
    with vectors nohead linetype (2 - kind) linewidth 3 title (kind == 1 ? "harmonics" : "aliases")
}
unset multiplot
