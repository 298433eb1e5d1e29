"""Weights that are drawn, and weights that are read from what a program printed."""

import random
from decimal import Decimal

import pytest

from purenet import HalfSquaredError, NetworkError, Sigmoid, Tanh
from purenet.cases import Case
from purenet.golden.new_case import ShortDecimals, case_data, drawn_data, printed_network, smallest_net_input
from purenet.initialization import build_network

XOR = [([0.0, 0.0], [0.0]), ([0.0, 1.0], [1.0]), ([1.0, 0.0], [1.0]), ([1.0, 1.0], [0.0])]
SETTINGS = dict(batch_size=1, epochs=1, learning_rate=0.5, gradient="mean", descent="gradient")
SETTINGS.update(momentum=0.0, weight_decay=0.0)


def drawn(seed, bias="drawn", **settings):
    return drawn_data(
        lambda source: build_network([2, 4, 1], Sigmoid, Sigmoid, ShortDecimals(), source, bias, HalfSquaredError()),
        seed,
        lambda network: case_data("mine", network, XOR, {**SETTINGS, **settings}),
    )


def test_a_drawn_weight_has_two_decimals_and_is_not_0():
    source = random.Random("any")
    for inputs, most in ((2, "0.99"), (4, "0.99"), (64, "0.24"), (784, "0.06"), (100_000, "0.02")):
        weights = {ShortDecimals().weight(source, inputs, 1) for _ in range(5000)}
        assert max(weights) == Decimal(most) and min(weights) == -Decimal(most) and 0 not in weights
        assert all(100 * weight == int(100 * weight) for weight in weights)


def test_a_seed_always_draws_the_same_weights():
    """As printed by `purenet golden new 2-4-1 --data xor --no-biases`, which programs have pasted."""
    layers = drawn(1, None)["network"]["layers"]
    first = [["-0.21", "-0.86"], ["-0.62", "-0.49"], ["0.64", "-0.22"], ["-0.99", "0.11"]]
    assert [layer["weights"] for layer in layers] == [
        [[Decimal(weight) for weight in row] for row in first],
        [[Decimal("0.56"), Decimal("0.29"), Decimal("0.15"), Decimal("0.06")]],
    ]
    assert drawn(1)["network"] == drawn(1)["network"] != drawn(2)["network"]


@pytest.mark.parametrize("bias", ["drawn", None])
def test_no_net_input_is_near_0_but_where_all_that_comes_in_is_0(bias):
    near = [seed for seed in range(1, 31) if smallest_net_input(Case(drawn(seed, bias))) < 0.01]
    assert near == []


def test_a_neuron_that_is_fed_nothing_does_not_count():
    """x_j1 is 0, 0.25, 0.5 and 0.75 at first, and k1, without a bias, is never fed 0; two weights of 0 make it 0."""
    layers = [[[Decimal("0.5"), Decimal("0.25")]], [[Decimal(2)]]]
    for second, expected in ((layers[1], 0.25), ([[Decimal(0)]], 0.0)):
        network = {"layers": [{"activation": "sigmoid", "weights": rows} for rows in (layers[0], second)]}
        data = {"network": network, "examples": [{"inputs": i, "targets": t} for i, t in XOR], "learning_rate": 0}
        assert smallest_net_input(Case(data)) == expected


def test_mini_batches_do_not_reach_across_epochs():
    data = drawn(7, batch_size=3, epochs=2, gradient="sum", momentum=0.9, weight_decay=0.01)
    assert data["batch_sizes"] == [3, 1, 3, 1] and len(data["examples"]) == 8
    assert data["examples"][4:] == data["examples"][:4]
    assert [data[name] for name in ("learning_rate", "gradient", "momentum", "weight_decay")] == [0.5, "sum", 0.9, 0.01]


# weights that a program printed

