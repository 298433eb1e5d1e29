import csv
import io
import json
import random

import pytest

from purenet import (
    BinaryCrossEntropy,
    CrossEntropy,
    Identity,
    Layer,
    MeanSquaredError,
    Network,
    NetworkError,
    Neuron,
    ReLU,
    SoftmaxLayer,
    Tanh,
    build_network,
    gradient_check,
)
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2, example_3_2_2_1
from tests.test_network import parameters


def softmax_network():
    hidden, last = example_2_3_2().layers
    return Network([hidden, SoftmaxLayer(last.neurons)], CrossEntropy())


def with_loss(loss):
    return Network(example_2_3_2().layers, loss)


class HalfDelta(Neuron):
    def backward(self, output_gradient):
        super().backward(output_gradient / 2)


@pytest.mark.parametrize(
    "network",
    [example_2_3_2(), softmax_network(), with_loss(MeanSquaredError()), with_loss(BinaryCrossEntropy())],
)
def test_every_gradient_of_any_network_and_loss_agrees(network):
    check = gradient_check(network, INPUTS_2_3_2, [0.25, 0.75])
    assert check.agrees
    assert len(check.rows) == 17  # 6 + 3 and 6 + 2 weights and biases
    assert check.worst.relative_error < 1e-8


def test_a_wrong_gradient_is_found_with_its_symbol():
    hidden = Layer([Neuron([0.3, -0.7], 0.1, Tanh()), HalfDelta([0.9, 0.2], -0.2, Tanh())])
    network = Network([hidden, Layer([Neuron([0.5, -0.8], None, Tanh())])])
    check = gradient_check(network, [0.6, -1.3], [0.5])
    assert not check.agrees
    assert [str(row.symbol) for row in check.rows if not row.agrees] == ["∇w_i1j2", "∇w_i2j2", "∇b_j2"]
    assert check.worst.relative_error == pytest.approx(0.5, rel=1e-6)


def test_a_corner_of_a_relu_is_no_mistake():
    check = gradient_check(Network([Layer([Neuron([1.0, -1.0], 0.0, ReLU())])]), [1.0, 1.0], [1.0])
    assert check.agrees
    assert {row.corner for row in check.rows} == {True}


def test_a_small_wrong_gradient_of_a_smooth_loss_is_no_corner():
    class Steep(Identity):
        def derivative(self, x, y):
            return 1.5

    network = Network([Layer([Neuron([0.5], 0.25, Steep())])])
    check = gradient_check(network, [1.0], [0.745])
    assert not check.agrees
    assert {row.corner for row in check.rows} == {False}


def test_rounding_of_a_large_loss_is_no_disagreement():
    network = build_network([2, 2, 1], ReLU, Identity, source=random.Random(1))
    assert gradient_check(network, [3000, 0.001], [-5000]).agrees


@pytest.mark.parametrize("tolerance", [float("nan"), float("inf"), -1.0, "small"])
def test_a_tolerance_must_be_a_number_of_at_least_0(tolerance):
    with pytest.raises(NetworkError, match="the tolerance must"):
        gradient_check(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, tolerance)


def test_the_network_stays_as_it_is():
    network = example_2_3_2()
    gradient_check(network, INPUTS_2_3_2, TARGETS_2_3_2)
    assert parameters(network) == parameters(example_2_3_2())
    assert network.layers[0].neurons[0].weight_gradients is None


def test_the_table():
    network = Network([Layer([Neuron([0.5, 0.25], -0.5)])])
    text = str(gradient_check(network, [1.0, 2.0], [0.0]))
    # by hand: y = 1/(1 + e^−0.5) = 0.62245933, δ = y·(1 − y)·y = 0.14628…
    assert text.splitlines()[1].startswith("3 of 3 gradients agree")
    assert "∇w_i1j1  0.1462" in text and "∇b_j1    0.1462" in text


def test_json_and_csv():
    check = gradient_check(example_3_2_2_1(), [1.5, -0.5, 2.0], [0.25])
    data = json.loads(check.to("json"))
    rows = list(csv.DictReader(io.StringIO(check.to("csv"))))
    assert len(data) == len(rows) == len(check.rows)
    assert data[0]["gradient"] == float(rows[0]["gradient"]) == check.rows[0].gradient
    assert check.to("text", ascii=True).isascii()


def test_wrong_examples_are_told():
    with pytest.raises(NetworkError, match="the network takes 2 inputs but got 1"):
        gradient_check(example_2_3_2(), [1.0], [0.0, 0.0])
