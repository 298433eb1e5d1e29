"""Look for mistakes that explain what is wrong, and count what it takes to find one by accident. Read evidence.py first.

In this order: one mistake, or convention, that gives every reported number; the same, made in one place only; then, stage
by stage and case by case, what explains each quantity that is wrong by itself; and last two mistakes in one stage.
"""

import functools
import itertools
import math
from collections import namedtuple

from purenet.golden.diagnosis.evidence import FITS, MISFITS
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.mistakes.run import NO_PLACE
from purenet.trace.quantities import quantities

UNLIKELY = 1e-4  # an explanation is stated if the chance that it is an accident is at most this
MOST_CASES = 3  # that are looked at thoroughly, the smallest that differ
MOST_NUMBERS = 250_000  # that are computed with pairs of mistakes, about: a second
FREQUENT = (  # in programs with two mistakes; pairs with these are tried first
    "updated-weights-in-hidden-delta",
    "output-derivative-missing",
    "raw-error-backpropagated",
    "hidden-derivative-missing",
    "delta-factor-two",
    "delta-sign-flipped",
)


class Explanation(namedtuple("Explanation", "mistakes stages chance is_everywhere")):
    """Mistakes, a tuple, that together explain stages, a set of pairs of the id of a case and the name of a quantity.

    chance          how likely it is that one of all the mistakes tried fits these numbers by accident, at most 1
    is_everywhere   whether nothing that is reported, in any case, contradicts them
    """

    @property
    def is_placed(self):
        return any(mistake.place != NO_PLACE for mistake in self.mistakes)

    @property
    def is_convention(self):
        return all(mistake.convention for mistake in self.mistakes)


