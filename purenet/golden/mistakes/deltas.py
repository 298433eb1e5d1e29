"""Mistakes in the deltas: of the last layer, and on the way back through the hidden ones."""

import copy

from purenet.activations import Identity, ReLU, Tanh
from purenet.golden.mistakes.base import SQUARED, Mistake, SoftmaxDelta
from purenet.layer import Layer
from purenet.losses import BinaryCrossEntropy, CrossEntropy, HalfSquaredError
from purenet.neuron import Neuron
from purenet.trace.program import put_in_front
from purenet.training import average_gradients, training_step

# the last layer


class OutputDerivativeMissing(Mistake):
    """The delta of the last layer lacks the slope of the activation function, with a squared error as the loss."""

    wrong, right = "δ_k = y_k − t_k", "δ_k = f′(x_k)·(y_k − t_k)"
    seen = "https://github.com/jiexunsee/Neural-Network-with-Python/issues/1"

    def change(self, network):
        super().change(network)
        if isinstance(network.loss, SQUARED):
            put_in_front(network.layers[-1], self.without_slope)

    class without_slope:
        def backward(self, output_gradients):
            for neuron, gradient in zip(self.neurons, output_gradients):
                neuron.delta = gradient
                neuron.accumulate_gradients()


class _SlopeOfTheOutput(Neuron):
    def backward(self, output_gradient):
        y = self.output
        self.delta = self.activation.derivative(y, self.activation.value(y)) * output_gradient
        self.accumulate_gradients()


class DerivativeOfActivated(Mistake):
    """The slope, a formula in the net input, is given the output."""

    wrong, right = "δ_j = f′(y_j)·∂E/∂y_j", "δ_j = f′(x_j)·∂E/∂y_j"
    seen = "https://github.com/farzaa/SimpleMultilayerPerceptron"
    neuron = _SlopeOfTheOutput


class DerivativeOfActivatedOutput(Mistake):
    """The slope, a formula in the net input, is given the output, in the last layer only."""

    wrong, right = "δ_k = f′(y_k)·∂E/∂y_k", "δ_k = f′(x_k)·∂E/∂y_k"
    seen = "https://github.com/OsmanBuyuksar/NeuralNetwork"
    where = "output"
    neuron = _SlopeOfTheOutput


class DerivativeOfActivatedHidden(Mistake):
    """The slope, a formula in the net input, is given the output, in the hidden layers only."""

    wrong, right = "δ_j = f′(y_j)·∂E/∂y_j", "δ_j = f′(x_j)·∂E/∂y_j"
    seen = "https://github.com/OsmanBuyuksar/NeuralNetwork"
    where = "hidden"
    neuron = _SlopeOfTheOutput


class _OutputFormOnNetInput(Neuron):
    def backward(self, output_gradient):
        self.delta = self.activation.derivative(self.net_input, self.net_input) * output_gradient
        self.accumulate_gradients()


class OutputFormOnNetInput(Mistake):
    """The slope, a formula in the output, is given the net input."""

    wrong, right = "f′ = x_j·(1 − x_j)", "f′ = y_j·(1 − y_j)"
    seen = "https://github.com/BoltzmannEntropy/interviews.ai/issues/4"
    neuron = _OutputFormOnNetInput


class OutputFormOnNetInputOutput(Mistake):
    """The slope, a formula in the output, is given the net input, in the last layer only."""

    wrong, right = "f′ = x_k·(1 − x_k)", "f′ = y_k·(1 − y_k)"
    where = "output"
    neuron = _OutputFormOnNetInput


class OutputFormOnNetInputHidden(Mistake):
    """The slope, a formula in the output, is given the net input, in the hidden layers only."""

    wrong, right = "f′ = x_j·(1 − x_j)", "f′ = y_j·(1 − y_j)"
    seen = "https://github.com/OsmanBuyuksar/NeuralNetwork"
    where = "hidden"
    neuron = _OutputFormOnNetInput


