"""Naming mistakes: those of the catalogue, those of published programs, two at once, and none where there is none."""

import collections
import functools
import itertools
import math
import random
import struct
from decimal import Decimal

import pytest

from purenet.cases import load_case
from purenet.golden.diagnosis.check import Check
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.findings import diagnosis_section
from purenet.golden.diagnosis.lessons import case_for
from purenet.golden.diagnosis.report import check_to
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.programs.reported import Values
from tests.adapters import plain
from tests.golden.example_programs import check_of, check_with, diagnosis_of, named, values_of

STOPPING = (
    "softmax-no-max-shift",
    "softmax-max-over-batch",
    "sigmoid-naive-exp",
    "log-of-zero",
    "adam-step-from-zero",
)  # these report nothing more
NOWHERE = "convention-output-shortcut"  # right but for rounding, so that no case shows it


@pytest.fixture(scope="module", autouse=True)
def each_case_is_loaded_once():
    """For every mistake, `case_for` looks at all golden cases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("purenet.golden.diagnosis.lessons.load_case", functools.lru_cache(maxsize=None)(load_case))
        yield


def check_named(id):
    """Check that a mistake is named alone, or with others that give the same numbers in its case."""
    case = case_for(id)
    if id == "softmax-over-examples":  # there, outputs such as 2e-478 are 0 as floats, and logarithms of them are not
        case = load_case("b-softmax-cross-entropy")
    diagnosis = Diagnosis([check_with(case, id)])
    assert [id] in named(diagnosis) and len(diagnosis.groups) == 1 and diagnosis.left == []
    values = values_of(case, id)
    for (other,) in named(diagnosis):
        others = values_of(case, other)
        assert all(others[name] == pytest.approx(numbers, rel=1e-11, abs=1e-14) for name, numbers in values.items())


@pytest.mark.parametrize(
    "id",
    [
        "bias-missing-forward",
        "loss-square-of-sum",
        "derivative-of-activated",
        "raw-error-backpropagated",
        "updated-weights-in-hidden-delta",
        "weights-transposed-backward",
        "net-input-in-weight-gradient",
        "gradients-not-reset",
        "bias-gradient-scalar-sum",
        "momentum-not-accumulated",
        "l2-on-bias",
        "convention-delta-sign",
        "convention-weights-transposed",
    ],
)
def test_a_mistake_is_named_from_all_its_numbers(id):
    check_named(id)


@pytest.mark.slow
@pytest.mark.parametrize(
    "id", [id for id in CATALOGUE if id not in (*STOPPING, NOWHERE, "partial-batch-dropped", "float32")]
)
def test_every_mistake_of_the_catalogue_is_named(id):
    check_named(id)


@pytest.mark.parametrize("id", STOPPING)
def test_a_program_that_goes_on_with_nan_is_named(id):
    case = case_for(id)
    right, wrong = values_of(case), values_of(case, id)
    numbers = {}
    for name, values in right.items():
        partial = wrong.get(name, [None] * len(values))
        numbers[name] = [math.nan if value is None else value for value in partial]
    check = Check(case, Values(case, numbers, "float64"))
    assert [id] in named(Diagnosis([check]))
    assert "infinite" in check_to(check, "text")


def test_a_program_that_stops_is_named_by_where_it_stops():
    checks = [check_with(load_case(name)) for name in ("a1-single-examples", "b-softmax-cross-entropy")]
    diagnosis = Diagnosis(checks, [load_case("g1-extreme-sigmoid")])
    assert named(diagnosis) == [] and [each.id for each in diagnosis.also_stopping] == ["sigmoid-naive-exp"]
    assert diagnosis_section(diagnosis).sentences == [
        "All reported numbers are right; a program with sigmoid-naive-exp would stop in the same cases."
    ]


# published numbers and programs


def test_the_number_that_mazur_published_is_possibly_that_of_his_slip():
    """It is 1.5e-7 off, with a last digit of 1e-9: of the mistakes that are tried, one might fit that by accident."""
    case = load_case("mazur")
    for digits, found in (("0.291027774", []), ("0.291027924", ["updated-weights-in-hidden-delta"])):
        check = Check(case, Values(case, {"step2.example2.loss": Decimal(digits)}))
        diagnosis = Diagnosis([check])
        assert check.passed is (found == []) and named(diagnosis) == []
        assert [each.mistakes[0].id for group in diagnosis.possible for each in group] == found


def test_mazurs_program_before_it_was_mended(monkeypatch):
    """Biases are never trained; hidden deltas come from output weights that have been updated."""

    def run_example(layers, loss, example, values, place, right=plain.run_example):
        result = right(layers, loss, example, values, place)
        last, hidden = layers[-1], layers[0]
        rows = zip(last.weights, last.weight_gradients())
        updated = [[weight - 0.5 * gradient for weight, gradient in zip(*row)] for row in rows]
        gradients = [sum(row[j] * delta for row, delta in zip(updated, last.deltas)) for j in range(2)]
        hidden.backward(gradients)
        for kind, numbers in (
            ("output_gradient", gradients),
            ("delta", hidden.deltas),
            ("bias_gradients", hidden.deltas),
        ):
            values[f"{place}.J.{kind}"] = numbers
        values[f"{place}.J.weight_gradients"] = hidden.weight_gradients()
        return result

    monkeypatch.setattr(plain, "run_example", run_example)
    diagnosis = diagnosis_of(plain.run, "mazur")
    assert named(diagnosis) == [["updated-weights-in-hidden-delta"]]


def test_gokadins_formulas(monkeypatch):
    """The printed error squares the sum of the errors, and the last delta lacks f′: both at once, then f′ of the identity."""

    def end(loss, layer, targets, right=plain.end):
        _, gradients = right(loss, layer, targets)
        layer.deltas = gradients
        return sum(gradients) ** 2 / 2, gradients

    monkeypatch.setattr(plain, "end", end)
    diagnosis = diagnosis_of(plain.run, "a-sigmoid")
    assert [sorted(found) for found in named(diagnosis)] == [["loss-square-of-sum", "output-derivative-missing"]]
    monkeypatch.undo()
    monkeypatch.setitem(plain.SLOPES, "identity", lambda x, y: x)
    assert named(diagnosis_of(plain.run, "deep-narrow", "e-relu")) == [["identity-derivative-is-x"]]


def test_goodrichs_formulas(monkeypatch):
    """Softmax with the diagonal of its Jacobian and a squared error; and W = W − α·δ, as his text has it, without the input."""

    def end(loss, layer, targets, right=plain.end):
        result = right(loss, layer, targets)
        layer.deltas = [y * (1 - y) * gradient for y, gradient in zip(layer.outputs, result[1])]
        return result

    monkeypatch.setattr(plain, "end", end)
    cases = ("c-softmax-half-squared-error", "a-sigmoid")
    assert named(diagnosis_of(plain.run, *cases)) == [["softmax-diagonal-derivative"]]
    monkeypatch.undo()
    monkeypatch.setattr(
        plain.Layer, "weight_gradients", lambda layer: [[d for _ in layer.inputs] for d in layer.deltas]
    )
    assert named(diagnosis_of(plain.run, "a-sigmoid")) == [["activation-missing-in-gradient"]]


def test_goodrichs_shared_bias(monkeypatch):
    def layer(self, number, activation, weights, biases, right=plain.Layer.__init__):
        right(self, number, activation, weights, [biases[0]] * len(weights))

    monkeypatch.setattr(plain.Layer, "__init__", layer)
    diagnosis = diagnosis_of(plain.run, "a-sigmoid")
    assert named(diagnosis) == [["shared-bias-per-layer"]]
    assert diagnosis_section(diagnosis).sentences[0] == "These numbers are those of another convention."


@pytest.mark.slow
def test_buyuksars_formulas(monkeypatch):
    """Gradients use the net input of the layer before; and σ′, at the last layer, is given the output: two at once."""

    def end(loss, layer, targets, right=plain.end):
        result = right(loss, layer, targets)
        again = [plain.sigmoid(y) for y in layer.outputs]
        layer.deltas = [y * (1 - y) * gradient for y, gradient in zip(again, result[1])]
        return result

    def forward(self, inputs, right=plain.Layer.forward):
        outputs = right(self, inputs)
        self.factors = plain.before if self.letter != "J" else inputs
        plain.before = self.net_inputs
        return outputs

    monkeypatch.setattr(plain, "before", None, raising=False)
    monkeypatch.setattr(plain, "end", end)
    monkeypatch.setattr(plain.Layer, "forward", forward)
    monkeypatch.setattr(
        plain.Layer, "weight_gradients", lambda self: [[d * x for x in self.factors] for d in self.deltas]
    )
    diagnosis = diagnosis_of(plain.run, "a-sigmoid", "a2-two-hidden-layers")
    assert [sorted(found) for found in named(diagnosis)] == [
        ["derivative-of-activated-output", "net-input-in-weight-gradient"]
    ]
    assert len(diagnosis.groups) == 2


def test_recodehives_mean_squared_error_is_a_convention(monkeypatch):
    def end(loss, layer, targets, right=plain.end):
        value, gradients = right(loss, layer, targets)
        layer.deltas = [2 * delta / len(targets) for delta in layer.deltas]
        return 2 * value / len(targets), [2 * gradient / len(targets) for gradient in gradients]

    monkeypatch.setattr(plain, "end", end)
    diagnosis = diagnosis_of(plain.run, "a-sigmoid", "deep-narrow")
    assert named(diagnosis) == [["convention-mse-over-outputs"]]


def test_the_notes_doubled_slope_and_summed_gradient_may_be_conventions(monkeypatch):
    def end(loss, layer, targets, right=plain.end):
        value, gradients = right(loss, layer, targets)
        layer.deltas = [2 * delta for delta in layer.deltas]
        return 2 * value, [2 * gradient for gradient in gradients]

    def run(task):
        return plain.run({**task, "gradient": "sum"})

    monkeypatch.setattr(plain, "end", end)
    diagnosis = diagnosis_of(run, "xor-batch")
    assert [sorted(found) for found in named(diagnosis)] == [
        ["batch-loss-sum", "batch-sum-instead-of-mean", "convention-se-no-half"],
        ["batch-loss-sum", "batch-sum-instead-of-mean", "convention-mse-over-outputs"],  # the same, with one output
        ["batch-loss-sum", "batch-sum-instead-of-mean", "mean-loss-with-gradient-of-sum"],  # the same again
    ]
    assert diagnosis_section(diagnosis).sentences[0] == (
        "Each stage that is wrong by itself is explained by other conventions and known mistakes."
    )


# what is no mistake


def test_two_mistakes_at_once_are_found_together_where_stages_are_not_reported():
    case = load_case("one-neuron")
    only = ["step1.J.weights", "step1.J.biases", "step2.J.weights"]
    check = check_with(case, "bias-missing-forward", "learning-rate-applied-twice", only=only)
    assert ["bias-missing-forward", "learning-rate-applied-twice"] in named(Diagnosis([check]))


def test_a_pair_of_which_one_does_nothing_is_not_named(monkeypatch):
    monkeypatch.setitem(plain.SLOPES, "relu", lambda x, y: y)
    assert named(diagnosis_of(plain.run, "e-relu")) == [["relu-derivative-is-x"]]


@pytest.mark.slow
def test_every_two_mistakes_can_be_tried_together():
    """A run stops where both change the same lines, and says so; a table that does not fit stops it too."""
    case = load_case("one-neuron")
    stopped = collections.Counter()
    for pair in itertools.combinations(CATALOGUE.values(), 2):
        reason = run_of(case, *pair).stopped
        stopped["" if reason is None else reason.partition(":")[0]] += 1
    assert set(stopped) == {"", "the program must have these lines exactly once", "the program stops"}
    assert stopped[""] > 0.8 * sum(stopped.values())


def test_what_is_not_in_the_catalogue_is_located_and_not_named(monkeypatch):
    monkeypatch.setitem(plain.SLOPES, "sigmoid", lambda x, y: y * (1 - y) + 0.01)
    check = check_of(plain.run, "one-neuron")
    diagnosis = Diagnosis([check])
    assert named(diagnosis) == []
    sentences = diagnosis_section(diagnosis).sentences
    assert sentences[0] == (
        "The first difference is at step1.example1.J.delta, but nothing in the catalogue gives these numbers."
    )
    assert sentences[1] == "Not explained: step1.example1.J.delta, step2.example2.J.delta."


def test_numbers_of_32_bits_are_rounding_and_no_mistake():
    case = load_case("a-sigmoid")
    short = {
        name: [struct.unpack("f", struct.pack("f", value))[0] for value in values]
        for name, values in values_of(case).items()
    }
    claimed = Diagnosis([Check(case, Values(case, short, "float64"))])
    assert claimed.is_float32 and claimed.found == []
    guessed = Values(case, short)
    assert (guessed.dtype, guessed.guessed) == ("float32", True)
    assert Check(case, guessed).passed


@pytest.mark.slow
def test_a_number_that_no_float_holds_leaves_no_room_for_the_others():
    """The third is −10⁴⁸⁸ or so, for which there is no bound; the others are 0."""
    case, wrong = load_case("g-extreme-softmax"), [Decimal("-1.490232")] * 3
    diagnosis = Diagnosis([Check(case, Values(case, {"step1.example1.K.output_gradient": wrong}))])
    assert diagnosis.failed and diagnosis.groups == []


@pytest.mark.slow
def test_a_mistake_for_which_there_are_no_bounds_is_not_stated_from_few_digits():
    """Rounding to integers or to float32 has none; it was compared with 50 times the room, and that fits much."""
    case, wrong = load_case("g-extreme-softmax"), [Decimal(text) for text in ("361.137", "135.298", "798.613", "261.197")]
    diagnosis = Diagnosis([Check(case, Values(case, {"step1.J.weight_gradients": wrong}))])
    assert diagnosis.failed and diagnosis.groups == []


def test_random_noise_is_never_given_a_name():
    source, case = random.Random(4), load_case("one-neuron")
    for _ in range(2):
        noise = {name: [value + source.gauss(0, 0.1) for value in values] for name, values in values_of(case).items()}
        diagnosis = Diagnosis([Check(case, Values(case, noise, "float64"))])
        assert diagnosis.found == [] and diagnosis.failed
