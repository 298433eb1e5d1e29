"""Compiled training against the core's: the same numbers, bit for bit, whatever is trained and however."""

import copy
import math
import random
from fractions import Fraction

import pytest

from purenet import (
    Adam,
    AdamW,
    BinaryCrossEntropy,
    BipolarSigmoid,
    CrossEntropy,
    GradientDescent,
    HalfSquaredError,
    Identity,
    Layer,
    LeakyReLU,
    MeanSquaredError,
    Network,
    NetworkError,
    Neuron,
    ReLU,
    Sigmoid,
    SoftmaxLayer,
    SquaredError,
    Tanh,
    Threshold,
    Uniform,
    build_network,
)
from purenet.arithmetic import sqrt
from purenet.cases.biases import FrozenBiasAdam, FrozenBiasAdamW, FrozenBiasDescent, freeze_biases, share_bias
from purenet.code.compiled import CompiledTraining
from purenet.code.gain import compiled_if_faster
from purenet.training import count_right, training_step
from tests.sampling import slow

HIDDEN = [Identity, Sigmoid, Tanh, ReLU, BipolarSigmoid, Threshold, LeakyReLU]
LOSSES = [HalfSquaredError, SquaredError, MeanSquaredError, CrossEntropy, BinaryCrossEntropy]
SETTINGS = [(0.1,), (0.5, 0.9), (0.1, 0, 0.01), (0.3, 0.5, 0.1), (0,), (30.0, 0.9), (0.3, 0.5, 0.1, True)]
ADAM = [(0.01,), (0.1, 0.8, 0.9, 1e-6, 0.1), (5.0, 0, 0.5, 1e-3)]


def random_network(source, loss):
    """Return a network of one to three small layers, with weights of any size and biases here and there."""
    sizes = [source.randint(1, 4) for _ in range(source.randint(2, 4))]
    scale = source.choice([1, 1, 1, 30, 1000])

    def neuron(inputs, kinds):
        bias = source.choice([None, 0.0, source.gauss(0, scale)])
        return Neuron([source.gauss(0, scale) for _ in range(inputs)], bias, source.choice(kinds)())

    layers = [Layer([neuron(size, HIDDEN) for _ in range(after)]) for size, after in zip(sizes, sizes[1:])]
    last = [Sigmoid] if loss in (CrossEntropy, BinaryCrossEntropy) else HIDDEN
    neurons = [neuron(sizes[-2], last) for _ in range(sizes[-1])]
    layers[-1] = SoftmaxLayer(neurons) if source.random() < 0.4 else Layer(neurons)
    network = Network(layers, loss())
    for layer in network.layers:
        if all(neuron.bias is not None for neuron in layer.neurons) and source.random() < 0.3:
            for neuron in layer.neurons:
                neuron.bias = layer.neurons[0].bias
            share_bias(layer)
    return network


def random_examples(source, network):
    inputs, outputs = len(network.layers[0].neurons[0].weights), len(network.layers[-1].neurons)
    targets = [0.0, 1.0, 0.25, 0, 1]
    return [
        ([source.gauss(0, 1) for _ in range(inputs)], [source.choice(targets) for _ in range(outputs)])
        for _ in range(source.randint(1, 7))
    ]


def by_the_core(network, descent, gradient, batches):
    """Return what `CompiledTraining.train` returns."""
    loss, right = 0, 0
    for batch in batches:
        step_loss, outputs = training_step(network, batch, descent, gradient)
        loss, right = loss + step_loss, right + count_right(outputs, batch)
    return loss, right


def outcome(network, descent, train, batches):
    """Return what training some epochs comes to: losses and right outputs, an error, and every number that is kept."""
    results = []
    try:
        for _ in range(4):
            loss, right = train(batches)
            results.append((float(loss), right))  # the core adds up ints where outputs and targets are ints
    except NetworkError as error:
        results.append(str(error))
    parameters = [(neuron.weights, neuron.bias) for neuron in network.neurons()]
    return repr([results, parameters, descent.memories, descent.steps])  # the shortest text of a float is its own alone


