"""Expected numbers: worked by hand with w ← w + η·(t − y)·y_i, b ← b + η·(t − y); the sources of others are named."""

from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import (
    BipolarSigmoid,
    Layer,
    Network,
    Neuron,
    Sign,
    SignFromZero,
    Threshold,
    ThresholdFromZero,
    load_network,
    save_network,
    trace_step,
)
from purenet.arithmetic.expression import Expression, value_of
from purenet.arithmetic.interval import Interval

NUMBERS = [float, Decimal, Fraction, Expression]


@pytest.mark.parametrize(
    "kind, values",
    [(Threshold, [0, 0, 1]), (ThresholdFromZero, [0, 1, 1]), (Sign, [-1, -1, 1]), (SignFromZero, [-1, 1, 1])],
)
@pytest.mark.parametrize("number", [*NUMBERS, Interval])
def test_units_differ_in_their_no_and_at_the_edge(kind, values, number):
    assert [kind().value(number(x)) for x in (-0.5, 0, 0.5)] == values


@pytest.mark.parametrize("kind", [Threshold, ThresholdFromZero])
@pytest.mark.parametrize("number", [float, Decimal, Fraction])
def test_a_step_of_the_unchanged_core_is_the_perceptron_rule(kind, number):
    neuron = Neuron([number("0.5"), number("-0.25")], number("-0.5"), kind())
    network = Network([Layer([neuron])])

    def step(inputs, target):
        network.reset_gradients()
        network.forward([number(y) for y in inputs])
        network.backward([number(target)])
        network.update(number("0.5"))
        return neuron.weights + [neuron.bias]

    # x = 0.5 + 0.5 − 0.5 = 0.5, y = 1, t = 0: −0.5 times the inputs
    assert step([1, -2], 0) == [0, number("0.75"), -1]
    # x = 0.75 − 1 < 0, y = 0, t = 1: +0.5 times the inputs
    assert step([3, 1], 1) == [number("1.5"), number("1.25"), number("-0.5")]
    assert step([3, 1], 1) == [number("1.5"), number("1.25"), number("-0.5")]  # right, so nothing moves


def test_a_bipolar_perceptron_moves_by_twice_the_inputs():
    # x = 0 is a no, y = −1, t = 1: w + ½·2·y_i
    neuron = Neuron([0.0, 0.0], 0.0, Sign())
    network = Network([Layer([neuron])])
    network.forward([1.0, -1.0])
    network.backward([1.0])
    network.update(0.5)
    assert neuron.weights + [neuron.bias] == [1.0, -1.0, 1.0]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_bipolar_sigmoid_is_the_tanh_of_half_its_net_input(number):
    # tanh(0.5) and (1 − tanh²(0.5)) / 2 from mpmath 1.3.0 at 40 digits
    x = number(1)
    y = BipolarSigmoid().value(x)
    assert float(value_of(y)) == pytest.approx(0.4621171572600097585, rel=1e-15)
    assert float(value_of(BipolarSigmoid().derivative(x, y))) == pytest.approx(0.3932238664829637076, rel=1e-15)


@pytest.mark.parametrize("x, y", [(-1e308, -1), (-1000.0, -1), (0.0, 0), (1e308, 1), (Decimal("-1E+9"), -1)])
def test_a_bipolar_sigmoid_keeps_its_range(x, y):
    assert BipolarSigmoid().value(x) == y


def test_a_trace_of_a_threshold_unit_shows_the_rule_at_work():
    network = Network([Layer([Neuron([0.5, -0.25], -0.5, Threshold())])])
    trace = trace_step(network, [1.0, -2.0], [0.0], 0.5)
    assert [trace.row(name).value for name in ("y_j1", "δ_j1", "w_i1j1⁺", "w_i2j1⁺", "b_j1⁺")] == [1, 1, 0, 0.75, -1]


def test_older_units_are_saved_and_loaded(tmp_path):
    kinds = [Threshold, ThresholdFromZero, Sign, SignFromZero, BipolarSigmoid]
    path = str(tmp_path / "network.json")
    save_network(path, Network([Layer([Neuron([1.0], 0.0, kind()) for kind in kinds])]))
    assert [type(neuron.activation) for neuron in load_network(path).neurons()] == kinds
