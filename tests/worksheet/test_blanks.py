"""Which numbers are left out."""

from decimal import Decimal

import pytest

from purenet.arithmetic.notation import Symbol
from purenet.cases import load_case
from purenet.errors import NetworkError
from purenet.worksheet.blanks import Blanks
from purenet.worksheet.contents import Contents

SYMBOLS = [Symbol.parse(text) for text in "x_j1 y_j1 E δ_k1 ∇w_j1k1 ∇b_k1 w_j1k1⁺ b_k1⁺ v_j1k1⁺".split()]


@pytest.mark.parametrize(
    "text, left_out",
    [
        ("net-inputs", "x_j1"),
        ("outputs, loss", "y_j1 E"),
        ("deltas,gradients", "δ_k1 ∇w_j1k1 ∇b_k1"),
        ("weights", "w_j1k1⁺ b_k1⁺ v_j1k1⁺"),
        ("gradients,every-second", "∇b_k1"),
        ("every-second", "y_j1 δ_k1 ∇b_k1 b_k1⁺"),
    ],
)
def test_kinds_are_left_out_by_name(text, left_out):
    assert " ".join(map(str, Blanks.named(text).chosen(SYMBOLS))) == left_out


def test_by_default_all_are_left_out():
    assert Blanks().chosen(SYMBOLS) == SYMBOLS


@pytest.mark.parametrize("text", ["", "delta", "deltas,", "all"])
def test_an_unknown_kind_is_named(text):
    with pytest.raises(NetworkError, match="there are no blanks '.*': choose some of net-inputs, outputs"):
        Blanks.named(text)


def test_what_is_not_left_out_is_printed():
    numbers = {"step1.example1.J.output": [Decimal("0.7"), Decimal("0.8")], "step1.example1.loss": [Decimal(1)]}
    printed = Contents(load_case("2x2x1"), Blanks.named("loss")).printed(numbers)
    assert printed == {"step1.example1.J.output": [Decimal("0.7"), Decimal("0.8")], "step1.example1.loss": [None]}
