"""Not mistakes: other ways to say the same, which give other numbers. They are looked for before any mistake is."""

from purenet.golden.mistakes.base import Mistake, Stretched
from purenet.losses import HalfSquaredError


class _ScaledLoss:
    """A half squared error, and its slopes, times factor(n) for n outputs; other losses as they are."""

    def value(self, outputs, targets):
        return self.scaled(super().value(outputs, targets), len(outputs))

    def derivative(self, outputs, targets):
        return [self.scaled(slope, len(outputs)) for slope in super().derivative(outputs, targets)]

    def scaled(self, number, outputs):
        if not isinstance(self, HalfSquaredError):
            return number
        factor, divisor = self.factor(outputs)
        return number * factor / divisor


class ConventionSeNoHalf(Mistake):
    """The loss is the squared error without the ½; deltas and gradients are twice as large."""

    wrong, right = "E = Σ_k (y_k − t_k)²", "E = ½ Σ_k (y_k − t_k)²"
    seen = "https://github.com/jcjohnson/pytorch-examples"
    convention = True

    class loss(_ScaledLoss):
        def factor(self, outputs):
            return 2, 1


class ConventionMseOverOutputs(Mistake):
    """The loss is the mean of the squared errors over the outputs."""

    wrong, right = "E = 1/n Σ_k (y_k − t_k)²", "E = ½ Σ_k (y_k − t_k)²"
    seen = "https://github.com/acids-ircam/creative_ml/pull/6"
    convention = True

    class loss(_ScaledLoss):
        def factor(self, outputs):
            return 2, outputs


class ConventionHalfMseOverOutputs(Mistake):
    """The loss is half the mean of the squared errors over the outputs."""

    wrong, right = "E = 1/2n Σ_k (y_k − t_k)²", "E = ½ Σ_k (y_k − t_k)²"
    seen = "https://github.com/kuleshov-group/aml-book/issues/17"
    convention = True

    class loss(_ScaledLoss):
        def factor(self, outputs):
            return 1, outputs


class ConventionDeltaSign(Mistake):
    """Deltas and gradients have the other sign, and are added to the weights instead of subtracted."""

    wrong, right = "δ_k = f′(x_k)·(t_k − y_k), w ← w + η·δ·y", "δ_k = f′(x_k)·(y_k − t_k), w ← w − η·δ·y"
    seen = "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/66"
    convention = True

    class loss:
        def derivative(self, outputs, targets):
            return [-slope for slope in super().derivative(outputs, targets)]

    class descent(Stretched):
        def factor(self, network, neuron, is_bias):
            return -1


class ConventionWeightsTransposed(Mistake):
    """Tables of weights and of their gradients are reported as [input][neuron]."""

    wrong, right = "weights[i][j]", "weights[j][i]"
    seen = "https://keras.io/api/layers/core_layers/dense/"
    convention = True

    def report(self, values, shapes):
        def transposed(name, flat):
            neurons, inputs = shapes[name].shape
            return [flat[j * inputs + i] for i in range(inputs) for j in range(neurons)]

        return {name: transposed(name, flat) if len(shapes[name].shape) == 2 else flat for name, flat in values.items()}
