"""purenet's own training step in the form that the benchmark compares."""

from purenet import Layer, Network, Neuron, Sigmoid


class Purenet:
    """Neuron, Layer and Network as they are."""

    name = "purenet"

    def __init__(self, layers, learning_rate):
        self.network = Network(
            [Layer([Neuron(weights, bias, Sigmoid()) for weights, bias in layer]) for layer in layers]
        )
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        network = self.network
        network.reset_gradients()
        network.forward(inputs)
        network.backward(targets)
        network.update(self.learning_rate)

    def weights(self):
        return [w for layer in self.network.layers for neuron in layer.neurons for w in neuron.weights]