class Search:
    """The evidence of several cases, those that failed and those that passed, and the mistakes that were tried."""

    def __init__(self, evidence, progress=lambda words: None):
        self.evidence = evidence
        self.failed = [each for each in evidence if each.check.differing]
        self.progress = progress
        self.stages = [(each.id, name) for each in self.failed for name in each.wrong or each.unjudged]
        self.wrong = set(self.stages)
        self.by_id = {each.id: each for each in evidence}

    def explanations(self):
        """Return the explanations that are found; none where each stage is right by itself, so that nothing is wrong in it."""
        if not self.stages:
            return []
        single = [(mistake,) for mistake in CATALOGUE.values()]
        found = self.of_everything(single)
        if not found:
            placed = [(place,) for mistake in CATALOGUE.values() for place in self.places(mistake)]
            if self.suffices(self.wrong, len(placed)):
                self.progress("looking for a mistake made in one place only")
                found = self.of_everything(placed)
        return found or self.by_stages()

    def places(self, mistake):
        """Return a mistake made in one place only, in any network of the cases that failed."""
        return dict.fromkeys(place for each in self.failed for place in mistake.places(each.activations))

    def of_everything(self, candidates):
        """Return those candidates, tuples of mistakes, that give every number that was reported in every case."""
        found = [mistakes for mistakes in candidates if all(each.explained_by(mistakes) for each in self.evidence)]
        all_that_differ = frozenset((each.id, name) for each in self.failed for name in [*each.wrong, *each.unjudged])
        explanations = [self.explanation(mistakes, self.wrong, len(candidates), True) for mistakes in found]
        return [each._replace(stages=all_that_differ) for each in explanations]

    def explanation(self, mistakes, stages, tried, is_everywhere):
        chance = tried * self.chance(stages)
        if chance > UNLIKELY:  # then it is worth counting how many of those tried predict anything near
            chance *= self.share_near(next(stage for stage in self.stages if stage in stages))
        return Explanation(mistakes, frozenset(stages), min(1.0, chance), is_everywhere)

    @functools.lru_cache(maxsize=None)
    def share_near(self, stage):
        """Return the share of mistakes that predict numbers of a stage at most twice as far off as they are, or one more."""
        case, name = stage
        evidence = self.by_id[case]
        each = evidence.reported[name]
        near = sum(
            each.is_about_as_wrong(each.floats(run_of(evidence.case, mistake).values)) for mistake in CATALOGUE.values()
        )
        return (near + 1) / len(CATALOGUE)

    def chance(self, stages):
        return math.prod(self.by_id[case].reported[name].chance() for case, name in stages)

    def suffices(self, stages, tries):
        """Return whether the numbers of some stages are enough to find a mistake among so many, and not an accident."""
        return tries * self.chance(stages) <= UNLIKELY

    # stage by stage

    def by_stages(self):
        """Return explanations of single stages, each computed from the program's own numbers before it."""
        stages = {}
        self.tried, self.numbers_left = len(CATALOGUE), MOST_NUMBERS
        for n, evidence in enumerate(self.failed):
            look = self.in_case if n < MOST_CASES else self.known_in_case
            for mistakes, names in look(evidence, list(stages)).items():
                stages.setdefault(mistakes, set()).update((evidence.id, name) for name in names)
            if evidence.unjudged:
                for mistakes in self.giving_all_of(evidence):
                    names = [*evidence.wrong, *evidence.unjudged]
                    stages.setdefault(mistakes, set()).update((evidence.id, name) for name in names)
        return [
            self.explanation(mistakes, found, self.tried, self.is_nowhere_contradicted(mistakes))
            for mistakes, found in stages.items()
        ]

    def known_in_case(self, evidence, known):
        """Return which mistakes explain some stages of a case and contradict none: a dictionary from mistakes to stages.

        Those known from other cases are tried, also in one place only, and any one by itself.
        """
        self.progress(f"looking at each stage of {evidence.id}")
        seen = [(mistake,) for mistake in CATALOGUE.values() if mistake.id not in evidence.case.blind_to]
        placed = [(place,) for mistakes in known for each in mistakes for place in each.places(evidence.activations)]
        return explaining(
            {mistakes: evidence.verdicts_unless_misfit(mistakes) for mistakes in [*seen, *known, *placed]}
        )

    def giving_all_of(self, evidence):
        """Return the mistakes, each a tuple, that give every number of one case, where some could not be judged."""
        return [(mistake,) for mistake in CATALOGUE.values() if evidence.explained_by((mistake,))]

    def in_case(self, evidence, known):
        """Return the same for a case that is looked at thoroughly: for one place only, too, and for two at once."""
        self.progress(f"looking at each stage of {evidence.id}")
        everywhere = [(mistake,) for mistake in CATALOGUE.values()]
        found = explaining({mistakes: evidence.verdicts(mistakes) for mistakes in known})
        if evidence.wrong and not unexplained(evidence, found):
            return found
        found.update(explaining({mistakes: evidence.verdicts(mistakes) for mistakes in everywhere}))
        left = unexplained(evidence, found)
        if left:
            partly = [m for m in everywhere if any(evidence.verdicts(m).get(name) == FITS for name in left)]
            placed = [(place,) for (mistake,) in partly or everywhere for place in mistake.places(evidence.activations)]
            is_tried = len(self.wrong) == 1  # by `of_everything`, which comes to the same then
            if not is_tried and self.suffices({(evidence.id, name) for name in left}, len(CATALOGUE) + len(placed)):
                self.tried = max(self.tried, len(CATALOGUE) + len(placed))
                found.update(explaining({mistakes: evidence.verdicts(mistakes) for mistakes in placed}))
                partly += [m for m in placed if any(evidence.verdicts(m).get(name) == FITS for name in left)]
            found.update(self.pairs_with(evidence, [mistake for (mistake,) in partly], unexplained(evidence, found)))
            for name in unexplained(evidence, found):
                verdicts = {mistakes: evidence.verdicts(mistakes) for mistakes in [*partly, *known]}
                found.update(explaining_first(evidence, verdicts, name, found))
        for name in left:
            if name in unexplained(evidence, found):
                found.update(self.pairs(evidence, name, found))
        return found

    def pairs_with(self, evidence, partly, left):
        """Return the same for pairs of a mistake that explains a stage, but not all, with another one."""
        others = [m for m in CATALOGUE.values() if any(evidence.verdicts((m,)).get(name) == MISFITS for name in left)]
        pairs = list(
            {frozenset(pair): pair for pair in itertools.product(partly, others) if pair[0] is not pair[1]}.values()
        )
        if not pairs or not self.suffices({(evidence.id, name) for name in left}, len(pairs)):
            return {}
        self.progress(f"trying pairs of mistakes in {evidence.id}")
        pairs = self.affordable(pairs, evidence, self.numbers_left // 2)
        return explaining({pair: evidence.verdicts(pair) for pair in pairs})

    def pairs(self, evidence, name, known):
        """Return the same for pairs of mistakes that both touch a stage."""
        touching = [m for m in CATALOGUE.values() if evidence.verdicts((m,)).get(name) == MISFITS]
        touching.sort(key=lambda mistake: mistake.id not in FREQUENT)
        if not self.suffices({(evidence.id, name)}, len(touching) * len(touching) / 2):
            return {}
        self.progress(f"trying pairs of mistakes at {name} of {evidence.id}")
        pairs = self.affordable(itertools.combinations(touching, 2), evidence, self.numbers_left)
        verdicts = {pair: evidence.verdicts_if(pair, name) for pair in pairs}
        return explaining(verdicts) or explaining_first(evidence, verdicts, name, known)

    def affordable(self, pairs, evidence, numbers):
        """Return as many of some pairs of mistakes as can be run to compute so many numbers."""
        size = sum(each.size for each in quantities(evidence.case))
        pairs = list(itertools.islice(pairs, numbers // size))
        self.numbers_left -= len(pairs) * size
        self.tried = max(self.tried, len(CATALOGUE) + len(pairs))
        return pairs

    def is_nowhere_contradicted(self, mistakes):
        """Return whether no case contradicts mistakes."""
        return not any(
            MISFITS in each.verdicts(mistakes).values()
            for each in self.evidence
            if not {mistake.id for mistake in mistakes} <= set(each.case.blind_to)
        )


def explaining(verdicts):
    """Return those mistakes, of a dictionary to their verdicts, that explain some stages and contradict none, with these."""
    return {
        mistakes: {name for name, verdict in found.items() if verdict == FITS}
        for mistakes, found in verdicts.items()
        if FITS in found.values() and MISFITS not in found.values()
    }


def explaining_first(evidence, verdicts, name, known):
    """Return those that explain a stage, and contradict only wrong stages that are after it or explained by what is known.

    There may be other mistakes. Of a layer and kind of quantity they explain every wrong stage, or none.
    """
    found = {}
    others = {*evidence.wrong[evidence.wrong.index(name) + 1 :], *itertools.chain(*known.values())}
    for mistakes, verdict in verdicts.items():
        fits, misfits = ([each for each in verdict if verdict[each] == what] for what in (FITS, MISFITS))
        if name in fits and others.issuperset(misfits) and not evidence.kinds(fits) & evidence.kinds(misfits):
            found[mistakes] = set(fits)
    return found


def unexplained(evidence, found):
    """Return the wrong stages of a case that nothing of what was found explains."""
    return [name for name in evidence.wrong if not any(name in names for names in found.values())]
