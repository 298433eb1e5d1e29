"""Networks drawn at random, for the tests of all bridges."""

from purenet import Identity, LeakyReLU, Network, ReLU, Sigmoid, Softmax, Tanh
from purenet.initialization import layer_of

KINDS = (Identity, Sigmoid, Tanh, ReLU, LeakyReLU)


def drawn_network(source, kinds=KINDS):
    """Return a network of one to three layers, of up to 8 neurons, drawn from a random.Random; some end in softmax."""
    sizes = [source.randint(1, 8) for _ in range(source.randint(2, 4))]
    layers = []
    for number, (inputs, outputs) in enumerate(zip(sizes, sizes[1:]), start=2):
        kind = Softmax if number == len(sizes) and source.random() < 0.3 else source.choice(kinds)
        biased = source.random() < 0.8
        layers.append(
            layer_of(
                [
                    ([source.gauss(0, 1) for _ in range(inputs)], source.gauss(0, 1) if biased else None, kind)
                    for _ in range(outputs)
                ]
            )
        )
    return Network(layers)


def drawn_inputs(source, network):
    return [source.gauss(0, 1) for _ in network.layers[0].neurons[0].weights]


def numbers_of(network):
    """Return the weights, the bias and the activation class of each neuron, layer by layer: what two equal networks share."""
    return [
        [(neuron.weights, neuron.bias, type(neuron.activation)) for neuron in layer.neurons] for layer in network.layers
    ]
