"""Check numbers that a person computed with a pencil, rounding each one before going on.

No fixed tolerance can grade them: who rounds each number to four places is a unit or more away from the rounded results of
exact arithmetic soon. So a number is right if it follows, within one unit of its last place, from the person's own numbers
before it: an error is carried forward and counted once. A number that was left out is between half a unit more and less
than what follows. Read check.py first.
"""

from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.arithmetic.interval import PRECISION, Interval, interval, precision
from purenet.arithmetic.notation import Symbol
from purenet.arithmetic.other_names import is_symbol
from purenet.golden.diagnosis.check import Check, CheckedQuantity
from purenet.golden.mistakes.detection import difference
from purenet.golden.mistakes.mistake import Together
from purenet.golden.programs.digits import own_unit
from purenet.golden.values.certified import decimal, finite
from purenet.golden.values.certify import Enclosures
from purenet.trace.case_run import CaseRun
from purenet.trace.quantities import quantities


class HandCheck(Check):
    """A check of numbers that were rounded by a `Pencil`, each from those before it; `ratio` is in units of the last place."""

    is_by_hand = True

    def __init__(self, case, values, pencil):
        self.case, self.values, self.pencil = case, values, pencil
        self.types = [FLOAT_TYPES["float64"]]
        self.type = self.types[0]
        self.rows = [CheckedQuantity(quantity, None) for quantity in quantities(case)]
        expected = self.predicted((), self.type)
        for row in self.rows:
            row.by_itself = expected.get(row.name)
            self.compare(row)
        self.sort_rows()
        for row in self.rows:
            row.wrong_here = {"agrees": False, "differs": True}.get(row.verdict)
        self.stages = self.differing

    def compare(self, row):
        """Compare a quantity with what follows from the numbers before it."""
        for place, number in enumerate(self.numbers(row)):
            if number is None:
                continue
            expected = row.by_itself and row.by_itself[place]
            if expected is None:
                row.take("no bound", Decimal(0), place)
                continue
            expected, unit = interval(expected), self.unit(row.quantity, place, number)
            distance = max(expected.low - decimal(number), decimal(number) - expected.high, Decimal(0))
            ratio = distance / unit if finite(number) else Decimal("Infinity")
            row.take("differs" if ratio > 1 else "agrees", ratio, place)

    def unit(self, quantity, place, number):
        """Return the unit of the last place of a number as it is written down."""
        return self.pencil.unit(quantity.symbol(place), decimal(number)) or own_unit(decimal(number)) or Decimal(1)

    def room(self, row, place, number, type):
        """Return by how much a number may differ from what follows from those before it: one unit."""
        return float(self.unit(row.quantity, place, number))

    def predicted(self, mistakes, type):
        """Return what a program with mistakes makes of the own numbers before each, as intervals by the names of quantities."""
        program = Together(mistakes) if mistakes else Enclosures()
        own = self.own_numbers(decimal)
        with precision(PRECISION):
            run = CaseRun(self.case, program, Interval, None, self.widened, own, Interval, difference)
        return run.values

    def widened(self, quantity, place, value):
        """Return a number that was left out, as it may have been rounded."""
        value = interval(value)
        unit = self.pencil.unit(quantity.symbol(place), value.high)
        return value if unit is None else Interval(value.low - unit / 2, value.high + unit / 2)


def sheet_data(case, data):
    """Return values whose names may be printed symbols, δ_j1 or delta_j1, under the names of their quantities instead."""
    values = data.get("values", data) if isinstance(data, dict) else data
    if not isinstance(values, dict):
        return data
    known = symbols_of(case)
    found = {}
    for name, value in values.items():
        quantity, place = known.get(Symbol.parse(name), (None, 0)) if is_symbol(name) else (None, 0)
        if quantity is None:
            found[name] = value
            continue
        numbers = found.setdefault(quantity.name, [None] * quantity.size)
        (numbers[place],) = value if isinstance(value, list) and len(value) == 1 else [value]
    return found


def symbols_of(case):
    """Return the quantities and places that printed symbols name; where two have one name, that of the example."""
    found = {}
    for quantity in quantities(case):
        for place in range(quantity.size):
            found.setdefault(quantity.symbol(place), (quantity, place))
    return found
