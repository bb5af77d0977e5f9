# What all pictures share. They stand on white, so that they can be read on a dark page, too. One of another size
# says `set terminal @picture size WIDTH,HEIGHT`.
picture = 'svg dynamic background "white" font "sans-serif,14"'
set terminal @picture size 800,500
set datafile separator "\t"
set border 3
set tics nomirror
set grid linecolor "grey85"
set key noenhanced
# Colours that colour-blind readers can tell apart: Okabe and Ito, 2008.
set linetype 1 linewidth 2 linecolor "#0072B2"
set linetype 2 linewidth 2 linecolor "#D55E00"
set linetype 3 linewidth 2 linecolor "#009E73"
set linetype 4 linewidth 2 linecolor "#CC79A7"
set linetype 5 linewidth 2 linecolor "#E69F00"
set linetype 6 linewidth 2 linecolor "#56B4E9"
set linetype 7 linewidth 2 linecolor "#000000"
set linetype cycle 7
