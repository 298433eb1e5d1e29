"""Verify the published numbers of cases: those of the first epoch by a trace, those of later ones by training on to there.

A published number that is wrong may name its cause. If that is a mistake of the catalogue, a program with the mistake
must give these digits.
"""

import copy
import os
from collections import Counter

from purenet.arithmetic.published import BY_HAND, CUT_OFF, LAST_BIT, RIGHT, WRONG, verdict_of
from purenet.cases import FOLDER
from purenet.cases.published import MOST_EPOCHS
from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE
from purenet.inspect.training_steps import trained
from purenet.storage.files import read_json
from purenet.trace.comparison import CAUSE_KNOWN, CAUSE_UNKNOWN, UNREPRODUCIBLE, Comparison, place_of, values
from purenet.trace.program import NoDescent, Program, training_of
from purenet.trace.record import trace_case, traced

VERDICTS = (RIGHT, BY_HAND, CUT_OFF, LAST_BIT, CAUSE_KNOWN, CAUSE_UNKNOWN, UNREPRODUCIBLE, WRONG)


def verified(case, progress=lambda epochs: None):
    """Return a `Comparison` for each published number of a case; `progress` hears of the epochs that are trained."""
    groups = case.published_groups
    found = []
    for group in groups:
        if group.goal is not None:
            found += reached(case, group, progress)
    for _, trace in traces(case, groups, progress):
        found += trace.comparisons
    causes = [comparison for comparison in found if comparison.cause in CATALOGUE]
    for cause in dict.fromkeys(comparison.cause for comparison in causes):
        check_cause(case, CATALOGUE[cause], [each for each in causes if each.cause == cause], progress)
    order = {group.heading: n for n, group in enumerate(groups)}
    return sorted(found, key=lambda comparison: order[comparison.heading])


def reached(case, group, progress):
    """Return the comparisons of the number of epochs after which a loss is reached."""
    times, parts = scale_of(case, group.goal.measure)
    for _, epoch in trained(case, MOST_EPOCHS):
        progress(epoch.number)
        if group.goal.is_reached(times * epoch.loss / parts):
            return [Comparison(group, number, epoch.number) for number in group.numbers]
    raise NetworkError(f"{group.where}: this is not reached in {MOST_EPOCHS:,} epochs")


def scale_of(case, measure):
    """Return by what the loss of an epoch is multiplied and divided to be a sum of squared errors, SSE, or a mean, MSE."""
    if measure == "E":
        return 1, 1
    outputs = case.network_data.sizes[-1]
    squares = {"half squared error": 2, "squared error": 1, "mean squared error": outputs}
    loss = case.network().loss.name
    if loss not in squares:
        raise NetworkError(f"{case.id}: squared errors are no part of the {loss}: write E")
    if measure == "MSE" and outputs > 1:
        raise NetworkError(
            f"{case.id}: a mean of squared errors may be over examples, or outputs as well: write E or SSE"
        )
    examples = len(case.examples)
    total = squares[loss] * (1 if case.gradient == "sum" else examples)
    return total, examples if measure == "MSE" else 1


def traces(case, groups, progress, program=None):
    """Yield groups of published numbers that belong to one trace, with that trace, of the epoch that follows."""
    if any(group.epochs == 0 for group in groups):
        now = [group for group in groups if group.epochs == 0]
        yield now, trace_case(case, program=program, groups=now, everything=True)
    later = sorted({group.epochs for group in groups if group.epochs})
    if not later:
        return
    training, done = training_of(case, case.number), 0
    for epochs in later:
        for done in range(done + 1, epochs + 1):
            for batch in training.steps:
                (program or Program()).training_step(training.network, batch, training.descent, training.gradient)
            progress(done)
        for frozen in (False, True):
            now = [group for group in groups if (group.epochs, group.frozen) == (epochs, frozen)]
            if now:
                state = training._replace(descent=NoDescent()) if frozen else training
                yield now, traced(lambda number: copy.deepcopy(state), None, now, case.title, None, True, program)


def check_cause(case, mistake, comparisons, progress):
    """Note of comparisons whether a program with the mistake that they name gives the published digits."""
    groups = [comparison.group for comparison in comparisons]
    for now, trace in traces(case, groups, progress, mistake):
        for each in comparisons:
            if each.group in now:
                full, by_hand = values(trace, place_of(trace, each.group), each.key)
                if verdict_of(each.digits, full, by_hand) == WRONG and each.problem is None:
                    each.problem = f"{mistake.id} is stated as the cause, but gives {full}"


def left_out():
    """Return the worked examples that are no cases: objects with a title, a source, why, and their numbers."""
    return read_json(os.path.join(FOLDER, "left_out", "examples.json"))


def counts(comparisons):
    """Return how many of the comparisons have each verdict, a dictionary; those with a problem are wrong."""
    found = Counter(WRONG if each.problem else each.verdict for each in comparisons)
    return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}
