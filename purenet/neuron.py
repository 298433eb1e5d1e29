"""One neuron. Start reading here; layer.py and network.py only pass numbers from neuron to neuron.

The story of a training step, as neuron j lives it:

    forward    numbers y_i arrive; the neuron weighs them, adds them up and sends on one number y_j
    backward   it is told how the loss E, one number for how wrong the network is, would change with y_j,
               and works out how E would change with each weight
    update     it moves each weight a little in the direction that makes E smaller
"""

from purenet.activations import Sigmoid
from purenet.errors import NetworkError, check_number, count


class Neuron:
    """A weighted sum and an activation function, with all that the last training step says about them.

    Given: `weights`, one number w_ij for each input i; `bias`, a number b_j, or None for a neuron without one.
    Use one kind of number throughout: float, Decimal or Fraction (sigmoid and tanh turn a Fraction into a float).

    Computed, and None until then:
        inputs             y_i     list: what the last forward pass brought
        net_input          x_j     number: the weighted sum plus the bias
        output             y_j     number: what the neuron sends on
        delta              δ_j     number: ∂E/∂x_j, the slope of the loss at the net input
        weight_gradients   ∇w_ij   list: ∂E/∂w_ij, the slope of the loss at each weight
        bias_gradient      ∇b_j    number: ∂E/∂b_j, the slope of the loss at the bias

    >>> neuron = Neuron([0.5, 0.5])
    >>> neuron.forward([1.0, 1.0])
    0.7310585786300049
    """

    def __init__(self, weights, bias=None, activation=Sigmoid()):
        """Take weights, one for each input; raise NetworkError unless there is one, and all are finite numbers."""
        self.name = "j1"
        self.weights = list(weights)
        self.bias = bias
        self.activation = activation
        self.inputs = None
        self.net_input = None
        self.output = None
        self.delta = None
        self.reset_gradients()
        self.check()

    def forward(self, inputs):
        """Return y_j = f(x_j) for a list of inputs y_i, one for each weight."""
        self.weigh(inputs)
        self.output = self.activation.value(self.net_input)
        return self.output

    def weigh(self, inputs):
        """Compute the net input x_j = Σ_i w_ij · y_i + b_j."""
        weights = self.weights
        if len(inputs) != len(weights):
            raise NetworkError(
                f"neuron {self.name} has {count(len(weights), 'weight')} but got {count(len(inputs), 'input')}"
            )
        total = 0
        for i in range(len(weights)):
            total += weights[i] * inputs[i]
        if self.bias is not None:
            total += self.bias
        self.inputs = inputs
        self.net_input = total

    def backward(self, output_gradient):
        """Compute δ_j = f′(x_j) · ∂E/∂y_j, then the gradients; `output_gradient` is ∂E/∂y_j.

        This is the chain rule. The loss feels a change of x_j only through y_j: a small change of x_j changes y_j by
        f′(x_j) times as much, and that changes E by ∂E/∂y_j times as much again. This formula is the same for every
        neuron. What differs is where ∂E/∂y_j comes from: at the last layer from the loss function, at any other
        layer from the neurons that y_j goes to (see `Layer.input_gradients`).
        """
        if self.output is None:
            raise NetworkError(f"neuron {self.name} has no output yet: call forward before backward")
        self.delta = self.activation.derivative(self.net_input, self.output) * output_gradient
        self.accumulate_gradients()

    def accumulate_gradients(self):
        """Compute ∇w_ij = δ_j · y_i and ∇b_j = δ_j, and add them to what earlier examples left since the last reset.

        The loss feels a change of w_ij only through x_j, and x_j changes y_i times as much as w_ij does. It changes
        exactly as much as b_j, so the gradient of the bias is δ_j itself. The gradient of several examples is the sum
        of theirs: that is why they add up, and why `reset_gradients` exists.
        """
        delta, inputs = self.delta, self.inputs
        if self.weight_gradients is None:
            self.weight_gradients = [delta * y for y in inputs]
        else:
            gradients = self.weight_gradients
            for i in range(len(inputs)):
                gradients[i] += delta * inputs[i]
        if self.bias is not None:
            self.bias_gradient = delta if self.bias_gradient is None else self.bias_gradient + delta

    def update(self, learning_rate):
        """Step downhill: w_ij ← w_ij − η · ∇w_ij and b_j ← b_j − η · ∇b_j, where η is the learning rate."""
        weights, gradients = self.weights, self.weight_gradients
        if gradients is None:
            raise NetworkError(f"neuron {self.name} has no gradients yet: call backward before update")
        for i in range(len(weights)):
            weights[i] -= learning_rate * gradients[i]
        if self.bias is not None:
            self.bias -= learning_rate * self.bias_gradient

    def reset_gradients(self):
        """Forget the gradients, so that the next backward pass starts afresh."""
        self.weight_gradients = None
        self.bias_gradient = None

    def check(self):
        """Raise NetworkError unless every weight and the bias are finite numbers."""
        if not self.weights:
            raise NetworkError("a neuron has 0 weights but needs at least 1, one for each input")
        for i, weight in enumerate(self.weights, start=1):
            check_number(weight, f"weight {i} of a neuron")
        if self.bias is not None:
            check_number(self.bias, "the bias of a neuron")

    def __repr__(self):
        return f"Neuron({self.weights}, bias={self.bias}, activation={self.activation.name})"
