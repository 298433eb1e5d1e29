from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError
from purenet.arithmetic import exp
from purenet.arithmetic.expression import Expression
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
        ({"decimals": 2}, "-0.125", "-0.13"),
        ({"decimals": 2, "mode": "half up"}, "0.125", "0.13"),
    ],
)
def test_a_person_rounds_half_up(rule, value, written):
    assert Pencil({"y": rule}).write(Symbol("y", "j1"), Decimal(value)) == Decimal(written)


@pytest.mark.parametrize(
    "rule, value, written",
    [
        ({"decimals": 2, "mode": "half even"}, "0.125", "0.12"),
        ({"decimals": 2, "mode": "half even"}, "0.135", "0.14"),
        ({"decimals": 2, "mode": "half even"}, "-0.125", "-0.12"),
        ({"significant_digits": 3, "mode": "half even"}, "0.02265", "0.0226"),
        ({"decimals": 4, "mode": "cut off"}, "0.13116907", "0.1311"),  # Han and Kamber's Err6, if it were cut off
        ({"decimals": 4, "mode": "cut off"}, "-0.13607550", "-0.1360"),
        ({"significant_digits": 3, "mode": "cut off"}, "2.71828", "2.71"),
        ({"significant_digits": 2, "mode": "cut off"}, "1299", "1200"),
    ],
)
def test_a_program_may_round_half_even_and_a_person_cut_off(rule, value, written):
    assert str(Pencil({"y": rule}).write(Symbol("y", "j1"), Decimal(value)).normalize()) == str(
        Decimal(written).normalize()
    )


def test_one_rule_may_hold_for_every_number_and_never_goes_unused():
    pencil = Pencil.for_all("decimals", 2)
    assert pencil.write(Symbol("δ", "j1"), Decimal("0.125")) == Decimal("0.13")
    assert pencil.write(Symbol("∂E/∂y", "k1"), Decimal("0.125")) == Decimal("0.125")  # part of the formula of δ_k1
    assert pencil.write(Symbol("t", "k1"), Decimal("0.125")) == Decimal("0.125")  # given, never written down
    Pencil.for_all("decimals", 2).check_used()


def test_the_rules_of_a_case_come_before_the_one_for_every_number():
    pencil = Pencil.for_all("significant_digits", 2, "cut off", {"y_j": {"decimals": 3}})
    written = [pencil.write(Symbol("y", neuron), Decimal("0.98765")) for neuron in ("j1", "k1")]
    assert written == [Decimal("0.988"), Decimal("0.98")]
    with pytest.raises(NetworkError, match="rounding of w_ij: no such quantity is written down"):
        Pencil.for_all("decimals", 4, rules={"w_ij": {"decimals": 3}}).check_used()


@pytest.mark.parametrize(
    "pencil, words",
    [
        (
            Pencil({"y": {"significant_digits": 3}, "δ_j": {"decimals": 4}}),
            "y to 3 significant digits, δ_j to 4 decimals",
        ),
        (Pencil({"δ_j": {"decimals": 4, "mode": "cut off"}}), "δ_j to 4 decimals, cut off"),
        (
            Pencil({"y": {"decimals": 1, "mode": "half even"}, "δ": {"decimals": 4}}),
            "y to 1 decimal, half even; δ to 4 decimals",
        ),
        (Pencil.for_all("decimals", 4), "every number to 4 decimals"),
        (Pencil.for_all("decimals", 4, "cut off"), "every number to 4 decimals, cut off"),
        (
            Pencil.for_all("decimals", 4, rules={"y": {"decimals": 3}}),
            "y to 3 decimals, every other number to 4 decimals",
        ),
        (
            Pencil({"e^-x_j": {"significant_digits": 2}, "parts": {"decimals": 3}}),
            "exp(−x_j) to 2 significant digits, every part of a formula to 3 decimals",
        ),
    ],
)
def test_a_pencil_says_how_it_rounds(pencil, words):
    assert pencil.words() == words


@pytest.mark.parametrize(
    "rounding, words",
    [
        (4, "every number to 4 decimals"),
        (0, "every number to 0 decimals"),
        ({"decimals": 4}, "every number to 4 decimals"),
        ({"significant_digits": 3, "mode": "cut off"}, "every number to 3 significant digits, cut off"),
        ({"decimals": 4, "y": {"decimals": 3}}, "y to 3 decimals, every other number to 4 decimals"),
    ],
)
def test_rounding_may_be_one_rule_for_every_number(rounding, words):
    assert Pencil(rounding).words() == words


