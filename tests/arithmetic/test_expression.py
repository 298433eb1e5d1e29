from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import arithmetic
from purenet.arithmetic import exp, tanh
from purenet.arithmetic.expression import Expression
from purenet.arithmetic.notation import ASCII, LATEX, Symbol


def named(value, base, subscript):
    return Expression(value, Symbol(base, subscript))


x, y, w, b = named(2.0, "x", "j1"), named(-0.5, "y", "j1"), named(0.25, "w", "i1j1"), named(3.0, "b", "j1")


@pytest.mark.parametrize(
    "expression, formula, numbers, value",
    [
        (0 + x, "x_j1", "2.0", 2.0),
        (0 + w * x, "w_i1j1·x_j1", "0.25·2.0", 0.5),
        (0 + w * x + y * x + b, "w_i1j1·x_j1 + y_j1·x_j1 + b_j1", "0.25·2.0 + (−0.5)·2.0 + 3.0", 2.5),
        (1 * x, "x_j1", "2.0", 2.0),
        (x * 1, "x_j1", "2.0", 2.0),
        (1 * (x - y), "x_j1 − y_j1", "2.0 − (−0.5)", 2.5),
        (y - x, "y_j1 − x_j1", "−0.5 − 2.0", -2.5),
        (x - (y - b), "x_j1 − (y_j1 − b_j1)", "2.0 − (−0.5 − 3.0)", 5.5),
        (x + (y + b), "x_j1 + (y_j1 + b_j1)", "2.0 + (−0.5 + 3.0)", 4.5),
        (0 - x, "0 − x_j1", "0 − 2.0", -2.0),
        (w + (0 - x), "w_i1j1 − x_j1", "0.25 − 2.0", -1.75),
        (w + (0 * y - x), "w_i1j1 − x_j1", "0.25 − 2.0", -1.75),
        (w - (0 - x), "w_i1j1 + x_j1", "0.25 + 2.0", 2.25),
        (w * (0 - x), "w_i1j1·(0 − x_j1)", "0.25·(0 − 2.0)", -0.5),
        (y * (1 - y), "y_j1·(1 − y_j1)", "(−0.5)·(1 − (−0.5))", -0.75),
        (y * (1 - y) * (w * b), "y_j1·(1 − y_j1)·(w_i1j1·b_j1)", "(−0.5)·(1 − (−0.5))·(0.25·3.0)", -0.5625),
        (y * y, "y_j1²", "(−0.5)²", 0.25),
        ((0 + (x - y) * (x - y)) / 2, "(x_j1 − y_j1)² / 2", "(2.0 − (−0.5))² / 2", 3.125),
        (x / (y * b), "x_j1 / (y_j1·b_j1)", "2.0 / ((−0.5)·3.0)", -4 / 3),
        (-x, "−x_j1", "−2.0", -2.0),
        (-y, "−y_j1", "−(−0.5)", 0.5),
        (1 / (1 + exp(-y)), "1 / (1 + exp(−y_j1))", "1 / (1 + exp(−(−0.5)))", 0.3775406687981454),
        (tanh(x), "tanh(x_j1)", "tanh(2.0)", 0.9640275800758169),
        (1 - tanh(x) * tanh(x), "1 − tanh(x_j1)²", "1 − tanh(2.0)²", 0.07065082485316443),
        (x - 0, "x_j1 − 0", "2.0 − 0", 2.0),
    ],
)
def test_an_expression_tells_its_formula_its_numbers_and_its_value(expression, formula, numbers, value):
    assert expression.formula() == formula
    assert expression.numbers() == numbers
    assert expression.value == pytest.approx(value, rel=1e-15)


def test_the_same_difference_twice_is_a_square():
    difference = x - y
    assert (difference * difference).formula() == "(x_j1 − y_j1)²"


def test_a_named_quantity_is_an_operand_by_its_name():
    net_input = (w * x + b).written_down(Symbol("x", "k1"), 3.5)
    assert net_input.formula() == "w_i1j1·x_j1 + b_j1"
    assert (net_input * y).formula() == "x_k1·y_j1"
    assert (net_input * y).quantities() == {"x_k1": 3.5, "y_j1": -0.5}


def test_a_quantity_may_be_another_one():
    output = x.written_down(Symbol("y", "k1"), 2.0)
    assert (output.formula(), output.numbers(), output.quantities()) == ("x_j1", "2.0", {"x_j1": 2.0})


