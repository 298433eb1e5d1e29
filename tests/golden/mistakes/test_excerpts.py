"""The lines of a mistake that a reader is shown."""

import pytest

from purenet import NetworkError
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.edits import plain_text, program_text
from purenet.golden.mistakes.excerpts import excerpt, names, whole

LONGEST = 16  # lines, for a mistake that is made in weights and in biases; the median is 8


@pytest.mark.parametrize("id", CATALOGUE)
def test_the_marked_lines_are_those_of_the_program_that_runs(id):
    lines, _ = whole(CATALOGUE[id].diff)
    assert [text for mark, text in lines if mark != "+"] == plain_text().splitlines()
    assert [text for mark, text in lines if mark != "-"] == program_text((CATALOGUE[id].diff,)).splitlines()


@pytest.mark.parametrize("id", CATALOGUE)
def test_an_excerpt_has_every_changed_line_and_the_function_that_it_is_in(id):
    lines, _ = whole(CATALOGUE[id].diff)
    changed = [line for line in lines if line[0] != " " and line[1]]
    shown = excerpt(CATALOGUE[id].diff)
    assert [line for line in shown if line[0] != " "] == changed
    assert all(line in lines or line[1].strip() in ("...", "") for line in shown)
    assert shown[0][1].startswith("def ") or shown[0] == changed[0]


def test_excerpts_are_short():
    lengths = sorted(sum(text != "" for _, text in excerpt(mistake.diff)) for mistake in CATALOGUE.values())
    assert lengths[len(lengths) // 2] <= 8
    assert sum(length > LONGEST for length in lengths) <= 3


def test_an_excerpt_shows_the_other_branches_of_a_condition():
    diff = """
    -                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]
    +                d[l, n, j] = g[l, n, j]
    """
    assert [mark + text for mark, text in excerpt(diff)] == [
        " def find_deltas(l, examples):",
        "     for n in examples:",
        "         for j in neurons[l]:",
        '             if f[l, j] == "softmax":',
        "                 ...",
        "             else:",
        "-                d[l, n, j] = slope(f[l, j], x[l, n, j], y[l, n, j]) * g[l, n, j]",
        "+                d[l, n, j] = g[l, n, j]",
    ]


def test_the_short_names_in_lines_are_explained():
    lines = [(" ", "for j in neurons[l]:"), ("-", "    w[l, j, i] += v[l, j, i]")]
    assert names(lines) == (
        "Here l is a layer, j a neuron of the layer, i one of the layer before, w a weight, v the velocity of a weight."
    )
    assert names([(" ", "return total")]) == ""
    assert names(excerpt(CATALOGUE["adam-no-correction"].diff)) == (
        "Here m is the first moment of a weight, q the second moment of a weight, m_hat the corrected first moment, "
        "q_hat the corrected second moment, count the number of the step."
    )


def test_lines_that_are_not_in_the_program_exactly_once_are_an_error():
    with pytest.raises(NetworkError, match="^the program must have these lines exactly once:\n    for n in examples:$"):
        whole("-    for n in examples:")
