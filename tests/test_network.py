import random

import pytest

from purenet import Identity, Layer, LeakyReLU, Network, NetworkError, Neuron, ReLU, Sigmoid, Tanh
from purenet.checks import layer_letter
from tests.networks import (
    INPUTS_2_3_2,
    PYTORCH_2_3_2,
    TARGETS_2_3_2,
    example_2_3_2,
    example_3_2_2_1,
)


def state(network):
    """Return what the neurons hold under the symbols of the formulas."""
    found = {}
    before = "i"
    for layer in network.layers:
        for neuron in layer.neurons:
            found[f"x_{neuron.name}"] = neuron.net_input
            found[f"y_{neuron.name}"] = neuron.output
            found[f"δ_{neuron.name}"] = neuron.delta
            found[f"∇b_{neuron.name}"] = neuron.bias_gradient
            found[f"b_{neuron.name}"] = neuron.bias
            for i in range(len(neuron.weights)):
                found[f"w_{before}{i + 1}{neuron.name}"] = neuron.weights[i]
                found[f"∇w_{before}{i + 1}{neuron.name}"] = neuron.weight_gradients and neuron.weight_gradients[i]
        before = layer.letter
    return found


def parameters(network):
    return [list(neuron.weights) + [neuron.bias] for layer in network.layers for neuron in layer.neurons]


def step(network, inputs, targets, learning_rate):
    network.reset_gradients()
    network.forward(inputs)
    network.backward(targets)
    network.update(learning_rate)


def test_a_step_gives_pytorchs_numbers():
    network = example_2_3_2()
    step(network, INPUTS_2_3_2, TARGETS_2_3_2, 0.1)
    for symbol, value in state(network).items():
        expected = PYTORCH_2_3_2[symbol + "⁺" if symbol[0] in "wb" else symbol]
        assert value == pytest.approx(expected, rel=1e-14), symbol


def test_a_second_forward_pass_uses_the_new_weights():
    network = example_2_3_2()
    step(network, INPUTS_2_3_2, TARGETS_2_3_2, 0.1)
    outputs = network.forward(INPUTS_2_3_2)
    assert outputs == pytest.approx([PYTORCH_2_3_2["y_k1⁺"], PYTORCH_2_3_2["y_k2⁺"]], rel=1e-14)
    assert network.loss.value(outputs, TARGETS_2_3_2) == pytest.approx(PYTORCH_2_3_2["E⁺"], rel=1e-14)


def test_backward_changes_no_weight():
    network = example_2_3_2()
    network.forward(INPUTS_2_3_2)
    network.backward(TARGETS_2_3_2)
    assert parameters(network) == parameters(example_2_3_2())


def test_backward_twice_gives_the_same_deltas_and_adds_the_same_gradients():
    network = example_2_3_2()
    network.forward(INPUTS_2_3_2)
    network.backward(TARGETS_2_3_2)
    once = state(network)
    network.backward(TARGETS_2_3_2)
    for symbol, value in state(network).items():
        assert value == (2 * once[symbol] if symbol.startswith("∇") else once[symbol])


def test_reset_makes_the_next_step_forget_the_last():
    network = example_2_3_2()
    step(network, INPUTS_2_3_2, TARGETS_2_3_2, 0.1)
    again = example_2_3_2()
    for neuron, values in zip([n for layer in again.layers for n in layer.neurons], parameters(network)):
        neuron.weights, neuron.bias = list(values[:-1]), values[-1]
    for each in (network, again):
        step(each, [1.5, 0.25], [0.5, 0.5], 0.1)
    assert parameters(network) == parameters(again)


def random_network(source):
    sizes = [source.randint(1, 4) for _ in range(source.randint(2, 5))]
    kinds = [Identity, Sigmoid, Tanh, ReLU, LeakyReLU]
    layers = []
    for before, size in zip(sizes, sizes[1:]):
        neurons = []
        for _ in range(size):
            weights = [source.uniform(-1.5, 1.5) for _ in range(before)]
            bias = source.choice([None, source.uniform(-1, 1)])
            neurons.append(Neuron(weights, bias, source.choice(kinds)()))
        layers.append(Layer(neurons))
    return (
        Network(layers),
        [source.uniform(-2, 2) for _ in range(sizes[0])],
        [source.uniform(-1, 1) for _ in range(sizes[-1])],
    )