class DerivativeIsFunction(Mistake):
    """The derivative returns the value of the function itself."""

    wrong, right = "δ_j = f(x_j)·∂E/∂y_j", "δ_j = f′(x_j)·∂E/∂y_j"
    seen = "https://github.com/andersbll/nnet/issues/4"

    class neuron(Neuron):
        def backward(self, output_gradient):
            self.delta = self.output * output_gradient
            self.accumulate_gradients()


class IdentityDerivativeIsX(Mistake):
    """The derivative of the identity returns x instead of 1."""

    wrong, right = "f(x) = x, f′(x) = x", "f(x) = x, f′(x) = 1"
    seen = "https://github.com/gokadin/ai-backpropagation"

    class identity(Identity):
        def derivative(self, x, y):
            return x

    activations = {"identity": identity}


class AlwaysSigmoidDerivative(Mistake):
    """The slope of the sigmoid is used, whatever the activation function is."""

    wrong, right = "f′ = y_j·(1 − y_j)", "f′ of that layer"
    seen = "https://github.com/ttezel/nn/issues/8"

    class neuron(Neuron):
        def backward(self, output_gradient):
            self.delta = self.output * (1 - self.output) * output_gradient
            self.accumulate_gradients()


class DeltaFactorTwo(Mistake):
    """The delta is doubled, although the loss is halved."""

    wrong, right = "∂E/∂y_k = 2·(y_k − t_k)", "∂E/∂y_k = y_k − t_k"
    seen = "https://github.com/patrickloeber/MLfromscratch/issues/18"

    class loss:
        def derivative(self, outputs, targets):
            slopes = super().derivative(outputs, targets)
            return [2 * slope for slope in slopes] if isinstance(self, HalfSquaredError) else slopes


class DeltaSignFlipped(Mistake):
    """The delta has the other sign, and the weights are still lowered by it: the loss rises."""

    wrong, right = "δ_k = f′(x_k)·(t_k − y_k), w ← w − η·δ·y", "δ_k = f′(x_k)·(y_k − t_k), w ← w − η·δ·y"
    seen = "https://github.com/udacity/deep-learning-v2-pytorch/pull/14"

    class loss:
        def derivative(self, outputs, targets):
            return [-slope for slope in super().derivative(outputs, targets)]


class LossValueAsError(Mistake):
    """The loss itself is sent back in place of its slope, so that the sign is lost."""

    wrong, right = "∂E/∂y_k = ½ (y_k − t_k)²", "∂E/∂y_k = y_k − t_k"
    seen = "https://github.com/MatthieuHernandez/StraightforwardNeuralNetwork/pull/18"

    class loss:
        def derivative(self, outputs, targets):
            slopes = super().derivative(outputs, targets)
            return [slope * slope / 2 for slope in slopes] if isinstance(self, HalfSquaredError) else slopes


class RoundedOutputError(Mistake):
    """The error is taken from the output rounded to a class, 0 or 1, instead of the output itself."""

    wrong, right = "∂E/∂y_k = round(y_k) − t_k", "∂E/∂y_k = y_k − t_k"

    class loss:
        def derivative(self, outputs, targets):
            if not isinstance(self, SQUARED):
                return super().derivative(outputs, targets)
            return super().derivative([type(y)(round(y)) for y in outputs], targets)


class _PlainDifference(Mistake):
    """The cross-entropies hand back the plain difference, to be multiplied by another slope."""

    class loss:
        def derivative(self, outputs, targets):
            if not isinstance(self, (CrossEntropy, BinaryCrossEntropy)):
                return super().derivative(outputs, targets)
            return [y - t for y, t in zip(outputs, targets)]


class CeExtraDerivative(_PlainDifference):
    """The delta of a cross-entropy, y − t, is multiplied by y·(1 − y) once more."""

    wrong, right = "δ_k = (y_k − t_k)·y_k·(1 − y_k)", "δ_k = y_k − t_k"
    seen = "https://github.com/mnielsen/neural-networks-and-deep-learning/pull/77"

    class extra(SoftmaxDelta):
        def delta_of(self, j, output_gradients):
            y = self.neurons[j].output
            return output_gradients[j] * y * (1 - y)

    def change(self, network):
        self.layer = self.extra if isinstance(network.loss, CrossEntropy) else None
        super().change(network)


