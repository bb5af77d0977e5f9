# What a header's comment says under a heading begins a paragraph, and so does a derivative.
s,^/// (Parameters?|Special values|Source|Maximum error|Maximum relative error|Errors?|Shapes|Range)([^:`]*|[^:]*\([^)]*\)):,///\n/// <b>\1</b>\2:,
s,^/// f'\(x\) =,///\n&,
# The year of a paper is no number of a list.
s,^/// ([0-9]+)\.,/// \1\\.,
# Doxygen links to private structs that it leaves out.
/^ private:$/,/^};/{
  s,^ private:$,& /** @cond */,
  s,^};,/** @endcond */ };,
}
