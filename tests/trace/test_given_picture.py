"""The picture of what is given: no result is in it, neither in sight nor in words."""

import random
import re

import pytest

from purenet import build_network, trace_case, trace_step
from purenet.cases import load_case
from purenet.trace.given_picture import given_picture_file


def texts(svg):
    return re.findall(r'<text class="mono (?:number|value)[^>]*>([^<]*)</text>', svg)


@pytest.mark.parametrize("everything", [False, True])
def test_it_has_the_given_numbers_and_no_others(everything):
    svg = given_picture_file(
        trace_case(load_case("2x2x1"), second_pass=False, everything=everything, rounding=4, groups=[])
    )
    assert sorted(set(texts(svg)) - {"sigmoid", "identity"}) == ["0.01", "0.5", "1.0"]  # η, weights and target, inputs
    for result in ("0.731", "0.231", "0.0227", "0.168", "0.498"):
        assert result not in svg


def test_its_description_lists_what_is_given_and_counts_the_rest():
    svg = given_picture_file(trace_case(load_case("2x2x1"), second_pass=False, rounding=4, groups=[]))
    (words,) = re.findall("<desc[^>]*>([^<]*)</desc>", svg)
    assert (
        words.startswith("Given: weight from i1 to j1 0.5, ")
        and "target of k1 0.5. To be computed: 22 numbers." in words
    )


def test_it_has_no_legend_of_steps():
    svg = given_picture_file(trace_case(load_case("2x2x1"), second_pass=False, rounding=4, groups=[]))
    assert "result now" not in svg and "The network 2-2-1 with the given numbers" in svg


def test_wide_networks_are_drawn_without_results_too():
    network = build_network([20, 15, 2], source=random.Random(1))
    trace = trace_step(network, [0.5] * 20, [0.25, 0.75], 0.1)
    svg = given_picture_file(trace)
    assert "<svg" in svg and f"{trace.row('y_k1').value:.4f}"[:5] not in svg
