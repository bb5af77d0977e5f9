load ARG3
set terminal @picture size 840,1080
set output ARG2
set size ratio -1
set xrange [-1:1]
set yrange [-1:1]
unset tics
unset key
unset colorbox
set border 15
# The darker, the surer.
set palette defined (0 "#0072B2", 0.5 "white", 1 "#D55E00")
set cbrange [0:1]
set multiplot layout 5, 4 \
  title "Two spirals: blue where the network takes a point for the first class, orange for the second" \
  margins 0.02, 0.98, 0.01, 0.93 spacing 0.02, 0.03
do for [k = 4:23] {
  stats ARG1 index 0 using (name = stringcolumn(k), 0) every ::0::0 nooutput
  set title name offset 0, -0.8
  plot ARG1 index 0 using 2:3:k with image, \
    "" index 1 using 1:($3 == 0 ? $2 : NaN) with points pointtype 7 pointsize 0.25 linecolor "#003355", \
    "" index 1 using 1:($3 == 1 ? $2 : NaN) with points pointtype 7 pointsize 0.25 linecolor "#662200"
}
