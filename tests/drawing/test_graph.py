import re

import pytest

from purenet.drawing.graph import graph
from purenet.errors import NetworkError


def test_a_graph_draws_its_lines_its_dots_and_the_names_of_its_axes():
    picture = graph("A title", ["Words."], [[(0, 0), (2, 4)], [(0, 4), (2, 0)]], "across", "down", dots=[(1, 2)])
    assert picture.title == "A title" and picture.description == "Words."
    # the plot is 560 wide and 240 high, with a twentieth of the range free above and below: 240 − 240·0.2/4.4 = 229.09
    assert re.findall('<path class="(curve[^"]*)" d="([^"]*)"', picture) == [
        ("curve held-out", "M0.00 10.91L560.00 229.09"),
        ("curve", "M0.00 229.09L560.00 10.91"),
    ]
    assert re.findall('class="dot" cx="([^"]*)" cy="([^"]*)"', picture) == [("280", "120")]
    assert ">across<" in picture and ">down<" in picture


def test_a_level_line_has_an_axis_around_it():
    picture = graph("A title", [], [[(0, 3), (1, 3)]], "across", "down")
    assert 'd="M0.00 120.00L560.00 120.00"' in picture


@pytest.mark.parametrize("lines", [[], [[(1, 1)]], [[(1, 1), (1, 2)]], [[(0, 0), (1, 1)]] * 4])
def test_what_is_no_line_is_refused(lines):
    with pytest.raises(NetworkError, match="one to 3 lines, each of at least two points"):
        graph("A title", [], lines, "across", "down")
