"""Every mistake of the catalogue, planted in the plain adapter, is named: over all golden cases, and in each case alone."""

import json

import pytest

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.survey import Survey
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.programs.adapter import compact
from purenet.golden.programs.reported import Values, parse_values
from purenet.golden.values.case_files import golden_names, task
from tests.golden.planted import BY_LAYER, LAYERWISE, PLANTED, SIGMOID_SLOPE, answer_of, planted
from tests.sampling import one_in

NOTHING_DIFFERS = {  # of a right answer: why
    "convention-output-shortcut": "the adapter does so itself",
    "partial-batch-dropped": "the program reports nothing of the step that it leaves out, and all else is right",
}
STOPPING = {  # without an answer
    *("softmax-no-max-shift", "softmax-max-over-batch", "sigmoid-naive-exp", "log-of-zero", "adam-step-from-zero"),
}
IN_PART = {  # named, but not all that is wrong by itself is explained: why
    "bias-after-activation": "an output above 1 has no logarithm, and what follows cannot be judged",
    "output-activation-missing": "nor has a negative output",
    "layers-updated-in-forward-order": "the extreme softmax: a small number as e^-1000 has become 0 in a float",
    "float32": "a program of floats of 32 bits that says float64; δ = y − t is rounded, too",
    "aliased-weight-rows": "its lines add to all rows in plain descent and with momentum; other descents move each alone",
}
NOT_NAMED_ALONE = {("float32", "g-extreme-softmax")}  # a case whose loss is infinite in floats, as `purenet code` says
ALIKE_IN_A_PLACE = {  # they give the same numbers there
    "update-sign-flipped": ["convention-delta-sign"],  # no loss in hidden layers: the other sign of the update is left
    "bias-never-updated": ["hidden-biases-never-updated", "momentum-on-gradient"],  # a hidden layer; a momentum of 0
}
WITH_SHORTCUTS = {"cross-entropy", "binary cross-entropy"}  # losses for which the adapter takes δ = y − t


@pytest.fixture(scope="module")
def cases():
    return [load_case(name) for name in golden_names()]


def found(diagnosis):
    """Return the ids that a diagnosis states, as groups of sets: alternatives have the same numbers."""
    return [{mistake.id for each in group for mistake in each.mistakes} for group in diagnosis.groups]


def check_named_over(cases, id):
    survey = Survey([(case, answer_of(planted(PLANTED[id]), case)) for case in cases], diagnosing=True)
    diagnosis = survey.diagnosis
    if id in STOPPING:
        assert found(diagnosis) == [] and id in [mistake.id for mistake in diagnosis.also_stopping]
    elif id in NOTHING_DIFFERS:
        assert found(diagnosis) == [] and not any(check.differing for check in survey.checks)
    elif id in IN_PART:
        assert {id} in found(diagnosis)
    else:
        assert found(diagnosis) == [{id}] and diagnosis.left == []


def test_each_mistake_of_the_catalogue_has_its_edits():
    assert set(PLANTED) == set(CATALOGUE)


def test_the_adapter_done_layer_by_layer_is_right(cases):
    for case in cases:
        assert Check(case, answer_of(planted(LAYERWISE), case).values).passed


SAMPLE = [
    "bias-missing-forward", "sigmoid-exponent-sign", "softmax-over-examples", "bce-second-term-missing",
    "derivative-of-activated", "delta-sign-flipped", "raw-error-backpropagated", "updated-weights-in-hidden-delta",
    "gradients-not-reset-sums", "momentum-stale-velocity", "l2-missing", "convention-delta-sign",
]  # fmt: skip


@pytest.mark.parametrize("id", one_in(6, SAMPLE))
def test_a_planted_mistake_is_named_over_all_cases(id, cases):
    check_named_over(cases, id)


@pytest.mark.slow
@pytest.mark.parametrize("id", PLANTED)
def test_every_planted_mistake_is_named_over_all_cases(id, cases):
    check_named_over(cases, id)


def check_named_in(case, id):
    """Check that a mistake is named from one case alone, at least as possible where few numbers show it."""
    answer = answer_of(planted(PLANTED[id]), case)
    if id in NOTHING_DIFFERS:
        return
    if answer.values is None:  # the shapes do not fit, or a number overflows
        assert run_of(case, CATALOGUE[id]).stopped
        return
    check = Check(case, answer.values)
    if check.passed:
        assert case.network_data.loss.name in WITH_SHORTCUTS  # and it is a mistake in what the shortcut leaves out
        return
    diagnosis = Diagnosis([check])
    possible = {mistake.id for group in diagnosis.possible for each in group for mistake in each.mistakes}
    is_named = any(id in group for group in found(diagnosis)) or id in possible
    assert is_named != ((id, case.id) in NOT_NAMED_ALONE)
    assert len(found(diagnosis)) <= 1 or id in IN_PART


@pytest.mark.parametrize("id", SAMPLE)
def test_a_planted_mistake_is_named_in_a_case_alone(id, cases):
    check_named_in(next(case for case in cases if id not in case.blind_to), id)


@pytest.mark.slow
@pytest.mark.parametrize("id", PLANTED)
def test_every_planted_mistake_is_named_in_a_quarter_of_the_cases_alone(id, cases):
    """Which quarter depends on the mistake, so that each case has its turn; all of them take nine minutes."""
    first = len(id) % 4
    for case in [case for case in cases if id not in case.blind_to][first::4]:
        check_named_in(case, id)


@pytest.mark.parametrize("words", one_in(8, BY_LAYER))
def test_a_mistake_made_in_one_place_only_is_named_with_it(words):
    name, edits = BY_LAYER[words]
    case = load_case(name)
    diagnosis = Diagnosis([Check(case, answer_of(planted(edits), case).values)])
    stated = [[mistake.words() for each in group for mistake in each.mistakes] for group in diagnosis.groups]
    assert len(stated) == 1 and words in stated[0] and diagnosis.left == []
    id = words.partition(" ")[0]
    assert {mistake.partition(" ")[0] for mistake in stated[0]} <= {id, *ALIKE_IN_A_PLACE.get(id, ())}


def test_the_slope_of_one_activation_is_named_as_that_from_the_texts_that_programs_print():
    """x·(1 − x) for the sigmoid, as a program with tanh in other layers has it; numbers as JSON has them, 15 to 17 digits."""
    edits, checks = [(SIGMOID_SLOPE, '"sigmoid": lambda x, y: x * (1 - x),')], []
    for name in ("a-sigmoid", "batch-mean", "d-binary-cross-entropy", "h-integer-weights"):
        case = load_case(name)
        printed = json.dumps(planted(edits)(json.loads(compact(task(case)))))
        checks.append(Check(case, Values(case, parse_values(printed))))
    diagnosis = Diagnosis(checks)
    assert [[mistake.words() for each in group for mistake in each.mistakes] for group in diagnosis.groups] == [
        ["output-form-on-net-input in the sigmoid layers only"]
    ]
    assert diagnosis.left == []
