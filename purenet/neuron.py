"""One neuron. This file, layer.py and network.py are backpropagation; the rest of purenet feeds them or looks at them.

You need Python and, from school, the slope of a curve. (Chapters 0 to 2 of walkthroughs/ do it by hand.) The letters:

    y_i, w_ij   the number that comes from input i = 1, 2, …, and the weight by which neuron j multiplies it
    b_j, x_j    the bias, added to these products, and the net input, the whole sum
    f, y_j      the activation function, a bent curve, and the output y_j = f(x_j)
    E           the loss, one number: how far the outputs of a whole network are from the wanted ones
    ∂E/∂y_j     the gradient of y_j, the slope of E if y_j alone changes: nudge y_j by 0.001, and E changes by about
                0.001 · ∂E/∂y_j. Those of weights and biases, ∂E/∂w_ij and ∂E/∂b_j, are written ∇w_ij and ∇b_j
    δ_j         the delta, ∂E/∂x_j, the slope of E with respect to the net input: δ_j = f′(x_j) · ∂E/∂y_j
"""

from purenet.activations import Sigmoid
from purenet.checks import Described, check_before_backward, check_before_update, check_inputs, check_neuron


class Neuron(Described):
    """A weighted sum and an activation function, here the sigmoid: f(0) = ½, f′(0) = ¼. Let E be 4 · y, so ∂E/∂y is 4:

    >>> neuron, nudged = Neuron([2.0, -1.0], bias=0.0), Neuron([2.001, -1.0], bias=0.0)
    >>> neuron.forward([1.0, 2.0])  # f(2·1 − 1·2 + 0)
    0.5
    >>> round((4 * nudged.forward([1.0, 2.0]) - 4 * 0.5) / 0.001, 3)  # the gradient of the first weight, by a nudge
    1.0
    >>> neuron.backward(4.0)
    >>> neuron.delta, neuron.weight_gradients, neuron.bias_gradient  # ¼·4; then 1·1 and 1·2; then 1
    (1.0, [1.0, 2.0], 1.0)
    >>> neuron.update(learning_rate=0.5)
    >>> neuron.weights, neuron.bias  # 2 − ½·1 and −1 − ½·2; then 0 − ½·1
    ([1.5, -2.0], -0.5)
    """

    def __init__(self, weights, bias=None, activation=None):
        """Take a weight for each input, and a bias or None: finite floats, Decimals or Fractions, all of one type."""
        self.weights, self.bias = list(weights), bias
        self.activation = Sigmoid() if activation is None else activation
        # Each number is kept here and read back from here, so that a trace or another instrument may replace it.
        self.inputs = self.net_input = self.output = self.delta = None  # the list of y_i, then x_j, y_j and δ_j
        self.weight_gradients = self.bias_gradient = None  # the list of ∇w_ij, one for each weight, then ∇b_j
        check_neuron(self)

    def forward(self, inputs):
        """Return y_j = f(x_j) for a list of inputs y_i, one for each weight."""
        check_inputs(self, inputs)
        self.weigh(inputs)
        self.output = self.activation.value(self.net_input)
        return self.output

    def weigh(self, inputs):
        """Compute the net input x_j = Σ_i w_ij · y_i + b_j."""
        weights, total = self.weights, 0
        for i in range(len(weights)):  # by index: as fast as zip in CPython, 1.2 times as fast in PyPy
            total += weights[i] * inputs[i]
        self.inputs, self.net_input = inputs, total if self.bias is None else total + self.bias

    def backward(self, output_gradient):
        """Compute δ_j = f′(x_j) · ∂E/∂y_j, then the gradients; `output_gradient` is ∂E/∂y_j.

        E depends on x_j only through y_j: if x_j rises a little, y_j rises f′(x_j) times as much, and E rises ∂E/∂y_j
        times as much again. This chain rule is the same for every neuron. Only the source of ∂E/∂y_j differs: the loss
        for the last layer, and for any other the layer after it, by `Layer.input_gradients`.
        """
        check_before_backward(self)
        self.delta = self.activation.derivative(self.net_input, self.output) * output_gradient
        self.accumulate_gradients()

    def accumulate_gradients(self):
        """Compute ∇w_ij = δ_j · y_i and ∇b_j = δ_j: x_j rises y_i times as much as w_ij, E δ_j times as much as x_j."""
        self.add_gradients([self.delta * y for y in self.inputs], self.delta)

    def add_gradients(self, gradients, bias_gradient):
        """Add the gradients of one example to those of earlier examples of the same step."""
        earlier = self.weight_gradients
        self.weight_gradients = gradients if earlier is None else [a + b for a, b in zip(earlier, gradients)]
        if self.bias is not None:
            self.bias_gradient = bias_gradient if earlier is None else self.bias_gradient + bias_gradient

    def update(self, learning_rate):
        """Subtract η · ∇w_ij from w_ij, with learning rate η; b_j too. If E rises with a weight, the weight falls."""
        check_before_update(self)
        weights, gradients = self.weights, self.weight_gradients
        for i in range(len(weights)):
            weights[i] -= learning_rate * gradients[i]
        if self.bias is not None:
            self.bias -= learning_rate * self.bias_gradient

    def reset_gradients(self):
        """Forget the gradients: a new step begins."""
        self.weight_gradients = self.bias_gradient = None
