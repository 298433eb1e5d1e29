"""What a case may say of a published number that is wrong."""

import pytest

from purenet import Identity, Layer, Network, Neuron, trace_case, trace_step
from purenet.cases import load_case


def trace(published):
    """Return the trace of a neuron whose output y_j1 is 3.5·2 = 7."""
    network = Network([Layer([Neuron([3.5], activation=Identity())])])
    return trace_step(network, [2.0], [0.0], learning_rate=0.1, published=published)


def comparison(published):
    """Return the comparison of what is published for y_j1."""
    return trace({"y_j1": published}).comparisons[0]


@pytest.mark.parametrize(
    "stated, verdict, note, agrees",
    [
        ({}, "wrong", None, False),
        ({"cause": "added instead of multiplied"}, "wrong, cause known", "added instead of multiplied", True),
        ({"cause": "unknown"}, "wrong, cause unknown", None, True),
        (
            {"cause": "unknown", "note": "7.5 in a later edition"},
            "wrong, cause unknown",
            "7.5 in a later edition",
            True,
        ),
        ({"unreproducible": "read off a picture"}, "cannot be reproduced", "read off a picture", True),
    ],
)
def test_a_wrong_number_has_the_verdict_that_the_case_can_give_a_reason_for(stated, verdict, note, agrees):
    found = comparison({"digits": "5.5", **stated})
    assert (found.verdict, found.note, found.agrees) == (verdict, note, agrees)


def test_a_right_number_contradicts_any_stated_reason():
    assert comparison("7.0").agrees
    for stated in ({"cause": "unknown"}, {"right": "7"}):
        found = comparison({"digits": "7.0", **stated})
        assert not found.agrees and "is stated, but 7.0 is right" in found.problem


def test_a_number_that_cannot_be_reproduced_may_come_out_by_chance():
    found = comparison({"digits": "7.0", "unreproducible": "chaotic"})
    assert (found.verdict, found.agrees) == ("right", True)


def test_the_digits_stated_to_be_right_are_checked():
    assert comparison({"digits": "5.5", "right": "7.0", "cause": "unknown"}).agrees
    found = comparison({"digits": "5.5", "right": "7.1", "cause": "unknown"})
    assert not found.agrees and found.problem == "7.1 is stated to be right, but 7.0 is computed"


def test_a_walkthrough_counts_only_right_numbers_as_agreeing():
    text = str(trace({"y_j1": ["7", {"digits": "5.5", "cause": "added instead of multiplied"}], "x_j1": "7.5"}))
    assert "1 of 3 published numbers agree with those above." in text
    text = " ".join(text.split())
    assert "y_j1: published 5.5, here 7.0. The published number is wrong: added instead of multiplied." in text


def test_a_cause_of_the_catalogue_is_called_a_mistake():
    text = " ".join(trace_case(load_case("mazur")).to("text").split())
    assert "The published number is wrong: the mistake updated-weights-in-hidden-delta." in text


def test_a_note_on_a_right_number_is_in_parentheses():
    cut_off = trace(
        {"y_j1": {"digits": "7.0", "note": "as printed"}, "x_j1·1.25": {"digits": "8.7", "note": "a table"}}
    )
    text = " ".join(str(cut_off).split())
    assert "x_j1·1.25: published 8.7, here 8.75. The published digits are cut off, not rounded (a table)." in text