def slope(network, inputs, targets, change):
    """Return the central difference of the loss for a change(h) of one parameter."""
    losses = []
    for h in (1e-5, -2e-5):  # first up by one h, then down by two
        change(h)
        losses.append(network.loss.value(network.forward(inputs), targets))
    change(1e-5)
    return (losses[0] - losses[1]) / 2e-5


@pytest.mark.parametrize("seed", range(60))
def test_gradients_agree_with_central_differences(seed):
    network, inputs, targets = random_network(random.Random(seed))
    network.forward(inputs)
    network.backward(targets)
    bent = [n for layer in network.layers for n in layer.neurons if isinstance(n.activation, (ReLU, LeakyReLU))]
    if any(abs(n.net_input) < 1e-3 for n in bent):
        inputs = [y + 0.1 for y in inputs]  # away from the corner of a ReLU, where there is no slope
        network.reset_gradients()
        network.forward(inputs)
        network.backward(targets)
    for layer in network.layers:
        for neuron in layer.neurons:
            gradients, bias_gradient = list(neuron.weight_gradients), neuron.bias_gradient
            for i in range(len(gradients)):

                def change(h):
                    neuron.weights[i] += h

                assert gradients[i] == pytest.approx(slope(network, inputs, targets, change), rel=1e-5, abs=1e-8)
            if bias_gradient is not None:

                def change(h):
                    neuron.bias += h

                assert bias_gradient == pytest.approx(slope(network, inputs, targets, change), rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("inputs", [(0.6, -1.3), iter([0.6, -1.3]), {0.6: "a", -1.3: "b"}, (y for y in (0.6, -1.3))])
def test_inputs_may_be_any_series_of_numbers(inputs):
    assert example_2_3_2().forward(inputs) == example_2_3_2().forward([0.6, -1.3])


def test_changing_the_inputs_after_the_forward_pass_changes_no_gradient():
    network, inputs = example_2_3_2(), list(INPUTS_2_3_2)
    network.forward(inputs)
    inputs[0] = 100.0
    network.backward(TARGETS_2_3_2)
    assert state(network)["∇w_i1j1"] == pytest.approx(PYTORCH_2_3_2["∇w_i1j1"])


def test_layers_must_fit():
    with pytest.raises(NetworkError, match="neuron k1 has 3 weights but layer J before it has 2 neurons"):
        Network([Layer([Neuron([1.0]), Neuron([1.0])]), Layer([Neuron([1.0, 1.0, 1.0])])])


def test_a_neuron_stands_in_one_place():
    with pytest.raises(NetworkError, match="the same Neuron object occurs more than once in the network"):
        Network([Layer([Neuron([1.0])] * 2)])


def test_a_network_needs_a_layer():
    with pytest.raises(NetworkError, match="0 layers but needs at least 1"):
        Network([])


def test_wrong_numbers_of_inputs_and_targets_are_named():
    network = example_2_3_2()
    with pytest.raises(NetworkError, match="neuron j1 has 2 weights but got 3 inputs"):
        network.forward([1.0, 2.0, 3.0])
    network.forward([1.0, 2.0])
    with pytest.raises(NetworkError, match="2 outputs but got 1 target"):
        network.backward([1.0])


def test_backward_before_forward_says_what_is_missing():
    with pytest.raises(NetworkError, match="call forward before backward"):
        example_2_3_2().backward([1.0, 2.0])


def test_neurons_are_named_by_layer_and_place():
    names = [neuron.name for layer in example_3_2_2_1().layers for neuron in layer.neurons]
    assert names == ["j1", "j2", "k1", "k2", "l1"]
    assert [layer_letter(n) for n in (0, 1, 17, 18, 25, 26, 27)] == ["i", "j", "z", "a", "h", "ii", "jj"]


def test_no_two_networks_share_a_loss_or_an_activation_that_nobody_gave_them():
    first, second = (Network([Layer([Neuron([1.0]), Neuron([1.0])])]) for _ in range(2))
    assert first.loss is not second.loss
    assert len({id(neuron.activation) for neuron in first.neurons() + second.neurons()}) == 4