class CeSquaredErrorDelta(_PlainDifference):
    """The loss is the cross-entropy, and the delta that of the squared error."""

    wrong, right = "δ_j = Σ_k ∂y_k/∂x_j·(y_k − t_k)", "δ_j = y_j − t_j"
    seen = "https://github.com/bpjsincl/coursera-neural-net/issues/14"

    def change(self, network):
        if isinstance(network.loss, CrossEntropy):
            super().change(network)


class _Diagonal(SoftmaxDelta):
    def delta_of(self, j, output_gradients):
        return self.softmax.derivative(self.outputs, j, j) * output_gradients[j]


class SoftmaxCeDiagonalChain(Mistake):
    """Of the slopes of softmax only those on the diagonal are used, with cross-entropy: only the right class learns."""

    wrong, right = "δ_j = −t_j·(1 − y_j)", "δ_j = y_j − t_j"
    seen = "https://github.com/deeplearning4j/libnd4j/issues/440"

    def change(self, network):
        self.layer = _Diagonal if isinstance(network.loss, CrossEntropy) else None
        super().change(network)


class SoftmaxDiagonalDerivative(Mistake):
    """Of the slopes of softmax only those on the diagonal are used, with a squared error."""

    wrong, right = "δ_j = y_j·(1 − y_j)·(y_j − t_j)", "δ_j = Σ_k ∂y_k/∂x_j·(y_k − t_k)"
    seen = "https://github.com/Justin-Goodrich/Python-Neural-net-from-scratch"

    def change(self, network):
        self.layer = _Diagonal if isinstance(network.loss, SQUARED) else None
        super().change(network)


class SoftmaxDerivativeOneMinus(Mistake):
    """The slope of softmax is taken for 1 − y."""

    wrong, right = "δ_j = (1 − y_j)·(y_j − t_j)", "δ_j = Σ_k ∂y_k/∂x_j·(y_k − t_k)"
    seen = "https://github.com/neuroph/neuroph/issues/37"

    class one_minus(SoftmaxDelta):
        def delta_of(self, j, output_gradients):
            return (1 - self.outputs[j]) * output_gradients[j]

    def change(self, network):
        self.layer = self.one_minus if isinstance(network.loss, SQUARED) else None
        super().change(network)


class CeDividedByOutputs(Mistake):
    """The delta of a cross-entropy is divided by the number of outputs."""

    wrong, right = "δ_k = (y_k − t_k)/n", "δ_k = y_k − t_k"
    seen = "https://github.com/oysteijo/simd_neuralnet/issues/1"

    class loss:
        def derivative(self, outputs, targets):
            slopes = super().derivative(outputs, targets)
            if not isinstance(self, (CrossEntropy, BinaryCrossEntropy)):
                return slopes
            return [slope / len(outputs) for slope in slopes]


class LastExampleDelta(Mistake):
    """The deltas of the last example of a mini-batch are used for all of its examples."""

    wrong, right = "∇w_ij = mean of δ_j(last example)·y_i", "∇w_ij = mean of δ_j·y_i"

    def training_step(self, network, batch, descent, gradient):
        if len(batch) == 1:
            return training_step(network, batch, descent, gradient)[0]
        neurons = network.neurons()
        network.forward(batch[-1][0])
        network.backward(batch[-1][1])
        deltas = [neuron.delta for neuron in neurons]
        network.reset_gradients()
        loss = 0
        for inputs, targets in batch:
            loss += network.loss.value(network.forward(inputs), targets)
            for neuron, delta in zip(neurons, deltas):
                neuron.delta = delta
                neuron.accumulate_gradients()
        if gradient == "mean":
            average_gradients(network, len(batch))
        descent.update(network)
        return loss


