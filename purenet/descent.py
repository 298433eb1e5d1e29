"""Gradient descent with momentum and weight decay, an example of it in chapter 6. Read training.py first."""

from purenet.checks import check_descent


class GradientDescent:
    """The rule by which weights move: plain, or with a momentum μ and a weight decay λ.

    Plain, w ← w − η · ∇w. Otherwise each weight has a velocity v, at first 0, and

        v ← μ · v − η · (∇w + λ · w),   w ← w + v

    so that steps in one direction gather speed, and weights that no data supports decay towards 0. Biases do not.
    """

    def __init__(self, learning_rate, momentum=0, weight_decay=0):
        """Take η, μ and λ; raise NetworkError for one that is negative or no finite number."""
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocities = None  # for each neuron a list, one for each weight and the bias's last, after the first step
        check_descent(self)

    def update(self, network):
        """Move every weight and bias of a network by one step."""
        if self.momentum == 0 and self.weight_decay == 0:
            network.update(self.learning_rate)
            return
        if self.velocities is None:
            self.velocities = [[0] * (len(neuron.weights) + 1) for neuron in network.neurons()]
        for neuron, velocities in zip(network.neurons(), self.velocities):
            self.move(neuron, velocities)

    def move(self, neuron, velocities):
        """Move the weights and the bias of one neuron; its velocities are in the same order, that of the bias last."""
        weights, gradients = neuron.weights, neuron.weight_gradients
        for i in range(len(weights)):
            gradient = gradients[i] + self.weight_decay * weights[i]
            velocities[i] = self.momentum * velocities[i] - self.learning_rate * gradient
            weights[i] += velocities[i]
        if neuron.bias is not None:
            velocities[-1] = self.momentum * velocities[-1] - self.learning_rate * neuron.bias_gradient
            neuron.bias += velocities[-1]
