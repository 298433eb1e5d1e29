"""Compare reported values with certified ones, twice: as they are, and each stage by itself.

The first comparison is with the true values. Everything after a mistake differs from those. The second computes every
stage from the program's own numbers before it, and so names the stages that are wrong by themselves, and only those.
"""

import math
from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES, UNKNOWN, Bounded, largest
from purenet.golden.mistakes.mistake import Together
from purenet.golden.mistakes.shortcuts import ways_of
from purenet.golden.programs.digits import are_telling
from purenet.golden.values.certified import certified_values, decimal, finite, ratio_of
from purenet.golden.values.certify import Bounds, bounded_run, certified_epoch_loss
from purenet.trace.quantities import EPOCH_LOSS, quantities

VERDICTS = (
    "not reported",
    "no bound",
    "agrees",
    "too few digits",
    "differs",
)  # of a quantity, the worst of its numbers
FEWEST_BY_ITSELF = 200  # times the room, the largest number of a row that is judged by itself: three digits
KINDS = ("output_gradient", "delta", "weight_gradients", "bias_gradients", "weights", "biases")  # in order, of a layer
WIDE = 100  # tolerances: a room of more is made of numbers with few digits


class CheckedQuantity:
    """The verdict on one quantity.

    verdict      one of VERDICTS; "no bound" where the float type is too small for one
    ratio        the largest difference in tolerances; infinite where a number is not finite
    place        where in the list that is
    by_itself    what follows from the program's own numbers before it; None if that was not computed
    wrong_here   whether it also differs from that; None if not judged
    """

    def __init__(self, quantity, certified):
        self.quantity = quantity
        self.certified = certified
        self.name = quantity.name
        self.verdict = "not reported"
        self.ratio, self.place = Decimal(0), 0
        self.wrong_here = None
        self.by_itself = None

    def take(self, verdict, ratio, place):
        """Take the verdict on one number."""
        if verdict != "no bound" and (self.verdict in VERDICTS[:2] or ratio > self.ratio):
            self.ratio, self.place = ratio, place
        self.verdict = worst_verdict([self.verdict, verdict])


