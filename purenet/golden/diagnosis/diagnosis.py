"""Name the mistakes that give the reported values, or say that nothing known does. Read search.py first.

Nothing is named that does not predict the reported numbers, and nothing is stated that may well be an accident: with few
digits, one of many hundred mistakes soon fits a number. It is called possible then.
"""

import itertools

from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.evidence import Evidence
from purenet.golden.diagnosis.search import UNLIKELY, Search
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.programs.digits import STRUCT_FORMATS, could_be
from purenet.golden.programs.reported import Values
from purenet.golden.values.certified import finite

MOST_ALTERNATIVES = 5


class Diagnosis:
    """What explains the checks of a program, one for each case, and the cases where it `stopped` without an answer.

    groups        lists of `Explanation`s, in order of computation: those of one list explain the same stages
    possible      the same, of those that may be accidents
    also_stopping mistakes with which a program stops in all the same cases, where nothing else can be said
    is_float32    True where numbers claimed to be float64 agree as float32
    advice        the sentence on what would make a possible explanation sure
    """

    advice = "Report more quantities, with 17 digits."

    def __init__(self, checks, stopped=(), progress=lambda words: None):
        self.checks = [check for check in checks if check.values.reported()]
        self.failed = sorted((check for check in self.checks if check.differing), key=lambda check: len(check.rows))
        self.stopped = list(stopped)
        self.groups, self.possible, self.also_stopping = [], [], []
        self.is_float32 = bool(self.failed) and all(map(agrees_as_float32, self.checks))
        self.weigh(lambda check: check.type)
        if self.failed and not self.is_float32:
            self.take(Search(list(self.evidence.values()), progress).explanations())
            if not self.groups and any(len(check.types) > 1 for check in self.failed):
                self.weigh(lambda check: check.types[-1])
                self.take(Search(list(self.evidence.values()), progress).explanations())
        elif self.stopped and any(check.compared for check in self.checks):
            self.also_stopping = [m for m in CATALOGUE.values() if self.stops_alike(m)]

    def weigh(self, type_of):
        """Compare everything in a float type, that which a function of a check returns."""
        self.evidence = {check.case.id: Evidence(check, type_of(check)) for check in self.by_size()}
        self.wrong = [(id, name) for id, each in self.evidence.items() for name in [*each.wrong, *each.unjudged]]
        self.left = self.wrong

    def by_size(self):
        """Return the checks, those that differ and have few quantities first, as they are soonest to refute."""
        return sorted(self.checks, key=lambda check: (not check.differing, len(check.rows)))

    def take(self, explanations):
        """Keep as few explanations as explain all stages that can be explained."""
        stopping = [each for each in explanations if all(run_of(case, *each.mistakes).stopped for case in self.stopped)]
        sure = [each for each in stopping or explanations if each.chance <= UNLIKELY]
        self.groups, self.left = covering(sure, self.wrong)
        unsure = [each for each in explanations if each.chance > UNLIKELY]
        self.possible, _ = covering(unsure, self.left)

    @property
    def found(self):
        """Tuples of mistakes, each of which explains all that is explained."""
        chosen = itertools.islice(itertools.product(*self.groups), MOST_ALTERNATIVES)
        return [tuple(itertools.chain(*(each.mistakes for each in one))) for one in chosen] if self.groups else []

    @property
    def unexplained(self):
        """The stages that are wrong by themselves and have no explanation, pairs of an evidence and a name."""
        return [(self.evidence[id], name) for id, name in self.left if name in self.evidence[id].wrong]

    @property
    def unjudged(self):
        """The quantities that differ, could not be judged by themselves, and have no explanation."""
        return [(self.evidence[id], name) for id, name in self.left if name in self.evidence[id].unjudged]

    def stops_alike(self, mistake):
        """Return whether a program with a mistake stops in the same cases, and gives all numbers of the others."""
        return all(run_of(case, mistake).stopped for case in self.stopped) and all(
            each.explained_by((mistake,)) for each in self.evidence.values()
        )


def covering(explanations, stages):
    """Return as few lists of explanations as cover the stages that can be, and the stages that are left.

    Those of one list cover the same stages, and keep these alone. One that nothing contradicts comes before one that
    some case does, one mistake before two, and one made everywhere before one made in a place.
    """
    groups, left = [], list(stages)
    while True:
        best = max(explanations, key=lambda each: rank(each, left), default=None)
        if best is None or not best.stages & set(left):
            break
        now = best.stages & set(left)
        alike = [each for each in explanations if each.stages & set(left) == now]
        groups.append([each._replace(stages=now) for each in alike if rank(each, left) == rank(best, left)])
        groups[-1].sort(key=lambda each: not each.is_convention)
        left = [stage for stage in left if stage not in best.stages]
    return sorted(groups, key=lambda group: min(stages.index(stage) for stage in group[0].stages)), left


def rank(explanation, left):
    covered = len(explanation.stages & set(left))
    return covered, explanation.is_everywhere, -len(explanation.mistakes), not explanation.is_placed


def constant_ratio(evidence, name):
    """Return the factor by which all numbers of a quantity are wrong by themselves, or None if it is not one for all.

    That of weights and biases is the factor of their changes.
    """
    each = evidence.reported[name]
    numbers, right = each.numbers, each.right
    if each.row.quantity.kind in ("weights", "biases"):
        before = evidence.before(name)
        numbers, right = minus(numbers, before), minus(right, before)
    pairs = {(number, one) for number, one in zip(numbers, right)}
    if len(pairs) < 2 or any(None in pair or 0 in pair or not finite(pair[0]) for pair in pairs):
        return None
    ratios = [number / one for number, one in pairs]
    spread = max(ratios) - min(ratios)
    return ratios[0] if spread <= 1e-6 * abs(ratios[0]) and abs(ratios[0] - 1) > 1e-6 else None


def minus(numbers, others):
    return [None if None in pair else pair[0] - pair[1] for pair in zip(numbers, others)]


def agrees_as_float32(check):
    """Return whether a report said to be float64 agrees with the certified values as float32."""
    numbers = [number for number in check.values.reported() if finite(number)]
    if (
        check.is_by_hand
        or check.values.dtype in STRUCT_FORMATS
        or not numbers
        or not all(could_be(number, "float32") for number in numbers)
    ):
        return False
    again = Values(check.case, check.values.numbers, "float32")
    return Check(check.case, again).passed