PLAIN = "[[0.15, 0.2], [0.25, 0.3], [0.1, -4e-1]] [0.35, 0.36, .37] [[0.4, 0.45, 0.46]] [0.6]"
NUMPY = """
weights 1 = [[ 0.15  0.2 ]
 [ 0.25  0.3 ]
 [ 0.1  -0.4 ]]
b1: array([0.35, 0.36, 0.37], dtype=float32)   # shape=(3,) of the layer
np.float64(0.4) np.float64(0.45) np.float64(0.46)
tensor([0.6000], dtype=torch.float64)
"""
NAMED = """
# 3 neurons
w[0][0] = 0.15, w[0][1] = 0.2, w[1][0] = 0.25, w[1][1] = 0.3
w[2][0]: 0.1 w[2][1]: -0.4
b1=0.35 b2=0.36 b3=+0.37
{0.4, 0.45, 0.46}; {0.6}
"""
TSV = """case\tmine
learning_rate\t0.5
sizes\t2\t3\t1
activation\tJ\tsigmoid
weights\tJ\t0.15\t0.2\t0.25\t0.3\t0.1\t-0.4
biases\tJ\t0.35\t0.36\t0.37
weights\tK\t0.4\t0.45\t0.46
biases\tK\t0.6
inputs\t1\t5\t6
"""


def printed(text, sizes=(2, 3, 1), **options):
    return printed_network(text, "w.txt", list(sizes), Tanh, Sigmoid, HalfSquaredError(), **options)


@pytest.mark.parametrize("text", [PLAIN, NUMPY.replace("  # shape", "  shape"), NAMED, TSV])
def test_weights_are_read_however_they_are_printed(text):
    hidden, last = printed(text).layers
    assert [neuron.weights for neuron in hidden.neurons] == [
        [Decimal("0.15"), Decimal("0.2")],
        [Decimal("0.25"), Decimal("0.3")],
        [Decimal("0.1"), Decimal("-0.4")],
    ]
    assert [neuron.bias for neuron in hidden.neurons] == [Decimal("0.35"), Decimal("0.36"), Decimal("0.37")]
    assert last.neurons[0].weights == [Decimal("0.4"), Decimal("0.45"), Decimal("0.46")]
    assert last.neurons[0].bias == Decimal("0.6")
    assert [neuron.activation.name for neuron in (hidden.neurons[2], last.neurons[0])] == ["tanh", "sigmoid"]


def test_weights_are_read_by_input_and_without_biases():
    hidden, last = printed("0.15 0.25 0.1\n0.2 0.3 -0.4\n0.4 0.45 0.46", with_biases=False, by_input=True).layers
    assert [[float(w) for w in neuron.weights] for neuron in hidden.neurons] == [[0.15, 0.2], [0.25, 0.3], [0.1, -0.4]]
    assert [float(w) for w in last.neurons[0].weights] == [0.4, 0.45, 0.46] and last.neurons[0].bias is None


@pytest.mark.parametrize(
    "text, options, message",
    [
        ("1 2", {}, r"^w.txt holds 2 numbers, and the network 2-3-1 needs 13: the 6 weights of J \(2 for each neuron\) and "
         r"its 3 biases, then the 3 weights of K \(3 for each neuron\) and its 1 bias$"),
        ("1 2", {"by_input": True}, r"the 6 weights of J \(3 for each input\) and its 3 biases, then the 3 weights of K"),
        ("1 " * 9, {}, "holds 9 numbers, .* needs 13: .*; if there are no biases, say --no-biases$"),
        ("1 " * 13, {"with_biases": False}, "needs 9: .*; if those are biases, leave out --no-biases$"),
        ("0.1-0.2 " * 9, {}, "holds 9 numbers, .* needs 13"),
        ("nan " * 13, {}, "^w.txt holds nan: print all numbers in full, each of them finite$"),
        ("[0.1 0.2 ... 0.4]", {}, r"^w.txt holds \.\.\.: print all numbers in full"),
        ("", {}, "^w.txt holds 0 numbers"),
    ],
)  # fmt: skip
def test_other_numbers_than_those_of_the_network_are_told(text, options, message):
    with pytest.raises(NetworkError, match=message):
        printed(text, **options)
