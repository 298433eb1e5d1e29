"""A network: layers one behind the other, and the loss at the end. Read neuron.py and layer.py first.

A training step is four lines, and their order matters:

    network.reset_gradients()       # or the gradients of the last step are still in the sum
    network.forward(inputs)
    network.backward(targets)       # needs the weights that the forward pass used
    network.update(learning_rate)
"""

from purenet.errors import NetworkError, count
from purenet.losses import HalfSquaredError


class Network:
    """Layers of neurons, each fed by the one before it.

    Layers are lettered as in the formulas: I is the list of inputs, `layers[0]` is J, `layers[1]` is K, and so on.

    >>> from purenet import Identity, Layer, Neuron
    >>> hidden = Layer([Neuron([0.5, 0.5]), Neuron([0.5, 0.5])])
    >>> network = Network([hidden, Layer([Neuron([0.5, 0.5], activation=Identity())])])
    >>> network.forward([1.0, 1.0])
    [0.7310585786300049]
    >>> network.backward([0.5])
    >>> hidden.neurons[0].delta
    0.022714436918237105
    """

    def __init__(self, layers, loss=HalfSquaredError()):
        """Take a list of layers; raise NetworkError if it is empty or a layer does not fit the one before it."""
        self.layers = list(layers)
        self.loss = loss
        for number, layer in enumerate(self.layers, start=1):
            layer.rename(layer_letter(number))
        self.check()

    def forward(self, inputs):
        """Return the outputs of the last layer, a list, for the inputs: a list, tuple or other series of numbers."""
        outputs = inputs
        for layer in self.layers:
            outputs = layer.forward(outputs)
        return list(outputs)

    def backward(self, targets):
        """Compute the deltas and gradients of the last example, from the last layer to the first. No weight changes.

        The loss says how it changes with the outputs of the last layer; each layer then says how it changes with
        the outputs of the layer before. `targets` is a list of one number per output. A second call before `update`
        gives the same deltas, and adds the same gradients again.
        """
        outputs = self.layers[-1].outputs
        if outputs is None:
            raise NetworkError("the network has no outputs yet: call forward before backward")
        output_gradients = self.loss.derivative(outputs, targets)
        for number in reversed(range(len(self.layers))):
            layer = self.layers[number]
            layer.backward(output_gradients)
            if number > 0:
                output_gradients = layer.input_gradients()

    def update(self, learning_rate):
        """Move every weight and bias one step downhill: w ← w − η · ∇w, where η is the learning rate."""
        for layer in self.layers:
            layer.update(learning_rate)

    def reset_gradients(self):
        """Make every neuron forget its gradients; deltas and outputs stay."""
        for layer in self.layers:
            layer.reset_gradients()

    def check(self):
        """Raise NetworkError unless there are layers of different neurons, each with a weight for each one before it."""
        if not self.layers:
            raise NetworkError("a network has 0 layers but needs at least 1")
        neurons = [neuron for layer in self.layers for neuron in layer.neurons]
        if len({id(neuron) for neuron in neurons}) < len(neurons):
            raise NetworkError("one neuron stands in several places of the network: make a new Neuron for each place")
        for before, layer in zip(self.layers, self.layers[1:]):
            for neuron in layer.neurons:
                if len(neuron.weights) != len(before.neurons):
                    raise NetworkError(
                        f"neuron {neuron.name} has {count(len(neuron.weights), 'weight')} "
                        f"but layer {before.letter.upper()} before it has {count(len(before.neurons), 'neuron')}"
                    )

    def __repr__(self):
        return f"Network({self.layers}, loss={self.loss.name})"


def layer_letter(number):
    """Return the letter of a layer: i for the inputs, number 0, then j, k, … z, a, … h, ii, jj and so on."""
    letters = "ijklmnopqrstuvwxyzabcdefgh"
    return letters[number % 26] * (number // 26 + 1)
