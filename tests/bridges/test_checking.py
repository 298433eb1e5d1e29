from math import exp, tanh

import pytest

from purenet.bridges import check_gradients
from purenet.errors import NetworkError
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2

EXAMPLES = [(INPUTS_2_3_2, TARGETS_2_3_2), ([0.25, 0.5], [0.75, 0.1])]


def plain_gradients(inputs, targets, divisor=2, slope=lambda y: 1 - y * y, by_input=False):
    """Return the gradients of half squared error for the 2-3-2 network, by formulas of its own: no function of purenet."""
    hidden, last = ([(each.weights, each.bias) for each in layer.neurons] for layer in example_2_3_2().layers)
    sums = [[[0.0, 0.0] for _ in hidden], [0.0] * 3, [[0.0] * 3 for _ in last], [0.0] * 2]
    for x, t in zip(inputs, targets):
        y = [tanh(w[0] * x[0] + w[1] * x[1] + b) for w, b in hidden]
        o = [1 / (1 + exp(-(w[0] * y[0] + w[1] * y[1] + w[2] * y[2] + b))) for w, b in last]
        d_last = [(o[k] - t[k]) * o[k] * (1 - o[k]) for k in range(2)]
        d_hidden = [slope(y[j]) * sum(last[k][0][j] * d_last[k] for k in range(2)) for j in range(3)]
        for table, biases, deltas, before in (sums[0], sums[1], d_hidden, x), (sums[2], sums[3], d_last, y):
            for j, delta in enumerate(deltas):
                biases[j] += delta / divisor
                for i, value in enumerate(before):
                    table[j][i] += delta * value / divisor
    if by_input:
        sums[0], sums[2] = ([list(column) for column in zip(*table)] for table in (sums[0], sums[2]))
    return [(sums[0], sums[1]), (sums[2], sums[3])]


def checked(**settings):
    return check_gradients(example_2_3_2(), lambda *given: plain_gradients(*given, **settings), EXAMPLES)


def test_right_gradients_pass_and_all_of_them_are_compared():
    report = checked()
    assert report.passed and repr(report) == "Report('agrees', 4 compared, first difference None)"
    assert [row.name for row in report.check.compared] == [
        f"step1.{layer}.{kind}" for layer in "JK" for kind in ("weight_gradients", "bias_gradients")
    ]
    report.raise_if_wrong()


def test_gradients_may_be_tables_with_a_row_for_each_input_and_sums():
    def sums(*given):
        return plain_gradients(*given, divisor=1, by_input=True)

    assert check_gradients(example_2_3_2(), sums, EXAMPLES, gradient="sum", weights="input,neuron").passed


@pytest.mark.parametrize(
    "settings, id",
    [
        ({"divisor": 1}, "batch-sum-instead-of-mean"),
        ({"slope": lambda y: 1 - y}, "tanh-derivative-not-squared"),
        ({"slope": lambda y: 1}, "hidden-derivative-missing"),
    ],
)
def test_a_mistake_is_named(settings, id):
    report = checked(**settings)
    assert repr(report).startswith("Report('differs', 4 compared, first difference step1.")
    assert not report.passed and id in report.mistakes
    with pytest.raises(AssertionError, match="a known mistake"):
        report.raise_if_wrong()


def test_a_layer_that_is_missing_is_an_error():
    with pytest.raises(NetworkError, match="the function returns 1 pair of gradients, and the network has 2 layers"):
        check_gradients(example_2_3_2(), lambda *given: plain_gradients(*given)[:1], EXAMPLES)


def test_what_takes_long_is_told():
    told = []
    report = check_gradients(
        example_2_3_2(), lambda *given: plain_gradients(*given, divisor=1), EXAMPLES, progress=told.append
    )
    assert told == ["certifying 12 weights"]
    assert report.mistakes and told[1] == "looking for mistakes that cannot show here"