def random_training(seed):
    source = random.Random(seed)
    network = random_network(source, source.choice(LOSSES))
    examples, frozen = random_examples(source, network), source.random() < 0.2
    if frozen:
        freeze_biases(network)
    kinds = [(GradientDescent, FrozenBiasDescent), (Adam, FrozenBiasAdam), (AdamW, FrozenBiasAdamW)]
    kind = source.choice(kinds[:1] * 3 + kinds)
    descent = kind[frozen](*source.choice(SETTINGS if kind is kinds[0] else ADAM))
    size = source.randint(1, 4)
    batches = [examples[n : n + size] for n in range(0, len(examples), size)]
    return network, descent, source.choice(["mean", "sum"]), batches


@pytest.mark.parametrize("first", [0, *(slow(n) for n in range(20, 2000, 20))])
def test_every_number_is_that_of_the_core(first):
    for seed in range(first, first + 20):
        network, descent, gradient, batches = random_training(seed)
        other, others = copy.deepcopy(network), copy.deepcopy(descent)
        expected = outcome(other, others, lambda batches: by_the_core(other, others, gradient, batches), batches)
        compiled = CompiledTraining(network, descent, gradient)
        assert outcome(network, descent, compiled.train, batches) == expected, seed


class Leaky:
    """An activation of one's own, with a branch, a power and a constant."""

    name = "leaky"

    def value(self, x):
        return x if x > 0 else x**3 / 100

    def derivative(self, x, y):
        return 1 if x > 0 else 3 * x * x / 100


class Huber:
    """A loss of one's own, with branches for each output."""

    name = "huber"

    def value(self, outputs, targets):
        total = 0
        for y, t in zip(outputs, targets):
            total += (y - t) * (y - t) / 2 if abs(y - t) <= 1 else abs(y - t) - 0.5
        return total

    def derivative(self, outputs, targets):
        return [max(-1, min(1, y - t)) for y, t in zip(outputs, targets)]


class Together(Huber):
    """One whose branch depends on all outputs at once."""

    name = "together"

    def value(self, outputs, targets):
        total = outputs[0] - targets[0] + outputs[1] - targets[1]
        return total if total > 0 else -total


class OfPositive(Identity):
    """An activation that refuses some numbers."""

    name = "of positive numbers"

    def value(self, x):
        if x < -0.75:
            raise NetworkError(f"{x} is refused")
        return x


class NoSlope(Huber):
    def derivative(self, outputs, targets):
        if outputs[0] == targets[0]:
            raise NetworkError("a corner has no slope")
        return super().derivative(outputs, targets)


def small_network(activation=Sigmoid, loss=HalfSquaredError):
    hidden = Layer([Neuron([0.5, -0.7], 0.1, activation()), Neuron([-0.4, 0.3], None, activation())])
    return Network([hidden, Layer([Neuron([0.2, 0.9], -0.3, activation()), Neuron([1.2, -0.9], 0.6)])], loss())


EXAMPLES = [([1.0, 2.0], [0.0, 3.0]), ([-3.0, 0.5], [1.0, -2.0]), ([0.0, -1.0], [0.5, 0.25])]


@pytest.mark.parametrize(
    "activation, loss",
    [(Leaky, Huber), (Leaky, BinaryCrossEntropy), (Tanh, Together), (Tanh, NoSlope), (OfPositive, HalfSquaredError)],
)
def test_classes_of_ones_own_are_compiled_with_their_branches(activation, loss):
    network, other = small_network(activation, loss), small_network(activation, loss)
    descent, others = GradientDescent(0.2), GradientDescent(0.2)
    expected = outcome(other, others, lambda batches: by_the_core(other, others, "mean", batches), [EXAMPLES])
    assert outcome(network, descent, CompiledTraining(network, descent).train, [EXAMPLES]) == expected


class NoFormula(Sigmoid):
    def value(self, x):
        return math.tanh(x)  # which knows floats only


class ManyBranches(Sigmoid):
    def value(self, x):
        return sum(x > n for n in range(100))


@pytest.mark.parametrize(
    "network, why",
    [
        (small_network(NoFormula), "TypeError"),
        (small_network(ManyBranches), "has more than 64 branches"),
        (Network([Layer([Neuron([Fraction(1, 2)])])]), "neuron j1 has other weights than floats"),
    ],
)
def test_what_cannot_be_compiled_says_why_and_is_left_to_the_core(network, why):
    with pytest.raises(NetworkError, match=f"^this training cannot be compiled: .*{why}"):
        CompiledTraining(network, GradientDescent(0.1)).train([EXAMPLES])
    assert compiled_if_faster(network, GradientDescent(0.1), "mean", [1] * 10, 10**6) is None


