import re

import pytest

from purenet import trace_case
from purenet.arithmetic.notation import MATHML
from purenet.cases import load_case
from purenet.trace.line_breaks import math
from tests.trace.test_record import trace_2x2x1


def pieces(text):
    """Return the texts of the pieces of a formula."""
    return [re.sub("<[^>]*>", "", piece) for piece in re.findall("<math>(.*?)</math>", math(text))]


def test_a_short_formula_is_one_piece():
    assert math("<mi>a</mi><mo>+</mo><mi>b</mi>") == "<math><mi>a</mi><mo>+</mo><mi>b</mi></math>"
    assert math("") == ""


@pytest.mark.parametrize(
    "symbol, expected",
    [
        ("x_k1", ["wj1k1·", "yj1", "+wj2k1·", "yj2"]),
        ("δ_j1", ["yj1·", "(1", "−yj1)·", "(wj1k1·", "δk1)"]),
    ],
)
def test_a_line_breaks_before_a_sum_and_after_a_point(symbol, expected):
    assert pieces(trace_2x2x1().row(symbol).quantity.formula(MATHML)) == expected


def test_neither_a_fraction_nor_the_parentheses_of_a_rule_are_broken():
    rule = MATHML.rule("∂y_m/∂x_k = y_m·(1 − y_k) for m = k, else y_m·(0 − y_k)")
    assert pieces(rule) == ["∂ym∂xk=ym·", "(1−yk)", "\xa0for\xa0m=k,", "\xa0else\xa0ym·", "(0−yk)"]
    fraction = "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>"
    assert pieces(f"{fraction}<mo>+</mo>{fraction}<mo>+</mo>{fraction}") == ["a+bc", "+a+bc", "+a+bc"]


def test_the_mark_of_an_example_stays_in_its_script():
    """The whole superscript (1) of y_j1⁽¹⁾ in a formula that is broken."""
    formula = trace_case(load_case("xor-batch")).row("x_k1⁽¹⁾").quantity.formula(MATHML)
    mark = "<mrow><mo>(</mo><mn>1</mn><mo>)</mo></mrow></msubsup>"
    assert formula.count(mark) == math(formula).count(mark) > 1
    assert len(pieces(formula)) > 2


def test_a_sign_at_the_end_of_a_line_is_between_two_numbers_all_the_same():
    assert '<math><mo form="infix">+</mo>' in math(trace_2x2x1().row("x_k1").quantity.formula(MATHML))
