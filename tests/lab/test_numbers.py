"""Changes of the numbers of a case, each on a copy."""

import copy
from decimal import Decimal

import pytest

from purenet.cases import Case, case_names, load_case
from purenet.errors import NetworkError
from purenet.lab import numbers
from purenet.lab.numbers import plain_data
from purenet.storage.json_text import json_text


def data_of(name):
    return plain_data(load_case(name))


def weights_of(data):
    return [layer["weights"] for layer in data["network"]["layers"]]


def sizes(data):
    layers = [len(layer["weights"]) for layer in data["network"]["layers"]]
    return [len(data["examples"][0]["inputs"]), *layers, len(data["examples"][0]["targets"])]


@pytest.mark.parametrize("name", case_names())
def test_plain_data_makes_the_same_case_again(name):
    case, data = load_case(name), data_of(name)
    again = Case(data, name)
    assert json_text(plain_data(again)) == json_text(data)
    assert [again.network_data.layers, again.examples] == [case.network_data.layers, case.examples]
    fields = ("batch_sizes", "gradient", "learning_rate", "momentum", "weight_decay", "trained_biases", "rounding")
    assert [getattr(again, field) for field in fields] == [getattr(case, field) for field in fields]


def test_each_number_has_its_printed_symbol():
    data = data_of("2x2x1")
    assert list(numbers.places(data)) == ("w_i1j1 w_i2j1 w_i1j2 w_i2j2 w_j1k1 w_j2k1 y_i1 y_i2 t_k1 η μ λ".split())
    several = numbers.places(data_of("mazur"))
    assert {"b_j1", "b_k2", "y_i1⁽¹⁾", "t_k2⁽²⁾"} <= set(several)


def test_a_number_is_changed_exactly_as_it_is_typed_and_the_data_before_stay():
    data = data_of("2x2x1")
    before = copy.deepcopy(data)
    changed = numbers.with_number(data, "w_i2j1", " −0.70 ")
    assert weights_of(changed)[0] == [[Decimal("0.5"), Decimal("-0.70")], [Decimal("0.5")] * 2]
    assert str(weights_of(changed)[0][0][1]) == "-0.70"
    assert data == before


def test_a_shared_bias_changes_for_all_neurons_that_share_it():
    data = data_of("mazur")
    data["network"]["layers"][0]["shared_bias"] = True
    changed = numbers.with_number(data, "b_j2", "0.9")
    assert [layer["biases"] for layer in changed["network"]["layers"]] == [
        [Decimal("0.9")] * 2,
        [Decimal("0.60")] * 2,
    ]


@pytest.mark.parametrize(
    "symbol, number, up, down",
    [
        ("w_i1j1", "0.25", "0.26", "0.24"),
        ("w_i1j1", "0.5", "0.6", "0.4"),
        ("w_i1j1", "-0.1", "0.0", "-0.2"),
        ("w_i1j1", "3", "4", "2"),
        ("w_i1j1", "1E+2", "101", "99"),
        ("η", "1", "1.1", "0.9"),
        (
            "w_i1j1",
            "0.1234567890123456789012345678901234567891",
            *["0.12345678901234567890123456789012345678" + d for d in ("92", "90")],
        ),
    ],
)
def test_the_next_digit_is_one_unit_of_the_last_written_one(symbol, number, up, down):
    data = numbers.with_number(data_of("2x2x1"), symbol, number)
    for sign, expected in (("+", up), ("-", down)):
        assert str(numbers.number_at(numbers.with_next_digit(data, symbol, sign), symbol)) == expected


@pytest.mark.parametrize("number", ["1e300", "-1e308", "1E-999999999"])
def test_the_next_digit_of_a_number_out_of_range_is_no_error(number):
    numbers.with_next_digit(numbers.with_number(data_of("2x2x1"), "w_i1j1", number), "w_i1j1", "+")


def test_batches_are_of_the_chosen_size_and_the_last_may_be_smaller():
    assert numbers.with_choice(data_of("batch-mean"), "batch", "2")["batch_sizes"] == [2, 2, 1]
    assert numbers.with_choice(data_of("batch-mean"), "batch", "9")["batch_sizes"] == [5]


def test_a_neuron_more_has_weights_of_two_decimals_into_it_and_out_of_it():
    data = numbers.with_more(data_of("2x2x1"), "neuron 1", 1)
    first, last = weights_of(data)
    assert sizes(data) == [2, 3, 1, 1]
    assert [len(first[2]), len(last[0])] == [2, 3]
    assert all(weight.as_tuple().exponent >= -2 for weight in [*first[2], last[0][2]])
    assert first[:2] == [[Decimal("0.5")] * 2] * 2
    Case(data)


