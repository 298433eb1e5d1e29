"""Descents, the rules by which weights move: an example of momentum in chapter 6. Read training.py first."""

from purenet.arithmetic import sqrt
from purenet.checks import check_adam, check_descent
from purenet.errors import NetworkError


class GradientDescent:
    """The rule by which weights move: plain, or with a momentum μ and a weight decay λ.

    Plain, w ← w − η · ∇w. Otherwise each weight has a velocity v, at first 0, and

        v ← μ · v − η · (∇w + λ · w),   w ← w + v

    so that steps in one direction gather speed, and weights that no data supports decay towards 0. Biases do not.
    With `nesterov`, the step looks ahead: w ← w + μ · v − η · (∇w + λ · w), with the new v.
    """

    kinds = ("velocities",)  # what is remembered of each weight and bias
    decoupled = False  # whether weights decay beside the gradient, and not as a part of it

    def __init__(self, learning_rate, momentum=0, weight_decay=0, nesterov=False):
        """Take η, μ and λ; raise NetworkError for one that is negative or no finite number, or for nesterov without μ."""
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.nesterov = nesterov
        self.memories = None  # after the first step by kind, for each neuron a list: of its weights, its bias's last
        self.steps = 0  # that were done with memories
        check_descent(self)

    @property
    def name(self):
        """The name by which cases and commands call it."""
        return "nesterov" if self.nesterov else "gradient"

    @property
    def settings(self):
        """The names of the numbers that it has, without momentum and weight decay where they are 0."""
        return ["learning_rate"] + [name for name in ("momentum", "weight_decay") if getattr(self, name) != 0]

    @property
    def is_plain(self):
        """Whether nothing is remembered: w ← w − η · ∇w."""
        return self.momentum == 0 and self.weight_decay == 0

    def update(self, network):
        """Move every weight and bias of a network by one step."""
        if self.is_plain:
            network.update(self.learning_rate)
            return
        self.begin(network)
        self.steps += 1
        for neuron, *memories in zip(network.neurons(), *(self.memories[kind] for kind in self.kinds)):
            self.move(neuron, memories)

    def begin(self, network):
        """Remember zeros, if there is something to remember and nothing is remembered yet."""
        if self.memories is None and not self.is_plain:
            self.memories = {kind: self.zeros(network) for kind in self.kinds}

    def zeros(self, network):
        """Return for each neuron a list of zeros, one for each weight and one for the bias."""
        return [[0] * (len(neuron.weights) + 1) for neuron in network.neurons()]

    def move(self, neuron, memories):
        """Move the weights and the bias of one neuron, of which `memories` has a list of each kind."""
        weights, gradients = neuron.weights, neuron.weight_gradients
        for i in range(len(weights)):
            weights[i] = self.moved(weights[i], gradients[i] + self.weight_decay * weights[i], i, memories)
        if neuron.bias is not None:
            neuron.bias = self.moved(neuron.bias, neuron.bias_gradient, -1, memories)

    def moved(self, weight, gradient, i, memories):
        """Return a weight or bias after its step, whose velocity is at i."""
        (velocities,) = memories
        velocities[i] = self.momentum * velocities[i] - self.learning_rate * gradient
        if self.nesterov:
            return weight + self.momentum * velocities[i] - self.learning_rate * gradient
        return weight + velocities[i]


class Adam(GradientDescent):
    """Adam: each weight has its own step size, by the mean of its gradients and that of their squares.

    In step t = 1, 2, …, of moments m and v that are 0 at first, with ∇w + λ · w in the place of ∇w where weights decay:

        m ← β₁ · m + (1 − β₁) · ∇w,   v ← β₂ · v + (1 − β₂) · ∇w²
        m̂ = m / (1 − β₁ᵗ),   v̂ = v / (1 − β₂ᵗ),   w ← w − η · m̂ / (√v̂ + ε)

    The division makes up for moments that begin at 0. Biases move likewise, and do not decay.
    Source: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, algorithm 1.
    """

    name = "adam"
    kinds = ("first_moments", "second_moments", "corrected_first_moments", "corrected_second_moments")
    is_plain = False

    def __init__(self, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0):
        """Take η, β₁, β₂, ε and λ; raise NetworkError for one that is negative or no finite number, a β of 1 or more, an ε of 0."""
        self.learning_rate = learning_rate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weight_decay = weight_decay
        self.memories = None
        self.steps = 0
        check_adam(self)

    @property
    def settings(self):
        """The names of the numbers that it has, without weight decay where it is 0."""
        return ["learning_rate", "beta1", "beta2", "epsilon"] + ["weight_decay"] * (self.weight_decay != 0)

    def moved(self, weight, gradient, i, memories):
        """Return a weight or bias after its step, whose moments, and these corrected, are at i."""
        m, v, m_hat, v_hat = memories
        m[i] = self.beta1 * m[i] + (1 - self.beta1) * gradient
        v[i] = self.beta2 * v[i] + (1 - self.beta2) * (gradient * gradient)
        m_hat[i] = m[i] / (1 - self.beta1**self.steps)
        v_hat[i] = v[i] / (1 - self.beta2**self.steps)
        return weight - self.learning_rate * m_hat[i] / (sqrt(v_hat[i]) + self.epsilon)


class AdamW(Adam):
    """Adam whose weights decay beside it, before its step: w ← w − η · λ · w. The moments do not see the decay.

    Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019, algorithm 2, with η for each of its two rates.
    """

    name = "adamw"
    decoupled = True

    def move(self, neuron, memories):
        """Move the weights and the bias of one neuron."""
        weights, gradients = neuron.weights, neuron.weight_gradients
        for i in range(len(weights)):
            decayed = weights[i] - self.learning_rate * self.weight_decay * weights[i]
            weights[i] = self.moved(decayed, gradients[i], i, memories)
        if neuron.bias is not None:
            neuron.bias = self.moved(neuron.bias, neuron.bias_gradient, -1, memories)


def as_descent(learning_rate, momentum=0, weight_decay=0):
    """Return the descent that is given in the place of a learning rate, or a `GradientDescent` with these settings.

    Raises NetworkError for a descent beside a momentum or a weight decay, which belong to it.
    """
    if not hasattr(learning_rate, "update"):
        return GradientDescent(learning_rate, momentum, weight_decay)
    if momentum != 0 or weight_decay != 0:
        raise NetworkError("a descent has its own momentum and weight decay: give them to it")
    return learning_rate
