"""Looking for mistakes: where some of them are known and others are not, and where several come together."""

from decimal import Decimal

import pytest

from purenet.cases import Case, load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.evidence import UNTOUCHED, Evidence
from purenet.golden.diagnosis.findings import diagnosis_section
from purenet.golden.generate import certify_now
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.programs.reported import Values
from tests.adapters import plain
from tests.golden.example_programs import check_with, diagnosis_of, named


def weights_alone(case):
    """Return what `plain` computes for a case, the weights and biases only."""
    return {name: values for name, values in plain.run(case).items() if name.endswith(("weights", "biases"))}


@pytest.mark.slow
def test_a_mistake_in_the_last_layer_is_named_beside_an_unknown_one_before_it(monkeypatch):
    """As in DangermonK/NeuralNetwork: no slope in the last layer, and something else where the error goes back."""

    def end(loss, layer, targets, right=plain.end):
        value, layer.deltas = right(loss, layer, targets)
        return value, layer.deltas

    monkeypatch.setattr(plain, "end", end)
    monkeypatch.setattr(plain.Layer, "input_gradients", lambda self: [1.7 * w * w for w in self.weights[0]])
    diagnosis = diagnosis_of(weights_alone, "a1-single-examples")
    assert named(diagnosis) == [["output-derivative-missing"]]
    explained = {name for group in diagnosis.groups for each in group for _, name in each.stages}
    assert explained == {f"step{n}.K.{kind}" for n in (1, 2) for kind in ("weights", "biases")}
    assert {name for _, name in diagnosis.unexplained} == {
        f"step{n}.J.{kind}" for n in (1, 2) for kind in ("weights", "biases")
    }


@pytest.mark.slow
def test_two_mistakes_are_named_of_which_each_alone_explains_one_step():
    """As in szymekTS/NeuralNetwork, NNwM.py: momentum shows from step 3 on, and J has both mistakes there."""
    case = load_case("momentum-only")
    only = [f"step{n}.{letter}.weights" for n in range(1, len(case.batch_sizes) + 1) for letter in "JK"]
    check = check_with(case, "raw-error-backpropagated", "momentum-not-accumulated", only=only)
    assert [sorted(found) for found in named(Diagnosis([check]))] == [
        ["momentum-not-accumulated", "raw-error-backpropagated"]
    ]


@pytest.mark.slow
def test_three_mistakes_are_named_of_which_two_are_in_one_stage():
    """As in antoinedray/ocr, neuralnet/neural.c."""
    case = load_case("a1-single-examples")
    ids = ["hidden-biases-never-updated", "updated-weights-in-hidden-delta", "weight-index-of-next-layer"]
    only = [f"step{n}.{letter}.{kind}" for n in (1, 2) for letter in "JK" for kind in ("weights", "biases")]
    diagnosis = Diagnosis([check_with(case, *ids, only=only)])
    assert [sorted(found) for found in named(diagnosis)] == [ids] and diagnosis.left == []


def test_a_mistake_that_predicts_the_right_number_explains_no_wrong_one():
    """Nor where few digits leave so much room that the right number would fit."""
    case, name = load_case("a1-single-examples"), "step1.example1.J.delta"
    numbers = {name: [Decimal("-0.005"), Decimal("0.067"), Decimal("-0.035")]}  # −0.0052, 0.0665 and −0.0368 are right
    check = Check(case, Values(case, numbers, "float64"))
    reported = Evidence(check, check.type).reported[name]
    assert reported.wrong and reported.fits(reported.right, [0.01] * 3)
    assert reported.verdict(reported.right, [0.01] * 3) == UNTOUCHED


@pytest.mark.slow
def test_deltas_that_are_all_0_are_called_so(monkeypatch):
    monkeypatch.setattr(plain.Layer, "input_gradients", lambda self: [0.0 for _ in self.inputs])
    diagnosis = diagnosis_of(plain.run, "a1-single-examples")
    assert named(diagnosis) == []
    assert "Every number of step1.example1.J.output_gradient is 0." in diagnosis_section(diagnosis).sentences


@pytest.mark.slow
@pytest.mark.parametrize("more", ["", ".output"])
def test_what_is_named_in_one_case_is_named_beside_others(more):
    """scikit-learn clips probabilities: 1/y has no bound, and with the output, 0, its loss cannot be judged by itself."""
    checks = []
    for name, id in (("g-extreme-softmax", "probability-clipped-at-epsilon"), ("e-relu", "loss-mean-over-outputs")):
        case = load_case(name)
        numbers = {
            name: [Decimal(repr(value)) for value in values]
            for name, values in check_with(case, id).values.numbers.items()
            if name == "step1.loss" or "K.weight" in name or (more and name.endswith(more))
        }
        checks.append(Check(case, Values(case, numbers)))
    diagnosis = Diagnosis(checks)
    found = [each.mistakes for group in diagnosis.groups + diagnosis.possible for each in group]
    assert (CATALOGUE["probability-clipped-at-epsilon"],) in found


def test_nothing_is_named_where_every_stage_is_right_by_itself():
    """A net input of few digits has room for the output of a program without biases."""
    layer = {"activation": "identity", "weights": [[Decimal("1000.5")]], "biases": [Decimal("0.02")]}
    data = {"network": {"layers": [layer]}, "examples": [{"inputs": [1], "targets": [0]}], "learning_rate": 1}
    case = Case(data)
    certify_now(case)
    numbers = {"step1.example1.J.net_input": Decimal("1000.5"), "step1.example1.J.output": Decimal("1000.500000000")}
    check = Check(case, Values(case, numbers, "float64"))
    assert (check.outcome, check.stages) == ("differs", [])
    assert Diagnosis([check]).groups == []
