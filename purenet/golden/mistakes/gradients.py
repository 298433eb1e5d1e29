"""Mistakes in the gradients of weights and biases, and in how those of several examples are put together."""

from purenet.descent import GradientDescent
from purenet.golden.mistakes.base import (
    Mistake,
    SeesItsLayer,
    WrongInputs,
    scale_gradients,
)
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.training import training_step

# of one example


class NetInputInWeightGradient(Mistake):
    """The delta is multiplied by the net inputs of the layer before, instead of by its outputs."""

    wrong, right = "∇w_ij = δ_j·x_i", "∇w_ij = δ_j·y_i"
    seen = "https://github.com/OsmanBuyuksar/NeuralNetwork"

    class neuron(WrongInputs):
        def factors(self):
            return [neuron.net_input for neuron in self.before.neurons] if self.before else self.inputs

    def change(self, network):
        super().change(network)
        for before, layer in zip([None] + network.layers, network.layers):
            for neuron in layer.neurons:
                neuron.before = before


class OwnOutputInWeightGradient(Mistake):
    """The delta is multiplied by the outputs of its own layer, instead of by the inputs."""

    wrong, right = "∇w_ij = δ_j·y_j", "∇w_ij = δ_j·y_i"
    seen = "https://github.com/farzaa/SimpleMultilayerPerceptron"

    class neuron(WrongInputs):
        def factors(self):
            outputs = [neuron.output for neuron in self.own.neurons]
            return outputs * len(self.inputs) if len(outputs) == 1 else outputs

    def change(self, network):
        super().change(network)
        for layer in network.layers:
            for neuron in layer.neurons:
                neuron.own = layer


class ActivationMissingInGradient(Mistake):
    """The gradient of a weight is the delta alone, without the input."""

    wrong, right = "∇w_ij = δ_j", "∇w_ij = δ_j·y_i"
    seen = "https://github.com/Justin-Goodrich/Python-Neural-net-from-scratch"

    class neuron(WrongInputs):
        def factors(self):
            return [1] * len(self.inputs)


class WeightInsteadOfActivation(Mistake):
    """The delta is multiplied by the weight itself, instead of by the input."""

    wrong, right = "∇w_ij = δ_j·w_ij", "∇w_ij = δ_j·y_i"
    seen = "https://stats.stackexchange.com/questions/464262"

    class neuron(WrongInputs):
        def factors(self):
            return list(self.weights)


class GradientTransposed(SeesItsLayer, Mistake):
    """The table of gradients is built with row and column exchanged."""

    wrong, right = "∇w_ij = δ_i·y_j", "∇w_ij = δ_j·y_i"
    seen = "https://github.com/iamtrask/Grokking-Deep-Learning/pull/22"

    class neuron(Neuron):
        def accumulate_gradients(self):
            if self.layer_deltas is None:
                super().accumulate_gradients()
                return
            factor, deltas = self.inputs[self.place], self.layer_deltas
            if len(deltas) != len(self.inputs):
                raise IndexError(f"{len(deltas)} deltas for {len(self.inputs)} weights")
            self.add_gradients([delta * factor for delta in deltas], self.delta)


class AliasedGradientRows(SeesItsLayer, Mistake):
    """The rows of the table of gradients are one and the same list, so that every neuron gets the sum."""

    wrong, right = "∇w_ij = Σ_m δ_m·y_i", "∇w_ij = δ_j·y_i"

    class neuron(Neuron):
        def accumulate_gradients(self):
            deltas = self.layer_deltas or [self.delta]
            gradients = []
            for y in self.inputs:
                total = 0
                for delta in deltas:
                    total += delta * y
                gradients.append(total)
            self.add_gradients(gradients, self.delta)


class DeltaOfNextLayer(Mistake):
    """The gradients of a layer are computed with the deltas of the layer after it."""

    wrong, right = "∇w_ij = δ_k·y_i", "∇w_ij = δ_j·y_i"
    seen = "https://github.com/scikit-learn/scikit-learn/issues/8987"

    class neuron(Neuron):
        def accumulate_gradients(self):
            if self.after is None:
                super().accumulate_gradients()
                return
            delta = self.after.neurons[self.at].delta
            self.add_gradients([delta * y for y in self.inputs], delta)

    def change(self, network):
        super().change(network)
        for layer, after in zip(network.layers, network.layers[1:] + [None]):
            for at, neuron in enumerate(layer.neurons):
                neuron.after, neuron.at = after, at


class BiasGradientScalarSum(SeesItsLayer, Mistake):
    """The gradient of every bias of a layer is one number, the sum over its neurons."""

    wrong, right = "∇b_j = Σ_m δ_m", "∇b_j = δ_j"
    seen = "https://github.com/cain877/mnist-nn-from-scratch"

    class neuron(Neuron):
        def accumulate_gradients(self):
            self.add_gradients([self.delta * y for y in self.inputs], self.shared(self.layer_deltas or [self.delta]))

        def shared(self, deltas):
            total = 0
            for delta in deltas:
                total += delta
            return total


class BiasGradientScalarMean(SeesItsLayer, Mistake):
    """The gradient of every bias of a layer is one number, the mean over its neurons."""

    wrong, right = "∇b_j = mean of δ_m over the layer", "∇b_j = δ_j"
    seen = "https://github.com/deeplearning4j/deeplearning4j/pull/364"

    class neuron(BiasGradientScalarSum.neuron):
        def shared(self, deltas):
            return super().shared(deltas) / len(deltas)


