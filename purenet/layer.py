"""A layer: neurons side by side, fed by the same inputs. Read neuron.py first, and network.py next.

One neuron passes blame for the loss to its weights. A layer also passes it back to the layer before, which is the one
hard idea of backpropagation: `input_gradients`. Chapter 3 of walkthroughs/ works it by hand.
"""

from purenet.checks import check_before_input_gradients, check_layer, described, name_neurons


class Layer:
    """A list of neurons with the same number of weights. Here f(x) = x, so every number can be checked in the head:

    >>> from purenet import Identity, Neuron
    >>> layer = Layer([Neuron([2.0, 3.0], activation=Identity()), Neuron([4.0, 5.0], activation=Identity())])
    >>> layer.forward([1.0, 10.0])  # 2·1 + 3·10 and 4·1 + 5·10
    [32.0, 54.0]
    >>> layer.backward([1.0, -1.0])  # δ is 1 for the first neuron and −1 for the second
    >>> layer.input_gradients()  # 2·1 − 4·1 and 3·1 − 5·1
    [-2.0, -2.0]

    A formula names a weight from → to, w_ij from input i to neuron j. The list belongs to the neuron that the weight
    leads to, so in the code it is `layer.neurons[j].weights[i]`: `weight[j][i]` in PyTorch, `kernel[i][j]` in Keras.
    """

    def __init__(self, neurons):
        self.neurons = list(neurons)
        self.outputs = None  # the list of y_j, after a forward pass
        name_neurons(self, "j")
        check_layer(self)

    def forward(self, inputs):
        """Return the list of outputs y_j for a sequence of inputs y_i, one for each weight of a neuron."""
        inputs = list(inputs)
        self.outputs = [neuron.forward(inputs) for neuron in self.neurons]
        return self.outputs

    def backward(self, output_gradients):
        """Compute δ_j and the gradients of every neuron from the list of ∂E/∂y_j, one for each neuron."""
        for j in range(len(self.neurons)):
            self.neurons[j].backward(output_gradients[j])

    def input_gradients(self):
        """Return the list of ∂E/∂y_i, one for each input: ∂E/∂y_i = Σ_j w_ij · δ_j. Call it after `backward`.

        This is the one hard idea of backpropagation, and it is a sum. An input y_i goes to every neuron j of this
        layer. If y_i rises a little, the net input x_j rises w_ij times as much, and the loss δ_j times as much
        again, because δ_j is the slope of the loss with respect to x_j. So each path adds its own small change to E,
        and small changes simply add up: if one path alone raises E by 2 and another lowers it by 3, both together
        lower it by 1. The slopes along all paths add up in the same way. And y_i is the output of a neuron in the
        layer before: there, this sum is the ∂E/∂y of `backward`. Update weights only afterwards: the sum needs those
        of the forward pass.
        """
        check_before_input_gradients(self)
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

    __repr__ = described
