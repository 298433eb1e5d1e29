"""The plain program equals the core, and a mistake in it is made where it says, and nowhere else."""

import json
import os
import random
from decimal import Context, Decimal, localcontext

import pytest

from purenet.cases import FOLDER, Case, load_case
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import kind_of, run_of
from purenet.golden.mistakes.edits import functions_changed
from purenet.golden.mistakes.mistake import HELPERS, Together
from purenet.golden.mistakes.run import OF_BIASES, OF_LAYERS, OF_WEIGHTS
from purenet.golden.values.case_files import golden_names
from purenet.trace.case_run import CaseRun
from purenet.trace.notes import Formulas
from purenet.trace.program import Program, training_of
from purenet.trace.quantities import certified_quantities
from tests.golden.random_cases import random_case, random_descents, random_perceptrons
from tests.sampling import one_in

WITHOUT_MISTAKES = Together([])


def values(case, program, kind):
    run = CaseRun(case, program, kind)
    return run.values, run.stopped


@pytest.mark.parametrize("name", golden_names())
def test_the_plain_program_equals_the_core_in_every_number_of_a_golden_case(name):
    case = load_case(name)
    kind = kind_of(case)
    assert values(case, WITHOUT_MISTAKES, kind) == values(case, Program(), kind)


@pytest.mark.parametrize("name", golden_names())
def test_the_plain_program_equals_the_core_on_decimals(name):
    case = load_case(name)
    with localcontext(Context(prec=12)):  # rounds nearly every number, so that the order of operations matters
        assert values(case, WITHOUT_MISTAKES, Decimal) == values(case, Program(), Decimal)


@pytest.mark.parametrize("draw", [random_case, random_descents, random_perceptrons])
@pytest.mark.parametrize("kind", [float, Decimal])
def test_the_plain_program_equals_the_core_in_random_cases(draw, kind):
    source = random.Random(20)
    for _ in range(60):
        case = draw(source)
        assert values(case, WITHOUT_MISTAKES, kind) == values(case, Program(), kind)


def test_random_cases_have_all_losses_momentum_sums_and_shared_biases():
    source = random.Random(20)
    cases = [random_case(source) for _ in range(60)]
    assert {case.network_data.loss.name for case in cases} == {
        "half squared error", "squared error", "mean squared error", "cross-entropy", "binary cross-entropy",
    }  # fmt: skip
    assert {case.gradient for case in cases} == {"mean", "sum"} and {
        float(case.settings["momentum"]) for case in cases
    } == {0, 0.9}
    source = random.Random(20)
    shared = [random_perceptrons(source).network_data.shared_biases for _ in range(60)]
    assert any(any(layers) for layers in shared)


def test_frozen_biases_stay_in_the_plain_program():
    with open(os.path.join(FOLDER, "a1-single-examples.json")) as file:
        data = json.load(file)
    case = Case({**{key: data[key] for key in data if key != "certified"}, "trained_biases": False})
    found, stopped = values(case, WITHOUT_MISTAKES, float)
    assert (found, stopped) == values(case, Program(), float)
    assert found["step2.J.biases"] == [0.35, -0.65, 0.15] and found["step2.K.biases"] == [-0.9, 0.25, 0.4]  # as given


@pytest.mark.parametrize("name", ["mazur", "a2-two-hidden-layers", "batch-sum", "f-momentum-weight-decay", "e-relu"])
def test_traced_the_plain_program_names_the_same_numbers(name):
    case = load_case(name)
    found = []
    for program in (Program(), WITHOUT_MISTAKES):
        recording = program.recording(training_of(case), Formulas(), certified_quantities(case))
        recording.run()
        found.append({symbol: number.value for symbol, number in recording.notes.named.items()})
    assert found[0] == found[1] and len(found[0]) > 30


def with_places():
    """Return the mistakes that can be made in one place: they change nothing but what is done for each layer."""
    return [each for each in CATALOGUE.values() if functions_changed(each.diff) <= HELPERS.union(OF_LAYERS)]


def test_a_mistake_in_one_layer_changes_nothing_that_is_computed_in_the_others():
    case = load_case("a2-two-hidden-layers")  # layers J, K and L
    right = run_of(case).values
    for mistake in with_places():
        values = run_of(case, mistake.at(1), own=right).values  # each number follows from the right ones before it
        changed = {name.split(".")[-2] for name in values if values[name] != right[name]}
        assert changed <= {"K"}, mistake.id


@pytest.mark.parametrize("part, other", [("weights", OF_BIASES), ("biases", OF_WEIGHTS)])
def test_a_mistake_made_for_weights_or_biases_leaves_the_others_right(part, other):
    case = load_case("a-sigmoid")
    right = run_of(case).values
    for mistake in with_places():
        if functions_changed(mistake.diff) & set(other):
            values = run_of(case, mistake.at(None, part), own=right).values
            changed = {name.split(".")[-1] for name in values if values[name] != right[name]}
            assert changed <= {"weights": {"weight_gradients", "weights"}, "biases": {"bias_gradients", "biases"}}[part]


def test_a_mistake_in_two_places_is_that_in_the_whole_network():
    case, mistake = load_case("a-sigmoid"), CATALOGUE["derivative-of-activated"]
    everywhere = run_of(case, mistake).values
    assert run_of(case, mistake.at(0), mistake.at(1)).values == everywhere
    assert run_of(case, mistake.at(1)).values == run_of(case, CATALOGUE["derivative-of-activated-output"]).values


def predicts_from_itself(case, mistake, name, source):
    """Return whether a mistake computes some numbers of a case from their own reported values."""
    reported = {name: [source.uniform(0.05, 0.9) for _ in run_of(case).values[name]]}
    one, other = (run_of(case, mistake, own=own).values.get(name) for own in ({"nothing": []}, reported))
    return one != other


@pytest.mark.parametrize("id", one_in(8, CATALOGUE))
@pytest.mark.parametrize("name", ["a-sigmoid", "c-softmax-half-squared-error"])
def test_a_prediction_never_reads_the_reported_value_of_the_same_quantity(name, id):
    case, source = load_case(name), random.Random(id)
    kinds = {}
    for quantity in certified_quantities(case).list:
        kinds.setdefault((quantity.kind, quantity.example is None), []).append(quantity.name)
    for names in kinds.values():
        quantity = source.choice(names)
        assert not predicts_from_itself(case, CATALOGUE[id], quantity, source), quantity


@pytest.mark.parametrize("id", ["online-instead-of-batch", "layers-updated-in-forward-order"])
def test_what_a_mistake_computes_twice_in_a_step_is_not_computed_from_its_reported_value(id):
    case = load_case("a-sigmoid")
    for name in ("step1.J.weight_gradients", "step1.K.bias_gradients", "step1.example1.K.delta", "step1.K.weights"):
        assert not predicts_from_itself(case, CATALOGUE[id], name, random.Random(3))
