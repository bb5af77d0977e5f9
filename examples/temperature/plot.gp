# gnuplot -c plot.gp DATA.tsv OUT.svg STYLE.gp
load ARG3
set output ARG2
set title "The letter after a t, at softmax temperature T"
set logscale x
set xlabel "temperature T"
set ylabel "probability"
set yrange [0:1]
set y2label "entropy (bits)"
set y2range [0:5]
set y2tics
set border 11
set key at graph 0.98, graph 0.86
plot for [i = 3:8] ARG1 using 1:int(i) with lines linetype (i - 2) title columnheader(int(i)), \
  '' using 1:2 axes x1y2 with lines linetype 7 dashtype 2 title columnheader(2)
