"""Changes of the numbers of a case, each on a copy."""

import copy
from decimal import Decimal

import pytest

from purenet.cases import Case, case_names, load_case
from purenet.lab import numbers
from purenet.lab.numbers import plain_data
from purenet.storage.json_text import json_text


def data_of(name):
    return plain_data(load_case(name))


def weights_of(data):
    return [layer["weights"] for layer in data["network"]["layers"]]


@pytest.mark.parametrize("name", case_names())
def test_plain_data_makes_the_same_case_again(name):
    case, data = load_case(name), data_of(name)
    again = Case(data, name)
    assert json_text(plain_data(again)) == json_text(data)
    assert [again.network_data.layers, again.examples] == [case.network_data.layers, case.examples]
    fields = ("batch_sizes", "gradient", "learning_rate", "descent_name", "settings", "trained_biases", "rounding")
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


def test_biases_can_be_taken_away_and_given_back():
    without = numbers.with_choice(data_of("mazur"), "biases 0", "no")
    assert without["network"]["layers"][0]["biases"] == [None, None]
    assert "b_j1" not in numbers.places(without)
    assert numbers.with_choice(without, "biases 0", "yes")["network"]["layers"][0]["biases"] == [Decimal(0)] * 2
