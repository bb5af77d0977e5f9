# gnuplot -c plot.gp DATA.tsv OUT.svg STYLE.gp
load ARG3
set output ARG2
set multiplot layout 2,1
set lmargin 10
set title "GELU of int8 is a step function"
set ylabel "GELU(x)"
set xrange [-4:1]
set yrange [-0.2:0.3]
set key top left
plot ARG1 using 1:3 with histeps linetype 1 title columnheader(3), \
  '' using 1:2 with lines linetype 7 linewidth 1 title columnheader(2)
set title "How far the entries of two tables are from GELU(x)"
set xlabel "x"
set ylabel "steps"
set xrange [-4:4]
set yrange [-2:2]
set ytics 1
set key outside top center horizontal
plot ARG1 using 1:4 with points pointtype 7 pointsize 0.4 linetype 1 title columnheader(4), \
  '' using 1:5 with points pointtype 7 pointsize 0.4 linetype 2 title columnheader(5)
unset multiplot
