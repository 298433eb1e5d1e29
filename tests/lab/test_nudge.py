"""The change of the loss, divided by a small nudge, is the gradient of the trace."""

import pytest

from purenet.cases import Case
from purenet.errors import NetworkError
from purenet.lab.nudge import Nudge, nudge_at
from purenet.lab.state import State
from tests.lab.pages import Page

CASES = ["2x2x1", "mazur", "softmax-three-classes", "batch-mean", "batch-sum", "deep-narrow", "brownlee-training"]


def ratio(nudge, by):
    return (nudge.loss(by) - nudge.loss(0)) / by


@pytest.mark.parametrize("name", CASES)
def test_the_ratio_of_a_small_nudge_is_the_gradient_of_the_trace(name):
    state = State(case=name)
    trace = state.trace()
    several = trace.quantities.batch_sizes[0] > 1
    for symbol in Nudge(state).symbols:
        nudge = Nudge(state.but(nudged=symbol))
        row = trace.rows.get("∇" + symbol) if several else trace.rows.get(f"∇{symbol}⁽¹⁾") or trace.rows["∇" + symbol]
        assert nudge.gradient == pytest.approx(float(row.value), rel=1e-12)
        assert (ratio(nudge, 0.001) + ratio(nudge, -0.001)) / 2 == pytest.approx(nudge.gradient, rel=1e-3, abs=1e-9)


def test_a_weight_of_mazur_changes_the_loss_by_the_published_gradient():
    # Matt Mazur, "A Step by Step Backpropagation Example": ∂E_total/∂w5 = 0.082167041, w5 is w_j1k1
    nudge = Nudge(State(case="mazur", nudged="w_j1k1"))
    assert nudge.gradient == pytest.approx(0.082167041, abs=5e-10)
    assert ratio(nudge, 0.001) == pytest.approx(0.082167041, rel=1e-3)


def test_the_gradient_of_a_shared_bias_is_that_of_moving_it_for_all_neurons():
    layers = [
        {"activation": "sigmoid", "weights": [[0.3, -0.1], [0.5, 0.7]], "biases": [0.2, 0.2], "shared_bias": True},
        {"activation": "identity", "weights": [[0.5, -0.9]], "biases": [0.1]},
    ]
    data = {"network": {"layers": layers}, "examples": [{"inputs": [1, 0.5], "targets": [1]}], "learning_rate": 0.1}
    Case(data)
    nudge = Nudge(State(case="", data=data, nudged="b_j2"))
    assert (ratio(nudge, 0.001) + ratio(nudge, -0.001)) / 2 == pytest.approx(nudge.gradient, rel=1e-3)


def test_no_nudge_asks_for_one():
    page = Page("mazur").do("tab", "nudge").do("nudge", "", "0")
    assert "Move the slider to nudge w_i1j1, which is 0.15." in page.text
    assert "ΔE" not in page.text


def test_a_nudge_shows_the_same_one_and_smaller_ones():
    page = Page("mazur").do("tab", "nudge").do("nudge_what", "", "w_j1k1").do("nudge", "", "2")
    assert "w_j1k1 goes from 0.4 to 0.5, and the loss rises" in page.text
    assert "By backpropagation, ∇w_j1k1 = 0.082167: the change of the loss per unit" in page.text


def test_the_places_of_the_slider_are_nudges_up_to_two():
    assert [nudge_at(place) for place in (-40, -3, 0, 1, 40, 999)] == ["-2.0", "-0.15", "0.0", "0.05", "2.0", "2.0"]


def test_the_number_that_was_nudged_may_go_away():
    page = Page("2x2x1").do("tab", "nudge").do("nudge_what", "", "w_i2j1").do("fewer", "neuron 0")
    assert page.lab.nudged == ""


def test_where_the_loss_of_a_large_nudge_is_infinite_the_curve_ends():
    data = {
        "network": {
            "layers": [{"activation": "softmax", "weights": [[0], [0]], "biases": None}],
            "loss": "cross-entropy",
        },
        "examples": [{"inputs": [1000], "targets": [1, 0]}],
        "learning_rate": 1,
    }
    state = State(case="", data=data, nudge="0.05")
    assert "ΔE" in "".join(map(str, Nudge(state).view()))


@pytest.mark.parametrize("symbol", ["w_i9j1", "y_j1", "η", "<b>"])
def test_what_is_no_weight_or_bias_is_refused(symbol):
    with pytest.raises(NetworkError, match="there is no weight or bias .* to nudge here"):
        Nudge(State(nudged=symbol))


def test_a_number_that_no_nudge_moves_is_refused():
    page = Page("2x2x1").do("set", "w_i1j1", "1e17").do("tab", "nudge")
    assert page.error("nudge_what", "nudged", "w_i1j1") == "w_i1j1 is too large to be nudged by 2.0 or less: 1e+17"


def test_a_case_without_targets_has_no_loss_to_nudge():
    assert "there is no loss to change here" in Page("brownlee-forward").error("tab", "nudge")
