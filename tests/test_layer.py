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