class BatchMeanErrorLastExample(Mistake):
    """The errors of a mini-batch are averaged and sent back once, through the outputs of its last example."""

    wrong, right = "δ_k = f′(x_k of the last)·mean of (y_k − t_k)", "δ_k = f′(x_k)·(y_k − t_k) for each example"

    def training_step(self, network, batch, descent, gradient):
        if len(batch) == 1:
            return training_step(network, batch, descent, gradient)[0]
        network.reset_gradients()
        loss, total = 0, None
        for inputs, targets in batch:
            outputs = network.forward(inputs)
            loss += network.loss.value(outputs, targets)
            slopes = network.loss.derivative(outputs, targets)
            total = slopes if total is None else [a + b for a, b in zip(total, slopes)]
        gradients = [slope / len(batch) if gradient == "mean" else slope for slope in total]
        for layer in reversed(network.layers):
            layer.backward(gradients)
            gradients = layer.input_gradients()
        descent.update(network)
        return loss


class LearningRateInDelta(Mistake):
    """The learning rate is multiplied into the delta before it is sent on, so that earlier layers get a power of it."""

    wrong, right = "δ_j = η·f′(x_j)·Σ_k w_jk·δ_k", "δ_j = f′(x_j)·Σ_k w_jk·δ_k"
    seen = "https://github.com/CanKorkut/Backpropagation-for-XOR-Using-Python"

    class neuron(Neuron):
        def accumulate_gradients(self):
            if not self.scaled:
                self.delta, self.scaled = self.rate * self.delta, True
            super().accumulate_gradients()

        def weigh(self, inputs):
            self.scaled = False
            super().weigh(inputs)

    def training_step(self, network, batch, descent, gradient):
        rate = descent.learning_rate
        for layer in network.layers:
            for neuron in layer.neurons:
                neuron.rate = rate
        descent.learning_rate = 1
        loss = training_step(network, batch, descent, gradient)[0]
        descent.learning_rate = rate
        return loss


# the hidden layers


class HiddenDerivativeMissing(Mistake):
    """The delta of a hidden layer lacks the slope of the activation function."""

    wrong, right = "δ_j = Σ_k w_jk·δ_k", "δ_j = f′(x_j)·Σ_k w_jk·δ_k"
    seen = "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/88"
    where = "hidden"

    class neuron(Neuron):
        def backward(self, output_gradient):
            self.delta = output_gradient
            self.accumulate_gradients()


class TanhDerivativePlus(Mistake):
    """The slope of tanh is taken for 1 + y²."""

    wrong, right = "f′(x) = 1 + y²", "f′(x) = 1 − y²"
    seen = "https://github.com/nicodjimenez/lstm/issues/41"

    class tanh(Tanh):
        def derivative(self, x, y):
            return 1 + y * y

    activations = {"tanh": tanh}


class ReluDerivativeGeOnActivated(Mistake):
    """The slope of ReLU asks whether the output is at least 0, which it always is."""

    wrong, right = "f′(x) = 1 where y ≥ 0", "f′(x) = 1 where x > 0"
    seen = "https://github.com/iamtrask/Grokking-Deep-Learning/issues/9"

    class relu(ReLU):
        def derivative(self, x, y):
            return 1

    activations = {"relu": relu}


class ReluDerivativeIsX(Mistake):
    """The slope of ReLU is taken for ReLU itself."""

    wrong, right = "f′(x) = max(0, x)", "f′(x) = 1 where x > 0"

    class relu(ReLU):
        def derivative(self, x, y):
            return y

    activations = {"relu": relu}


class ReluDerivativeFromUpstream(Mistake):
    """ReLU passes ∂E/∂y back where ∂E/∂y is positive, instead of where the net input was positive."""

    wrong, right = "δ_j = max(0, ∂E/∂y_j)", "δ_j = ∂E/∂y_j where x_j > 0"

    class neuron(Neuron):
        def backward(self, output_gradient):
            if self.activation.name != "relu":
                super().backward(output_gradient)
                return
            self.delta = output_gradient if output_gradient > 0 else 0 * output_gradient
            self.accumulate_gradients()


class UpstreamGradientDiscarded(Mistake):
    """A hidden layer passes back its slope alone and forgets the gradients from the layer after it."""

    wrong, right = "δ_j = f′(x_j)", "δ_j = f′(x_j)·Σ_k w_jk·δ_k"
    seen = "https://github.com/haifengl/smile/issues/528"
    where = "hidden"

    class neuron(Neuron):
        def backward(self, output_gradient):
            super().backward(1)


