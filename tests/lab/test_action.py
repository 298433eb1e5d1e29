"""What a person does besides changing numbers: going back, resetting, turning steps, and examples in and out."""

import json

import pytest

from purenet.lab.state import State
from tests.lab.pages import Page

pytestmark = pytest.mark.usefixtures("patient")


def test_going_back_keeps_the_part_and_the_step_that_are_shown():
    page = Page("2x2x1")
    first = page.lab.packed()
    page.do("set", "w_i1j1", "0.7").do("step", "", "9").do("back", address=first)
    assert (page.lab.data, page.lab.step, page.lab.tab) == (None, 9, "step")


def test_a_reset_takes_all_changes_back():
    page = Page("mazur").do("set", "w_i1j1", "0.7").do("hold", "2").do("step", "", "3").do("reset")
    assert (page.lab.data, page.lab.held_out, page.lab.step) == (None, [], 3)
    assert not page.last["is_changed"] and page.last["undoable"]


def test_a_case_of_a_file_is_reset_to_the_address_that_it_began_with():
    page = Page("mazur")
    page.do(
        "file",
        "",
        json.dumps(
            {
                "network": {"layers": [{"activation": "sigmoid", "weights": [[1, 2]]}]},
                "examples": [{"inputs": [1, 0], "targets": [1]}],
                "learning_rate": 1,
            }
        ),
    )
    first = page.lab.packed()
    page.do("set", "w_i1j1", "0.7").do("reset", address=first)
    assert State.unpacked(first).numbers == page.lab.numbers


def test_quick_turns_are_counted_one_by_one():
    page = Page("2x2x1").do("turn", "on", "1").do("turn", "on", "1").do("turn", "back", "-1")
    assert page.lab.step == 2


def test_a_changed_number_of_examples_is_said_and_nothing_is_compared():
    page = Page("xor-2-4-1").do("hold", "2")
    assert page.last["said"] == "The case has 3 examples now, and 1 held out."
    assert page.last["marks"]["changed"] == []
    assert page.do("fewer", "example 1").last["said"] == "The case has 2 examples now, and 1 held out."


def test_a_changed_case_is_saved_with_a_title_that_says_so_and_the_original_can_be_chosen_again():
    page = Page("2x2x1").do("set", "w_i1j1", "0.7").do("save")
    assert json.loads(page.last["file"]["text"])["title"] == "The hand-computed 2x2x1 example (changed)"
    assert '<option value="" selected="">2x2x1, changed</option>' in page.html
    assert '<option value="2x2x1">2x2x1: The hand-computed 2x2x1 example</option>' in page.html


def test_a_training_runs_so_slowly_that_it_can_be_watched():
    page = Page("xor-that-learns")
    frames = []
    for _ in range(60):
        page.take({"state": page.state, "do": "run"})
        frames.append(page.lab.done)
    assert frames[:3] == [1, 2, 3] and 200 < frames[-1] < 3000
    assert all(after - before <= max(1, before / 10) for before, after in zip(frames, frames[1:]))
    assert page.last["again"] == {"do": "run", "name": "steps", "value": ""}
