# gnuplot -c error.gp FOLDER STYLE.gp: draws the errors of each activation that pictures.txt names.
load ARG2
set terminal svg size 800,700 dynamic background "white" font "sans-serif,14"
set xrange [-16:16]
set yrange [0:4.2]
set xlabel "x"
set key outside top center horizontal
line = system("cat '".ARG1."/pictures.txt'")
do for [i = 2:words(line)] {
  name = word(line, i)
  set output ARG1."/".name."_error.svg"
  data = ARG1."/".name."_error.tsv"
  set multiplot layout 2,1
  set ylabel "largest error of f, ULP"
  plot data using 1:2 skip 1 with points pointtype 7 pointsize 0.35 title "Precise: in ULP of f(x)", \
    '' using 1:4 skip 1 with points pointtype 7 pointsize 0.35 \
    title "Fast (".word(line, 1)."): in ULP of max(|f(x)|, min(|x|, 1))"
  set ylabel "largest error of f', ULP"
  plot data using 1:3 skip 1 with points pointtype 7 pointsize 0.35 title "Precise: in ULP of f'(x)", \
    '' using 1:5 skip 1 with points pointtype 7 pointsize 0.35 \
    title "Fast (".word(line, 1)."): in ULP of max(|f'(x)|, 1)"
  unset multiplot
}
