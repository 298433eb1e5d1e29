"""The lesson of a mistake."""

import re

import pytest

from purenet import NetworkError
from purenet.cases import load_case
from purenet.golden.diagnosis.lessons import case_for, lesson
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.detection import run_of
from purenet.golden.values.case_files import golden_names
from tests.test_command_line import case_file, forward_only

MAZUR = load_case("mazur")


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_is_explained_with_its_lines_what_differs_and_how_to_run_it(id):
    text = lesson(id, MAZUR, width=100)
    assert text.startswith(f"{id}\n{'=' * len(id)}\n")
    assert ("the numbers that differ" in text) == (id not in MAZUR.blind_to)
    code = text.split("The lines\n")[1].split("Side by side\n")[0]
    assert re.search("^[-+] ", code, re.MULTILINE)
    assert f"`purenet mistakes {id} --program -o wrong.py`" in text.replace("\n", " ")


def test_a_lesson_is_the_wrong_line_beside_the_right_one_and_the_first_numbers_that_differ():
    text = lesson("bias-missing-forward", MAZUR)
    assert CODE in text
    rows = text.split("Side by side\n")[1].splitlines()
    assert rows[0] == "Training on mazur: the numbers that differ, the first 6 of 66, in order of computation."
    first = ["x_j1⁽¹⁾", "w_i1j1·y_i1⁽¹⁾ + w_i2j1·y_i2⁽¹⁾ + b_j1", "0.3775", "w_i1j1·y_i1⁽¹⁾ + w_i2j1·y_i2⁽¹⁾", "0.0275"]
    assert re.split("  +", rows[5]) == first  # by hand, 0.15 · 0.05 + 0.2 · 0.1 is 0.0275, and b is 0.35
    assert len(rows) == 5 + 6 + 4


CODE = """
  def weigh(l, examples):
      for n in examples:
          for j in neurons[l]:
              ...
-             x[l, n, j] = total if b[l, j] is None else total + b[l, j]
+             x[l, n, j] = total
"""


def test_new_weights_that_are_used_too_early_have_their_name():
    text = lesson("updated-weights-in-hidden-delta", MAZUR, width=200)
    assert "y_j1⁽¹⁾·(1 − y_j1⁽¹⁾)·(w_j1k1⁺·δ_k1⁽¹⁾ + w_j1k2⁺·δ_k2⁽¹⁾)" in text


def test_the_lines_are_marked_in_every_format():
    def of(format):
        return lesson("bias-missing-forward", MAZUR, format)

    assert f"```diff{CODE}```" in of("markdown")
    assert f"{{\\footnotesize\\begin{{verbatim}}{CODE}\\end{{verbatim}}}}" in of("latex")
    assert "<ins>+             x[l, n, j] = total\n</ins></pre>" in of("html")
    assert "<del>-             x[l, n, j] = total if b[l, j] is None" in of("html")


def test_a_mistake_is_explained_on_a_case_without_certified_values(tmp_path):
    """By hand: y = σ(0.75), δ = y·(1 − y)·(y − 1) = −0.0699054; one output, over which a mean is a sum."""
    case = load_case(case_file(tmp_path))
    assert "mine does not show it." in lesson("loss-mean-over-outputs", case)
    rows = [re.split("  +", line) for line in lesson("rounded-output-error", case, width=120).splitlines()]
    assert [
        "δ_j1⁽¹⁾",
        "y_j1⁽¹⁾·(1 − y_j1⁽¹⁾)·(y_j1⁽¹⁾ − t_j1⁽¹⁾)",
        "−0.0699054",
        "y_j1⁽¹⁾·(1 − y_j1⁽¹⁾)·(1.0 − t_j1⁽¹⁾)",
        "0.0",
    ] in rows


def test_numbers_that_a_program_misses_where_it_stops_are_listed_without_formulas(tmp_path):
    """The table of gradients has a row for each of the two inputs, and there is one neuron; its δ is −0.0699054."""
    rows = [
        re.split("  +", line) for line in lesson("gradient-transposed", load_case(case_file(tmp_path))).splitlines()
    ]
    assert ["step1.example1.J.bias_gradients[0]", "−0.06990535534", "none"] in rows


def test_a_mistake_that_no_case_shows_is_explained_too():
    assert all("convention-output-shortcut" in load_case(name).blind_to for name in golden_names())
    assert " does not show it." in lesson("convention-output-shortcut")


def test_a_case_in_which_the_program_goes_on_is_preferred():
    """h-integer-weights, the smallest that shows it, has a weight of 0."""
    assert "ZeroDivisionError" in run_of(load_case("h-integer-weights"), CATALOGUE["error-split-by-weights"]).stopped
    assert run_of(case_for("error-split-by-weights"), CATALOGUE["error-split-by-weights"]).stopped is None
    assert case_for("sigmoid-naive-exp").id == "g1-extreme-sigmoid"  # where it stops, and the only one to show it


def test_a_case_without_targets_shows_only_mistakes_of_the_forward_pass(tmp_path):
    case = load_case(forward_only(tmp_path))
    assert [id for id in CATALOGUE if "the numbers that differ" in lesson(id, case)] == [
        "convention-threshold-subtracted", "bias-missing-forward", "bias-after-activation", "bias-subtracted",
        "weighted-sum-missing", "weighted-sum-overwritten", "weighted-sum-not-cleared", "input-layer-activated", "sigmoid-exponent-sign",
        "activation-applied-twice", "output-activation-missing", "in-place-activation", "sigmoid-from-table", "float32",
    ]  # fmt: skip


def test_a_case_that_stops_by_itself_shows_no_mistake(tmp_path):
    layers = [{"activation": "identity", "weights": [[0]]}]
    examples = [{"inputs": [1], "targets": [1]}]
    case = load_case(case_file(tmp_path, network={"layers": layers, "loss": "binary cross-entropy"}, examples=examples))
    with pytest.raises(NetworkError, match="^mine shows no mistake, because it stops without one: "):
        lesson("delta-sign-flipped", case)
