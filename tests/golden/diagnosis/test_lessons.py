"""The lesson of a mistake."""

import pytest

from purenet.cases import load_case
from purenet.golden.diagnosis.lessons import lesson
from purenet.golden.mistakes import CATALOGUE


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_mistake_is_explained_with_what_differs_and_its_code(id):
    text = lesson(id, load_case("mazur"), width=100)
    assert text.startswith(f"{id}\n{'=' * len(id)}\n")
    assert ("the numbers that differ" in text) == (id not in load_case("mazur").blind_to)
    assert f"class {type(CATALOGUE[id]).__name__}(" in text.split("The code")[1]
