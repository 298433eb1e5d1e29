"""What the numbers of a check can say for or against a mistake. Read check.py first, and search.py next.

A mistake is compared with a report in two ways: computing from the given numbers alone, or each quantity from the program's
own numbers before it. In neither does the prediction of a number depend on the number that is reported for it.
"""

import functools
import math

from purenet.arithmetic.bounded import UNKNOWN, Bounded
from purenet.golden.diagnosis.check import in_order
from purenet.golden.mistakes.detection import run_of
from purenet.golden.mistakes.edits import functions_changed
from purenet.golden.mistakes.mistake import Together
from purenet.golden.mistakes.shortcuts import ways_of
from purenet.golden.values.certified import EXACT, finite
from purenet.golden.values.certify import bounded_run

# by how many units of the last place a program with a mistake may differ from another with the same
ROOM = {"float64": 2**12, "float32": 2**7, "float16": 2**4}
CHANCE_OF_NONE = 0.01  # that a mistake leaves the range of floats at the same quantity by accident
LOOSELY = 50  # times the room, to choose mistakes whose bounds are worth computing
FITS, MISFITS, UNTOUCHED = "fits", "misfits", "untouched"  # what a mistake predicts of a quantity, by itself


class Misfit(Exception):
    """A prediction is not the reported number."""


class Reported:
    """A reported quantity, in floats: its `numbers`, or None; the `room` of each; and `right`, what each is by itself.

    wrong     whether the numbers differ from `right`; None if they could not be judged
    differs   whether they differ from the certified ones
    """

    def __init__(self, check, row, type):
        self.row, self.name = row, row.name
        self.wrong = row.wrong_here if check.differing else False if row.verdict == "agrees" else None
        self.differs = row.verdict == "differs"
        self.unit = ROOM[type.name] * float(type.unit)
        self.numbers, self.rooms, self.right, self.errors = [], [], [], []
        for place, number in enumerate(check.numbers(row)):
            tolerance = row.certified.tolerance[type.name][place]
            known = number is not None and tolerance is not None
            rounding = float(check.values.rounding(number)) if known and finite(number) else 0.0
            right, error = middle(row.by_itself[place]) if row.by_itself else (float(row.certified.true[place]), 0.0)
            self.numbers.append(float(number) if known else None)
            self.rooms.append(rounding + 4 * float(tolerance or 0))
            self.right.append(right)
            self.errors.append(error if rounding else 0.0)
        self.is_coarse = any(self.errors)
        self.size = max((abs(number) for number in self.numbers if number is not None and finite(number)), default=0.0)

    def floats(self, values):
        """Return what a run predicts: a float or None for each number."""
        predicted = values.get(self.name)
        return [None if value is None else float(value) for value in predicted or [None] * len(self.numbers)]

    def fits(self, predicted, errors=None):
        """Return whether the numbers are the predicted ones; where none is predicted, none may be finite."""
        known = [abs(value) for number, value in zip(self.numbers, predicted) if None not in (number, value)]
        size = max(filter(math.isfinite, known), default=0.0)
        errors = errors or [0.0] * len(predicted)
        return all(
            number is None or is_near(number, value, self.unit * size + room + error)
            for number, value, room, error in zip(self.numbers, predicted, self.rooms, errors)
        )

    def could_be(self, place, value, loosely=1):
        """Return whether one number is the predicted one."""
        number, room = self.numbers[place], loosely * (self.rooms[place] + self.errors[place])
        return number is None or is_near(number, value, self.unit * (self.size + abs(value)) + room)

    def verdict(self, predicted, errors=None, loosely=1):
        """Return what a mistake predicts of these numbers, computed from the program's own before them."""
        errors = errors or [loosely * (error + room) for error, room in zip(self.errors, self.rooms)]
        if self.fits(predicted, errors):
            return FITS if self.wrong else UNTOUCHED
        touched = self.wrong is False or not all(
            right is None or value is not None and is_near(right, value, self.unit * abs(right) + room + error)
            for right, value, room, error in zip(self.right, predicted, self.rooms, errors)
        )
        return MISFITS if touched else UNTOUCHED

    def is_near(self, predicted):
        """Return whether predictions are wrong, and no number is more than twice as far off as the reported one."""
        pairs = [four for four in zip(self.numbers, self.right, predicted, self.rooms) if None not in four]
        return any(abs(value - right) > room for _, right, value, room in pairs) and all(
            abs(value - right) <= 2 * abs(number - right) + room for number, right, value, room in pairs
        )

    def chance(self):
        """Return how likely these numbers are to fit a prediction by accident.

        Each number is taken to be anywhere as far from the right one as it is, on either side; equal ones count once,
        and so does all that is no finite number.
        """
        chances = {}
        for number, right, room, error in zip(self.numbers, self.right, self.rooms, self.errors):
            if number is None or right is None:
                continue
            if not finite(number):
                chances[None] = CHANCE_OF_NONE
                continue
            distance, room = abs(number - right), self.unit * self.size + room + error
            if distance > room:
                chances[number] = room / distance
        return math.prod(chances.values()) if chances else 1.0


def is_of(each, kinds, layer=None):
    """Return whether a reported quantity is of one of some kinds and, if one is given, of a layer."""
    return each.row.quantity.kind in kinds and layer in (None, each.row.quantity.layer)


def merit(verdicts):
    """Return a key that orders verdicts by whether nothing is contradicted, and how much is explained."""
    found = list(verdicts.values())
    return MISFITS not in found, found.count(FITS)


def is_near(number, value, room):
    """Return whether a reported number is as near as that to a predicted one, or neither is a finite number."""
    if value is None or not math.isfinite(value) or not math.isfinite(number):
        return not math.isfinite(number) and (value is None or not math.isfinite(value))
    return abs(number - value) <= room