def test_one_rule_rounds_every_number():
    assert Pencil(2).write(Symbol("δ", "j1"), Decimal("0.125")) == Decimal("0.13")
    cut = Pencil({"significant_digits": 1, "mode": "cut off", "δ": {"decimals": 2}})
    assert [cut.write(Symbol(base, "j1"), Decimal("0.175")) for base in "yδ"] == [Decimal("0.1"), Decimal("0.18")]


def test_a_rule_for_all_that_is_asked_for_takes_the_place_of_that_of_a_case():
    assert Pencil.for_all("decimals", 2, rules=4).words() == "every number to 2 decimals"
    both = Pencil.for_all("decimals", 2, rules={"decimals": 4, "mode": "cut off", "y": {"decimals": 3}})
    assert both.words() == "y to 3 decimals, every other number to 2 decimals"


RULES = (
    'must be {"significant_digits": 1 to 30} or {"decimals": 0 to 30}, '
    'with a "mode" "half up" or "half even" or "cut off" if need be, not '
)
KINDS = 'must be a number of decimals, such as 4, or an object such as {"y": {"significant_digits": 3}}, not '


@pytest.mark.parametrize(
    "rounding, message",
    [
        (31, "rounding of every number " + RULES + '{"decimals": 31}'),
        (-1, "rounding of every number " + RULES + '{"decimals": -1}'),
        ({"mode": "cut off"}, "rounding of every number " + RULES + '{"mode": "cut off"}'),
        ({"decimals": 2, "significant_digits": 3}, "rounding of every number " + RULES + '{"decimals": 2, "significant_digits": 3}'),
        ({"decimals": {"y": 3}}, "rounding of every number " + RULES + '{"decimals": {"y": 3}}'),
        ({"decimals": Decimal("4.0")}, "rounding of every number " + RULES + '{"decimals": 4.0}'),
        ({"y": Decimal("0.50")}, "rounding of y " + RULES + "0.50"),
        ({"y": None}, "rounding of y " + RULES + "null"),
        (Decimal("4.0"), "rounding " + KINDS + "4.0"),
        (True, "rounding " + KINDS + "true"),
        ("4", "rounding " + KINDS + '"4"'),
        ([4, None], "rounding " + KINDS + "[4, null]"),
    ],
)  # fmt: skip
def test_wrong_rounding_is_answered_in_one_sentence_with_what_the_file_says(rounding, message):
    with pytest.raises(NetworkError) as raised:
        Pencil(rounding)
    assert str(raised.value) == message


def test_a_rule_for_everything_is_checked_too():
    for unit, digits, mode in [("digits", 4, "half up"), ("decimals", 31, "half up"), ("decimals", 4, "up")]:
        with pytest.raises(NetworkError, match="rounding of every number must be"):
            Pencil.for_all(unit, digits, mode)


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


def test_a_rule_holds_in_every_example_and_after_every_step_unless_it_names_one():
    pencil = Pencil({"w⁺": {"decimals": 1}, "w_ij⁺⁺": {"decimals": 2}, "y": {"decimals": 3}, "y_j⁽²⁾": {"decimals": 4}})
    value = Decimal("0.111111111")
    written = {name: str(pencil.write(Symbol.parse(name), value)) for name in [
        "w_i1j1", "w_i1j1⁺", "w_i1j1⁺⁺", "w_j1k1⁺⁺", "w_i1j1⁺⁴", "y_j1⁽¹⁾", "y_j1⁽²⁾", "y_j1⁽²⁾⁺", "y_k1⁽²⁾",
    ]}  # fmt: skip
    assert written == {
        "w_i1j1": "0.111111111", "w_i1j1⁺": "0.1", "w_i1j1⁺⁺": "0.11", "w_j1k1⁺⁺": "0.1", "w_i1j1⁺⁴": "0.11",
        "y_j1⁽¹⁾": "0.111", "y_j1⁽²⁾": "0.1111", "y_j1⁽²⁾⁺": "0.1111", "y_k1⁽²⁾": "0.111",
    }  # fmt: skip


