from decimal import Decimal

import pytest

from purenet import Identity, Layer, NetworkError, Neuron, SoftmaxLayer


def test_each_neuron_gets_all_inputs_and_gives_one_output():
    layer = Layer(
        [
            Neuron([1.0, 0.0], None, Identity()),
            Neuron([0.5, 2.0], 1.0, Identity()),
            Neuron([0.0, -1.0], None, Identity()),
        ]
    )
    assert layer.forward([3.0, 5.0]) == [3.0, 12.5, -5.0]


def test_input_gradients_collect_the_deltas_through_the_weights():
    # by hand, with δ = 2 and 3: 2·0.5 + 3·4 = 13, 2·(−1) + 3·0.25 = −1.25
    layer = Layer([Neuron([0.5, -1.0], None, Identity()), Neuron([4.0, 0.25], None, Identity())])
    layer.forward([1.0, 1.0])
    layer.backward([2.0, 3.0])
    assert layer.input_gradients() == [13.0, -1.25]


def test_changing_the_inputs_after_the_forward_pass_changes_no_gradient():
    layer, inputs = Layer([Neuron([0.5, 0.5], None, Identity())]), [1.0, 2.0]
    layer.forward(inputs)
    inputs[0] = 100.0
    layer.backward([1.0])
    assert layer.neurons[0].weight_gradients == [1.0, 2.0]


def test_a_layer_needs_a_neuron():
    with pytest.raises(NetworkError, match="0 neurons but needs at least 1"):
        Layer([])


def test_neurons_of_a_layer_have_the_same_number_of_weights():
    with pytest.raises(NetworkError, match="neuron j2 has 1 weight but neuron j1 of the same layer has 2"):
        Layer([Neuron([0.5, 0.5]), Neuron([0.5])])


@pytest.mark.parametrize("kind", [Layer, SoftmaxLayer])
def test_too_early_a_call_says_what_is_missing(kind):
    with pytest.raises(NetworkError, match="call backward before input_gradients"):
        kind([Neuron([0.5])]).input_gradients()
    with pytest.raises(NetworkError, match="call forward before backward"):
        kind([Neuron([0.5])]).backward([1.0])


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
