"""Mistakes on the way forward: from the inputs to the outputs."""

import struct

from purenet.activations import Identity, Sigmoid
from purenet.arithmetic import exp
from purenet.checks import name_neurons
from purenet.descent import GradientDescent
from purenet.golden.mistakes.base import BENT, Mistake
from purenet.layer import Layer
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.softmax import Softmax, SoftmaxLayer
from purenet.training import training_step

OVERFLOW, UNDERFLOW = 709.78, -745.13  # e to these leaves the range of a float64


class BiasMissingForward(Mistake):
    """The net input is the weighted sum alone: no bias is added."""

    wrong, right = "x_j = Σ_i w_ij·y_i", "x_j = Σ_i w_ij·y_i + b_j"
    seen = "https://github.com/Kulbear/deep-learning-coursera/pull/48"

    class neuron(Neuron):
        def weigh(self, inputs):
            bias, self.bias = self.bias, None
            super().weigh(inputs)
            self.bias = bias


class BiasAfterActivation(Mistake):
    """The bias is added to the output, after the activation function."""

    wrong, right = "y_j = f(Σ_i w_ij·y_i) + b_j", "y_j = f(Σ_i w_ij·y_i + b_j)"

    class neuron(Neuron):
        def forward(self, inputs):
            bias, self.bias = self.bias, None
            super().forward(inputs)
            self.bias = bias
            if bias is not None:
                self.output = self.output + bias
            return self.output


class SharedBiasPerLayer(Mistake):
    """All neurons of a layer start with one bias, that of the first."""

    wrong, right = "x_j = Σ_i w_ij·y_i + b_1", "x_j = Σ_i w_ij·y_i + b_j"
    seen = "https://github.com/mattm/simple-neural-network"
    convention = True

    def change(self, network):
        super().change(network)
        for layer in network.layers:
            for neuron in layer.neurons:
                neuron.bias = layer.neurons[0].bias


class WeightsFlatOrderSwapped(Mistake):
    """The given weights are read with row and column exchanged."""

    wrong, right = "w_ij is read from place i·J + j", "w_ij is read from place j·I + i"
    seen = "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/77"

    def change(self, network):
        super().change(network)
        for layer in network.layers:
            flat = [weight for neuron in layer.neurons for weight in neuron.weights]
            for j, neuron in enumerate(layer.neurons):
                neuron.weights = flat[j :: len(layer.neurons)]


class AliasedWeightRows(Mistake):
    """The rows of the weight table are one and the same list, so that all neurons have the weights written last."""

    wrong, right = "w = [[0]·I]·J", "w = [[0]·I for each j]"
    seen = "https://dev.to/samuel_ochaba_eb9c875fa89/the-python-matrix-gotcha-that-silently-corrupts-your-data-1h7b"

    class layer(Layer):
        def forward(self, inputs):
            for neuron in self.neurons:
                neuron.weights = self.neurons[-1].weights
            return super().forward(inputs)


class InputLayerActivated(Mistake):
    """The inputs go through the activation function too."""

    wrong, right = "y_i = f(x_i)", "y_i = x_i"

    class network(Network):
        def forward(self, inputs):
            first = self.layers[0]
            if not isinstance(first, SoftmaxLayer):
                inputs = [first.neurons[0].activation.value(y) for y in inputs]
            return super().forward(inputs)


class SigmoidExponentSign(Mistake):
    """The exponent of the sigmoid has the wrong sign."""

    wrong, right = "f(x) = 1/(1 + e^x)", "f(x) = 1/(1 + e^−x)"
    seen = "https://github.com/ljvmiranda921/pyswarms/pull/145"

    class sigmoid(Sigmoid):
        def value(self, x):
            return super().value(-x)

    activations = {"sigmoid": sigmoid}


class ActivationAppliedTwice(Mistake):
    """The activation function is applied to its own result; most often softmax, once in the layer and once in the loss."""

    wrong, right = "y_j = f(f(x_j))", "y_j = f(x_j)"
    seen = "https://github.com/liashchynskyi/skynet/pull/1"

    class neuron(Neuron):
        def forward(self, inputs):
            self.output = self.activation.value(super().forward(inputs))
            return self.output

    class layer(Layer):
        def forward(self, inputs):
            outputs = super().forward(inputs)
            if isinstance(self, SoftmaxLayer):
                for neuron, output in zip(self.neurons, self.softmax.values(outputs)):
                    neuron.output = output
                self.outputs = [neuron.output for neuron in self.neurons]
            return self.outputs


class HiddenActivationMissing(Mistake):
    """The hidden layers have no activation function."""

    wrong, right = "y_j = x_j", "y_j = f(x_j)"
    where = "hidden"
    activations = dict.fromkeys(BENT, Identity)


class OutputActivationMissing(Mistake):
    """The last layer has no activation function."""

    wrong, right = "y_k = x_k", "y_k = f(x_k)"
    where = "output"
    activations = dict.fromkeys(BENT, Identity)

    def change(self, network):
        super().change(network)
        last = network.layers[-1]
        if isinstance(last, SoftmaxLayer):
            network.layers[-1] = plain = Layer(last.neurons)
            name_neurons(plain, last.letter)
            for neuron in plain.neurons:
                neuron.activation = Identity()