class BiasGradientTimesInputs(Mistake):
    """The gradient of a bias is multiplied by the inputs, as if it were that of a weight."""

    wrong, right = "∇b_j = δ_j·Σ_i y_i", "∇b_j = δ_j"
    seen = "https://github.com/rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/64"

    class neuron(Neuron):
        def accumulate_gradients(self):
            total = 0
            for y in self.inputs:
                total += self.delta * y
            self.add_gradients([self.delta * y for y in self.inputs], total)


class BiasGradientTimesBias(Mistake):
    """The gradient of a bias is multiplied by the bias."""

    wrong, right = "∇b_j = δ_j·b_j", "∇b_j = δ_j"
    seen = "https://github.com/xnought/backprop-explainer/issues/18"

    class neuron(Neuron):
        def accumulate_gradients(self):
            bias = 0 if self.bias is None else self.bias
            self.add_gradients([self.delta * y for y in self.inputs], self.delta * bias)


# of several examples


class BatchSumInsteadOfMean(Mistake):
    """The gradients of a mini-batch are added up, where their mean is asked for."""

    wrong, right = "∇w = Σ over examples", "∇w = mean over examples"
    seen = "https://github.com/haifengl/smile/issues/525"
    convention = True

    def training_step(self, network, batch, descent, gradient):
        return training_step(network, batch, descent, "sum")[0]


class BatchMeanInsteadOfSum(Mistake):
    """The gradients of a mini-batch are averaged, where their sum is asked for."""

    wrong, right = "∇w = mean over examples", "∇w = Σ over examples"
    seen = "https://github.com/gokadin/ai-backpropagation"
    convention = True

    def training_step(self, network, batch, descent, gradient):
        return training_step(network, batch, descent, "mean")[0]


class _ScaledGradients(Mistake):
    """Before the update, the gradients of n examples are scaled by `factors(n)`: for weights, for biases, and a divisor."""

    class descent(GradientDescent):
        def update(self, network):
            scale_gradients(network, *self.gradient_factors)
            super().update(network)

    def training_step(self, network, batch, descent, gradient):
        descent.gradient_factors = self.factors(len(batch)) if gradient == "mean" else (1, 1, 1)
        return training_step(network, batch, descent, gradient)[0]


class BatchMeanTwice(_ScaledGradients):
    """The gradients of a mini-batch are divided by its size twice."""

    wrong, right = "∇w = 1/n² Σ over examples", "∇w = 1/n Σ over examples"
    seen = "https://github.com/d2l-ai/d2l-en/pull/1000"

    def factors(self, size):
        return 1, 1, size


class FixedBatchSizeDivisor(_ScaledGradients):
    """A last, shorter mini-batch is divided by the size of the others."""

    wrong, right = "∇w = 1/N Σ over n examples, with the N of a full batch", "∇w = 1/n Σ over n examples"
    seen = "https://github.com/LBANN/lbann/issues/10"

    def __init__(self):
        self.full = 0

    def batches(self, batches):
        self.full = len(batches[0])
        return batches

    def factors(self, size):
        return size, size, self.full


class BiasBatchMeanTwice(_ScaledGradients):
    """The gradient of a bias is divided by the size of the mini-batch twice."""

    wrong, right = "∇b = 1/n² Σ over examples", "∇b = 1/n Σ over examples"
    seen = "https://github.com/deeplearning4j/deeplearning4j/pull/366"

    def factors(self, size):
        return size, 1, size


class BiasBatchSum(_ScaledGradients):
    """The gradients of a bias are added up over the mini-batch, while those of the weights are averaged."""

    wrong, right = "∇b = Σ over examples", "∇b = 1/n Σ over examples"

    def factors(self, size):
        return 1, size, 1


class GradientsNotReset(Mistake):
    """The gradients of earlier steps are never cleared and stay in the sum."""

    wrong, right = "∇w += … of this step", "∇w = 0, then ∇w += … of this step"
    seen = "https://github.com/deepjavalibrary/d2l-java/pull/202"

    class network(Network):
        def reset_gradients(self):
            pass


class GradientsOverwrittenPerExample(Mistake):
    """Each example overwrites the gradients of the one before, so that only the last counts, divided by the size of the batch."""

    wrong, right = "∇w = 1/n·∇w of the last example", "∇w = 1/n Σ over examples"
    seen = "https://github.com/karpathy/convnetjs/issues/17"

    class neuron(Neuron):
        def accumulate_gradients(self):
            self.reset_gradients()
            super().accumulate_gradients()


class OnlineInsteadOfBatch(Mistake):
    """The weights change after every example, although the mini-batch is to share one step."""

    wrong, right = "w ← w − η·∇w for each example", "w ← w − η·mean of ∇w"
    seen = "https://github.com/davidstutz/matlab-mnist-two-layer-perceptron/issues/3"

    def training_step(self, network, batch, descent, gradient):
        loss = 0
        for example in batch:
            loss += training_step(network, [example], descent, gradient)[0]
        return loss


class PartialBatchDropped(Mistake):
    """The last mini-batch, shorter than the others, is never trained on."""

    wrong, right = "N // n steps", "N / n steps, rounded up"
    seen = "https://github.com/NervanaSystems/neon/issues/9"
    convention = True

    def batches(self, batches):
        return [batch for batch in batches if len(batch) >= len(batches[0])]
