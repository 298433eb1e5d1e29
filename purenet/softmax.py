"""Softmax: a last layer whose outputs are shares of 1, one for each class. Read losses.py first; see chapter 8."""

from purenet.arithmetic import exp
from purenet.checks import check_inputs, check_outputs
from purenet.layer import Layer


class Softmax:
    """Turns the net inputs of a whole layer into positive outputs that add up to 1.

    >>> Softmax().values([1.0, 1.0, 1.0, 1.0])
    [0.25, 0.25, 0.25, 0.25]
    """

    name, formula, slope = "softmax", "exp(x_j) / Σ_m exp(x_m)", "y_m·(1 − y_j) for m = j, else y_m·(0 − y_j)"

    def values(self, net_inputs):
        """Return the list of y_k = e^x_k / Σ_m e^x_m for a list of net inputs x_k."""
        if any(x > 700 for x in net_inputs) or all(x < -700 for x in net_inputs):
            largest = max(net_inputs)  # e^x would leave the range of a float; the fractions stay as they are:
            net_inputs = [x - largest for x in net_inputs]
        powers = [exp(x) for x in net_inputs]
        total = 0
        for power in powers:
            total += power
        return [power / total for power in powers]

    def derivative(self, outputs, k, j):
        """Return ∂y_k/∂x_j = y_k · (1 − y_j) where k = j, otherwise y_k · (0 − y_j), from the list of outputs."""
        return outputs[k] * ((1 if k == j else 0) - outputs[j])


class SoftmaxLayer(Layer):
    """A layer whose outputs each depend on all its net inputs; its neurons get softmax as their activation function."""

    def __init__(self, neurons):
        super().__init__(neurons)
        self.softmax = Softmax()
        for neuron in self.neurons:
            neuron.activation = self.softmax

    def forward(self, inputs):
        """Return the list of outputs y_k = e^x_k / Σ_m e^x_m."""
        inputs = list(inputs)
        for neuron in self.neurons:
            check_inputs(neuron, inputs)
            neuron.weigh(inputs)
        outputs = self.softmax.values([neuron.net_input for neuron in self.neurons])
        for neuron, output in zip(self.neurons, outputs):
            neuron.output = output
        self.outputs = [neuron.output for neuron in self.neurons]  # read back: an instrument may have changed them
        return self.outputs

    def backward(self, output_gradients):
        """Compute δ_j = Σ_k ∂y_k/∂x_j · ∂E/∂y_k, then the gradients: x_j changes every output, so all slopes add up.

        For the cross-entropy alone this comes out as δ_j = y_j − t_j, if the targets add up to 1. Many programs write
        only that; with any other loss it would be wrong.
        """
        check_outputs(self, self.outputs)
        for j, neuron in enumerate(self.neurons):
            total = 0
            for k in range(len(self.outputs)):
                total += self.softmax.derivative(self.outputs, k, j) * output_gradients[k]
            neuron.delta = total
            neuron.accumulate_gradients()
