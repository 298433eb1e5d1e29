"""Compare reported values with certified ones, twice: as they are, and each stage by itself.

The first comparison is with the true values. Everything behind a mistake differs from those. The second computes every
stage anew from the program's own numbers before it: it names the stages that are wrong by themselves, and only those.
"""

from decimal import Context, Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES, UNKNOWN, Bounded, largest
from purenet.errors import NetworkError
from purenet.golden.certify import bounded_run
from purenet.golden.program import quantities
from purenet.golden.values import decimal

EXACT = Context(prec=2200)


class Certified:
    """One certified quantity: lists of true values (Decimal), of nearest floats, and of tolerances of each float type."""

    def __init__(self, entry):
        self.name = entry["name"]
        self.shape = tuple(entry["shape"])
        self.true = [Decimal(text) for text in entry["true"]]
        self.f64 = [None if value is None else float(value) for value in entry["f64"]]
        self.hex = entry["hex"]
        self.tolerance = entry["tolerance"]
        self.check()

    def check(self):
        """Raise ValueError unless there is one of everything for each number."""
        size = 1
        for length in self.shape:
            size *= length
        tolerances = [self.tolerance[name] for name in FLOAT_TYPES]
        if any(len(numbers) != size for numbers in (self.true, self.f64, self.hex, *tolerances)):
            raise ValueError("not as many numbers as the shape says")
        known = self.true + [decimal(tolerance) for row in tolerances for tolerance in row if tolerance is not None]
        if not all(number.is_finite() for number in known):
            raise ValueError("not finite")


def certified_values(case):
    """Return the certified values of a case by name; raise NetworkError if it has none."""
    if not case.certified:
        raise NetworkError(f"{case.id} has no certified values: `purenet golden generate` makes them")
    try:
        found = {entry["name"]: Certified(entry) for entry in case.certified}
        if {name: entry.shape for name, entry in found.items()} != {each.name: each.shape for each in quantities(case)}:
            raise KeyError("name")
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise NetworkError(f"the certified values of {case.id} are not complete: generate them again") from None
    return found


class Row:
    """The verdict on one quantity.

    verdict      "agrees", "differs", "not reported", or "no bound" where the float type is too small for one
    ratio        the largest difference in tolerances; infinite where a number is not finite
    place        where in the list that is
    wrong_here   True if it differs also from what the program's own numbers before it give; None if that is not known
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
        self.rows = [Row(quantity, certified[quantity.name]) for quantity in quantities(case)]
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
        """Tell whether the numbers of a row lie outside the bounds around expected ones; None if there is no telling."""
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


def finite(number):
    return decimal(number).is_finite()


def ratio_of(number, true, room):
    """Return the distance of a number from the true one, in tolerances."""
    if not finite(number):
        return UNKNOWN
    distance = abs(EXACT.subtract(decimal(number), true))
    if distance == 0:
        return Decimal(0)
    return distance / room if room else UNKNOWN
