"""Name the mistake that gives the reported values: each mistake of the catalogue is run, and its numbers are compared.

In this order: one mistake, or another convention, that explains every number; two or three, each found where a stage is
wrong by itself; two together; and otherwise a constant ratio, or the place alone. Nothing is named that does not give the
reported numbers.
"""

import itertools
from decimal import Decimal

from purenet.golden.diagnosis.check import Check
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.programs.reported import STRUCT_FORMATS, Values, could_be
from purenet.golden.values.certified import decimal, finite
from purenet.trace.program import Program

# by how many units of the last place a mistaken program may differ from another with the same mistake
ROOM = {"float64": 2**12, "float32": 2**7, "float16": 2**4}
MOST_AT_ONCE = 3  # mistakes that are looked for, each at its own stage


class Diagnosis:
    """What explains the checks of a program, one for each case, and the cases where it `stopped` without an answer.

    found       tuples of mistakes, each of which explains every reported number; usually one tuple of one
    separately  True where two mistakes were found each at its own stage
    ratio       the one factor by which the first quantity that differs is wrong, or None
    is_float32  True where numbers claimed to be float64 agree as float32
    """

    def __init__(self, checks, stopped=()):
        checks = [check for check in checks if check.values.reported()]
        self.checks = sorted(checks, key=lambda check: (not check.differing, len(check.rows)))  # soonest to refute
        self.failed = [check for check in self.checks if check.differing]
        self.stopped = list(stopped)
        self.found, self.separately, self.ratio, self.is_float32 = [], False, None, False
        if self.failed:
            self.ratio = constant_ratio(self.failed[0])
            self.find()
        elif self.stopped and any(check.compared for check in self.checks):
            self.found = self.found_alone()
        self.found.sort(key=lambda found: not all(mistake.convention for mistake in found))

    def find(self):
        """Look for what explains the checks that failed."""
        self.is_float32 = all(agrees_as_float32(check) for check in self.checks)
        if self.is_float32:
            return
        self.found = self.found_alone()
        if not self.found:
            self.found = self.found_by_stages()
            self.separately = bool(self.found)
        if not self.found:
            self.found = self.found_together()

    def found_alone(self):
        """Return the mistakes that each explain every number; if some of them also stop where the program does, only those."""
        found = [(mistake,) for mistake in CATALOGUE.values() if self.explained_by([mistake])]
        stopping = [mistakes for mistakes in found if all(run_of(case, mistakes).stopped for case in self.stopped)]
        return stopping if stopping or not self.failed else found

    def explained_by(self, mistakes):
        """Return whether programs with these mistakes give every number that was reported."""
        return all(explains(check, mistakes) for check in self.checks)

    def found_by_stages(self):
        """Return the fewest mistakes that explain all stages that are wrong by themselves, each from the program's own numbers."""
        wrong, explained = set(), {}
        for check in self.failed:
            stages = {(check.case.id, row.name) for row in check.stages}
            wrong |= stages
            for id, mistake in CATALOGUE.items():
                run = run_of(check.case, [mistake], check.own_numbers(float))
                for row in check.rows:
                    key = (check.case.id, row.name)
                    if row.verdict == "not reported" or (row.wrong_here is None and key not in stages):
                        continue
                    fits = row_fits(check, row, run.values.get(row.name))
                    if key in stages and fits:
                        explained.setdefault(id, set()).add(key)
                    if key not in stages and not fits:
                        explained.setdefault(id, set()).add(None)  # it would be wrong here, and the program is not
        candidates = {id: keys for id, keys in explained.items() if None not in keys and keys}
        if not wrong:
            return []
        for size in range(1, MOST_AT_ONCE + 1):
            covering = [
                tuple(CATALOGUE[id] for id in ids)
                for ids in itertools.combinations(candidates, size)
                if set().union(*(candidates[id] for id in ids)) == wrong
            ]
            if covering:
                return covering
        return []

    def found_together(self):
        """Return pairs of mistakes that together explain every number."""
        first = self.failed[0]
        seen = [mistake for id, mistake in CATALOGUE.items() if id not in first.case.blind_to]  # each must do something
        changing = {mistake for mistake in seen if changes_the_first(first, mistake)}
        return [
            pair
            for pair in itertools.combinations(seen, 2)
            if changing.intersection(pair)
            and not all(changes_the_step(mistake) for mistake in pair)
            and self.explained_by(pair)
        ]


def changes_the_first(check, mistake):
    """Return whether a mistake alone changes the first quantity that differs."""
    values = run_of(check.case, [mistake]).values.get(check.first.name)
    right = run_of(check.case).values[check.first.name]
    return values is None or any(
        value is None or abs(value - one) > 1e-12 * abs(one) for value, one in zip(values, right)
    )


def changes_the_step(mistake):
    """Return whether a mistake replaces the whole training step, which two cannot both do."""
    return type(mistake).training_step is not Program.training_step


def explains(check, mistakes):
    """Return whether programs with these mistakes, together, give every number of a check."""
    run = run_of(check.case, mistakes)
    return all(row_fits(check, row, run.values.get(row.name)) for row in check.rows if row.verdict != "not reported")


def row_fits(check, row, predicted):
    """Return whether the reported numbers of a row are the predicted ones; where none is predicted, none may be finite."""
    unit = ROOM[check.type.name] * float(check.type.unit)
    if predicted is not None:
        size = max((abs(float(value)) for value in predicted if value is not None), default=0.0)
    for place, number in enumerate(check.numbers(row)):
        tolerance = row.certified.tolerance[check.type.name][place]
        if number is None or tolerance is None:
            continue
        value = None if predicted is None else predicted[place]
        if value is None or value != value:
            if finite(number):
                return False
            continue
        if not finite(number):
            return False
        room = unit * size + float(check.values.rounding(number))
        room += 4 * float(tolerance)
        if abs(float(decimal(number) - Decimal(value))) > room:
            return False
    return True


def constant_ratio(check):
    """Return the factor by which all numbers of the first differing quantity are wrong, if it is the same for all."""
    row, ratios = check.first, []
    for number, true in zip(check.numbers(row), row.certified.true):
        if number is None or not finite(number) or true == 0:
            return None
        ratios.append(float(decimal(number) / true))
    if len(ratios) > 1 and max(ratios) - min(ratios) <= 1e-6 * abs(ratios[0]) and abs(ratios[0] - 1) > 1e-6:
        return ratios[0]
    return None


def agrees_as_float32(check):
    """Return whether a report said to be float64 agrees with the certified values as float32."""
    numbers = [number for number in check.values.reported() if finite(number)]
    if (
        check.values.dtype in STRUCT_FORMATS
        or not numbers
        or not all(could_be(number, "float32") for number in numbers)
    ):
        return False
    again = Values(check.case, check.values.numbers, "float32")
    return Check(check.case, again).passed
