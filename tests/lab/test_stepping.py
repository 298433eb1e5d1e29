"""Steps of a trace, and what differs between two traces."""

from purenet.lab.stepping import Stepping, differing, moved_words
from tests.lab.pages import Page


def test_a_step_beyond_the_last_is_the_last_and_one_before_the_first_the_first():
    trace = Page("2x2x1").lab.trace()
    assert Stepping(trace, 999).number == len(trace.steps) == 14
    assert Stepping(trace, -3).number == 1
    assert Stepping(trace, 7).step is trace.steps[6]


def test_each_step_is_shown_with_its_title_its_picture_and_its_numbers():
    page = Page("2x2x1")
    for step in page.lab.trace().steps:
        page.do("step", "", str(step.number))
        assert page.last["said"] == f"Step {step.number} of 14. {step.title}"
        assert all(page.of_row(row.symbol) for row in step.rows)
        assert "<svg" in page.last["parts"]["view"]


def test_there_is_no_step_before_the_first_and_none_after_the_last():
    page = Page("2x2x1").do("step", "", "1")
    assert 'id="step-back" name="back" value="-1" aria-label="Previous step" disabled="yes"' in page.html
    assert page.html.count("disabled") == 1
    assert 'aria-label="Next step" disabled="yes"' in page.do("step", "", "14").html


def test_a_change_moves_what_depends_on_it_and_nothing_else():
    page = Page("2x2x1").do("set", "y_i2", "2")
    changed = page.last["marks"]["changed"]
    assert {"y_i2", "x_j1", "y_k1", "E", "δ_j1", "w_i1j1⁺"} <= set(changed)
    assert not {"w_i1j1", "t_k1", "η", "y_i1"} & set(changed)
    said = f"{len(changed)} of {len(page.lab.trace().rows)} numbers changed (underlined): y_i2 from 1.0 to 2"
    assert page.last["said"].startswith(said)


def test_what_was_not_there_before_differs():
    page = Page("2x2x1").do("more", "neuron 1")
    assert {"w_i1j3", "x_j3", "w_j3k1"} <= set(page.last["marks"]["changed"])


def test_a_trace_does_not_differ_from_itself():
    trace = Page("mazur").lab.trace()
    assert differing(trace, trace) == []
    assert moved_words([], trace, {}, 1) == "No number changed."
