"""Comparing with certified values: correct programs pass, whichever of the right ways they take."""

import pytest

from purenet.cases import load_case
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.values.case_files import golden_names
from tests.adapters import plain
from tests.golden.example_programs import check_of, named


@pytest.mark.parametrize("name", golden_names())
def test_a_correct_program_is_not_accused(name):
    check = check_of(plain.run, name)
    assert check.passed and not Diagnosis([check]).found
    assert max(row.ratio for row in check.compared) < 0.6


FALSE_ALARMS = [
    # (what was reported as a mistake and is none, the cases where it is right)
    ("no σ′ with cross-entropy: mnielsen 45 and 77, rasbt 54, tinyml 1", ["d-binary-cross-entropy"]),
    ("no Jacobian with softmax and cross-entropy: DeepLearnToolbox 113", ["b-softmax-cross-entropy"]),
    ("σ′ is needed with a squared error: hunkim 112", ["a-sigmoid"]),
    (
        "x·(1 − x) where callers pass the output: PacktPublishing 4, gophernet 6, p5 22, farzaa 2",
        ["a-sigmoid", "deep-narrow"],
    ),
    ("delta[output == 0] = 0 is right for relu: scikit-learn 14244", ["e-relu", "wide"]),
    ("w += η·(t − o)·…: makeyourownneuralnetwork 66 and 82, udacity 285", ["a1-single-examples"]),
    ("the mean is taken in the loss: tinynn 12", ["batch-mean"]),
]


@pytest.mark.parametrize("report, names", FALSE_ALARMS, ids=[report for report, _ in FALSE_ALARMS])
def test_a_false_alarm_of_the_field_is_not_raised(report, names, monkeypatch):
    monkeypatch.setitem(plain.SLOPES, "relu", lambda x, y: 0.0 if y == 0 else 1.0)

    def update(self, weight_gradients, bias_gradients, case):  # with the sign of t − o
        for row, gradients in zip(self.weights, weight_gradients):
            for i, gradient in enumerate(gradients):
                row[i] += case["learning_rate"] * -gradient
        self.biases = [bias + case["learning_rate"] * -gradient for bias, gradient in zip(self.biases, bias_gradients)]

    monkeypatch.setattr(plain.Layer, "update", update)
    for name in names:
        check = check_of(plain.run, name)
        assert check.passed, report


def test_the_check_of_a_false_alarm_would_notice_the_mistake(monkeypatch):
    monkeypatch.setitem(plain.SLOPES, "relu", lambda x, y: 1.0 if y >= 0 else 0.0)
    assert not check_of(plain.run, "e-relu").passed


# a mistake in what a step makes of the gradients of its examples, and the stages that are wrong by themselves: the
# program's own gradients of the step are the ones that its weights are computed from, so these are innocent
OF_A_STEP = {
    "batch-mean-twice": ["weight_gradients", "bias_gradients"],
    "bias-batch-sum": ["bias_gradients"],
    "gradients-not-reset": ["weight_gradients", "bias_gradients"],
}


@pytest.mark.parametrize("id, kinds", OF_A_STEP.items(), ids=OF_A_STEP)
def test_weights_are_innocent_of_wrong_gradients_of_a_step(id, kinds):
    check = check_of(lambda case: run_of(load_case("batch-mean"), [CATALOGUE[id]]).values, "batch-mean")
    assert {row.quantity.kind for row in check.stages} == set(kinds)
    assert all(row.quantity.example is None for row in check.stages)
    assert len(check.stages) == {"bias-batch-sum": 4, "batch-mean-twice": 8, "gradients-not-reset": 4}[id]


def test_the_mean_loss_of_an_epoch_is_compared_where_it_is_reported():
    check = check_of(lambda case: {"epoch1.loss": 0.28942127777571643}, "mazur-trained-biases")
    assert check.passed and [row.name for row in check.compared] == ["epoch1.loss"]
    check = check_of(lambda case: {"epoch1.loss": 0.28942127777581643}, "mazur-trained-biases")
    assert not check.passed and check.stages == [check.first] and check.first.name == "epoch1.loss"
    assert "epoch1.loss" not in {row.name for row in check_of(plain.run, "mazur").rows}


def test_the_mean_of_wrong_losses_is_not_wrong_by_itself():
    wrong = {"step1.example1.loss": 0.25, "step2.example2.loss": 0.5, "epoch1.loss": 0.375}
    check = check_of(lambda case: wrong, "mazur-trained-biases")
    assert [row.name for row in check.differing] == list(wrong)
    assert [row.name for row in check.stages] == ["step1.example1.loss", "step2.example2.loss"]


def test_a_mistake_is_named_from_the_mean_loss_of_an_epoch_alone():
    # with biases that stay as they are, the two losses are Mazur's: (0.29837110876000266 + 0.29102777369359934) / 2
    check = check_of(lambda case: {"epoch1.loss": 0.294699441226801}, "mazur-trained-biases")
    assert ["bias-never-updated"] in named(Diagnosis([check]))
