"""A layer: neurons side by side that receive the same inputs. Read neuron.py first.

One thing happens here that a single neuron cannot do: `input_gradients` hands the blame for the loss back to the
layer before.
"""

from purenet.activations import Softmax
from purenet.errors import NetworkError, count


class Layer:
    """A list of neurons with the same number of weights.

    `layer.neurons[j].weights[i]` is the weight from input i to neuron j. PyTorch writes it `weight[j][i]`, Keras
    `kernel[i][j]`.

    >>> from purenet.neuron import Neuron
    >>> Layer([Neuron([0.5, 0.5]), Neuron([0.0, 0.0])]).forward([1.0, 1.0])
    [0.7310585786300049, 0.5]
    """

    def __init__(self, neurons):
        """Take a list of neurons; raise NetworkError if it is empty or they have different numbers of weights."""
        self.neurons = list(neurons)
        self.outputs = None  # the list of y_j, after a forward pass
        self.rename("j")
        self.check()

    def forward(self, inputs):
        """Return the list of outputs y_j for a series of inputs y_i, one number for each weight of a neuron."""
        inputs = list(inputs)
        self.outputs = [neuron.forward(inputs) for neuron in self.neurons]
        return self.outputs

    def backward(self, output_gradients):
        """Compute every neuron's δ_j and gradients from `output_gradients`, the list of ∂E/∂y_j, one per neuron."""
        neurons = self.neurons
        for j in range(len(neurons)):
            neurons[j].backward(output_gradients[j])

    def input_gradients(self):
        """Return the list of ∂E/∂y_i for the inputs y_i of this layer: ∂E/∂y_i = Σ_j w_ij · δ_j. Call `backward` first.

        This is the one hard idea of backpropagation, and it is a sum. An input y_i goes to every neuron j of this
        layer. If y_i rises a little, the net input x_j rises w_ij times as much, and the loss δ_j times as much
        again, because δ_j is the slope of the loss at x_j. The loss feels y_i along all these paths at once, so
        their slopes add up. And y_i is the output of a neuron in the layer before: there, this sum is what `backward`
        is given. The weights must still be those of the forward pass, so update them afterwards.
        """
        if self.neurons[0].delta is None:
            raise NetworkError(f"layer {self.letter.upper()} has no deltas yet: call backward before input_gradients")
        gradients = []
        for i in range(len(self.neurons[0].weights)):
            total = 0
            for neuron in self.neurons:
                total += neuron.weights[i] * neuron.delta
            gradients.append(total)
        return gradients

    def update(self, learning_rate):
        """Move the weights and the bias of every neuron one step downhill."""
        for neuron in self.neurons:
            neuron.update(learning_rate)

    def reset_gradients(self):
        """Make every neuron forget its gradients."""
        for neuron in self.neurons:
            neuron.reset_gradients()

    def rename(self, letter):
        """Letter this layer and name its neurons by it: j1, j2, …"""
        self.letter = letter
        for number, neuron in enumerate(self.neurons, start=1):
            neuron.name = f"{letter}{number}"

    def check(self):
        """Raise NetworkError unless there are neurons and all have the same number of weights."""
        if not self.neurons:
            raise NetworkError("a layer has 0 neurons but needs at least 1")
        first = self.neurons[0]
        for neuron in self.neurons:
            if len(neuron.weights) != len(first.weights):
                raise NetworkError(
                    f"neuron {neuron.name} has {count(len(neuron.weights), 'weight')} but neuron {first.name} "
                    f"of the same layer has {len(first.weights)}"
                )

    def __repr__(self):
        return f"Layer({self.neurons})"


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
            neuron.weigh(inputs)
        outputs = self.softmax.values([neuron.net_input for neuron in self.neurons])
        for neuron, output in zip(self.neurons, outputs):
            neuron.output = output
        self.outputs = [neuron.output for neuron in self.neurons]
        return self.outputs

    def backward(self, output_gradients):
        """Compute δ_j = Σ_k ∂y_k/∂x_j · ∂E/∂y_k, then the gradients: x_j changes every output, so all slopes add up.

        For the cross-entropy, and for it alone, this sum comes out as δ_j = y_j − t_j, if the targets add up to 1. Many
        programs write only that; with any other loss it would be wrong.
        """
        if self.outputs is None:
            raise NetworkError(f"layer {self.letter.upper()} has no outputs yet: call forward before backward")
        for j, neuron in enumerate(self.neurons):
            total = 0
            for k in range(len(self.outputs)):
                total += self.softmax.derivative(self.outputs, k, j) * output_gradients[k]
            neuron.delta = total
            neuron.accumulate_gradients()
