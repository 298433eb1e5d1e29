"""The lesson of a mistake."""

import pytest

from purenet import NetworkError
from purenet.cases import load_case
from purenet.golden.diagnosis.lessons import lesson
from purenet.golden.mistakes import CATALOGUE
from tests.test_command_line import case_file, forward_only

MAZUR = load_case("mazur")


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_is_explained_with_what_differs_and_its_code(id):
    text = lesson(id, MAZUR, width=100)
    assert text.startswith(f"{id}\n{'=' * len(id)}\n")
    assert ("the numbers that differ" in text) == (id not in MAZUR.blind_to)
    assert f"class {type(CATALOGUE[id]).__name__}(" in text.split("The code")[1]


def test_a_mistake_is_explained_on_a_case_without_certified_values(tmp_path):
    """By hand: y = σ(0.75), δ = y·(1 − y)·(y − 1) = −0.0699054; one output, over which a mean is a sum."""
    case = load_case(case_file(tmp_path))
    assert "mine does not show it." in lesson("loss-mean-over-outputs", case)
    rows = [line.split() for line in lesson("rounded-output-error", case).splitlines()]
    assert ["step1.example1.J.delta[0]", "−0.06990535534", "0.0"] in rows


def test_a_case_without_targets_shows_only_mistakes_of_the_forward_pass(tmp_path):
    case = load_case(forward_only(tmp_path))
    assert [id for id in CATALOGUE if "the numbers that differ" in lesson(id, case)] == [
        "bias-missing-forward", "bias-after-activation", "input-layer-activated", "sigmoid-exponent-sign",
        "activation-applied-twice", "output-activation-missing", "in-place-activation", "float32",
    ]  # fmt: skip


def test_a_case_that_stops_by_itself_shows_no_mistake(tmp_path):
    layers = [{"activation": "identity", "weights": [[0]]}]
    examples = [{"inputs": [1], "targets": [1]}]
    case = load_case(case_file(tmp_path, network={"layers": layers, "loss": "binary cross-entropy"}, examples=examples))
    with pytest.raises(NetworkError, match="^mine shows no mistake, because it stops without one: "):
        lesson("delta-sign-flipped", case)
