"""What is on a worksheet: which numbers are asked for, and which are printed, so that no printed one gives a blank away.

What is computed from a blank is not printed. It is a blank too where a later blank needs it, and otherwise the sheet does not
have it. Of every second number that would leave hardly any: there it is printed as a result, without the numbers in its formula,
and is a blank too if it equals one.
"""

from purenet.arithmetic.notation import Symbol
from purenet.golden.diagnosis.by_hand import symbols_of
from purenet.trace.record import trace_case

COPIES = ("y", "∇b", "E", "L")  # what may equal the one number that it is computed from


class Contents:
    """The numbers of a case as a worksheet with some `Blanks` has them, sets of symbols.

    asked    those that are left out, to be computed
    absent   those that the sheet does not have
    bare     those that are printed as a result alone

    All others are printed with the numbers in their formulas.
    """

    def __init__(self, case, blanks):
        self.known = symbols_of(case)
        self.sources = sources_of(case)
        chosen = set(blanks.chosen(self.known))
        others = {symbol for symbol in self.sources if symbol not in self.known and symbol.base in blanks.bases}
        self.asked = {symbol for symbol in self.sources if symbol in chosen or symbol in others}
        self.absent, self.bare = set(), set()
        (self.keep_results if blanks.alternate else self.hide_what_follows)()

    def hide_what_follows(self):
        """Ask for what is computed from a blank if a later blank needs it, and take all else that is off the sheet."""
        follows, needed = set(self.asked), set(self.asked)
        for symbol, sources in self.sources.items():
            if follows & sources:
                follows.add(symbol)
        for symbol, sources in reversed(list(self.sources.items())):
            if symbol in needed:
                needed |= sources
        self.asked = follows & needed
        self.absent = follows - needed

    def keep_results(self):
        """Ask for what equals a blank, and print what else is computed from blanks without the numbers in its formula."""
        for symbol, sources in self.sources.items():
            if symbol not in self.asked and self.asked & sources:
                (self.asked if len(sources) == 1 and symbol.base in COPIES else self.bare).add(symbol)

    def places(self, symbols):
        """Return the names and places of the quantities that some of the symbols name, a set of pairs."""
        return {(self.known[each][0].name, self.known[each][1]) for each in symbols if each in self.known}

    def printed(self, numbers):
        """Return those of a case's numbers that are printed, lists by name, with None for each other."""
        left_out = self.places(self.asked | self.absent)
        return {
            name: [None if (name, place) in left_out else number for place, number in enumerate(row)]
            for name, row in numbers.items()
        }


def sources_of(case):
    """Return the symbols in the formula of each number that a case computes, sets by symbol, in order.

    An output comes from its net input, too, where its formula is a constant: that of ReLU below 0.
    """
    trace = trace_case(case, second_pass=False, everything=True, groups=[], rounding={})
    rows = [row for step in trace.steps for row in step.rows if row.formula]
    found = {row.quantity.symbol: {Symbol.parse(str(name)) for name in row.quantities} for row in rows}
    for symbol, sources in found.items():
        if symbol.base == "y":
            sources.add(symbol.of("x"))
    return found
