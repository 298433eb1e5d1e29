"""Formulas are read as people type them and written in one spelling; other names are understood or asked about."""

import math
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError
from purenet.arithmetic.expression import Expression
from purenet.arithmetic.formula import read_formula
from purenet.arithmetic.notation import Symbol


@pytest.mark.parametrize(
    "text, formula",
    [
        ("y_j1", "y_j1"),
        ("exp(−x_j1)", "exp(−x_j1)"),
        ("exp(-x_j1)", "exp(−x_j1)"),
        ("e^−x_j1", "exp(−x_j1)"),
        ("e^(-x_j1)", "exp(−x_j1)"),
        ("e**-x_j1 + 1", "exp(−x_j1) + 1"),
        ("w_i1j1·y_i1", "w_i1j1·y_i1"),
        ("w_i1j1 * y_i1", "w_i1j1·y_i1"),
        ("w_i1j1×y_i1", "w_i1j1·y_i1"),
        ("y_j1·(1 − y_j1)", "y_j1·(1 − y_j1)"),
        ("y_j1*(1-y_j1)", "y_j1·(1 − y_j1)"),
        ("f′(x_j1)", "f′(x_j1)"),
        ("f'(x_j1)", "f′(x_j1)"),
        ("f’(net_j1)·∂E/∂y_j1", "f′(x_j1)·(∂E/∂y_j1)"),
        ("f(x_j1)", "y_j1"),
        ("η·∇w_i1j1", "η·∇w_i1j1"),
        ("eta*grad_w_i1j1", "η·∇w_i1j1"),
        ("t_k1 − y_k1", "t_k1 − y_k1"),
        ("(y_k1 − t_k1)²/2", "(y_k1 − t_k1)² / 2"),
        ("(y_k1-t_k1)^2/2", "(y_k1 − t_k1)² / 2"),
        ("(y_k1-t_k1)**2 / 2.0", "(y_k1 − t_k1)² / 2"),
        ("½·y_k1²", "0.5·y_k1²"),
        ("w_i1j1_new - w_i1j1", "w_i1j1⁺ − w_i1j1"),
        ("−δ_k1", "−δ_k1"),
        ("-delta_k1*y_j1", "−δ_k1·y_j1"),
        ("(-delta_k1)*y_j1", "(−δ_k1)·y_j1"),
        ("y_j1·−y_j2", "y_j1·(−y_j2)"),
        ("−−y_j1", "−(−y_j1)"),
        ("(E⁺ + E)/2", "(E⁺ + E) / 2"),
        ("-t_k1*log(y_k1)", "−t_k1·ln(y_k1)"),
        ("tanh(x_j1)", "tanh(x_j1)"),
        ("y_j1 - (y_j2 - y_j3)", "y_j1 − (y_j2 − y_j3)"),
        ("y_j1/y_j2/y_j3", "y_j1 / y_j2 / y_j3"),
        ("y_j1/(y_j2·y_j3)", "y_j1 / (y_j2·y_j3)"),
        ("delta_k1/delta_k2", "δ_k1 / δ_k2"),
        ("2e-3*y_j1 + 1E20", "0.002·y_j1 + 1E+20"),
        ("((y_j1))", "y_j1"),
        ("y_j1⁺²", "(y_j1⁺)²"),
        ("0.5·0.1", "0.5·0.1"),
        ("y_j1(1 − y_j1)", "y_j1·(1 − y_j1)"),
        ("η δ_k1 y_j1", "η·δ_k1·y_j1"),
        ("½(t_k1 − y_k1)²", "0.5·(t_k1 − y_k1)²"),
        ("2y_j1", "2·y_j1"),
        ("|y_k1 − t_k1|", "abs(y_k1 − t_k1)"),
        ("√(y_k1)", "sqrt(y_k1)"),
        ("√2·y_k1", "sqrt(2)·y_k1"),
        ("σ(net_j1)", "y_j1"),
        ("g'(z_j1)", "f′(x_j1)"),
        ("sigmoid(y_k1)", "1 / (1 + exp(−y_k1))"),
        ("m_hat_i1j1_new/(sqrt(v_hat_i1j1_new) + epsilon)", "m̂_i1j1⁺ / (sqrt(v̂_i1j1⁺) + ε)"),
        ("β₂·v_i1j1 + (1 − beta2) grad_w_i1j1²", "β₂·v_i1j1 + (1 − β₂)·∇w_i1j1²"),
        ("m_i1j1⁺/(1 - beta1^3)", "m_i1j1⁺ / (1 − β₁³)"),
        ("(y_j1 + 1)^12·2", "(y_j1 + 1)¹²·2"),
        ("e^{-x_{j1}}", "exp(−x_j1)"),
        ("y_j₁", "y_j1"),
        ("∂net_j1/∂w_i1j1", "y_i1"),
        ("∂net_k1/∂out_j1", "w_j1k1"),
        ("∂y_k1/∂w_j1k1", "f′(x_k1)·y_j1"),
        ("∂y_k1/∂y_j1", "f′(x_k1)·w_j1k1"),
        ("∂E_k1/∂out_k1", "∂E/∂y_k1"),
        ("∂E/∂out_j1", "∂E/∂y_j1"),
        ("∂E_k1/∂net_k1", "δ_k1"),
        ("∂E_k1/∂out_j1", "δ_k1·w_j1k1"),
        ("∂E_k1/∂w_j1k1", "∇w_j1k1"),
        ("∂L/∂w_i1j1", "∇w_i1j1 + λ·w_i1j1"),
        ("∂L/∂w_i1j1⁽²⁾", "∇w_i1j1⁽²⁾ + λ·w_i1j1"),
        ("∂L/∂b_j1", "∇b_j1"),
        ("∂J/∂w_i1j1", "∇w_i1j1 + λ·w_i1j1"),
    ],
)
def test_a_formula_has_one_spelling_which_is_read_again(text, formula):
    assert str(read_formula(text)) == formula
    assert str(read_formula(formula)) == formula