def test_weights_and_a_learning_rate_that_somebody_changes_are_used():
    network, other = small_network(), small_network()
    descent, others = GradientDescent(0.2), GradientDescent(0.2)
    compiled = CompiledTraining(network, descent)
    for rate in (0.2, 0.1, 0.7):
        descent.learning_rate = others.learning_rate = rate
        network.layers[0].neurons[0].weights = [rate, 1.0]
        other.layers[0].neurons[0].weights = [rate, 1.0]
        assert compiled.train([EXAMPLES]) == by_the_core(other, others, "mean", [EXAMPLES])
    assert repr(network) == repr(other)


def test_a_momentum_that_somebody_gives_a_plain_descent_is_used():
    network, other = small_network(), small_network()
    descent, others = GradientDescent(0.2), GradientDescent(0.2)
    compiled = CompiledTraining(network, descent)
    for momentum in (0, 0.9, 0):
        descent.momentum = others.momentum = momentum
        assert compiled.train([EXAMPLES]) == by_the_core(other, others, "mean", [EXAMPLES])
    assert repr([network, descent.memories]) == repr([other, others.memories])


@pytest.mark.parametrize(
    "sizes, batches, epochs, faster",
    [
        ([2, 2, 1], [1] * 10, 10_000, True),
        ([2, 2, 1], [1] * 10, 10, False),
        ([40, 40, 1], [1] * 10, 10_000, False),
        ([2, 2, 1], [200], 100_000, False),
        ([2, 2, 1], [1] * 2_000_000, 10, False),
    ],
)
def test_only_small_networks_small_batches_and_long_trainings_are_compiled(sizes, batches, epochs, faster):
    network = build_network(sizes, Sigmoid, Sigmoid, Uniform(-1, 1), random.Random(1), 0.0)
    assert (compiled_if_faster(network, GradientDescent(0.1), "mean", batches, epochs) is not None) == faster


class WithSquares(GradientDescent):
    """A descent of one's own: each gradient is divided by the root of the mean of its squares, which is remembered."""

    kinds = ("second_moments",)
    is_plain = False

    def moved(self, weight, gradient, i, memories):
        (squares,) = memories
        squares[i] = 0.9 * squares[i] + 0.1 * (gradient * gradient)
        return weight - self.learning_rate * gradient / (sqrt(squares[i]) + 1e-8)


class WithSomethingElse(WithSquares):
    """One that remembers more than it says."""

    count = 0

    def moved(self, weight, gradient, i, memories):
        self.count += 1
        return super().moved(weight, gradient / self.count, i, memories)


def test_a_descent_of_ones_own_is_compiled_with_what_it_remembers():
    network, other = small_network(), small_network()
    descent, others = WithSquares(0.1), WithSquares(0.1)
    expected = outcome(other, others, lambda batches: by_the_core(other, others, "mean", batches), [EXAMPLES])
    assert outcome(network, descent, CompiledTraining(network, descent).train, [EXAMPLES]) == expected


def test_a_descent_that_remembers_more_than_it_says_is_refused():
    with pytest.raises(NetworkError, match="the descent changes more than its memories and its steps"):
        CompiledTraining(small_network(), WithSomethingElse(0.1)).train([EXAMPLES])


def test_steps_before_one_that_fails_are_done_once():
    def new():
        return Network([Layer([Neuron([1000.0], 0.5)])], BinaryCrossEntropy())

    batches = [[([0.0], [0.25]), ([0.0], [1.0])], [([1.0], [0.0])]]  # the last output is 1, and its target 0
    network, other, descent, others = new(), new(), GradientDescent(0.1, 0.9), GradientDescent(0.1, 0.9)
    expected = outcome(other, others, lambda batches: by_the_core(other, others, "mean", batches), batches)
    assert outcome(network, descent, CompiledTraining(network, descent).train, batches) == expected
    assert "makes the cross-entropy infinite" in expected
