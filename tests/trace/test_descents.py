"""Nesterov's momentum, Adam and AdamW traced: formulas, numbers by hand and in full, and their names."""

import pytest

from purenet import Adam, AdamW, GradientDescent, NetworkError, trace_training
from purenet.cases import load_case
from purenet.trace.record import trace_case
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2

EXAMPLES = [(INPUTS_2_3_2, TARGETS_2_3_2)]


@pytest.fixture(scope="module")
def adam():
    return trace_case(load_case("adam"))


def test_the_second_step_of_adam_shows_its_moments_with_their_formulas(adam):
    formulas = {
        "m_j1k1⁺⁺": "β₁·m_j1k1⁺ + (1 − β₁)·∇w_j1k1⁽²⁾",
        "v_j1k1⁺⁺": "β₂·v_j1k1⁺ + (1 − β₂)·(∇w_j1k1⁽²⁾)²",
        "m̂_j1k1⁺⁺": "m_j1k1⁺⁺ / (1 − β₁²)",
        "v̂_j1k1⁺⁺": "v_j1k1⁺⁺ / (1 − β₂²)",
        "w_j1k1⁺⁺": "w_j1k1⁺ − η·m̂_j1k1⁺⁺ / (sqrt(v̂_j1k1⁺⁺) + ε)",
    }
    assert {symbol: adam.row(symbol).formula for symbol in formulas} == formulas
    assert adam.row("m̂_j1k1⁺").formula == "m_j1k1⁺ / (1 − β₁)"


def test_by_hand_each_moment_is_rounded_before_it_is_used(adam):
    """With a pencil, to 5 significant digits: m = 0.9·0.016892 + 0.1·0.15456 = 0.0306588, m̂ = 0.030659 / 0.19."""
    row = adam.row("m_j1k1⁺⁺")
    assert (row.numbers, row.by_hand) == ("0.9·0.016892 + (1 − 0.9)·0.15456", "≈ 0.030659")
    assert (adam.row("m̂_j1k1⁺⁺").by_hand, adam.row("v̂_j1k1⁺⁺").by_hand) == ("≈ 0.16136", "≈ 0.02621")
    row = adam.row("w_j1k1⁺⁺")
    assert (row.numbers, row.by_hand) == ("0.49 − 0.01·0.16136 / (sqrt(0.02621) + 1e-8)", "≈ 0.48003")
    assert row.value == pytest.approx(0.48003295752505193, rel=1e-15)  # PyTorch 2.13.0: torch.optim.Adam, two steps


def test_moments_have_names_for_machines_and_in_ascii(adam):
    assert adam.number("step2.K.weight_corrected_first_moments[0][0]") is adam.row("m_hat_j1k1_new2")
    assert adam.number("step1.J.weight_second_moments[1][0]") is adam.row("v_i1j2_new")
    assert adam.value("m_hat_i1j1_new/(sqrt(v_hat_i1j1_new) + epsilon)", step=2) == pytest.approx(1, abs=0.01)
    assert [row.symbol for row in adam.settings] == ["η", "β₁", "β₂", "ε"]


def test_there_is_no_corrected_moment_before_the_first_step(adam):
    assert "m_i1j1" in adam.rows and "v_i1j1" in adam.rows
    assert "m̂_i1j1" not in adam.rows and "v̂_i1j1" not in adam.rows


def test_the_rules_of_a_step_are_those_of_its_descent():
    rules = {}
    for name, descent in (("adam", Adam(0.1, weight_decay=0.5)), ("adamw", AdamW(0.1, weight_decay=0.5))):
        trace = trace_training(example_2_3_2(), EXAMPLES, descent)
        rules[name] = next(step for step in trace.steps if step.title.startswith("Update of the weights from I")).rule
        assert trace.row("w_i1j1⁺").formula in (
            "w_i1j1 − η·m̂_i1j1⁺ / (sqrt(v̂_i1j1⁺) + ε)",
            "w_i1j1 − η·λ·w_i1j1 − η·m̂_i1j1⁺ / (sqrt(v̂_i1j1⁺) + ε)",
        )
    assert "m_ij⁺ = β₁·m_ij + (1 − β₁)·(∇w_ij + λ·w_ij)" in rules["adam"]
    assert "w_ij⁺ = w_ij − η·λ·w_ij − η·m̂_ij⁺ / (sqrt(v̂_ij⁺) + ε)" in rules["adamw"]
    assert "m_ij⁺ = β₁·m_ij + (1 − β₁)·∇w_ij, " in rules["adamw"]


def test_only_a_decay_in_the_gradient_has_a_penalty():
    coupled = trace_training(example_2_3_2(), EXAMPLES, Adam(0.1, weight_decay=0.5))
    decoupled = trace_training(example_2_3_2(), EXAMPLES, AdamW(0.1, weight_decay=0.5))
    assert "Ω" in coupled.rows and "Ω" not in decoupled.rows


def test_nesterov_looks_ahead_in_its_formula():
    trace = trace_training(example_2_3_2(), EXAMPLES, GradientDescent(0.1, 0.9, nesterov=True), steps=2)
    assert trace.row("w_i1j1⁺⁺").formula == "w_i1j1⁺ + μ·v_i1j1⁺⁺ − η·∇w_i1j1⁽²⁾"
    assert trace.row("v_i1j1⁺⁺").formula == "μ·v_i1j1⁺ − η·∇w_i1j1⁽²⁾"


def test_a_descent_that_has_done_steps_goes_on_counting_and_is_not_changed():
    descent = Adam(0.1)
    trace_training(example_2_3_2(), EXAMPLES, descent, steps=2)
    assert (descent.steps, descent.memories) == (0, None)
    descent.steps, descent.memories = 2, {kind: descent.zeros(example_2_3_2()) for kind in descent.kinds}
    assert trace_training(example_2_3_2(), EXAMPLES, descent).row("m̂_i1j1⁺").formula == "m_i1j1⁺ / (1 − β₁³)"


def test_momentum_beside_a_descent_is_refused():
    with pytest.raises(NetworkError, match="a descent has its own momentum and weight decay: give them to it"):
        trace_training(example_2_3_2(), EXAMPLES, Adam(0.1), momentum=0.9)


@pytest.mark.parametrize("format", ["text", "markdown", "latex", "html", "json", "csv"])
@pytest.mark.parametrize("ascii", [False, True])
def test_every_format_shows_the_moments(adam, format, ascii):
    page = adam.to(format, ascii=ascii)
    corrected = {"latex": r"\hat m", "markdown": r"\hat m", "html": '<mover accent="true"><mi>m</mi>'}
    plain = "m_hat" if ascii else "m̂"
    assert (plain if ascii and format == "markdown" else corrected.get(format, plain)) in page
    assert not ascii or page.isascii()
