"""Running a case: what is kept, under which name, and that the core does it."""

import json
from decimal import Decimal

import pytest

from purenet.cases import Case, load_case
from purenet.cases.biases import FrozenBiasDescent
from purenet.descent import GradientDescent
from purenet.golden.values.case_files import case_text
from purenet.trace.case_run import CaseRun
from purenet.trace.program import put_in_front
from purenet.trace.quantities import quantities
from purenet.training import training_step


def test_the_quantities_of_the_2x2x1_example_in_order_of_dependence():
    assert [quantity.name for quantity in quantities(load_case("2x2x1"))] == [
        "step1.example1.J.net_input",
        "step1.example1.J.output",
        "step1.example1.K.net_input",
        "step1.example1.K.output",
        "step1.example1.loss",
        "step1.example1.K.output_gradient",
        "step1.example1.K.delta",
        "step1.example1.K.weight_gradients",
        "step1.example1.J.output_gradient",
        "step1.example1.J.delta",
        "step1.example1.J.weight_gradients",
        "step1.loss",
        "step1.J.weight_gradients",
        "step1.K.weight_gradients",
        "step1.J.weights",
        "step1.K.weights",
    ]


def test_examples_are_numbered_through_all_steps():
    names = [quantity.name for quantity in quantities(load_case("a-sigmoid"))]
    assert "step1.example4.K.delta" in names and "step2.example5.K.delta" in names
    assert "step2.example1.K.delta" not in names and "step2.K.biases" in names


def test_a_run_keeps_the_published_numbers_of_mazur():
    values = CaseRun(load_case("mazur")).values  # Mazur 2015, as published to nine decimals
    assert values["step1.example1.J.output"] == pytest.approx([0.593269992, 0.596884378], abs=5e-10)
    assert values["step1.example1.K.output"] == pytest.approx([0.75136507, 0.772928465], abs=5e-10)
    assert values["step1.example1.loss"] == pytest.approx([0.298371109], abs=5e-10)
    assert values["step1.example1.K.weight_gradients"][0] == pytest.approx(0.082167041, abs=5e-10)
    assert values["step1.K.weights"] == pytest.approx([0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=5e-10)
    assert values["step1.example1.J.weight_gradients"][0] == pytest.approx(0.000438568, abs=5e-10)
    assert values["step1.J.weights"] == pytest.approx([0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=5e-9)
    assert values["step1.K.biases"] == [0.6, 0.6]
    assert values["step2.example2.loss"] == pytest.approx([0.291027774], abs=5e-10)  # and not 0.291027924


def test_mazur_with_trained_biases():
    values = CaseRun(load_case("mazur-trained-biases")).values  # tests of others who train them, to six decimals
    assert values["step1.K.biases"] == pytest.approx([0.530751, 0.619049], abs=5e-7)
    assert values["step1.J.biases"] == pytest.approx([0.345614, 0.345023], abs=5e-7)
    assert values["step2.example2.loss"] == pytest.approx([0.280471447], abs=5e-10)


def test_a_run_leaves_the_bits_that_training_leaves():
    case = load_case("momentum-batches")
    run, network = CaseRun(case), case.network()
    descent = GradientDescent(0.6, 0.8, 0.02)
    examples = [([float(y) for y in inputs], [float(t) for t in targets]) for inputs, targets in case.examples]
    training_step(network, examples[:3], descent, "mean")
    training_step(network, examples[3:], descent, "mean")
    for layer, letter in zip(network.layers, "JK"):
        assert run.values[f"step2.{letter}.weights"] == [
            weight for neuron in layer.neurons for weight in neuron.weights
        ]
        assert run.values[f"step2.{letter}.biases"] == [neuron.bias for neuron in layer.neurons]


def test_gradients_of_examples_are_their_own_and_those_of_the_step_are_together():
    mean, total = CaseRun(load_case("batch-mean")).values, CaseRun(load_case("batch-sum")).values
    own = [mean[f"step1.example{number}.K.bias_gradients"][0] for number in (1, 2, 3)]
    assert len(set(own)) == 3
    assert total["step1.K.bias_gradients"][0] == pytest.approx(own[0] + own[1] + own[2], rel=1e-14)
    assert mean["step1.K.bias_gradients"][0] == pytest.approx((own[0] + own[1] + own[2]) / 3, rel=1e-14)
    assert total["step1.loss"][0] == pytest.approx(3 * mean["step1.loss"][0], rel=1e-14)


def test_own_numbers_take_the_place_of_computed_ones():
    case = load_case("2x2x1")
    run = CaseRun(case, own={"step1.example1.K.delta": [0.5]}, velocity=lambda before, after: after - before)
    assert run.values["step1.example1.K.delta"] == [0.2310585786300049]  # computed, and kept as that
    assert run.values["step1.example1.J.output_gradient"] == [
        0.25,
        0.25,
    ]  # 0.5·0.5: what follows is computed from the own
    assert run.values["step1.K.weights"][0] == pytest.approx(0.5 - 0.01 * 0.5 * 0.7310585786300049, rel=1e-15)


def test_own_gradients_of_an_example_count_in_those_of_the_step():
    run = CaseRun(load_case("2x2x1"), own={"step1.example1.K.weight_gradients": [1.0, None]})
    assert run.values["step1.K.weight_gradients"] == pytest.approx([1.0, 0.1689173560735206], rel=1e-14)


def test_a_program_that_stops_leaves_what_it_came_to():
    data = {
        "format_version": 1,
        "network": {"layers": [{"activation": "identity", "weights": [[1e200]], "biases": None}]},
        "examples": [{"inputs": [1e200], "targets": [0]}],
        "learning_rate": 1,
    }
    run = CaseRun(Case(data))
    assert "inf" in run.stopped and "step1.example1.J.net_input" in run.values
    assert "step1.J.weights" not in run.values


def test_a_class_is_put_in_front_once():
    descent = GradientDescent(0.5)
    put_in_front(descent, FrozenBiasDescent)
    put_in_front(descent, FrozenBiasDescent)
    assert type(descent) is FrozenBiasDescent


def test_biases_that_are_not_trained_stay_with_momentum_too():
    data = json.loads(case_text("momentum-batches"))
    case = Case({**data, "trained_biases": False, "certified": []})
    given = [bias for layer in case.network_data.layers for _, bias, _ in layer]
    values = CaseRun(case, number=Decimal).values
    assert values["step2.J.biases"] + values["step2.K.biases"] == given
    assert values["step2.J.bias_gradients"][0] != 0