def test_a_given_number_has_no_formula():
    assert (x.formula(), x.numbers(), x.quantities()) == ("", "", {})


def test_rounding_when_written_down_is_told_from_what_was_computed():
    written = (x / 3).written_down(Symbol("y", "k1"), 0.667)
    assert written.value == 0.667
    assert written.computed == pytest.approx(2 / 3)
    assert (written * 3).value == pytest.approx(2.001)


def test_long_sums_are_elided_in_the_middle_on_request_and_are_no_matter_of_recursion():
    total = 0
    for i in range(1, 5001):
        total = total + named(1.0, "w", f"i{i}j1") * named(2.0, "y", f"i{i}")
    total = total + b
    assert total.formula(longest=8) == "w_i1j1·y_i1 + w_i2j1·y_i2 + w_i3j1·y_i3 + … + w_i5000j1·y_i5000 + b_j1"
    assert total.numbers(ASCII, longest=8) == "1.0*2.0 + 1.0*2.0 + 1.0*2.0 + ... + 1.0*2.0 + 3.0"
    assert total.formula().count("+") == 5000
    assert len(total.quantities()) == 10001


def test_the_other_notations():
    delta = y * (1 - y) * (w * b)
    assert delta.formula(ASCII) == "y_j1*(1 - y_j1)*(w_i1j1*b_j1)"
    assert delta.numbers(ASCII) == "(-0.5)*(1 - (-0.5))*(0.25*3.0)"
    assert delta.formula(LATEX) == r"y_{j1} \cdot (1 - y_{j1}) \cdot (w_{i1j1} \cdot b_{j1})"
    assert (1 / (1 + exp(-x))).formula(LATEX) == r"\frac{1}{1 + e^{-x_{j1}}}"
    assert (y * y).numbers(LATEX) == r"(-0.5)^2"
    assert (named(1e-9, "w", "i1j1") * x).numbers(LATEX) == r"1 \cdot 10^{-9} \cdot 2.0"
    assert ((x - y) / 2).formula(LATEX) == r"\frac{x_{j1} - y_{j1}}{2}"


def test_fractions_keep_their_bar_apart_from_a_product():
    third = named(Fraction(1, 3), "w", "i1j1")
    assert (x * third).numbers() == "2.0·(1/3)"


def test_comparison_is_by_value():
    assert x > 0 and y < 0 and x >= 2.0 and x <= 2.0 and x == 2.0 and x != y


def test_a_term_times_a_constant_0_is_left_out_wherever_the_0_is():
    y, t = Expression(0.25, Symbol("y", "k1")), Expression(1.0, Symbol("t", "k1"))
    assert (y * (1 - y) * 0 + y * t).formula() == "y_k1·t_k1"
    assert (0 * y + y * t + y * 0).numbers() == "0.25·1.0"
    assert (y * 0 + t * 0).formula() == "y_k1·0"  # something must remain


def test_square_roots_and_sizes_are_drawn_in_latex():
    y = Expression(0.25, Symbol("y", "k1"))
    assert Expression(0.5, None, "sqrt", (y,)).formula(LATEX) == r"\sqrt{y_{k1}}"
    assert abs(y - 1).formula(LATEX) == r"\left\vert y_{k1} - 1 \right\vert"


def test_squares_and_powers_are_factors_without_parentheses():
    beta, gradient = Expression(0.9, Symbol("β₁")), Expression(0.5, Symbol("∇w", "i1j1"))
    mean = (1 - beta) * (gradient * gradient)
    assert (mean.formula(), mean.formula(ASCII)) == ("(1 − β₁)·∇w_i1j1²", "(1 - beta1)*grad_w_i1j1^2")
    corrected = gradient / (1 - beta**3)
    assert (corrected.formula(), corrected.numbers()) == ("∇w_i1j1 / (1 − β₁³)", "0.5 / (1 − 0.9³)")
    assert (beta**1).formula() == "β₁" and (beta**12).formula(LATEX) == r"\beta_1^{12}"
    assert corrected.value == 0.5 / (1 - 0.9**3)


def test_a_square_root_is_of_the_kind_of_its_number():
    root = arithmetic.sqrt(Expression(Decimal("0.25"), Symbol("v̂", "i1j1")))
    assert (root.formula(), root.value) == ("sqrt(v̂_i1j1)", Decimal("0.5"))
    assert root.formula(LATEX) == r"\sqrt{\hat v_{i1j1}}"
