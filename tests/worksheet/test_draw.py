"""Drawn numbers: one decimal, the same in every version of Python."""

import random
from decimal import Decimal

import pytest

from purenet.worksheet.draw import redrawn
from purenet.worksheet.template import empty_data


def drawn(*network, seed=7, **settings):
    return redrawn(empty_data(*network, **settings), random.Random(seed))


def numbers_of(data):
    layers = data["network"]["layers"]
    return [[[str(n) for n in row] for row in layer["weights"]] for layer in layers], [
        layer["biases"] and [str(n) for n in layer["biases"]] for layer in layers
    ]


def test_a_seed_draws_the_same_numbers_everywhere():
    """From random.Random(7).random(), whose first numbers are 0.3238, 0.1508, 0.6509, 0.0724, 0.5359, 0.9002."""
    weights, biases = numbers_of(drawn([2, 2, 1], "sigmoid", "sigmoid", "half squared error"))
    # 1 + int(9·0.3238) tenths, and minus because int(2·0.1508) is 0
    assert weights[0][0][0] == "-0.3" and weights[0][0][1] == "-0.6" and biases[0][0] == "-0.5"
    assert weights == [[["-0.3", "-0.6"], ["0.1", "-0.1"]], [["0.4", "-0.2"]]]
    assert biases == [["-0.5", "-0.1"], ["0.6"]]


def test_numbers_have_one_decimal_and_are_not_0():
    for seed in range(50):
        data = drawn([3, 4, 2], "tanh", "identity", "half squared error", seed=seed)
        rows = [row for layer in data["network"]["layers"] for row in [*layer["weights"], layer["biases"]]]
        rows += [row for example in data["examples"] for row in (example["inputs"], example["targets"])]
        assert all(number and abs(number) <= Decimal("0.9") for row in rows for number in row)
        assert all(number.as_tuple().exponent == -1 for row in rows for number in row)


@pytest.mark.parametrize(
    "last, loss, allowed",
    [
        ("sigmoid", "half squared error", {0, 1}),
        ("sign", "half squared error", {-1, 1}),
        ("softmax", "cross-entropy", {0, 1}),
        ("identity", "binary cross-entropy", {0, 1}),
    ],
)
def test_targets_are_those_that_outputs_can_come_near_to(last, loss, allowed):
    targets = [drawn([2, 3], "sigmoid", last, loss, seed=n)["examples"][0]["targets"] for n in range(20)]
    assert {int(target) for row in targets for target in row} == allowed
    assert loss != "cross-entropy" or all(sum(row) == 1 for row in targets)


def test_relu_has_targets_above_0_and_inputs_are_above_0():
    for seed in range(20):
        (example,) = drawn([3, 2], "sigmoid", "relu", "half squared error", seed=seed)["examples"]
        assert min(example["inputs"] + example["targets"]) > 0


def test_a_network_without_biases_stays_without_and_a_shared_bias_stays_shared():
    assert numbers_of(drawn([2, 2, 1], "relu", "identity", "half squared error", False))[1] == [None, None]
    data = empty_data([2, 2, 1], "relu", "identity", "half squared error")
    data["network"]["layers"][0]["shared_bias"] = True
    _, (hidden, _) = numbers_of(redrawn(data, random.Random(1)))
    assert len(set(hidden)) == 1


def test_steps_with_one_example_keep_it():
    first, second = drawn([2, 1], "relu", "identity", "half squared error", steps=2)["examples"]
    assert first == second


def test_steps_with_the_same_example_still_have_the_same():
    first, second = drawn([2, 2, 1], "sigmoid", "sigmoid", "half squared error", steps=2)["examples"]
    assert first == second