@pytest.mark.parametrize(
    "text, formula",
    [
        ("∂E/∂w_i1j1", "∇w_i1j1"),
        ("dE/dw_i1j1", "∇w_i1j1"),
        ("∂J/∂b_j1", "∇b_j1"),
        ("dE_total/dw_i1j1", "∇w_i1j1"),
        ("∂E/∂x_j1", "δ_j1"),
        ("∂C/∂z_j1", "δ_j1"),
        ("∂E/∂net_j1⁺", "δ_j1⁺"),
        ("dE/dy_k1", "∂E/∂y_k1"),
        ("∂Loss/∂y_k1", "∂E/∂y_k1"),
        ("∂E/∂θ_j1", "−∇b_j1"),
        ("∂y_j1/∂x_j1", "f′(x_j1)"),
        ("dout_j1/dnet_j1", "f′(x_j1)"),
        ("θ_j1", "−b_j1"),
        ("theta_j1_new", "−b_j1⁺"),
        ("Δw_i1j1", "w_i1j1⁺ − w_i1j1"),
        ("∆w_i1j1", "w_i1j1⁺ − w_i1j1"),  # the sign for an increment, not the letter
        ("Delta_b_j1", "b_j1⁺ − b_j1"),
        ("Δθ_j1", "−b_j1⁺ − (−b_j1)"),
        ("E_total", "E"),
    ],
)
def test_other_names_are_understood_where_they_mean_one_thing(text, formula):
    assert str(read_formula(text)) == formula


