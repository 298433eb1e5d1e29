"""Edits of the plain program: what they change, and what they say where they do not fit."""

import pytest

from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.edits import (
    blocks,
    edited,
    functions_changed,
    parts,
    plain_text,
    program_text,
)


@pytest.mark.parametrize("id", CATALOGUE)
def test_a_diff_changes_a_few_lines_that_are_in_the_program_exactly_once(id):
    diff = CATALOGUE[id].diff
    assert all(("\n" + plain_text()).count("\n" + old) == 1 for old, _ in blocks(diff))
    changed = program_text((diff,))
    compile(changed, id, "exec")
    assert changed != plain_text() and functions_changed(diff)
    lines = [line.strip() for line in diff.split("\n")]
    assert sum(line.startswith("-") for line in lines) <= 6 and sum(line.startswith("+") for line in lines) <= 9


def test_a_diff_replaces_lines_and_keeps_those_around_them():
    text = "a = 1\nb = 2\nc = 3\n"
    assert edited(text, "\n    -a = 1\n    +a = 4\n\n     b = 2\n    +b = 5\n    ") == "a = 4\nb = 2\nb = 5\nc = 3\n"
    assert edited(text, "-b = 2") == "a = 1\nc = 3\n"


@pytest.mark.parametrize("text", ["a = 1\n", "b = 2\nb = 2\n", "bb = 2\n", " b = 2\n"])
def test_a_line_that_is_gone_or_there_twice_is_named(text):
    with pytest.raises(NetworkError) as refused:
        edited(text, "-b = 2\n+b = 3")
    assert str(refused.value) == "the program must have these lines exactly once:\nb = 2\n"


def test_two_mistakes_that_replace_the_same_line_are_refused_with_that_line():
    diffs = tuple(CATALOGUE[id].diff for id in ("weights-missing-in-backprop", "hidden-sum-overwritten"))
    with pytest.raises(NetworkError) as refused:
        program_text(diffs)
    assert str(refused.value).endswith(":\n                total += w[l + 1, k, j] * d[l + 1, n, k]\n")


def test_a_program_is_cut_into_its_functions():
    assert parts("a = 1\n\n\ndef f():\n    def g():\n        pass\n\n\ndef h():\n    pass\n") == [
        "a = 1\n\n\n",
        "def f():\n    def g():\n        pass\n\n\n",
        "def h():\n    pass\n",
    ]
    assert functions_changed(CATALOGUE["batch-mean-twice"].diff) == {"find_weight_gradients", "find_bias_gradients"}
