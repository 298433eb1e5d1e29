"""Steps of a trace in matrices, in the lab."""

import re

from tests.lab.pages import Page


def view(page):
    return page.last["parts"]["view"]


def test_a_step_is_shown_in_matrices_and_again_with_its_picture():
    page = Page("2x2x1").do("step", "", "9").do("show", "way", "columns")
    assert page.last["said"] == "Step 9 of 14. Deltas of layer J"
    assert 'data-q="∂E/∂y_j1" data-uses="w_j1k1 δ_k1"' in view(page) and "<svg" not in view(page)
    assert "<i>W</i><sub>K</sub><sup>T</sup>" in view(page)
    assert "<svg" in view(page.do("show", "way", "numbers"))


def test_with_rows_the_transpose_is_elsewhere():
    page = Page("2x2x1").do("show", "way", "rows").do("step", "", "9")
    assert " = <i>δ</i><sub>K</sub> · <i>W</i><sub>K</sub><" in view(page)


def test_a_batch_keeps_its_place_when_the_way_changes():
    page = Page("xor-batch").do("step", "", "9").do("show", "way", "columns")
    title = re.search("Step 9 of [0-9]+. (.*), example 1", Page("xor-batch").do("step", "", "9").last["said"])[1]
    assert page.last["said"].endswith(title)


def test_a_change_marks_entries_and_the_way_stays():
    page = Page("2x2x1").do("show", "way", "columns").do("set", "y_i2", "2")
    assert {"y_i2", "x_j1", "δ_j1"} <= set(page.last["marks"]["changed"])
    assert "data-uses" in view(page.do("step", "", "2"))


def test_other_parts_have_no_choice_of_the_way():
    page = Page("2x2x1")
    assert 'name="way"' in page.html
    for tab in ("answer", "break", "nudge"):
        assert 'name="way"' not in page.do("tab", tab, "").html


def test_a_way_that_does_not_exist_is_refused():
    assert "the lab cannot read 'way' in this address" in Page("2x2x1").error("show", "way", "diagonals")
