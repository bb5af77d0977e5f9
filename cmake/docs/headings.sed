# What a header's comment says under a heading begins a line of its own.
s,^/// (Parameters?|Special values|Source|Maximum error|Maximum relative error|Errors?|Shapes|Range)([^:`]*|[^:]*\([^)]*\)):,/// @n<b>\1</b>\2:,
# Doxygen links to private structs that it leaves out.
/^ private:$/,/^};/{
  s,^ private:$,& /** @cond */,
  s,^};,/** @endcond */ };,
}
