"""A chapter with an exercise of each kind, number 77, for tests."""

import pytest

import purenet.book

SCRIPT = "77_tested.py"
TEXT = """\
from purenet.book import ByHand, Chapter, Choice, Code, Number

chapter = Chapter(77, "A tested chapter", question="Does it judge?", assumes="nothing")
chapter.exercises(
    Number("What is minus 0.1172, to 3 decimals?", -0.1172, decimals=3, hint="It is negative."),
    Number("How many parameters has a 2-2-1 network?", 9, exact=True, wrong={"6": "Count the biases, too."}),
    ByHand("What is δ_j1, to 4 decimals?", "2x2x1", "δ_j1"),
    Choice(
        "Why does `Layer.update` wait?",
        {"It is faster.": "It is as fast.", "The deltas need the old weights.": True},
        right="The deltas need the old weights.",
    ),
    Code("Write the body of `Layer.input_gradients` again.", "layer.py", "Layer.input_gradients"),
)
"""


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Let the book have this chapter alone, and work in an empty folder."""
    folder = tmp_path / "chapters"
    folder.mkdir()
    (folder / SCRIPT).write_text(TEXT, encoding="utf-8")
    for module in (purenet.book, purenet.book.scripts):
        monkeypatch.setattr(module, "chapters_folder", lambda: str(folder))
    purenet.book.load_chapter.cache_clear()
    monkeypatch.chdir(tmp_path)
    yield
    purenet.book.load_chapter.cache_clear()
