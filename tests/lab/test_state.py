"""A state is what its address says, and an address that no lab has written is refused."""

import base64
import zlib

import pytest

from purenet.errors import NetworkError
from purenet.lab.state import CHOICES, State
from purenet.storage.json_text import json_text
from tests.lab.pages import Page
from tests.lab.random_requests import packed


def fields_of(state):
    return {name: json_text(getattr(state, name)) for name in CHOICES}


def test_a_state_that_is_packed_and_unpacked_is_the_same():
    page = Page("xor-2-4-1").do("hold", "2").do("set", "w_i1j1", "0.123456789012345678901234567890").do("tab", "answer")
    page.do("answer", "x_j1⁽¹⁾", "0.12").do("hint", "x_j1⁽¹⁾").do("nudge", "", "-3")
    state = page.lab
    assert fields_of(State.unpacked(state.packed())) == fields_of(state)
    assert State.unpacked(state.packed()).packed() == state.packed()
    assert str(state.numbers["network"]["layers"][0]["weights"][0][0]) == "0.123456789012345678901234567890"
    assert [state.written, state.hints, state.nudge] == [{"x_j1⁽¹⁾": "0.12"}, {"x_j1⁽¹⁾": 1}, "-0.15"]


def test_the_first_state_is_the_2x2x1_example_and_its_address_is_short():
    assert State.unpacked(State().packed()).case == "2x2x1"
    assert len(State().packed()) < 20
    assert len(State(case="mazur", tab="learn").packed()) < 60


def test_an_address_is_of_signs_that_a_browser_leaves_as_they_are():
    address = Page("mazur").do("set", "w_i1j1", "0.7").state
    assert set(address) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert State.unpacked("#" + address).packed() == address


WHOLE = Page("mazur").do("set", "w_i1j1", "0.7").state
BOMB = base64.urlsafe_b64encode(zlib.compress(b" " * 50_000_000)).decode()


@pytest.mark.parametrize(
    "address",
    ["", "#", "é", "!!!", "AAAA", WHOLE[:-1], WHOLE[: len(WHOLE) // 2], WHOLE[:50] + "A" + WHOLE[51:], BOMB],
    ids=lambda text: ascii(text[:6]) + str(len(text)),
)
def test_an_address_that_is_cut_short_altered_or_a_bomb_is_refused(address):
    with pytest.raises(NetworkError, match="this address is not one of the lab"):
        State.unpacked(address)


CASE = {"network": {"layers": [{"activation": "tanh", "weights": [[1]], "biases": [0]}]}, "examples": [{"inputs": [1]}]}


@pytest.mark.parametrize(
    "fields, words",
    [
        ([], "this address is not one of the lab"),
        ({"colour": 1}, "cannot read 'colour'"),
        ({"case": 1}, "cannot read 'case'"),
        ({"case": "no-such-case"}, "cannot read 'case'"),
        ({"case": "/etc/hostname"}, "cannot read 'case'"),
        ({"case": ""}, "names no case"),
        ({"tab": "colour"}, "the lab has no part 'colour'"),
        ({"step": -1}, "cannot read 'step'"),
        ({"step": True}, "cannot read 'step'"),
        ({"done": 10**12}, "cannot read 'done'"),
        ({"shown": -1}, "cannot read 'shown'"),
        ({"nudge": "abc"}, "cannot read 'nudge'"),
        ({"nudge": "nan"}, "cannot read 'nudge'"),
        ({"nudge": "2.5"}, "cannot read 'nudge'"),
        ({"written": {"δ_j1": 5}}, "cannot read 'written'"),
        ({"written": {"δ_j1": "1" * 100}}, "cannot read 'written'"),
        ({"hints": {"δ_j1": 4}}, "cannot read 'hints'"),
        ({"hints": {"δ_j1": "1"}}, "cannot read 'hints'"),
        ({"mistake": "colour"}, "there is no mistake 'colour'"),
        ({"data": []}, "must be an object in curly brackets"),
        ({"data": {}}, "lacks the field 'network'"),
        ({"before": {"a": 1}}, "lacks the field 'network'"),
        ({"held_out": [1]}, "the examples held out: examples[0] must be an object"),
        ({"held_out": [{"inputs": [1]}]}, "the network takes 2 inputs but got 1"),
        ({"held_out": [{"inputs": ["a", 1], "targets": [1]}]}, "must be a number, not 'a'"),
        ({"data": {**CASE, "examples": [{"inputs": [1]}] * 65}}, "the lab shows at most 64 examples"),
    ],
    ids=str,
)
def test_an_address_with_a_field_that_no_lab_has_written_is_refused(fields, words):
    with pytest.raises(NetworkError) as error:
        State.unpacked(packed(fields))
    assert words in str(error.value)


def test_the_data_of_an_address_is_that_of_any_case():
    state = State.unpacked(packed({"case": "", "data": {**CASE, "source": {"title": "mine"}}}))
    assert list(state.numbers) == ["title", "network", "examples"]
    assert state.numbers["network"]["loss"] == "half squared error"


def test_half_a_pair_of_surrogates_in_a_title_is_kept():
    state = State(case="", data={**CASE, "title": "\ud800"})
    assert State.unpacked(state.packed()).numbers["title"] == "\ud800"


def test_the_first_twelve_steps_are_traced_and_fewer_of_large_networks():
    data = {"network": {"layers": [{"activation": "tanh", "weights": [[0.1] * 20] * 20, "biases": None}]}}
    data.update(examples=[{"inputs": [1] * 20, "targets": [0] * 20}] * 5, learning_rate=1)
    assert len(State(case="", data=data).trace().quantities.batch_sizes) == 3  # 400 weights, 1,500 at most
    page = Page("xor-that-learns")
    for _ in range(10):
        page.do("more", "example")
    assert len(page.lab.trace().quantities.batch_sizes) == 12
    assert "Of 14 training steps, the first 12 can be stepped through." in page.text


def test_rules_of_rounding_for_what_is_gone_after_a_change_leave_no_numbers_by_hand():
    data = {**CASE, "rounding": {"y_j9": {"decimals": 2}}}
    assert State(case="", data=data).trace().pencil is None