@pytest.mark.parametrize(
    "text, answer",
    [
        ("z_j1", "did you mean x_j1?"),
        ("net_j1⁺", "did you mean x_j1⁺?"),
        ("a_j1", "did you mean y_j1?"),
        ("out_j1", "did you mean y_j1?"),
        ("o_j1", "did you mean y_j1?"),
        ("h_j1", "did you mean y_j1?"),
        ("y_hat", "did you mean y?"),
        ("err_j1", "did you mean δ_j1?"),
        ("Δ_j1", "did you mean δ_j1?"),
        ("grad", "did you mean ∇w or ∇b?"),
        ("grad_i1j1", "did you mean ∇w_i1j1?"),
        ("dw_i1j1", "did you mean ∇w_i1j1 or Δw_i1j1?"),
        ("delta_w_i1j1", "did you mean ∇w_i1j1 or Δw_i1j1?"),
        ("db_j1", "did you mean ∇b_j1 or Δb_j1?"),
        ("alpha", "did you mean η?"),
        ("lr", "did you mean η?"),
        ("J", "did you mean E or L?"),
        ("momentum", "did you mean μ?"),
        ("velocity_i1j1", "did you mean v_i1j1?"),
        ("Y_j1", "did you mean y_j1?"),
        ("yj1", "did you mean y_j1?"),
        ("w_i1_j1", "did you mean w_i1j1?"),
        ("w5", "weights are named by the neurons they join, such as w_j1k1"),
        ("W_5", "weights are named by the neurons they join, such as w_j1k1"),
        ("∂E/∂w5", "weights are named by the neurons they join, such as ∂E/∂w_j1k1"),
        ("b1", "neurons are named by the letter of their layer and a number, such as b_j1"),
        ("out_1", "neurons are named by the letter of their layer and a number, such as y_j1"),
        ("q_j1", "such as y_j1, δ_k1, w_i1j1 or w_i1j1⁺"),
    ],
)
def test_other_names_are_asked_about_where_they_do_not(text, answer):
    with pytest.raises(NetworkError) as error:
        read_formula(text)
    assert str(error.value).startswith(f"{text!r} is not the symbol of a quantity") and str(error.value).endswith(
        answer
    )


@pytest.mark.parametrize("text", ["∂E/∂q_j1", "∂E_k1/∂w_i1j1", "∂y_j1/∂x_j2", "∂y_j1/∂y_j1", "∂x_j1/∂w_j1k1"])
def test_a_derivative_without_a_name_is_refused(text):
    with pytest.raises(NetworkError, match=f"'{text}' is no derivative that has a name here"):
        read_formula(text)


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "cannot be read at its end: a quantity or a number is missing"),
        ("y_j1·", "'y_j1·' cannot be read at its end: a quantity or a number is missing"),
        ("(y_j1", "cannot be read at its end: a closing parenthesis is missing"),
        ("y_j1)", r"cannot be read from '\)' on: an operator is missing"),
        ("y_j1 2", "cannot be read from '2' on: an operator is missing"),
        ("1/w_i1j1 y_i1", "cannot be read from 'y_i1' on: write · and parentheses"),
        ("|y_j1", "cannot be read at its end: a | is missing"),
        ("e_k1", "did you mean t_k1 − y_k1 or y_k1 − t_k1"),
        ("Σ_k y_k", "write a sum out, term by term, as in"),
        ("y_j1 $ 2", r"cannot be read from '\$ 2' on: this is no part of a formula"),
        ("x_", "cannot be read from '_' on: this is no part of a formula"),
        ("y_j1\n_new", "cannot be read from '_new' on"),
        ("y_j1^y_k1", "cannot be read from 'y_k1' on: a power has a whole number of 1 to 99"),
        ("y_j1^0", "cannot be read from '0' on: a power has a whole number of 1 to 99"),
        ("y_j1^1.5", "cannot be read from '1.5' on: a power has a whole number of 1 to 99"),
        ("y_j1²²²", "cannot be read from '²²²' on: a power has a whole number of 1 to 99"),
        ("sin(x_j1)", r"'sin\(x_j1\)' on: the functions are exp, ln, tanh, abs, sqrt, σ, f\(x_j1\) and f′\(x_j1\)"),
        ("f′(y_j1)", "the functions are"),
        ("f′(x_j1 + 1)", r"the functions are"),
        ("exp()", r"cannot be read from '\)' on: a quantity or a number is missing"),
        ("(" * 40 + "y_j1" + ")" * 40, "more than 10 parentheses or signs within each other"),
        ("-" * 150 + "y_j1", "more than 10 parentheses or signs within each other"),
        ("+".join(["y_j1"] * 300), "it is too long"),
        ("y" * 3000, "at most 2000 characters"),
        ("__import__('os')", "cannot be read from"),
        (None, "a formula must be a text"),
    ],
)
def test_an_unreadable_formula_is_told_where(text, message):
    with pytest.raises(NetworkError, match=message):
        read_formula(text)


