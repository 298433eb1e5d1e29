"""Mistakes in the update: how weights and biases move, with and without momentum and weight decay."""

from purenet.cases import FrozenBiasDescent
from purenet.descent import GradientDescent
from purenet.golden.mistakes.base import Mistake, Stretched


class BiasNeverUpdated(Mistake):
    """The biases stay as they are."""

    wrong, right = "b_j ← b_j", "b_j ← b_j − η·∇b_j"
    seen = "https://github.com/mattm/simple-neural-network/issues/5"
    convention = True
    descent = FrozenBiasDescent


class BiasLearningRateMissing(Mistake):
    """The biases move by their whole gradient, without the learning rate."""

    wrong, right = "b_j ← b_j − ∇b_j", "b_j ← b_j − η·∇b_j"

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return 1 / self.learning_rate if is_bias else 1


class BiasUpdateSignFlipped(Mistake):
    """The biases move uphill."""

    wrong, right = "b_j ← b_j + η·∇b_j", "b_j ← b_j − η·∇b_j"

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return -1 if is_bias else 1


class BiasUpdatedOncePerInput(Mistake):
    """The step of the bias is inside the loop over the inputs, and is done once for each."""

    wrong, right = "b_j ← b_j − I·η·∇b_j, for I inputs", "b_j ← b_j − η·∇b_j"
    seen = "https://github.com/TheoVasile/neural-network"

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return len(neuron.weights) if is_bias else 1


class UpdateSignFlipped(Mistake):
    """Weights and biases move uphill: the loss rises."""

    wrong, right = "w ← w + η·∇w", "w ← w − η·∇w"
    seen = "https://github.com/pytorch/pytorch/issues/1871"

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return -1


class LearningRateMissing(Mistake):
    """Weights and biases move by their whole gradient; the same as a learning rate of 1."""

    wrong, right = "w ← w − ∇w", "w ← w − η·∇w"
    seen = "https://github.com/llSourcell/Make_a_neural_network"
    convention = True

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return 1 / self.learning_rate


class LearningRateAppliedTwice(Mistake):
    """The learning rate is multiplied in twice."""

    wrong, right = "w ← w − η²·∇w", "w ← w − η·∇w"

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return self.learning_rate


class FirstLayerNeverUpdated(Mistake):
    """The loop over the layers stops one early: the first layer never learns."""

    wrong, right = "for layers K to last", "for layers J to last"

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return 0 if neuron in network.layers[0].neurons else 1


# momentum: each returns the new velocity, and by how much the weight moves


class _Momentum(Mistake):
    class descent(GradientDescent):
        def move(self, neuron, velocities):
            for i in range(len(neuron.weights)):
                gradient = neuron.weight_gradients[i] + self.weight_decay * neuron.weights[i]
                velocities[i], step = self.moved(velocities[i], gradient)
                neuron.weights[i] += step
            if neuron.bias is not None:
                velocities[-1], step = self.moved(velocities[-1], neuron.bias_gradient)
                neuron.bias += step


class MomentumVelocityReset(Mistake):
    """The velocities are created again at every step."""

    wrong, right = "v = −η·∇w", "v ← μ·v − η·∇w"
    seen = "https://github.com/keras-team/keras/issues/7502"

    class descent(GradientDescent):
        def update(self, network):
            self.velocities = None
            super().update(network)


class MomentumNotAccumulated(_Momentum):
    """The momentum remembers the last gradient only, not the velocity."""

    wrong, right = "w ← w − η·∇w − μ·η·∇w of the step before", "v ← μ·v − η·∇w, w ← w + v"
    seen = "https://github.com/dfdx/Boltzmann.jl/issues/16"

    class descent(_Momentum.descent):
        def moved(self, last, gradient):
            new = -self.learning_rate * gradient
            return new, new + self.momentum * last


class MomentumTimesLearningRate(_Momentum):
    """The momentum is multiplied by the learning rate too."""

    wrong, right = "v ← η·(μ·v − ∇w)", "v ← μ·v − η·∇w"
    seen = "https://github.com/dfdx/Boltzmann.jl/issues/14"

    class descent(_Momentum.descent):
        def moved(self, velocity, gradient):
            velocity = self.learning_rate * (self.momentum * velocity - gradient)
            return velocity, velocity