class InPlaceActivation(Mistake):
    """The activation function writes its result over the net input, so that the slope is taken at the output."""

    wrong, right = "x_j := f(x_j), then f′(x_j)", "y_j = f(x_j), then f′(x_j)"
    seen = "https://github.com/deeplearning4j/deeplearning4j/pull/364"

    class neuron(Neuron):
        def forward(self, inputs):
            self.net_input = super().forward(inputs)
            return self.output

        def backward(self, output_gradient):
            y = self.net_input
            self.delta = self.activation.derivative(y, self.activation.value(y)) * output_gradient
            self.accumulate_gradients()


class _NetInputsOfTheBatch(Mistake):
    """The net inputs of the last layer for all examples of a step are looked at together."""

    def training_step(self, network, batch, descent, gradient):
        last = network.layers[-1]
        if isinstance(last, SoftmaxLayer):
            rows = []
            for inputs, _ in batch:
                network.forward(inputs)
                rows.append([neuron.net_input for neuron in last.neurons])
            last.softmax = self.softmax(rows)
        loss = training_step(network, batch, descent, gradient)[0]
        if isinstance(last, SoftmaxLayer):
            last.softmax = Softmax()
        return loss


class SoftmaxOverBatch(_NetInputsOfTheBatch):
    """Softmax divides by the sum over all examples of the batch, so that the outputs of one do not add up to 1."""

    wrong, right = "y_k = e^x_k/Σ over examples and classes", "y_k = e^x_k/Σ_m e^x_m"
    seen = "https://github.com/deeplearning4j/nd4j/issues/44"

    class softmax(Softmax):
        def __init__(self, rows):
            largest = max(max(row) for row in rows)
            self.largest, self.total = largest, 0
            for row in rows:
                for x in row:
                    self.total += exp(x - largest)

        def values(self, net_inputs):
            return [exp(x - self.largest) / self.total for x in net_inputs]


class SoftmaxNoMaxShift(Mistake):
    """Softmax takes e to the net inputs as they are, which overflows where one is large."""

    wrong, right = "y_k = e^x_k/Σ_m e^x_m", "y_k = e^(x_k − max)/Σ_m e^(x_m − max)"
    seen = "https://github.com/numenta/nupic-legacy/pull/3819"

    class softmax(Softmax):
        def values(self, net_inputs):
            if max(net_inputs) > OVERFLOW:
                raise OverflowError("e^x leaves the range of a float")
            if max(net_inputs) < UNDERFLOW:
                raise ZeroDivisionError("0/0: every power has become 0")
            return super().values(net_inputs)

    activations = {"softmax": softmax}


class SoftmaxMaxOverBatch(_NetInputsOfTheBatch):
    """The largest net input of the whole batch is subtracted, so that an example far below it becomes 0/0."""

    wrong, right = "y_k = e^(x_k − max over the batch)/Σ", "y_k = e^(x_k − max over the classes)/Σ"
    seen = "https://github.com/manassharma07/crysx_nn/issues/7"

    class softmax(Softmax):
        def __init__(self, rows):
            self.largest = max(max(row) for row in rows)

        def values(self, net_inputs):
            if max(net_inputs) - self.largest < UNDERFLOW:
                raise ZeroDivisionError("0/0: every power of this example has become 0")
            return super().values(net_inputs)


class SigmoidNaiveExp(Mistake):
    """The sigmoid takes e^−x of a large negative net input, which overflows."""

    wrong, right = "f(x) = 1/(1 + e^−x)", "f(x) = e^x/(1 + e^x) where x is far below 0"
    seen = "https://github.com/llSourcell/Reinforcement_Learning_for_Stock_Prediction/issues/14"

    class sigmoid(Sigmoid):
        def value(self, x):
            if x < -OVERFLOW:
                raise OverflowError("e^−x leaves the range of a float")
            return super().value(x)

    activations = {"sigmoid": sigmoid}


class IntegerStorage(Mistake):
    """Weights and biases are kept as integers, because the first ones were: every step is cut off after the decimal point."""

    wrong, right = "w ← integer part of (w − η·∇w)", "w ← w − η·∇w"
    seen = "https://codewithsundeep.com/discussion/solution/74253053"

    class descent(GradientDescent):
        def update(self, network):
            neurons = network.neurons()
            whole = [all(number == int(number) for number in [*neuron.weights, neuron.bias or 0]) for neuron in neurons]
            super().update(network)
            if all(whole):
                for neuron in neurons:
                    neuron.weights = [type(weight)(int(weight)) for weight in neuron.weights]
                    if neuron.bias is not None:
                        neuron.bias = type(neuron.bias)(int(neuron.bias))


class Float32(Mistake):
    """The numbers are kept in 32 bits: no mistake, but rounding, which the reported digits show."""

    wrong, right = "24 bits", "53 bits"
    seen = "https://github.com/harvard-edge/cs249r_book/pull/1399"
    convention = True

    class neuron(Neuron):
        def weigh(self, inputs):
            self.weights = [single(weight) for weight in self.weights]
            super().weigh([single(y) for y in inputs])
            self.net_input = single(self.net_input)

        def forward(self, inputs):
            self.output = single(super().forward(inputs))
            return self.output

        def accumulate_gradients(self):
            self.delta = single(self.delta)
            super().accumulate_gradients()
            self.weight_gradients = [single(gradient) for gradient in self.weight_gradients]


def single(value):
    """Return a number as a float32 holds it, of the kind that it was."""
    return type(value)(struct.unpack("f", struct.pack("f", float(value)))[0])