def test_the_symbols_of_a_formula_come_once_each_and_in_order():
    symbols = read_formula("f′(x_j1)·(w_j1k1·δ_k1 + w_j1k2·δ_k2)/w_j1k1").symbols
    assert [str(symbol) for symbol in symbols] == ["x_j1", "w_j1k1", "δ_k1", "w_j1k2", "δ_k2"]
    assert all(isinstance(symbol, Symbol) for symbol in symbols)


NUMBERS = {"x_j1": 1.0, "y_j1": 0.75, "y_k1": 0.5, "t_k1": 0.25, "w_i1j1": 3.0, "w_i1j1⁺": 2.5, "b_j1": -2.0}


@pytest.mark.parametrize(
    "text, value",
    [
        ("y_j1", 0.75),
        ("y_j1·(1 − y_j1)", 0.1875),
        ("(y_k1 − t_k1)²/2", 0.03125),
        ("1/2·(y_k1 − t_k1)²", 0.03125),
        ("½·y_k1", 0.25),
        ("-y_k1*t_k1 + 1", 0.875),
        ("y_j1 - y_k1 - t_k1", 0.0),
        ("y_j1 - (y_k1 - t_k1)", 0.5),
        ("y_j1/y_k1/t_k1", 6.0),
        ("Δw_i1j1", -0.5),
        ("θ_j1", 2.0),
        ("y_j1²", 0.5625),
        ("-y_j1^2", -0.5625),
        ("f′(x_j1)·t_k1", 0.125),
        ("exp(-x_j1)", 0.36787944117144233),
        ("e^-x_j1", 0.36787944117144233),
        ("ln(y_k1)", -0.6931471805599453),
        ("tanh(x_j1)", 0.7615941559557649),
        ("√(t_k1)", 0.5),
        ("|b_j1|", 2.0),
        ("0.5·0.25", 0.125),
        ("σ(0)", 0.5),
        ("∂x_j1/∂b_j1", 1.0),
        ("∂net_j1/∂θ_j1", -1.0),
    ],
)
def test_a_formula_is_computed(text, value):
    assert read_formula(text).evaluate(NUMBERS, {"j1": 0.5}) == value


def test_numbers_of_each_kind_flow_through():
    half = read_formula("(y_k1 − t_k1)²/2·0.1 + 1")
    decimals = half.evaluate({"y_k1": Decimal("0.5"), "t_k1": Decimal("0.3")})
    assert isinstance(decimals, Decimal) and decimals == Decimal("1.002")
    assert half.evaluate({"y_k1": 1, "t_k1": Decimal("0.8")}) == Decimal("1.002")
    fractions = half.evaluate({"y_k1": Fraction(1, 2), "t_k1": Fraction(1, 6)})
    assert isinstance(fractions, Fraction) and fractions == 1 + Fraction(1, 180)
    expression = half.evaluate(
        {"y_k1": Expression(0.5, Symbol("y", "k1")), "t_k1": Expression(0.25, Symbol("t", "k1"))}
    )
    assert expression.formula() == "(y_k1 − t_k1)² / 2.0·0.1 + 1.0" and expression.value == 1.003125


