"""Compare reported values with certified ones, twice: as they are, and each stage by itself.

The first comparison is with the true values. Everything after a mistake differs from those. The second computes every
stage from the program's own numbers before it, and so names the stages that are wrong by themselves, and only those.
"""

import math
from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES, UNKNOWN, Bounded, largest
from purenet.golden.values.certified import EXACT, certified_values, decimal, finite, ratio_of
from purenet.golden.values.certify import bounded_run, certified_epoch_loss
from purenet.trace.quantities import EPOCH_LOSS, quantities


class CheckedQuantity:
    """The verdict on one quantity.

    verdict      "agrees", "differs", "not reported", or "no bound" where the float type is too small for one
    ratio        the largest difference in tolerances; infinite where a number is not finite
    place        where in the list that is
    wrong_here   True if it also differs from the result of the program's own numbers before it; None if unknown
    """

    def __init__(self, quantity, certified):
        self.quantity = quantity
        self.certified = certified
        self.name = quantity.name
        self.verdict = "not reported"
        self.ratio, self.place = Decimal(0), 0
        self.wrong_here = None


class Check:
    """The rows of a check, in order of computation. `passed` is true where something was compared, and all of it agrees."""

    def __init__(self, case, values):
        self.case = case
        self.values = values
        self.type = FLOAT_TYPES[values.dtype]
        certified = certified_values(case)
        self.rows = [CheckedQuantity(quantity, certified[quantity.name]) for quantity in quantities(case)]
        if EPOCH_LOSS.name in values.numbers:
            self.rows.append(CheckedQuantity(EPOCH_LOSS, certified_epoch_loss(case)))
        for row in self.rows:
            self.compare(row)
        self.compared = [row for row in self.rows if row.verdict in ("agrees", "differs")]
        self.differing = [row for row in self.rows if row.verdict == "differs"]
        self.unreported = [row for row in self.rows if row.verdict == "not reported"]
        self.passed = bool(self.compared) and not self.differing
        self.first = self.differing[0] if self.differing else None
        self.stages = self.differing and self.look_at_each_stage()

    def numbers(self, row):
        return self.values.numbers.get(row.name, [None] * row.quantity.size)

    def compare(self, row):
        """Compare a quantity with its true values."""
        for place, number in enumerate(self.numbers(row)):
            tolerance = row.certified.tolerance[self.type.name][place]
            if number is None:
                continue
            if tolerance is None:
                row.verdict = "no bound" if row.verdict == "not reported" else row.verdict
                continue
            room = decimal(tolerance) + self.values.rounding(number) if finite(number) else Decimal(1)
            ratio = ratio_of(number, row.certified.true[place], room)
            if row.verdict in ("not reported", "no bound") or ratio > row.ratio:
                row.ratio, row.place = ratio, place
            if row.verdict != "differs":
                row.verdict = "differs" if ratio > 1 else "agrees"

    def look_at_each_stage(self):
        """Compute every stage from the program's own numbers, and return the rows that are wrong by themselves."""
        run = bounded_run(self.case, self.type, self.own_numbers(), self.values.rounding)
        wrong = []
        for row in self.rows:
            expected = run.values.get(row.name)
            row.wrong_here = self.differs_from(row, expected)
            if row.wrong_here:
                wrong.append(row)
        return wrong

    def own_numbers(self, kind=lambda number: number):
        """Return the finite numbers that the program reported, to compute others from."""
        return {
            name: [kind(number) if number is not None and finite(number) else None for number in numbers]
            for name, numbers in self.values.numbers.items()
        }

    def differs_from(self, row, expected):
        """Return whether the numbers of a row are outside the bounds around expected ones; None if none has a bound."""
        verdict = None
        for place, number in enumerate(self.numbers(row)):
            if number is None or expected is None or expected[place] is None:
                continue
            if not finite(number):
                return True
            value = expected[place]
            bounded = value if isinstance(value, Bounded) else Bounded.held(value, self.type)
            if bounded.error == UNKNOWN:
                continue
            room = bounded.error + self.type.unit * largest(bounded.exact) + self.values.rounding(number)
            middle = EXACT.divide(EXACT.add(bounded.exact.low, bounded.exact.high), 2)
            verdict = bool(verdict) or ratio_of(number, middle, room) > 1
        return verdict


def ratio_text(ratio):
    """Return a difference in tolerances as text."""
    ratio = float(ratio)
    return "infinite" if math.isinf(ratio) else "0" if ratio == 0 else f"{ratio:.2g}"
