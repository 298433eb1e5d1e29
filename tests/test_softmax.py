from decimal import Decimal

import pytest

from purenet import CrossEntropy, Network, NetworkError, Neuron, Softmax, SoftmaxLayer, trace_step


def softmax_outputs(*net_inputs):
    layer = SoftmaxLayer([Neuron([x], None) for x in net_inputs])
    return layer.forward([1.0])


def test_softmax_gives_shares_of_one():
    # mpmath 1.3.0: e^1, e^2, e^3 over their sum
    expected = [0.09003057317038046, 0.24472847105479767, 0.6652409557748219]
    assert softmax_outputs(1.0, 2.0, 3.0) == pytest.approx(expected, rel=1e-15)
    assert softmax_outputs(5.0) == [1.0]


@pytest.mark.parametrize(
    "net_inputs, expected",
    [
        ((1000.0, 1000.0), [0.5, 0.5]),
        ((-1000.0, -1000.0), [0.5, 0.5]),
        ((1e308, -1e308), [1.0, 0.0]),
        ((701.0, 700.0), [0.7310585786300049, 0.2689414213699951]),
        ((-800.0, -801.0), [0.7310585786300049, 0.2689414213699951]),
        ((-800.0, 0.0), [0.0, 1.0]),
    ],
)
def test_softmax_is_right_for_any_finite_floats(net_inputs, expected):
    assert softmax_outputs(*net_inputs) == pytest.approx(expected, rel=1e-13)


def test_a_softmax_layer_uses_the_whole_jacobian():
    # by hand: y = (1/4, 3/4); slopes ∂E/∂y = (1, 0) give δ_1 = 1/4·3/4 and δ_2 = 1/4·(0 − 3/4)
    layer = SoftmaxLayer([Neuron([0.0], None), Neuron([1.0986122886681098], None)])
    layer.forward([1.0])
    layer.backward([1.0, 0.0])
    assert [neuron.delta for neuron in layer.neurons] == pytest.approx([0.1875, -0.1875], rel=1e-14)
    assert [neuron.weight_gradients for neuron in layer.neurons] == [[n.delta] for n in layer.neurons]


def test_softmax_of_decimals():
    layer = SoftmaxLayer([Neuron([Decimal(0)]), Neuron([Decimal(0)])])
    assert layer.forward([Decimal(1)]) == [Decimal("0.5"), Decimal("0.5")]


def test_an_instrument_sees_the_outputs_that_the_layer_keeps():
    # the formulas name y, not exp(x): the layer reads its outputs back from its neurons, where the trace has named them
    layer = SoftmaxLayer([Neuron([1.0]), Neuron([2.0])])
    trace = trace_step(Network([layer], CrossEntropy()), [1.0], [0.0, 1.0], learning_rate=0.1)
    assert trace.row("y_j1").formula == "exp(x_j1) / (exp(x_j1) + exp(x_j2))"
    assert trace.row("E").formula == "−t_j2·ln(y_j2)"
    assert trace.row("∂E/∂y_j2").formula == "−t_j2 / y_j2"
    assert trace.row("δ_j1").formula == "y_j2·(0 − y_j1)·(−t_j2 / y_j2)"
    assert trace.steps[4].words.endswith("gives ∂E/∂y_j. Terms of targets that are 0 are left out: their ∂E/∂y is 0.")


def test_a_single_neuron_cannot_have_softmax():
    with pytest.raises(NetworkError, match="softmax is not of a single neuron: .* use SoftmaxLayer"):
        Neuron([0.5], activation=Softmax())