@pytest.mark.parametrize(
    "text, message",
    [
        ("y_k2", "there is no quantity y_k2 here"),
        ("f′(x_k1)", r"there is no quantity f′\(x_k1\) here"),
        ("1/(y_k1 − y_k1)", "has no value for these numbers"),
        ("ln(t_k1 − y_k1)", r"ln\(t_k1 − y_k1\) has no value for these numbers"),
    ],
)
def test_a_formula_without_a_value_says_so(text, message):
    with pytest.raises(NetworkError, match=message):
        read_formula(text).evaluate(NUMBERS, {"j1": 0.5})
    with pytest.raises(NetworkError, match=message):
        read_formula(text).evaluate({name: Decimal(str(number)) for name, number in NUMBERS.items()})


def random_formula(r, depth):
    """Return a formula at random, typed with all its parentheses."""
    if depth == 0:
        return r.choice(["y_j1", "y_k1", "t_k1", "w_i1j1", "2", "0.5"])
    left, right = random_formula(r, depth - 1), random_formula(r, depth - 1)
    return r.choice([f"({left} {r.choice('+-*/')} {right})", f"(-{left})", f"tanh({left})", f"({left})**2"])


def test_the_written_formula_has_the_value_of_the_typed_one():
    r = random.Random(5)
    computed = 0
    for _ in range(1500):
        typed = "y_j1 + " + random_formula(r, r.randint(1, 4))
        try:
            expected = eval(typed, {"tanh": math.tanh}, dict(NUMBERS))
        except (ZeroDivisionError, OverflowError):
            continue
        formula = read_formula(typed)
        assert str(read_formula(str(formula))) == str(formula)
        for value in (formula.evaluate(NUMBERS), read_formula(str(formula)).evaluate(NUMBERS)):
            assert value == pytest.approx(expected, rel=1e-12, abs=1e-12)
        computed += 1
    assert computed > 1300


def test_deep_formulas_are_computed_and_written():
    squares = "y_j1"
    for _ in range(10):
        squares = f"({squares})²"
    assert read_formula(squares).evaluate({"y_j1": 1.0}) == 1.0
    product = "·".join(["y_j1"] * 100)
    assert str(read_formula(product)) == product


@pytest.mark.parametrize(
    "text, formula",
    [
        ("(E⁽¹⁾ + E⁽²⁾)/2", "(E⁽¹⁾ + E⁽²⁾) / 2"),
        ("y_j1⁽¹²⁾⁺⁺*w_i1j1⁺⁺", "y_j1⁽¹²⁾⁺⁺·w_i1j1⁺⁺"),
        ("∂E⁽²⁾/∂w_i1j1", "∇w_i1j1⁽²⁾"),
        ("f′(x_j1⁽²⁾)", "f′(x_j1⁽²⁾)"),
        ("(E[1] + E[2])/2", "(E⁽¹⁾ + E⁽²⁾) / 2"),
        ("y_j1[12]_new2*w_i1j1_new2", "y_j1⁽¹²⁾⁺⁺·w_i1j1⁺⁺"),
        ("θ_j1[2]", "−b_j1⁽²⁾"),
        ("Δw_i1j1⁺", "w_i1j1⁺⁺ − w_i1j1⁺"),
        ("μ·v_i1j1 − η·(∇w_i1j1 + λ·w_i1j1)", "μ·v_i1j1 − η·(∇w_i1j1 + λ·w_i1j1)"),
        ("mu*v_i1j1-eta*(grad_w_i1j1+lambda*w_i1j1)", "μ·v_i1j1 − η·(∇w_i1j1 + λ·w_i1j1)"),
        ("L - Omega", "L − Ω"),
        ("y_j1⁽²⁾²", "(y_j1⁽²⁾)²"),
        ("w_i1j1⁺⁴ - w_i1j1⁺⁺⁺", "w_i1j1⁺⁴ − w_i1j1⁺⁺⁺"),
    ],
)
def test_symbols_of_examples_and_steps_are_read(text, formula):
    assert str(read_formula(text)) == formula
