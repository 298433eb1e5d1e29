from decimal import Decimal

import pytest

from purenet.arithmetic.notation import Symbol
from purenet.arithmetic.pencil import Pencil
from purenet.worksheet.by_pencil import misses


@pytest.mark.parametrize("number, missed", [("0.0010", False), ("0.0011", False), ("0.0012", True), ("-0.0010", True)])
def test_a_number_misses_from_more_than_one_unit_on(number, missed):
    assert misses(Pencil(4), Symbol.parse("δ_j1"), Decimal(number), Decimal("0.0010")) is missed
