"""What the numbers of a check can say for or against a mistake. Read check.py first, and search.py next.

A mistake is compared with a report in two ways: computing from the given numbers alone, or each quantity from the program's
own numbers before it. In neither does the prediction of a number depend on the number that is reported for it.
"""

import functools
import math

from purenet.arithmetic.bounded import UNKNOWN, Bounded
from purenet.arithmetic.interval import Interval
from purenet.golden.diagnosis.check import in_order
from purenet.golden.mistakes.detection import run_of
from purenet.golden.mistakes.edits import functions_changed
from purenet.golden.mistakes.shortcuts import ways_of
from purenet.golden.values.certified import finite

# by how many units of the last place a program with a mistake may differ from another with the same
ROOM = {"float64": 2**12, "float32": 2**7, "float16": 2**4}
CHANCE_OF_NONE = 0.01  # that a mistake leaves the range of floats at the same quantity by accident
LOOSELY = 50  # times the room, to choose mistakes whose bounds are worth computing
FITS, MISFITS, UNTOUCHED = "fits", "misfits", "untouched"  # what a mistake predicts of a quantity, by itself


class Misfit(Exception):
    """A prediction is not the reported number."""


class Reported:
    """A reported quantity, in floats: its `numbers`, None where one is missing, and for each the following.

    rooms     by how much it may differ from what a program gives
    right     what follows from the program's own numbers before it; None where that has no bound
    errors    how uncertain `right` is where those have few digits; otherwise 0

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
            room = None if number is None else check.room(row, place, number, type)
            right, error = middle(row.by_itself[place]) if row.by_itself else (float(row.certified.true[place]), 0.0)
            self.numbers.append(None if room is None else float(number))
            self.rooms.append(room or 0.0)
            self.right.append(right)
            is_uncertain = None not in (room, right) and error > self.unit * abs(right)
            self.errors.append(error if is_uncertain else 0.0)
        self.size = max((abs(number) for number in self.numbers if number is not None and finite(number)), default=0.0)
        self.is_coarse = any(error > self.unit * self.size for error in self.errors)

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

    def is_open_to(self, place, value, loosely=1):
        """Return whether a mistake may predict a value by itself: the number or, where that is wrong, what is right."""
        right = self.right[place]
        if self.could_be(place, value, loosely) or right is None:
            return True
        room = self.unit * abs(right) + self.rooms[place] + self.errors[place]
        return bool(self.wrong) and is_near(right, value, loosely * room)

    def verdict(self, predicted, errors=None, loosely=1):
        """Return what a mistake predicts of these numbers, computed from the program's own before them."""
        errors = errors or [loosely * (error + room) for error, room in zip(self.errors, self.rooms)]
        if self.fits(predicted, errors):
            return FITS if self.wrong and not self.is_right(predicted) else UNTOUCHED
        touched = self.wrong is False or not all(
            right is None or value is not None and is_near(right, value, self.unit * abs(right) + room + error)
            for right, value, room, error in zip(self.right, predicted, self.rooms, errors)
        )
        return MISFITS if touched else UNTOUCHED

    def is_right(self, predicted):
        """Return whether predictions are those of a program without a mistake, but for rounding."""
        return None not in predicted and all(
            right is not None and is_near(right, value, self.unit * max(self.size, abs(right)))
            for right, value in zip(self.right, predicted)
        )

    def is_about_as_wrong(self, predicted):
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


def is_repeated(mistakes):
    """Return whether a program with mistakes may compute a number more than once, so that only the last counts."""
    return any("train" in functions_changed(mistake.diff) for mistake in mistakes)


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
    """Return the middle and the error of a value of a run with bounds, floats; None and 0 where there is no bound."""
    if isinstance(value, Interval):
        return float(value.middle), float(value.high - value.low) / 2
    if not isinstance(value, Bounded):
        return (None, 0.0) if value is None else (float(value), 0.0)
    if value.error == UNKNOWN:
        return None, 0.0
    return float(value.exact.middle), float(value.error)


class Evidence:
    """The reported quantities of a check, in order of computation, and what mistakes predict of them in a float type."""

    def __init__(self, check, type):
        self.type = type
        self.check, self.case, self.id = check, check.case, check.case.id
        self.layers = len(check.case.network_data.layers)
        self.activations = [layer[0][2].name for layer in check.case.network_data.layers]
        rows = sorted((row for row in check.rows if row.verdict != "not reported"), key=in_order)
        self.reported = {row.name: Reported(check, row, type) for row in rows}
        self.wrong = [name for name, each in self.reported.items() if each.wrong]
        self.unjudged = [name for name, each in self.reported.items() if each.wrong is None and each.differs]
        self.own = check.own_numbers(float)
        self.is_coarse = any(each.is_coarse for each in self.reported.values())
        self.known = {}
        self.ways = ways_of(check.case.network_data)

    def explained_by(self, mistakes):
        """Return whether a program with these mistakes gives every number that was reported.

        A person's numbers, which have their own rounding errors, are compared with what follows from those before them.
        """
        if self.check.is_by_hand:
            verdicts = self.verdicts(mistakes)
            return MISFITS not in verdicts.values() and all(verdicts[name] == FITS for name in self.wrong)
        return any(self.explained_exactly_by((*mistakes, *way)) for way in self.ways)

    def explained_exactly_by(self, mistakes):
        try:
            run = run_of(self.case, *mistakes, hear=None if is_repeated(mistakes) else self.refute)
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

    def verdicts_unless_misfit(self, mistakes):
        """Return the same, or an empty dictionary as soon as a number contradicts the mistakes."""
        if mistakes in self.known:
            return self.known[mistakes]

        def hear(quantity, place, value):
            each = self.reported.get(quantity.name)
            if each is not None and each.wrong is not None and not each.is_open_to(place, float(value), self.loosely):
                raise Misfit

        best = {}
        for way in self.ways:
            together = (*mistakes, *way)
            try:
                run = run_of(self.case, *together, hear=None if is_repeated(mistakes) else hear, own=self.own)
                best = max(best, self.compared(run.values, together), key=merit)
            except Misfit:
                pass
        return best

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

    def kinds(self, names):
        """Return of what layer and kind some quantities are, a set of pairs."""
        found = (self.reported[name].row.quantity for name in names)
        return {(quantity.layer, quantity.kind) for quantity in found}

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

    def judged(self):
        """Return the quantities that could be judged by themselves, with their names."""
        return [(name, each) for name, each in self.reported.items() if each.wrong is not None]

    def verdicts_with_bounds(self, mistakes, otherwise):
        """Return the same where few digits are reported: each prediction is as uncertain as the digits before it.

        Where a prediction has no bounds, nothing is said for it.
        """
        values = self.check.predicted(mistakes, self.type)
        unsaid = {name: MISFITS if verdict == MISFITS else UNTOUCHED for name, verdict in otherwise.items()}
        if not set(values) >= set(self.reported):
            return unsaid
        found = {}
        for name, each in self.judged():
            known = values.get(name) or [None] * len(each.numbers)
            if any(isinstance(value, Bounded) and value.error == UNKNOWN for value in known):
                found[name] = unsaid[name]
            else:
                found[name] = each.verdict(*map(list, zip(*map(middle, known))))
        return found
