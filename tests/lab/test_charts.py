"""Charts with curves of any finite numbers."""

from xml.etree import ElementTree

import pytest

from purenet.drawing.loss_curve import LOSS_HEIGHT
from purenet.errors import INFINITY
from purenet.lab.charts import WIDTH, Chart, close_axis


def paths(chart, kind):
    root = ElementTree.fromstring(str(chart.picture("title", "words", "name")))
    return [e.get("d") for e in root.iter("{http://www.w3.org/2000/svg}path") if e.get("class") == kind]


def test_a_curve_goes_from_end_to_end():
    chart = Chart((0, 2), [("curve", "", [(0, 0.0), (1, 1.0), (2, 4.0)])], "x", "E")
    (path,) = paths(chart, "curve")
    assert path.startswith("M0.00 ")
    assert path.split("L")[-1].startswith(f"{WIDTH:.2f} ")
    assert chart.across(1) == WIDTH / 2
    assert chart.down(0) == LOSS_HEIGHT


def test_what_is_not_finite_is_left_out():
    pairs = [(0, 1.0), (1, INFINITY), (2, float("nan")), (3, 2.0)]
    chart = Chart((0, 3), [("curve", "", pairs)], "x", "E", zero=False)
    for y in (INFINITY, -INFINITY, float("nan")):
        chart.dot("dot", 1, y)
    assert paths(chart, "curve")[0].count("L") == 1
    assert "<circle" not in str(chart.picture("title", "words", "name"))
    assert "inf" not in str(chart.picture("title", "words", "name"))
    assert "nan" not in str(chart.picture("title", "words", "name"))


def test_one_point_is_a_short_line():
    assert paths(Chart((0, 1), [("curve", "", [(0, 0.5)])], "x", "E"), "curve")[0].endswith("h1")


def test_several_curves_have_a_legend_and_one_has_none():
    curves = [("curve", "right", [(0, 0.5), (1, 0.2)]), ("curve second", "wrong", [(0, 0.5), (1, 0.9)])]
    assert ">wrong<" in str(Chart((0, 1), curves, "x", "E").picture("t", "w", "n"))
    assert ">right<" not in str(Chart((0, 1), curves[:1], "x", "E").picture("t", "w", "n"))


@pytest.mark.parametrize("values", [[0, 0], [1e-300, 1e-300], [-5, -5], [1e300, 1e300], [0, 1]])
def test_a_close_axis_has_room_around_any_numbers(values):
    axis = close_axis(values)
    assert axis.low < min(values) <= max(values) < axis.high
    assert 0 < axis(values[0]) <= LOSS_HEIGHT


def test_a_chart_over_steps_has_marks_at_whole_numbers_only():
    words = [word for _, word in Chart((0, 2), [("curve", "", [(0, 1.0)])], "step", "E", whole=True).marks()]
    assert words == ["0", "1", "2"]
    words = [word for _, word in Chart((0, 2000), [("curve", "", [(0, 1.0)])], "step", "E", whole=True).marks()]
    assert words == ["0", "500", "1,000", "1,500", "2,000"]
