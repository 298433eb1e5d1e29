"""A layer: neurons side by side, fed by the same inputs. Read neuron.py first, and network.py next.

Layers are stacked: the outputs of one are the inputs of the next. That is why f must bend: with straight ones, a stack
is a weighted sum of weighted sums, so just one weighted sum, a flat plane that fits no bent data.

The one hard idea is how a layer tells the layer before it how fast the loss changes: `input_gradients`, and chapter 3.
"""

from purenet.checks import Described, check_before_input_gradients, check_layer


class Layer(Described):
    """A list of neurons with the same number of weights. Here f is straight, f(x) = x with slope 1, for easy numbers:

    >>> from purenet import Identity, Neuron
    >>> layer = Layer([Neuron([2.0, 3.0], activation=Identity()), Neuron([4.0, 6.0], activation=Identity())])
    >>> layer.forward([1.0, 10.0])  # 2·1 + 3·10 and 4·1 + 6·10
    [32.0, 64.0]
    >>> layer.backward([1.0, -1.0])  # so δ is 1 for the first neuron and −1 for the second
    >>> layer.input_gradients()  # 2·1 + 4·(−1) and 3·1 + 6·(−1)
    [-2.0, -3.0]

    A formula says where a weight comes from, then where it leads: w_ij, from input i to neuron j. In the code the list
    belongs to the neuron it leads to, and counting starts at 0: `layer.neurons[j].weights[i]`.
    """

    def __init__(self, neurons):
        """Take a list of neurons; raise NetworkError if it is empty or their numbers of weights differ."""
        self.neurons = list(neurons)
        self.outputs = None  # the list of y_j, after a forward pass
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

        The hard idea is a sum. An input y_i goes to every neuron j of this layer. If y_i rises a little, the net input
        x_j rises w_ij times as much, and E rises δ_j times as much again, because δ_j is the slope of E with respect to
        x_j. E feels y_i along all these paths at once. One small change hardly alters the effect of another, because
        close up everything is nearly straight, so they add up: in the example above, y_1 acts along one path with slope
        2·1 and along the other with slope 4·(−1), together −2. And y_i is the output of a neuron in the layer before:
        its `backward` is given this sum as ∂E/∂y. The weights must still be those of the forward pass.
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