class Check:
    """The rows of a check, in order of computation.

    outcome   "agrees" where something was compared, and all of it agrees; or "differs", "too few digits" where nothing
              differs but some numbers have too few to tell, or "nothing compared"
    compared  the rows that agree or differ; `too_few` are those with too few digits to tell
    stages    the rows that are wrong by themselves, if any differs

    A number differs if it is outside its tolerance and half a unit of its last place, whatever its float type may be. It
    agrees if it is inside, and its digits suffice to tell. `type` is the likeliest of the types.
    """

    is_by_hand = False
    of_logarithms = frozenset()  # the names of outputs whose logarithms are needed

    def __init__(self, case, values):
        self.case = case
        self.values = values
        self.types = [FLOAT_TYPES[name] for name in values.types]
        self.type = self.types[0]
        certified = certified_values(case)
        self.rows = [CheckedQuantity(quantity, certified[quantity.name]) for quantity in quantities(case)]
        if EPOCH_LOSS.name in values.numbers:
            self.rows.append(CheckedQuantity(EPOCH_LOSS, certified_epoch_loss(case)))
        for row in self.rows:
            self.compare(row)
        self.sort_rows()
        self.ways = ways_of(case.network_data)
        last = len(case.network_data.layers) - 1
        outputs = [row.name for row in self.rows if (row.quantity.kind, row.quantity.layer) == ("output", last)]
        self.of_logarithms = set(outputs if len(self.ways) > 1 else ())
        self.stages = self.differing and self.look_at_each_stage()

    def sort_rows(self):
        """List the rows by their verdicts."""
        self.compared = [row for row in self.rows if row.verdict in ("agrees", "differs")]
        self.differing = [row for row in self.rows if row.verdict == "differs"]
        self.too_few = [row for row in self.rows if row.verdict == "too few digits"]
        self.unreported = [row for row in self.rows if row.verdict == "not reported"]
        self.first = min(self.differing, key=in_order, default=None)

    @property
    def outcome(self):
        if self.differing or self.too_few:
            return "differs" if self.differing else "too few digits"
        return "agrees" if self.compared else "nothing compared"

    @property
    def passed(self):
        return self.outcome == "agrees"

    def numbers(self, row):
        return self.values.numbers.get(row.name, [None] * row.quantity.size)

    def compare(self, row):
        """Compare a quantity with its true values."""
        numbers = self.numbers(row)
        size = max((abs(decimal(number)) for number in numbers if number is not None and finite(number)), default=0)
        for place, number in enumerate(numbers):
            if number is not None:
                row.take(*self.judged(number, row.certified, place, size), place)

    def judged(self, number, certified, place, size):
        """Return the verdict on a number, and its difference in tolerances; `size` is that of the largest in its row."""
        true, tolerances = certified.true[place], [certified.tolerance[type.name][place] for type in self.types]
        if tolerances[0] is None:
            return "no bound", Decimal(0)
        unit = self.values.digits.unit(number)
        ratios = [ratio_of(number, true, decimal(each) + unit / 2) for each in tolerances if each is not None]
        if min(ratios) > 1:
            return ("differs" if None not in tolerances else "too few digits"), min(ratios)
        if ratios[0] <= 1 and self.suffices(number, true, decimal(tolerances[0]), unit, size):
            return "agrees", ratios[0]
        return "too few digits", min(ratios)

    def suffices(self, number, true, tolerance, unit, size):
        """Return whether the digits of a number that agrees suffice to say so, its own or, if those agree too, with zeros."""
        number = decimal(number)
        if number == true or unit / 2 <= tolerance or are_telling(unit, number, size):
            return True
        unit = self.values.digits.strict_unit(number)
        return ratio_of(number, true, tolerance + unit / 2) <= 1 and are_telling(unit, number, size)

    def look_at_each_stage(self):
        """Compute every stage from the program's own numbers, and return the rows that are wrong by themselves.

        Not those that are right in another of the ways in which a right program may compute them.
        """
        runs = self.runs_by_themselves(Bounds())
        others = [run for way in self.ways[1:] for run in self.runs_by_themselves(Together(way))]
        for row in self.rows:
            verdicts = [self.differs_from(row, run.values.get(row.name), type) for run, type in runs]
            row.by_itself = runs[0][0].values.get(row.name)
            row.wrong_here = False if False in verdicts else None if None in verdicts else True
            if row.wrong_here and any(
                self.differs_from(row, run.values.get(row.name), type) is False for run, type in others
            ):
                row.wrong_here = False
        return [row for row in self.rows if row.wrong_here]

    def room(self, row, place, number, type):
        """Return by how much a number may differ from one that a program of a float type gives; None without a bound."""
        tolerance = row.certified.tolerance[type.name][place]
        return None if tolerance is None else float(self.values.rounding(number)) + 4 * float(tolerance)

    def predicted(self, mistakes, type):
        """Return what a program with mistakes makes of the own numbers before each quantity, as bounds, by name."""
        own = self.own_numbers()
        return bounded_run(self.case, type, own, self.values.rounding, Together(mistakes)).values

    def runs_by_themselves(self, program):
        """Return the runs of a program on its own numbers, one for each float type, each a pair with its type."""
        own = self.own_numbers()
        return [(bounded_run(self.case, type, own, self.values.rounding, program), type) for type in self.types]

    def own_numbers(self, kind=lambda number: number):
        """Return the finite numbers that the program reported, to compute others from.

        Without outputs that a float can only hold as 0 or 1 where their logarithms are needed.
        """
        return {
            name: [kind(number) if self.is_usable(name, number) else None for number in numbers]
            for name, numbers in self.values.numbers.items()
        }

    def is_usable(self, name, number):
        """Return whether others can be computed from a number of a quantity."""
        return number is not None and finite(number) and not (name in self.of_logarithms and number in (0, 1))

    def differs_from(self, row, expected, type):
        """Return whether the numbers of a row are outside the bounds around expected ones; None if some cannot be judged."""
        verdicts = []
        bounds = [value if isinstance(value, Bounded) else held(value, type) for value in expected or ()]
        size = max((largest(bound.exact) for bound in bounds if bound is not None), default=0)
        for place, (number, bound) in enumerate(zip(self.numbers(row), bounds)):
            if number is not None and bound is not None:
                tolerance = row.certified.tolerance[type.name][place]
                verdicts.append(self.is_outside(number, bound, size, tolerance))
        return True if True in verdicts else None if None in verdicts or not verdicts else False

    def is_outside(self, number, bound, size, tolerance):
        """Return whether a number is outside the bound around the expected one.

        Return None where there is no bound, or where it has become so wide, from numbers with few digits, that to be
        inside shows nothing; `size` is that of the largest number of the row.
        """
        if not finite(number):
            return True
        if bound.error == UNKNOWN:
            return None
        room = bound.error + bound.type.unit * largest(bound.exact) + self.values.rounding(number)
        if ratio_of(number, bound.exact.middle, room) > 1:
            return True
        is_wide = tolerance is not None and room > WIDE * decimal(tolerance)
        return None if is_wide and room * FEWEST_BY_ITSELF > size else False


def held(value, type):
    return None if value is None else Bounded.held(value, type)


def worst_verdict(verdicts):
    return max(verdicts, key=VERDICTS.index)


def ratio_text(ratio):
    """Return a difference in tolerances as text."""
    ratio = float(ratio)
    return "infinite" if math.isinf(ratio) else "0" if ratio == 0 else f"{ratio:.2g}"


def in_order(row):
    """Return a key that sorts rows as they are computed: forward, backward from the last layer, then the step.

    A layer's own step, gradients and new weights, comes before that of the layers before it.
    """
    quantity = row.quantity
    if quantity.step is None:
        return (math.inf,)  # the mean loss of the epoch
    layer = 0 if quantity.layer is None else quantity.layer
    if quantity.kind in ("net_input", "output"):
        return quantity.step, quantity.example, 0, layer, 0
    if quantity.kind == "loss":
        return quantity.step, quantity.example or math.inf, 1, 0, 0
    return quantity.step, quantity.example or math.inf, 2, -layer, KINDS.index(quantity.kind)