class DerivativeAtBackpropagatedError(Mistake):
    """The slope is taken at the error that comes back, instead of at the net input."""

    wrong, right = "δ_j = f′(∂E/∂y_j)·∂E/∂y_j", "δ_j = f′(x_j)·∂E/∂y_j"
    seen = "https://github.com/farzaa/SimpleMultilayerPerceptron"
    where = "hidden"

    class neuron(Neuron):
        def backward(self, output_gradient):
            slope = self.activation.derivative(output_gradient, self.activation.value(output_gradient))
            self.delta = slope * output_gradient
            self.accumulate_gradients()


class DerivativeOfPreviousLayer(Mistake):
    """The slope of a hidden neuron is taken at the net input of the layer before it."""

    wrong, right = "δ_j = f′(x_i)·∂E/∂y_j", "δ_j = f′(x_j)·∂E/∂y_j"
    seen = "https://github.com/dennybritz/nn-from-scratch/pull/3"
    where = "hidden"

    class neuron(Neuron):
        def backward(self, output_gradient):
            x = self.before.neurons[self.at].net_input if self.before else self.inputs[self.at]
            self.delta = self.activation.derivative(x, self.activation.value(x)) * output_gradient
            self.accumulate_gradients()

    def change(self, network):
        super().change(network)
        for before, layer in zip([None] + network.layers, network.layers):
            for place, neuron in enumerate(layer.neurons):
                neuron.before, neuron.at = before, place


class RawErrorBackpropagated(Mistake):
    """The error at the outputs goes back through the weights, not the delta: the slope is left out on the way."""

    wrong, right = "∂E/∂y_j = Σ_k w_jk·(y_k − t_k)", "∂E/∂y_j = Σ_k w_jk·δ_k"
    seen = "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork"

    class raw(Layer):
        def backward(self, output_gradients):
            self.errors = list(output_gradients)
            super().backward(output_gradients)

        def input_gradients(self):
            gradients = []
            for i in range(len(self.neurons[0].weights)):
                total = 0
                for neuron, error in zip(self.neurons, self.errors):
                    total += neuron.weights[i] * error
                gradients.append(total)
            return gradients

    def change(self, network):
        self.layer = self.raw if isinstance(network.loss, SQUARED) else None
        super().change(network)


class UpdatedWeightsInHiddenDelta(Mistake):
    """The deltas of a hidden layer are computed with weights of the next one that this step has already changed."""

    wrong, right = "δ_j = f′(x_j)·Σ_k w_jk⁺·δ_k", "δ_j = f′(x_j)·Σ_k w_jk·δ_k"
    seen = "https://github.com/joelgrus/data-science-from-scratch/issues/31"

    class layer(Layer):
        updated = None

        def input_gradients(self):
            right = [neuron.weights for neuron in self.neurons]
            for neuron, weights in zip(self.neurons, self.updated or right):
                neuron.weights = weights
            gradients = super().input_gradients()
            for neuron, weights in zip(self.neurons, right):
                neuron.weights = weights
            return gradients

    def training_step(self, network, batch, descent, gradient):
        for layer in reversed(network.layers[1:]):  # from the last to the second, each needs those after it
            layer.updated = new_weights(network, batch, descent, gradient, layer)
        loss = training_step(network, batch, descent, gradient)[0]
        for layer in network.layers:
            layer.updated = None
        return loss


def new_weights(network, batch, descent, gradient, layer):
    """Return the weights that a step would give a layer, and leave everything else as it was."""
    neurons = network.neurons()
    before = [(list(neuron.weights), neuron.bias) for neuron in neurons]
    velocities = copy.deepcopy(descent.velocities)
    training_step(network, batch, descent, gradient)
    new = [list(neuron.weights) for neuron in layer.neurons]
    for neuron, (weights, bias) in zip(neurons, before):
        neuron.weights, neuron.bias = weights, bias
    descent.velocities = velocities
    return new