def test_inputs_and_outputs_more_have_numbers_in_each_example():
    data = numbers.with_more(numbers.with_more(data_of("mazur"), "neuron 0", 1), "neuron 2", 1)
    assert sizes(data) == [3, 2, 3, 3]
    assert [example["inputs"][2] for example in data["examples"]] == [Decimal("0.5")] * 2
    assert [example["targets"][2] for example in data["examples"]] == [Decimal(0)] * 2
    Case(data)


def test_what_was_added_is_removed_again():
    data = data_of("mazur")
    for name in ("neuron 0", "neuron 1", "neuron 2", "example"):
        fewer = "example 3" if name == "example" else name
        assert numbers.with_fewer(numbers.with_more(data, name, 1), fewer, 1) == data


def test_a_hidden_layer_more_is_as_wide_as_what_it_feeds_takes():
    data = numbers.with_more(data_of("softmax-three-classes"), "layer", 1)
    assert sizes(data)[1:-1] == [5, 5, 3]
    assert data["network"]["layers"][1]["activation"] == "tanh"
    Case(data)
    fewer = numbers.with_fewer(numbers.with_fewer(data, "layer", 1), "layer", 1)
    assert sizes(fewer)[1:-1] == [3]
    Case(fewer)


def test_a_layer_whose_neurons_have_an_activation_each_gives_its_first_to_a_new_layer_and_its_last_to_a_new_neuron():
    data = data_of("mazur")
    data["network"]["layers"][0]["activation"] = ["tanh", "relu"]
    assert numbers.with_more(data, "layer", 1)["network"]["layers"][1]["activation"] == "tanh"
    assert numbers.with_more(data, "neuron 1", 1)["network"]["layers"][0]["activation"] == ["tanh", "relu", "relu"]
    assert numbers.with_fewer(data, "neuron 1", 1)["network"]["layers"][0]["activation"] == ["tanh"]


@pytest.mark.parametrize("n, expected", [(1, [2, 2]), (3, [2, 2]), (4, [3, 1])])
def test_an_example_less_makes_its_batch_smaller(n, expected):
    data = numbers.with_fewer(data_of("batch-mean"), f"example {n}", 1)
    assert data["batch_sizes"] == expected


def test_an_example_more_joins_a_batch_of_all_and_otherwise_has_its_own_step():
    assert numbers.with_more(data_of("mazur"), "example", 1)["batch_sizes"] == [1, 1, 1]
    assert numbers.with_more(data_of("xor-batch"), "example", 1)["batch_sizes"] == [5]


@pytest.mark.parametrize("name", ["neuron 0", "neuron 1", "neuron 2", "example 1"])
def test_the_last_neuron_and_the_last_example_stay(name):
    data = data_of("one-neuron") if name != "example 1" else data_of("2x2x1")
    data = numbers.with_more(data, "layer", 1) if name == "neuron 2" else data
    with pytest.raises(NetworkError, match="at least one"):
        for _ in range(9):
            data = numbers.with_fewer(data, name, 1)


def test_drawn_weights_are_others_each_time_and_the_same_for_one_number():
    data = data_of("mazur")
    assert numbers.with_drawn_weights(data, 1) == numbers.with_drawn_weights(data, 1)
    assert weights_of(numbers.with_drawn_weights(data, 1)) != weights_of(numbers.with_drawn_weights(data, 2))
    assert numbers.with_drawn_weights(data, 1)["network"]["layers"][0]["biases"] == [Decimal(0)] * 2


def test_biases_can_be_taken_away_and_given_back():
    without = numbers.with_choice(data_of("mazur"), "biases 0", "no")
    assert without["network"]["layers"][0]["biases"] == [None, None]
    assert "b_j1" not in numbers.places(without)
    assert numbers.with_choice(without, "biases 0", "yes")["network"]["layers"][0]["biases"] == [Decimal(0)] * 2


def test_an_example_held_out_is_fitted_to_other_sizes():
    data = numbers.with_more(data_of("mazur"), "neuron 0", 1)
    held_out = {"inputs": [Decimal(1), Decimal(2)], "targets": [Decimal(3), Decimal(4)]}
    assert numbers.fitted(held_out, data)["inputs"] == [Decimal(1), Decimal(2), Decimal("0.5")]
    assert numbers.fitted(held_out, numbers.with_fewer(data_of("mazur"), "neuron 2", 1))["targets"] == [Decimal(3)]
    assert len(held_out["inputs"]) == 2
