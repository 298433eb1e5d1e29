"""A network: layers in sequence, and the loss at the end. Read neuron.py and layer.py first.

A network learns from examples, inputs with the wanted outputs, by small steps. A step is four lines, in this order:

    network.reset_gradients()       # otherwise the last step's gradients stay in the sum
    network.forward(inputs)         # first layer to last: x_j = Σ_i w_ij · y_i + b_j, y_j = f(x_j)
    network.backward(targets)       # last to first: δ_j = f′(x_j) · ∂E/∂y_j, ∇w_ij = δ_j · y_i, ∂E/∂y_i = Σ_j w_ij·δ_j
    network.update(learning_rate)   # only now, because Σ_j w_ij·δ_j needs the weights of the forward pass

Nudging every weight would find the same gradients, with a forward pass for each; `backward` finds them all at once.
If several examples share a step, the two lines in the middle are repeated for each. Chapter 4 computes a step by hand.
"""

from purenet.checks import Described, check_network, check_outputs
from purenet.losses import HalfSquaredError


class Network(Described):
    """Layers, each fed by the one before it. In the names of neurons, the inputs are layer I, the rest J, K and so on.

    >>> from purenet import Identity, Layer, Neuron
    >>> hidden = Layer([Neuron([1.0], activation=Identity()), Neuron([2.0], activation=Identity())])
    >>> network = Network([hidden, Layer([Neuron([3.0, 4.0], activation=Identity())])])
    >>> network.forward([1.0])  # 3·1 + 4·2
    [11.0]
    >>> network.backward([9.0])  # E = ½ · (11 − 9)², so ∂E/∂y = 11 − 9; with slope 1, that is δ
    >>> [neuron.delta for neuron in hidden.neurons]  # 3·2 and 4·2
    [6.0, 8.0]
    """

    def __init__(self, layers, loss=None):
        """Take a list of layers; raise NetworkError if it is empty or a layer does not fit the one before it."""
        self.layers = list(layers)
        self.loss = HalfSquaredError() if loss is None else loss
        check_network(self)

    def forward(self, inputs):
        """Return the list of outputs of the last layer for a sequence of inputs."""
        outputs = inputs
        for layer in self.layers:
            outputs = layer.forward(outputs)
        return list(outputs)

    def backward(self, targets):
        """Compute all deltas and gradients for the last example, from the last layer to the first. No weight changes.

        `targets` is a list, one number for each output. The loss gives ∂E/∂y for the last layer; each layer then gives
        ∂E/∂y for the one before it. Without `reset_gradients` in between, a second call adds the same gradients again.
        """
        check_outputs(self, self.layers[-1].outputs)
        output_gradients = self.loss.derivative(self.layers[-1].outputs, targets)
        for layer in reversed(self.layers):
            layer.backward(output_gradients)
            if layer is not self.layers[0]:  # nobody asks how E changes with the inputs
                output_gradients = layer.input_gradients()

    def update(self, learning_rate):
        """Lower E a little: w − η · ∇w for every weight, biases likewise; η, the learning rate, is a small number."""
        for layer in self.layers:
            layer.update(learning_rate)

    def reset_gradients(self):
        """Make every neuron forget its gradients; deltas and outputs stay."""
        for layer in self.layers:
            layer.reset_gradients()

    def neurons(self):
        """Return the neurons of all layers in one list, the first layer first."""
        return [neuron for layer in self.layers for neuron in layer.neurons]