def middle(value):
    """Return the middle and the error of a value of a bounded run, floats; None and 0 where there is no bound."""
    if not isinstance(value, Bounded):
        return (None, 0.0) if value is None else (float(value), 0.0)
    if value.error == UNKNOWN:
        return None, 0.0
    return float(EXACT.divide(EXACT.add(value.exact.low, value.exact.high), 2)), float(value.error)


class Evidence:
    """The reported quantities of a check, in order of computation, and what mistakes predict of them in a float type."""

    def __init__(self, check, type):
        self.type = type
        self.check, self.case, self.id = check, check.case, check.case.id
        self.layers = len(check.case.network_data.layers)
        rows = sorted((row for row in check.rows if row.verdict != "not reported"), key=in_order)
        self.reported = {row.name: Reported(check, row, type) for row in rows}
        self.wrong = [name for name, each in self.reported.items() if each.wrong]
        self.unjudged = [name for name, each in self.reported.items() if each.wrong is None and each.differs]
        self.own = check.own_numbers(float)
        self.is_coarse = any(each.is_coarse for each in self.reported.values())
        self.known = {}
        self.ways = ways_of(check.case.network_data)

    def explained_by(self, mistakes):
        """Return whether a program with these mistakes gives every number that was reported, in one of the right ways."""
        return any(self.explained_exactly_by((*mistakes, *way)) for way in self.ways)

    def explained_exactly_by(self, mistakes):
        once = not any("train" in functions_changed(mistake.diff) for mistake in mistakes)
        try:
            run = run_of(self.case, *mistakes, hear=self.refute if once else None)
        except Misfit:
            return False
        return all(each.fits(each.floats(run.values)) for each in self.reported.values())

    def refute(self, quantity, place, value):
        """Raise Misfit for a number of an example that is not the reported one, so that no more need be computed."""
        each = self.reported.get(quantity.name)
        if each is not None and quantity.example and not each.could_be(place, float(value)):
            raise Misfit

    def verdicts(self, mistakes):
        """Return what mistakes, a tuple, predict of each quantity from the program's own numbers before it, by name."""
        if mistakes not in self.known:
            self.known[mistakes] = self.verdicts_in_the_best_way(mistakes)
        return self.known[mistakes]

    def verdicts_in_the_best_way(self, mistakes):
        """Return those of the right way to compute the rest in which the mistakes contradict nothing and explain most."""
        best = {}
        for way in self.ways:
            together = (*mistakes, *way)
            found = self.compared(run_of(self.case, *together, own=self.own).values, together)
            best = max(best, found, key=merit) if best else found
            contradicted = any(verdict == MISFITS for name, verdict in found.items() if name not in self.of_ways)
            if contradicted or merit(best) == (True, len(self.wrong)):
                break
        return best

    @functools.cached_property
    def of_ways(self):
        """The names of the quantities that may depend on the way in which the loss and the last deltas are computed."""
        last = self.layers - 1
        deltas = {name for name, each in self.reported.items() if is_of(each, ("delta",), last)}
        if len(deltas) == len(self.case.examples):  # all that follows is computed from these
            return deltas | {name for name, each in self.reported.items() if is_of(each, ("loss",))}
        return {name for name, each in self.reported.items() if not is_of(each, ("net_input", "output"))}

    def verdicts_if(self, mistakes, name):
        """Return the same if the mistakes explain a quantity of that name; otherwise an empty dictionary."""

        def hear(quantity, place, value):
            if quantity.name == name and not each.could_be(place, float(value), self.loosely):
                raise Misfit

        each = self.reported[name]
        try:
            return self.compared(run_of(self.case, *mistakes, hear=hear, own=self.own).values, mistakes)
        except Misfit:
            return {}

    @property
    def loosely(self):
        return LOOSELY if self.is_coarse else 1

    def compared(self, values, mistakes):
        found = {name: each.verdict(each.floats(values), None, self.loosely) for name, each in self.judged()}
        return self.verdicts_with_bounds(mistakes, found) if self.is_coarse and FITS in found.values() else found

    def before(self, name):
        """Return the weights or biases before a step, the program's own if they are known, for those after it."""
        quantity = self.reported[name].row.quantity
        if quantity.step > 1:
            earlier = self.reported.get(name.replace(f"step{quantity.step}.", f"step{quantity.step - 1}."))
            return earlier.numbers if earlier else [None] * quantity.size
        layer = self.case.network_data.layers[quantity.layer]
        if quantity.kind == "biases":
            return [bias and float(bias) for _, bias, _ in layer]
        return [float(weight) for weights, _, _ in layer for weight in weights]

    def chance(self, names):
        """Return how likely all numbers of some quantities are to fit predictions by accident."""
        return math.prod(self.reported[name].chance() for name in names)

    def judged(self):
        """Return the quantities that could be judged by themselves, with their names."""
        return [(name, each) for name, each in self.reported.items() if each.wrong is not None]

    def verdicts_with_bounds(self, mistakes, otherwise):
        """Return the same where few digits are reported: each prediction is as uncertain as the digits before it."""
        run = bounded_run(
            self.case, self.type, self.check.own_numbers(), self.check.values.rounding, Together(mistakes)
        )
        if run.stopped:  # without bounds nothing is said for them
            return {name: MISFITS if verdict == MISFITS else UNTOUCHED for name, verdict in otherwise.items()}
        found = {}
        for name, each in self.judged():
            pairs = [middle(value) for value in run.values.get(name) or [None] * len(each.numbers)]
            found[name] = each.verdict(*map(list, zip(*pairs)))
        return found
