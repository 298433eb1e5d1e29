"""Expected values: by hand where they say so, otherwise PyTorch 2.13.0 in float64 on the network of tests/networks.py."""

from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import (
    BinaryCrossEntropy,
    CrossEntropy,
    HalfSquaredError,
    Layer,
    MeanSquaredError,
    Network,
    NetworkError,
    SoftmaxLayer,
    SquaredError,
)
from purenet.storage.network_json import LOSSES
from tests.networks import INPUTS_2_3_2, example_2_3_2


@pytest.mark.parametrize(
    "loss, value, slopes",
    [
        # by hand: differences 0.25 and −2, squares 0.0625 and 4
        (HalfSquaredError(), 2.03125, [0.25, -2.0]),
        (SquaredError(), 4.0625, [0.5, -4.0]),
        (MeanSquaredError(), 2.03125, [0.25, -2.0]),
    ],
)
def test_squared_errors(loss, value, slopes):
    assert loss.value([0.75, 0.0], [0.5, 2.0]) == value
    assert loss.derivative([0.75, 0.0], [0.5, 2.0]) == slopes


def test_the_mean_is_over_the_outputs():
    # by hand: (1 + 4 + 9 + 16) / 4 and 2·d/4
    assert MeanSquaredError().value([1.0, 2.0, 3.0, 4.0], [0.0] * 4) == 7.5
    assert MeanSquaredError().derivative([1.0, 2.0, 3.0, 4.0], [0.0] * 4) == [0.5, 1.0, 1.5, 2.0]


@pytest.mark.parametrize(
    "softmax, loss, targets, value, last_deltas, hidden_deltas",
    [
        (True, CrossEntropy(), [0.0, 1.0], 1.1282778849495854, [0.6764099638633175, -0.6764099638633174],
         [0.13635760842475675, -0.8401241797903882, -0.37820026172959353]),
        (True, CrossEntropy(), [0.3, 0.7], 0.9070812988666607, [0.37640996386331754, -0.3764099638633174],
         [0.07588055351299147, -0.46751397680401446, -0.21046163489025704]),
        (True, HalfSquaredError(), [0.2, 0.9], 0.2796074500545792, [0.2304407253225827, -0.23044072532258267],
         [0.046454587997469515, -0.28621521812924916, -0.12884603611156908]),
        (False, BinaryCrossEntropy(), [0.0, 1.0], 1.7997385364244642, [0.5387174967856218, -0.6415599716910043],
         [0.11338447416968467, -0.7150896393054778, -0.37562703632901845]),
        (False, BinaryCrossEntropy(), [0.2, 0.9], 1.7104882762374718, [0.33871749678562174, -0.5415599716910044],
         [0.07771851870890002, -0.5113960616729268, -0.3361591241315276]),
        (False, MeanSquaredError(), [0.2, 0.9], 0.2040083727833396, [0.08417162157637155, -0.12453755048214331],
         [0.018846028368749095, -0.12259292502685594, -0.07627068793362739]),
        (False, SquaredError(), [0.2, 0.9], 0.4080167455666792, [0.1683432431527431, -0.24907510096428662],
         [0.03769205673749819, -0.24518585005371188, -0.15254137586725477]),
    ],
)  # fmt: skip
def test_pytorchs_numbers(softmax, loss, targets, value, last_deltas, hidden_deltas):
    hidden, last = example_2_3_2().layers
    network = Network([hidden, SoftmaxLayer(last.neurons) if softmax else Layer(last.neurons)], loss)
    outputs = network.forward(INPUTS_2_3_2)
    assert loss.value(outputs, targets) == pytest.approx(value, rel=1e-14)
    network.backward(targets)
    assert [neuron.delta for neuron in last.neurons] == pytest.approx(last_deltas, rel=1e-13)
    assert [neuron.delta for neuron in hidden.neurons] == pytest.approx(hidden_deltas, rel=1e-13)


@pytest.mark.parametrize("loss", [loss() for loss in LOSSES.values()])
@pytest.mark.parametrize("method", ["value", "derivative"])
def test_there_must_be_a_target_for_each_output(loss, method):
    with pytest.raises(NetworkError, match="2 outputs but got 1 target"):
        getattr(loss, method)([0.5, 0.5], [1.0])


@pytest.mark.parametrize("loss", [loss() for loss in LOSSES.values()])
def test_the_slopes_are_those_of_the_loss(loss):
    outputs, targets, h = [0.3, 0.6, 0.1], [0.25, 0.7, 0.05], 1e-6
    for k in range(3):
        moved = [[y + (s * h if n == k else 0) for n, y in enumerate(outputs)] for s in (1, -1)]
        difference = (loss.value(moved[0], targets) - loss.value(moved[1], targets)) / (2 * h)
        assert loss.derivative(outputs, targets)[k] == pytest.approx(difference, rel=1e-7)


def test_a_logarithm_with_the_factor_0_is_0():
    # the limit of t·ln(y) for t = 0 is 0 for any y, even 0
    assert CrossEntropy().value([0.0, 1.0], [0.0, 1.0]) == 0
    assert CrossEntropy().derivative([0.0, 1.0], [0.0, 1.0]) == [0, -1.0]
    assert BinaryCrossEntropy().value([0.0, 1.0], [0.0, 1.0]) == 0
    assert BinaryCrossEntropy().derivative([0.0, 1.0], [0.0, 1.0]) == [1.0, -1.0]


@pytest.mark.parametrize("method", ["value", "derivative"])
@pytest.mark.parametrize(
    "loss, outputs, targets, number",
    [
        (CrossEntropy(), [1.0, 0.0], [0.0, 1.0], 2),
        (CrossEntropy(), [0.5, -0.5], [0.5, 0.5], 2),
        (CrossEntropy(), [1.5, 0.5], [1.0, 0.0], 1),
        (CrossEntropy(), [5e-324, 1.0], [1.0, 0.0], 1),
        (BinaryCrossEntropy(), [0.5, 1.0], [1.0, 0.0], 2),
        (BinaryCrossEntropy(), [0.0], [1.0], 1),
        (BinaryCrossEntropy(), [1.0], [0.5], 1),
    ],
)
def test_an_infinite_cross_entropy_names_the_output_and_nothing_is_clipped(method, loss, outputs, targets, number):
    with pytest.raises(NetworkError, match=f"output {number} makes the cross-entropy infinite"):
        getattr(loss, method)(outputs, targets)


def test_other_numbers_flow_through():
    assert SquaredError().value([Fraction(1, 3)], [Fraction(0)]) == Fraction(1, 9)
    assert MeanSquaredError().derivative([Fraction(1, 3), 0], [0, 0]) == [Fraction(1, 3), 0]
    value = CrossEntropy().value([Decimal("0.5"), Decimal("0.5")], [Decimal(1), Decimal(0)])
    assert value == Decimal("0.6931471805599453094172321215")  # ln 2 to 28 digits
