"""A layer: neurons side by side that receive the same inputs. Read neuron.py first.

One thing happens here that a single neuron cannot do: `input_gradients` hands the blame for the loss down to the layer below.
"""

from purenet.errors import NetworkError


class Layer:
    """A list of neurons with the same number of weights.

    `layer.neurons[j].weights[i]` is the weight from input i to neuron j. PyTorch writes it `weight[j][i]`, Keras
    `kernel[i][j]`.

    >>> from purenet.neuron import Neuron
    >>> Layer([Neuron([0.5, 0.5]), Neuron([0.0, 0.0])]).forward([1.0, 1.0])
    [0.7310585786300049, 0.5]
    """

    def __init__(self, neurons):
        """Take a list of neurons; raise NetworkError if it is empty or two neurons have not the same number of weights."""
        self.neurons = list(neurons)
        self.rename("j")
        self.check()

    def forward(self, inputs):
        """Return the outputs [y_1, y_2, …] of the neurons for the inputs, a list with one number per weight."""
        return [neuron.forward(inputs) for neuron in self.neurons]

    def backward(self, output_gradients):
        """Compute every neuron's δ_j and gradients from `output_gradients`, the list [∂E/∂y_1, ∂E/∂y_2, …]."""
        neurons = self.neurons
        for j in range(len(neurons)):
            neurons[j].backward(output_gradients[j])

    def input_gradients(self):
        """Return [∂E/∂y_1, …] for the inputs y_i of this layer: ∂E/∂y_i = Σ_j w_ij · δ_j. Call `backward` first.

        This is the one hard idea of backpropagation, and it is a sum. An input y_i goes to every neuron j of this
        layer. If y_i rises a little, the net input x_j rises w_ij times as much, and the loss δ_j times as much
        again, because δ_j is the slope of the loss at x_j. The loss feels y_i along all these paths at once, so
        their slopes add up. The weights must still be those of the forward pass: update them afterwards.
        """
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
                    f"neuron {neuron.name} has {len(neuron.weights)} weights but neuron {first.name} of the same layer "
                    f"has {len(first.weights)}"
                )

    def __repr__(self):
        return f"Layer({self.neurons})"
