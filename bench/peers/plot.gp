# gnuplot -c plot.gp DATA FOLDER: draws FOLDER/<instruction set>.svg from what simdact_peers wrote.
# DATA has a block per direction, of the columns activation, memcpy, Fast, Precise and a peer each.

setting = system("head -n 1 '".ARG1."'")
isa = word(setting, 2)
cpu = setting[strlen(isa) + 4:*]

set terminal svg size 1100,900 dynamic background "white" font "sans-serif,12"
set output ARG2."/".isa.".svg"
set datafile separator "\t"
set datafile missing "?"

set multiplot layout 2,1 title "ns an element, 2048 floats, ".isa.", ".cpu
set logscale y
set grid ytics
set xtics rotate by -35 noenhanced
set key outside right noenhanced
set offsets 0.5, 0.5, 0, 0

# Open points for the peers, filled ones for us.
array points[9] = [4, 6, 8, 10, 12, 14, 1, 2, 3]

do for [block = 0:1] {
  set yrange [*:*]  # statistics leave out what lies beyond it
  stats ARG1 index block using 2 nooutput
  peers = ""
  do for [i = 5:STATS_columns] {
    values = 0
    stats ARG1 index block using (values = values + valid(i), 1) nooutput
    if (values > 0) { peers = peers." ".i }
  }
  set yrange [0.01:20]
  set ylabel block == 0 ? "forward" : "backward"
  plot ARG1 index block using 2:xtic(1) with lines linewidth 2 linecolor "grey60" title columnhead(2), \
    for [i in peers] '' index block using int(i) with points \
      pointtype points[(i - 5) % 9 + 1] linecolor (i - 4) title columnhead(int(i)), \
    '' index block using 4 with points pointtype 5 linecolor "black" title columnhead(4), \
    '' index block using 3 with points pointtype 7 linecolor "red" title columnhead(3)
}
unset multiplot
