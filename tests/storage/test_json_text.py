from decimal import Decimal

import pytest

from purenet.storage.json_text import json_text


def test_short_lists_are_one_line_and_numbers_as_they_are():
    data = {"number": Decimal("1.50E-7"), "words": ["δ", None, True], "epoch": (1, 0.1)}
    assert json_text(data) == '{"number": 1.50e-7, "words": ["δ", null, true], "epoch": [1, 0.1]}'
    assert json_text({"δ": "δ"}, ascii=True) == r'{"\u03b4": "\u03b4"}'


def test_what_is_too_long_is_broken_but_for_lists_of_numbers():
    row = ", ".join(["0.123456789"] * 9)
    assert json_text({"rows": [[0.123456789] * 9] * 2}) == f'{{\n "rows": [\n  [{row}],\n  [{row}]\n ]\n}}'


def test_a_number_that_json_does_not_have_is_refused():
    with pytest.raises(ValueError):
        json_text([float("inf")])