class WeightsTransposedBackward(Mistake):
    """The weights are read with row and column exchanged on the way back."""

    wrong, right = "∂E/∂y_j = Σ_k w_kj·δ_k", "∂E/∂y_j = Σ_k w_jk·δ_k"
    seen = "https://github.com/PrincetonUniversity/PsyNeuLink/pull/15"

    class layer(Layer):
        def input_gradients(self):
            gradients = []
            for i in range(len(self.neurons[0].weights)):
                total = 0
                for j, neuron in enumerate(self.neurons):
                    total += self.neurons[i].weights[j] * neuron.delta
                gradients.append(total)
            return gradients


class WeightsMissingInBackprop(Mistake):
    """The deltas go back to the hidden neurons without the weights on the way."""

    wrong, right = "∂E/∂y_j = Σ_k δ_k", "∂E/∂y_j = Σ_k w_jk·δ_k"
    seen = "https://whosebug.com/question/2948401"

    class layer(Layer):
        def input_gradients(self):
            total = 0
            for neuron in self.neurons:
                total += neuron.delta
            return [total for _ in self.neurons[0].weights]


class HiddenSumOverwritten(Mistake):
    """The sum over the neurons of the next layer is overwritten instead of added to: only the last one counts."""

    wrong, right = "∂E/∂y_j = w_jK·δ_K", "∂E/∂y_j = Σ_k w_jk·δ_k"
    seen = "https://github.com/karpathy/micrograd/issues/2"

    class layer(Layer):
        def input_gradients(self):
            last = self.neurons[-1]
            return [weight * last.delta for weight in last.weights]


class BiasColumnMisaligned(Mistake):
    """The bias is kept as a column of the weights, and the wrong column is left out on the way back."""

    wrong, right = "∂E/∂y_j = Σ_k w_(j+1)k·δ_k, with b_k as the last", "∂E/∂y_j = Σ_k w_jk·δ_k"
    seen = "https://github.com/louisjc/mnist-neural-network/issues/1"

    class layer(Layer):
        def input_gradients(self):
            right = [neuron.weights for neuron in self.neurons]
            for neuron in self.neurons:
                if neuron.bias is not None:
                    neuron.weights = neuron.weights[1:] + [neuron.bias]
            gradients = super().input_gradients()
            for neuron, weights in zip(self.neurons, right):
                neuron.weights = weights
            return gradients


class ReluDerivativeOneAtZero(Mistake):
    """The slope of ReLU at the corner, where the net input is 0, is taken to be 1."""

    wrong, right = "f′(0) = 1", "f′(0) = 0"
    seen = "https://github.com/uptake/numpynet/pull/35"
    convention = True

    class relu(ReLU):
        def derivative(self, x, y):
            return 1 if x >= 0 else 0

    activations = {"relu": relu}


class LayersUpdatedInForwardOrder(Mistake):
    """The layers are updated from the first to the last, each after a fresh pass through what has changed already."""

    wrong, right = "∇w of a layer, at new weights of those before it", "∇w of all layers, at the old weights"

    def training_step(self, network, batch, descent, gradient):
        if len(network.layers) == 1:
            return training_step(network, batch, descent, gradient)[0]
        velocities = copy.deepcopy(descent.velocities)
        for layer in network.layers[:-1]:
            neurons = [neuron for other in network.layers if other is not layer for neuron in other.neurons]
            before = [(list(neuron.weights), neuron.bias) for neuron in neurons]
            descent.velocities = copy.deepcopy(velocities)
            training_step(network, batch, descent, gradient)
            for neuron, (weights, bias) in zip(neurons, before):
                neuron.weights, neuron.bias = weights, bias
        neurons = [neuron for layer in network.layers[:-1] for neuron in layer.neurons]
        before = [(list(neuron.weights), neuron.bias) for neuron in neurons]
        descent.velocities = velocities
        loss = training_step(network, batch, descent, gradient)[0]
        for neuron, (weights, bias) in zip(neurons, before):
            neuron.weights, neuron.bias = weights, bias
        return loss
