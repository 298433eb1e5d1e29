"""The formulas that activations and losses state, evaluated as texts, give the numbers that their code computes."""

import math
import re

import pytest

from purenet import MeanSquaredError, Sigmoid, Softmax
from purenet.storage.network_json import ACTIVATIONS, LOSSES

POINTS = [-699.0, -20.0, -2.5, -1.0, -0.5, -1e-9, 0.0, 1e-9, 0.25, 1.0, 3.0, 20.0]
SIGNS = {"−": "-", "·": "*", "²": "**2", "½": "0.5", "≥": ">="}
OUTPUTS, TARGETS = [0.3, 0.6, 0.1], [0.25, 0.7, 0.05]


def evaluated(text, **numbers):
    """Return the value of a stated formula; of a case distinction, that of the case that holds."""
    for sign, code in SIGNS.items():
        text = text.replace(sign, code)
    text = re.sub(r"^(.*?) for (.*?), else (.*)$", r"(\1) if (\2) else (\3)", text.replace("m = j", "m == j"))
    return eval(text, {"exp": math.exp, "tanh": math.tanh, "ln": math.log}, numbers)


def test_the_evaluator_reads_formulas_as_a_person_does():
    assert evaluated("1 − y²", y=3.0) == -8
    assert evaluated("2·(y_k − t_k) / n", y_k=5.0, t_k=2.0, n=3) == 2
    assert [evaluated("x for x ≥ 0, else −1", x=x) for x in (2, 0, -2)] == [2, 0, -1]


@pytest.mark.parametrize("x", POINTS)
@pytest.mark.parametrize("kind", [kind for kind in ACTIVATIONS.values() if kind is not Softmax])
def test_an_activation_is_the_function_it_states(kind, x):
    y = kind().value(x)
    assert y == pytest.approx(evaluated(kind.formula, x=x), rel=1e-14, abs=1e-300)
    slope = kind.slope.replace(" (a pretence: in truth 0)", "")
    assert kind().derivative(x, y) == pytest.approx(evaluated(slope, x=x, y=y), rel=1e-14)


@pytest.mark.parametrize("kind", [kind for kind in ACTIVATIONS.values() if kind is not Softmax])
def test_a_slope_is_the_slope_of_the_function_or_says_that_it_is_a_pretence(kind):
    f, h = kind().value, 1e-5
    for x in (-2.5, -0.5, 0.25, 1.0, 3.0):
        measured, stated = (f(x + h) - f(x - h)) / (2 * h), kind().derivative(x, f(x))
        assert (measured == 0 != stated) if "pretence" in kind.slope else stated == pytest.approx(measured, rel=1e-8)


def test_softmax_is_the_function_it_states():
    x = [0.5, -1.0, 2.0]
    outputs = Softmax().values(x)
    above, below = Softmax.formula.split(" / Σ_m ")
    total = math.fsum(evaluated(below, x_m=x_m) for x_m in x)
    for j in range(3):
        assert outputs[j] == pytest.approx(evaluated(above, x_j=x[j]) / total, rel=1e-14)
        for m in range(3):
            slope = evaluated(Softmax.slope, y_m=outputs[m], y_j=outputs[j], m=m, j=j)
            assert Softmax().derivative(outputs, m, j) == pytest.approx(slope, rel=1e-14)


@pytest.mark.parametrize("kind", LOSSES.values())
def test_a_loss_is_the_function_it_states(kind):
    factor, term = re.fullmatch(r"E = (.*?) ?Σ_k (.*)", kind.formula.replace("E = −Σ", "E = −1 Σ")).groups()
    terms = [evaluated(term, y_k=y, t_k=t) for y, t in zip(OUTPUTS, TARGETS)]
    stated = evaluated(factor or "1", n=3) * math.fsum(terms)
    assert kind().value(OUTPUTS, TARGETS) == pytest.approx(stated, rel=1e-14)
    slopes = [evaluated(kind.slope, y_k=y, t_k=t, n=3) for y, t in zip(OUTPUTS, TARGETS)]
    assert kind().derivative(OUTPUTS, TARGETS) == pytest.approx(slopes, rel=1e-14)


@pytest.mark.parametrize(
    "kind, formula, slope",
    [
        # as the README and chapter 1 print them
        (Sigmoid, "1 / (1 + exp(−x))", "y·(1 − y)"),
        (MeanSquaredError, "E = 1/n Σ_k (y_k − t_k)²", "2·(y_k − t_k) / n"),
    ],
)
def test_formulas_are_in_printed_symbols(kind, formula, slope):
    assert (kind.formula, kind.slope) == (formula, slope)
