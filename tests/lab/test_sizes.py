"""More and fewer neurons, layers and examples of a case, each change on a copy."""

from decimal import Decimal

import pytest

from purenet.cases import Case
from purenet.errors import NetworkError
from purenet.lab import sizes
from tests.lab.test_numbers import data_of, weights_of


def sizes_of(data):
    layers = [len(layer["weights"]) for layer in data["network"]["layers"]]
    return [len(data["examples"][0]["inputs"]), *layers, len(data["examples"][0]["targets"])]


def test_a_neuron_more_has_weights_of_two_decimals_into_it_and_out_of_it():
    data = sizes.with_more(data_of("2x2x1"), "neuron 1", 1)
    first, last = weights_of(data)
    assert sizes_of(data) == [2, 3, 1, 1]
    assert [len(first[2]), len(last[0])] == [2, 3]
    assert all(weight.as_tuple().exponent >= -2 for weight in [*first[2], last[0][2]])
    assert first[:2] == [[Decimal("0.5")] * 2] * 2
    Case(data)


def test_inputs_and_outputs_more_have_numbers_in_each_example():
    data = sizes.with_more(sizes.with_more(data_of("mazur"), "neuron 0", 1), "neuron 2", 1)
    assert sizes_of(data) == [3, 2, 3, 3]
    assert [example["inputs"][2] for example in data["examples"]] == [Decimal("0.5")] * 2
    assert [example["targets"][2] for example in data["examples"]] == [Decimal(0)] * 2
    Case(data)


def test_what_was_added_is_removed_again():
    data = data_of("mazur")
    for name in ("neuron 0", "neuron 1", "neuron 2", "example"):
        fewer = "example 3" if name == "example" else name
        assert sizes.with_fewer(sizes.with_more(data, name, 1), fewer, 1) == data


def test_a_hidden_layer_more_is_as_wide_as_what_it_feeds_takes():
    data = sizes.with_more(data_of("softmax-three-classes"), "layer", 1)
    assert sizes_of(data)[1:-1] == [5, 5, 3]
    assert data["network"]["layers"][1]["activation"] == "tanh"
    Case(data)
    fewer = sizes.with_fewer(sizes.with_fewer(data, "layer", 1), "layer", 1)
    assert sizes_of(fewer)[1:-1] == [3]
    Case(fewer)


@pytest.mark.parametrize("n, expected", [(1, [2, 2]), (3, [2, 2]), (4, [3, 1])])
def test_an_example_less_makes_its_batch_smaller(n, expected):
    data = sizes.with_fewer(data_of("batch-mean"), f"example {n}", 1)
    assert data["batch_sizes"] == expected


def test_an_example_more_joins_a_batch_of_all_and_otherwise_has_its_own_step():
    assert sizes.with_more(data_of("mazur"), "example", 1)["batch_sizes"] == [1, 1, 1]
    assert sizes.with_more(data_of("xor-batch"), "example", 1)["batch_sizes"] == [5]


@pytest.mark.parametrize("name", ["neuron 0", "neuron 1", "neuron 2", "example 1"])
def test_the_last_neuron_and_the_last_example_stay(name):
    data = data_of("one-neuron") if name != "example 1" else data_of("2x2x1")
    data = sizes.with_more(data, "layer", 1) if name == "neuron 2" else data
    with pytest.raises(NetworkError, match="at least one"):
        for _ in range(9):
            data = sizes.with_fewer(data, name, 1)


def test_drawn_weights_are_others_each_time_and_the_same_for_one_number():
    data = data_of("mazur")
    assert sizes.with_drawn_weights(data, 1) == sizes.with_drawn_weights(data, 1)
    assert weights_of(sizes.with_drawn_weights(data, 1)) != weights_of(sizes.with_drawn_weights(data, 2))
    assert sizes.with_drawn_weights(data, 1)["network"]["layers"][0]["biases"] == [Decimal(0)] * 2


def test_an_example_held_out_is_fitted_to_other_sizes():
    data = sizes.with_more(data_of("mazur"), "neuron 0", 1)
    held_out = {"inputs": [Decimal(1), Decimal(2)], "targets": [Decimal(3), Decimal(4)]}
    assert sizes.fitted(held_out, data)["inputs"] == [Decimal(1), Decimal(2), Decimal("0.5")]
    assert sizes.fitted(held_out, sizes.with_fewer(data_of("mazur"), "neuron 2", 1))["targets"] == [Decimal(3)]
    assert len(held_out["inputs"]) == 2


def test_a_layer_whose_neurons_have_an_activation_each_gives_its_first_to_a_new_layer_and_its_last_to_a_new_neuron():
    data = data_of("mazur")
    data["network"]["layers"][0]["activation"] = ["tanh", "relu"]
    assert sizes.with_more(data, "layer", 1)["network"]["layers"][1]["activation"] == "tanh"
    assert sizes.with_more(data, "neuron 1", 1)["network"]["layers"][0]["activation"] == ["tanh", "relu", "relu"]
    assert sizes.with_fewer(data, "neuron 1", 1)["network"]["layers"][0]["activation"] == ["tanh"]