def number(value, symbol):
    return Expression(Decimal(value), Symbol.parse(symbol))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def test_every_part_of_a_formula_may_be_rounded_before_it_is_used():
    pencil = Pencil({"parts": {"decimals": 2}})
    computed = pencil.compute(sigmoid(number("1.234", "x_j1")))  # e^−1.234 = 0.29113, not e^−1.23 = 0.29229
    assert computed == 1 / Decimal("1.29")
    y, t = number("0.77", "y_k1"), number("0", "t_k1")
    assert pencil.compute(y * (1 - y) * (y - t)) == Decimal("0.18") * Decimal("0.77")  # 0.77 · 0.23 = 0.1771
    assert pencil.written_value(y * (1 - y)) == Decimal("0.18")
    pencil.check_used()


def test_the_terms_of_a_sum_are_parts_and_its_partial_sums_are_not():
    terms = [number("4.4", f"w_i{n}j1") * number("1.1", f"y_i{n}") for n in (1, 2, 3)]  # 4.84 each
    total = 0
    for term in [*terms, number("0.25", "b_j1")]:
        total += term
    assert Pencil({"parts": {"significant_digits": 1}}).compute(total) == Decimal("15.25")
    w = number("0.123", "w_j1k1")
    assert Pencil({"parts": {"decimals": 1}}).compute((0 + w * 1) * 2) == Decimal("0.246")  # nobody writes 0 + w · 1


def test_one_part_of_a_formula_may_be_rounded_by_the_most_specific_rule():
    rules = {"exp(-x)": 1, "exp(−x_j)": 2, "e^-x_j2": 3, "exp(−x_j⁽²⁾)": 4, "parts": 0}
    pencil = Pencil({name: {"decimals": digits} for name, digits in rules.items()})
    written = {name: str(pencil.written_value(exp(-number("1", name)))) for name in (
        "x_k1", "x_j1", "x_j2", "x_j1⁽²⁾", "x_j1⁽³⁾", "x_j2⁽³⁾"
    )}  # fmt: skip
    assert written == {
        "x_k1": "0.4", "x_j1": "0.37", "x_j2": "0.368", "x_j1⁽²⁾": "0.3679", "x_j1⁽³⁾": "0.37", "x_j2⁽³⁾": "0.368",
    }  # fmt: skip
    with pytest.raises(NetworkError, match="rounding of parts: no such quantity is written down"):
        pencil.check_used()


def test_a_formula_has_thousands_of_terms():
    total = 0
    for n in range(5000):
        total += number("1.1", f"w_i{n}j1") * number("1.1", f"y_i{n}")
    assert Pencil({"parts": {"decimals": 1}}).compute(total) == 6000  # 5000 · 1.2


@pytest.mark.parametrize(
    "rules",
    [
        [],
        {"exp(x_j": {"decimals": 1}},
        {"exp(1)": {"decimals": 1}},
        {"exp(x_j)": 3},
        {"part": {"decimals": 1}},
        {"y": 3},
        {"y": {"digits": 3}},
        {"y": {"significant_digits": 0}},
        {"y": {"significant_digits": True}},
        {"y": {"decimals": -1}},
        {"y": {"decimals": 31}},
        {"y": {"decimals": 1, "significant_digits": 1}},
        {"q": {"decimals": 1}},
        {"t": {"decimals": 1}},
        {"μ": {"decimals": 1}},
        {"y": {"decimals": 1, "mode": "up"}},
        {"y": {"decimals": 1, "mode": ["cut off"]}},
        {"y": {"mode": "cut off"}},
        {"y": {}},
    ],
)
def test_what_is_no_rule_is_refused(rules):
    with pytest.raises(NetworkError):
        Pencil(rules)


def test_a_person_reads_the_decimals_that_are_shown():
    assert as_decimal(0.1) == Decimal("0.1")
    assert as_decimal(Fraction(1, 4)) == Decimal("0.25")


@pytest.mark.parametrize(
    "rules",
    [
        {"decimals": 4},
        {"significant_digits": 3, "mode": "cut off"},
        {"y": {"significant_digits": 3}, "δ_j": {"decimals": 4, "mode": "half even"}},
        {"decimals": 2, "exp(−x_j)": {"decimals": 4}, "parts": {"decimals": 5}},
    ],
)
def test_rules_can_be_declared_again(rules):
    assert Pencil(rules).declared == rules
