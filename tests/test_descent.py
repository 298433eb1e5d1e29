"""Nesterov's momentum, Adam and AdamW: by hand, as PyTorch has them, on every kind of number, and what they refuse."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import Adam, AdamW, GradientDescent, Identity, Layer, Network, NetworkError, Neuron, train
from purenet.descent import as_descent
from purenet.training import training_step
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2
from tests.test_network import parameters

# PyTorch 2.13.0, float64: torch.optim.SGD(lr=0.1, momentum=0.9, nesterov=True), Adam(lr=0.1) and AdamW(lr=0.1), each with
# weight_decay=0.01 for weights and 0 for biases; three steps of example_2_3_2 with half squared error
NESTEROV = [
    [0.28920839955356636, -0.6762164440897771, 0.08600592617565697],
    [0.9487111669799325, 0.07718367566329623, -0.10659408499076027],
    [-0.3597358892174743, 0.514903786333594, 0.41185653583695153],
    [0.44290019035150974, -0.8024340514628955, 0.2837736706090131, -0.11429254615137412],
    [-0.06794310444395532, 0.4600670437621865, 1.0367405584670497, 0.2479362141027826],
]
ADAM = [
    [0.012364898910825983, -0.40924259492439363, -0.1878507410258935],
    [1.1811824823903883, -0.08695615682745463, 0.08713752918405467],
    [-0.10784574653416013, 0.30760015732477985, 0.6420642189504965],
    [0.21541484543248351, -0.8503164059975448, 0.507121477511026, -0.34051613527725016],
    [0.1345878160974723, 0.7272685625555418, 0.8242640463416133, 0.4414763201632762],
]
ADAMW = [
    [0.015609158473966905, -0.41441019903985354, -0.18378916198739376],
    [1.185332096310357, -0.08862882180147456, 0.08832732064593908],
    [-0.10594038255585797, 0.30534094474415585, 0.6431602517796653],
    [0.21938842834304798, -1.0853386802367762, 0.5114679980464975, -0.33662056848171534],
    [0.13507991404275607, 0.7329603738246933, 0.8290108748856746, 0.44139675115197957],
]
DESCENTS = [
    (lambda: GradientDescent(0.1, 0.9, 0.01, nesterov=True), NESTEROV),
    (lambda: Adam(0.1, weight_decay=0.01), ADAM),
    (lambda: AdamW(0.1, weight_decay=0.01), ADAMW),
]


@pytest.mark.parametrize("descent, expected", DESCENTS)
def test_descents_give_pytorchs_numbers(descent, expected):
    network = example_2_3_2()
    for _ in train(network, [(INPUTS_2_3_2, TARGETS_2_3_2)], descent(), epochs=3):
        pass
    for row, right in zip(parameters(network), expected):
        assert row == pytest.approx(right, rel=1e-12)


def one_weight(number=float):
    """Return a neuron with the identity whose weight is 1: for the input 1 and the target 0, ∇w is w itself."""
    return Network([Layer([Neuron([number(1)], None, Identity())])])


def moved(descent, steps, number=float):
    network = one_weight(number)
    for _ in range(steps):
        training_step(network, [([number(1)], [number(0)])], descent)
    return network.layers[0].neurons[0].weights[0]


def test_nesterov_looks_ahead():
    # v = −0.1, w = 1 + 0.5·(−0.1) − 0.1; then v = 0.5·(−0.1) − 0.1·0.85 = −0.135, w = 0.85 + 0.5·(−0.135) − 0.085
    assert moved(GradientDescent(0.1, 0.5, nesterov=True), 1) == pytest.approx(0.85)
    assert moved(GradientDescent(0.1, 0.5, nesterov=True), 2) == pytest.approx(0.6975)


def test_the_first_two_steps_of_adam_by_hand():
    # m = 0.5, v = 0.25, m̂ = v̂ = 1, so that the first step is η; then m = 0.25 + 0.5·0.9, v = 0.75·0.25 + 0.25·0.81
    first = moved(Adam(0.1, 0.5, 0.75, 1e-12), 1)
    second = moved(Adam(0.1, 0.5, 0.75, 1e-12), 2)
    assert first == pytest.approx(0.9)
    assert second == pytest.approx(0.9 - 0.1 * (0.7 / 0.75) / math.sqrt(0.39 / 0.4375))


def test_adamw_decays_weights_by_themselves():
    assert moved(AdamW(0.1, 0.5, 0.75, 1e-12, weight_decay=0.5), 1) == pytest.approx(1 - 0.1 * 0.5 - 0.1)
    assert moved(Adam(0.1, 0.5, 0.75, 1e-12, weight_decay=0.5), 1) == pytest.approx(
        1 - 0.1
    )  # of any gradient, at first


def test_a_descent_remembers_by_kind_and_counts_its_steps():
    descent = Adam(0.1, 0.5, 0.75, 1e-12)
    moved(descent, 1)
    assert descent.steps == 1
    assert descent.memories == {
        "first_moments": [[0.5, 0]],
        "second_moments": [[0.25, 0]],
        "corrected_first_moments": [[1.0, 0]],
        "corrected_second_moments": [[1.0, 0]],
    }


@pytest.mark.parametrize("number", [Decimal, Fraction])
@pytest.mark.parametrize("kind", [Adam, AdamW])
def test_moments_are_of_the_kind_of_number_that_the_weights_are(kind, number):
    settings = [number(text) for text in ("0.1", "0.9", "0.999", "0.00000001", "0.01")]
    descent = kind(*settings)
    weight = moved(descent, 2, number)
    assert float(weight) == pytest.approx(moved(kind(0.1, 0.9, 0.999, 1e-8, 0.01), 2), rel=1e-12)
    assert (
        isinstance(descent.memories["first_moments"][0][0], number) or number is Fraction
    )  # √ of a Fraction is a float


def test_a_gradient_of_0_moves_nothing_and_divides_by_no_0():
    network = Network([Layer([Neuron([1.0], None, Identity())])])
    training_step(network, [([0.0], [1.0])], Adam(0.1))
    assert network.layers[0].neurons[0].weights == [1.0]


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: GradientDescent(0.1, nesterov=True), "Nesterov's form of momentum needs a momentum that is not 0"),
        (lambda: Adam(0.1, 1), "beta1 must be less than 1, not 1"),
        (lambda: AdamW(0.1, 0.9, 1.5), "beta2 must be less than 1, not 1.5"),
        (lambda: Adam(0.1, -0.1), "beta1 must not be negative, not -0.1"),
        (lambda: Adam(0.1, epsilon=-1), "epsilon must not be negative, not -1"),
        (lambda: Adam(0.1, epsilon=0), "epsilon must not be 0: a weight without a gradient"),
        (lambda: Adam(math.nan), "the learning rate must be a finite number"),
        (lambda: as_descent(Adam(0.1), momentum=0.9), "a descent has its own momentum and weight decay"),
        (lambda: as_descent(Adam(0.1), weight_decay=0.1), "a descent has its own momentum and weight decay"),
    ],
)
def test_settings_that_make_no_sense_are_refused(make, words):
    with pytest.raises(NetworkError, match=words):
        make()