class MomentumDampened(_Momentum):
    """The gradient is multiplied by 1 − μ."""

    wrong, right = "v ← μ·v − (1 − μ)·η·∇w", "v ← μ·v − η·∇w"
    seen = "https://github.com/pjreddie/darknet/issues/2203"
    convention = True

    class descent(_Momentum.descent):
        def moved(self, velocity, gradient):
            velocity = self.momentum * velocity - (1 - self.momentum) * self.learning_rate * gradient
            return velocity, velocity


class MomentumStaleVelocity(_Momentum):
    """The step uses the velocity from before this gradient, so that the first step moves nothing."""

    wrong, right = "w ← w + v of the step before", "w ← w + v"
    seen = "https://github.com/mdenil/dropout/issues/4"

    class descent(_Momentum.descent):
        def moved(self, velocity, gradient):
            return self.momentum * velocity - self.learning_rate * gradient, velocity


class MomentumFirstStepWithoutLr(_Momentum):
    """The first velocity is the gradient itself, without the learning rate."""

    wrong, right = "v = −∇w at first", "v = −η·∇w at first"
    seen = "https://github.com/zc911/MatrixSlow/pull/17"

    class descent(_Momentum.descent):
        def update(self, network):
            self.first = self.velocities is None
            super().update(network)

        def moved(self, velocity, gradient):
            velocity = -gradient if self.first else self.momentum * velocity - self.learning_rate * gradient
            return velocity, velocity


class MomentumVelocitySign(_Momentum):
    """The velocity is kept with the opposite sign of that in which it is used."""

    wrong, right = "v ← μ·v + η·∇w, w ← w + μ·v − η·∇w", "v ← μ·v − η·∇w, w ← w + v"
    seen = "https://github.com/fchollet/deep-learning-with-python-notebooks/issues/19"

    class descent(_Momentum.descent):
        def moved(self, velocity, gradient):
            velocity = self.momentum * velocity + self.learning_rate * gradient
            return velocity, self.momentum * velocity - self.learning_rate * gradient


class MomentumNesterov(_Momentum):
    """Nesterov's form of momentum, which looks ahead: another algorithm."""

    wrong, right = "w ← w + μ·v − η·∇w", "w ← w + v"
    seen = "https://github.com/fchollet/deep-learning-with-python-notebooks/issues/289"
    convention = True

    class descent(_Momentum.descent):
        def moved(self, velocity, gradient):
            velocity = self.momentum * velocity - self.learning_rate * gradient
            return velocity, self.momentum * velocity - self.learning_rate * gradient


# weight decay


class _Decay(Mistake):
    class descent(GradientDescent):
        def move(self, neuron, velocities):
            right = self.weight_decay
            self.weight_decay = self.decay_factor * right
            super().move(neuron, velocities)
            self.weight_decay = right


class L2Sign(_Decay):
    """The weight decay has the wrong sign, and the weights grow."""

    wrong, right = "∇w − λ·w", "∇w + λ·w"
    seen = "https://github.com/andersbll/deeppy/issues/17"

    class descent(_Decay.descent):
        decay_factor = -1


class L2FactorTwo(_Decay):
    """The weight decay is twice as large: the slope of λ·w² instead of ½·λ·w²."""

    wrong, right = "∇w + 2·λ·w", "∇w + λ·w"
    seen = "https://github.com/titu1994/DenseNet/issues/57"
    convention = True

    class descent(_Decay.descent):
        decay_factor = 2


class L2Missing(_Decay):
    """The weight decay that was asked for has no effect."""

    wrong, right = "∇w", "∇w + λ·w"
    seen = "https://github.com/aigamedev/scikit-neuralnetwork/issues/175"

    class descent(_Decay.descent):
        decay_factor = 0


class L2OnBias(Mistake):
    """The biases decay too."""

    wrong, right = "∇b + λ·b", "∇b"
    seen = "https://github.com/lciernik/similarity_consistency/pull/40"
    convention = True

    class descent(GradientDescent):
        def move(self, neuron, velocities):
            right = neuron.bias_gradient
            if neuron.bias is not None:
                neuron.bias_gradient = right + self.weight_decay * neuron.bias
            super().move(neuron, velocities)
            neuron.bias_gradient = right
