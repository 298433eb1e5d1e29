from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError
from purenet.arithmetic.notation import Symbol
from purenet.arithmetic.pencil import Pencil, as_decimal


@pytest.mark.parametrize(
    "rule, value, written",
    [
        ({"significant_digits": 3}, "0.7310585786", "0.731"),
        ({"significant_digits": 3}, "0.0227145", "0.0227"),
        ({"significant_digits": 3}, "0.02265", "0.0227"),  # half up, where half even gives 0.0226
        ({"significant_digits": 3}, "-0.02265", "-0.0227"),
        ({"significant_digits": 2}, "1234", "1200"),
        ({"significant_digits": 3}, "0", "0"),
        ({"decimals": 2}, "0.125", "0.13"),
        ({"decimals": 2}, "0.004", "0.00"),
        ({"decimals": 0}, "2.5", "3"),
    ],
)
def test_a_person_rounds_half_up(rule, value, written):
    assert Pencil({"y": rule}).write(Symbol("y", "j1"), Decimal(value)) == Decimal(written)


def test_the_most_specific_rule_holds():
    digits = lambda n: {"decimals": n}  # noqa: E731
    pencil = Pencil({"y": digits(1), "y_k": digits(2), "y⁺": digits(3), "y_k⁺": digits(4), "y_k2⁺": digits(5)})
    value = Decimal("0.111111111")
    written = {str(s): str(pencil.write(s, value)) for s in [
        Symbol("y", "j1"), Symbol("y", "k1"), Symbol("y", "j1", True), Symbol("y", "k1", True), Symbol("y", "k2", True),
        Symbol("x", "j1"),
    ]}  # fmt: skip
    assert written == {
        "y_j1": "0.1", "y_k1": "0.11", "y_j1⁺": "0.111", "y_k1⁺": "0.1111", "y_k2⁺": "0.11111", "x_j1": "0.111111111",
    }  # fmt: skip


@pytest.mark.parametrize(
    "rules",
    [
        [],
        {"y": 3},
        {"y": {"digits": 3}},
        {"y": {"significant_digits": 0}},
        {"y": {"significant_digits": True}},
        {"y": {"decimals": -1}},
        {"y": {"decimals": 31}},
        {"y": {"decimals": 1, "significant_digits": 1}},
        {"q": {"decimals": 1}},
        {"t": {"decimals": 1}},
        {"∂E/∂y_k": {"decimals": 1}},
    ],
)
def test_what_is_no_rule_is_refused(rules):
    with pytest.raises(NetworkError):
        Pencil(rules)


def test_a_person_reads_the_decimals_that_are_shown():
    assert as_decimal(0.1) == Decimal("0.1")
    assert as_decimal(Fraction(1, 4)) == Decimal("0.25")
