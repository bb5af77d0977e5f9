# gnuplot -c curve.gp FOLDER STYLE.gp: draws f and f' of each activation that pictures.txt names.
load ARG2
set xlabel "x"
set xrange [-6:6]
set yrange [-3:4]
set xzeroaxis linetype -1 linecolor "grey50"
set yzeroaxis linetype -1 linecolor "grey50"
set key top left Left reverse
names = system("cut -d ' ' -f 2- '".ARG1."/pictures.txt'")
do for [name in names] {
  set output ARG1."/".name."_curve.svg"
  data = ARG1."/".name."_curve.tsv"
  plot data using 1:2 skip 1 with lines linewidth 3 title "f(x)", '' using 1:3 skip 1 with lines title "f'(x)"
}
