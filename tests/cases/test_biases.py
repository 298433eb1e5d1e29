"""A bias that neurons share. Expected numbers are by hand: two neurons with f(x) = x, weights 1 and 2, bias ½."""

from decimal import Decimal

import pytest

from purenet import NetworkError, load_network, trace_step
from purenet.cases import Case
from purenet.storage.json_text import json_text
from purenet.training import training_step

LAYER = {"activation": "identity", "weights": [[1], [2]], "biases": Decimal("0.5"), "shared_bias": True}
EXAMPLES = [{"inputs": [1], "targets": [0, 0]}, {"inputs": [2], "targets": [0, 0]}]


def case(layer=LAYER, examples=EXAMPLES, **fields):
    """Return a case with one layer; the examples are the same pair in each step, or one in each."""
    data = {"format_version": 1, "network": {"layers": [layer]}, "examples": examples, "learning_rate": Decimal("0.1")}
    return Case({**data, **fields})


def trained_biases(case):
    """Return the biases after each step of a case."""
    network, descent, examples = case.network(Decimal), case.descent(Decimal), list(case.examples)
    found = []
    for size in case.batch_sizes:
        training_step(network, examples[:size], descent, case.gradient)
        del examples[:size]
        found.append([neuron.bias for neuron in network.neurons()])
    return found


def both(*texts):
    return [[Decimal(text)] * 2 for text in texts]


def test_a_shared_bias_moves_by_the_sum_of_the_deltas():
    # δ = 1.5 and 2.5, so b = 0.5 − 0.1·4; then w = 0.85 and 1.75, δ = 0.95 and 1.85, b = 0.1 − 0.1·2.8
    assert trained_biases(case(examples=EXAMPLES[:1] * 2)) == both("0.1", "-0.18")


def test_with_momentum_too():
    # v = −0.4; then v = 0.5·(−0.4) − 0.28 = −0.48, b = 0.1 − 0.48
    assert trained_biases(case(examples=EXAMPLES[:1] * 2, momentum=Decimal("0.5"))) == both("0.1", "-0.38")


def test_with_weight_decay_too():
    # biases do not decay
    assert trained_biases(case(examples=EXAMPLES[:1], weight_decay=Decimal("0.5"))) == both("0.1")


@pytest.mark.parametrize("gradient, bias", [("mean", "-0.05"), ("sum", "-0.6")])
def test_the_examples_of_a_step_add_up(gradient, bias):
    # 1.5 + 2.5 for the first example, 2.5 + 4.5 for the second: 11, or 5.5 in the mean
    assert trained_biases(case(batch_sizes=[2], gradient=gradient)) == both(bias)


def test_a_frozen_bias_stays_even_if_it_is_shared():
    for momentum in (0, Decimal("0.5")):
        assert trained_biases(case(trained_biases=False, momentum=momentum)) == both("0.5", "0.5")


def test_other_layers_keep_a_bias_for_each_neuron():
    assert trained_biases(case({**LAYER, "shared_bias": False, "biases": [Decimal("0.5")] * 2}, EXAMPLES[:1])) == [
        [Decimal("0.35"), Decimal("0.25")]
    ]


def test_a_trace_shows_the_shared_bias():
    trace = trace_step(case().network(), [1.0], [0.0, 0.0], 0.1)
    assert [trace.row(name).value for name in ("∇b_j1", "∇b_j2", "b_j1⁺", "b_j2⁺")] == [4, 4, 0.5 - 0.4, 0.5 - 0.4]


def test_softmax_outputs_do_not_feel_a_bias_that_they_share():
    network = case({**LAYER, "activation": "softmax"}).network()
    network.forward([1.0])
    network.backward([1.0, 0.0])
    assert [neuron.bias_gradient for neuron in network.neurons()] == pytest.approx([0, 0], abs=1e-16)
    assert abs(network.neurons()[0].delta) > 0.1


@pytest.mark.parametrize(
    "change, message",
    [
        ({"biases": [1, 2]}, r"layers\[0\].shared_bias is true, so .* one bias, all the same, not 1, 2"),
        ({"biases": [1, None]}, "one bias, all the same, not 1, null"),
        ({"biases": None}, "one bias, all the same, not null, null"),
        ({"biases": "b"}, r"biases\[0\] \(neuron j1\) must be a number, not 'b'"),
        ({"shared_bias": 1}, "shared_bias must be true or false, not 1"),
        ({"shared_bias": False}, "biases must be a list in square brackets with something in it, not 0.5"),
    ],
)
def test_neurons_can_only_share_what_is_the_same(change, message):
    with pytest.raises(NetworkError, match=message):
        case({**LAYER, **change})


def test_a_saved_network_has_no_shared_bias(tmp_path):
    path = tmp_path / "network.json"
    path.write_text(json_text({"format": "purenet network", "format_version": 1, "network": {"layers": [LAYER]}}))
    with pytest.raises(NetworkError, match="network.json: network has a shared_bias, which is only for cases"):
        load_network(str(path))
