"""Run a case as a program would, step by step, and keep every number of it by name.

A `Program` is the core as it is. A mistake (see purenet/golden/mistakes) is a Program that changes one thing. The
numbers are named by step, example and layer, in the order in which they depend on each other:

    step1.example1.J.net_input          of one example: also output, output_gradient, delta, weight_gradients and
    step1.example1.loss                     bias_gradients, those of this example alone
    step1.loss                          of the step: the mean or the sum over its examples, as the case says
    step1.J.weight_gradients            likewise, and bias_gradients
    step1.J.weights                     after the step, and biases

Examples are numbered through all steps. A weight of neuron j from input i is at [j][i].
"""

import copy
import functools
from collections import namedtuple

from purenet.checks import layer_letter
from purenet.errors import NetworkError
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.softmax import SoftmaxLayer
from purenet.trace.recorder import recorded
from purenet.training import training_step


class Quantity(namedtuple("Quantity", "name kind step example layer shape")):
    """A quantity: its name, its kind ("delta"), step, example (None: of the step), layer number, and shape."""

    @property
    def size(self):
        size = 1
        for length in self.shape:
            size *= length
        return size

    @property
    def letter(self):
        """The letter of the layer: J, K, …; "" for a loss."""
        return "" if self.layer is None else layer_letter(self.layer + 1).upper()


def quantities(case):
    """Return the list of every `Quantity` of a case, each after those that it depends on."""
    sizes = case.network_data.sizes
    layers = range(len(sizes) - 1)
    has_bias = [any(bias is not None for _, bias, _ in layer) for layer in case.network_data.layers]
    found = []

    def add(step, example, layer, *kinds):
        for kind in kinds:
            if kind.startswith("bias") and not has_bias[layer]:
                continue
            shape = (sizes[layer + 1], sizes[layer]) if kind.startswith("weight") else (sizes[layer + 1],)
            place = f"step{step}." + (f"example{example}." if example else "") + layer_letter(layer + 1).upper()
            found.append(Quantity(f"{place}.{kind}", kind, step, example, layer, shape))

    example = 0
    for step, batch_size in enumerate(case.batch_sizes, start=1):
        for _ in range(batch_size):
            example += 1
            for layer in layers:
                add(step, example, layer, "net_input", "output")
            found.append(Quantity(f"step{step}.example{example}.loss", "loss", step, example, None, ()))
            for layer in reversed(layers):
                add(step, example, layer, "output_gradient", "delta", "weight_gradients", "bias_gradients")
        found.append(Quantity(f"step{step}.loss", "loss", step, None, None, ()))
        for layer in layers:
            add(step, None, layer, "weight_gradients", "bias_gradients")
        for layer in layers:
            add(step, None, layer, "weights", "biases")
    return found


class Program:
    """A program that trains a network: the core's way.

    A subclass may put classes of its own in front of the core's: `neuron` of those neurons that `where` names (all,
    hidden or output), `layer`, `network`, `loss`, `descent`; `activations` replaces activation classes by name.
    """

    where = "all"
    neuron = layer = network = loss = descent = None
    activations = {}

    def change(self, network):
        """Make a network, just built, one of this program."""
        last = network.layers[-1]
        for layer in network.layers:
            chosen = self.where == "all" or (layer is last) == (self.where == "output")
            for neuron in layer.neurons if chosen else ():
                put_in_front(neuron, self.neuron)
                if neuron.activation.name in self.activations:
                    neuron.activation = self.activations[neuron.activation.name]()
            put_in_front(layer, self.layer)
            if isinstance(layer, SoftmaxLayer):
                layer.softmax = layer.neurons[0].activation
        put_in_front(network, self.network)
        network.loss = copy.copy(network.loss)  # another network may hold the same object
        put_in_front(network.loss, self.loss)

    def examples(self, examples):
        """Return the examples as this program takes them, a list of pairs."""
        return examples

    def batches(self, batches):
        """Return the steps that this program does, a list of lists of examples."""
        return batches

    def report(self, values, shapes):
        """Return the values as this program reports them."""
        return values

    def training_step(self, network, batch, descent, gradient):
        """Do one step, and return the loss that this program reports for it: the sum over the examples."""
        return training_step(network, batch, descent, gradient)[0]


def put_in_front(thing, cls):
    """Let an object find its methods in a class first, and then in its own."""
    if cls is not None and not isinstance(thing, cls):
        thing.__class__ = combined(cls, type(thing))


@functools.lru_cache(maxsize=None)
def combined(front, back):
    if issubclass(front, back):
        return front
    return type(front.__name__, (front, back), {})


class CaseRun:
    """A case, run by programs with one kind of number: `values` is a dictionary from names to flat lists.

    Several programs are several changes at once. `own` holds values of another program, by name: each takes the place
    of the number computed here, so that all that follows is computed from it. Where the program fails, `stopped` says
    why, and the values computed until then are kept; any other is None.
    """

    def __init__(self, case, programs=(Program(),), number=float, own=None, own_number=float, velocity=None):
        self.case = case
        self.own = own or {}
        self.own_number = own_number
        self.velocity = velocity
        self.shapes = {quantity.name: quantity for quantity in quantities(case)}
        self.values = {}
        self.stopped = None
        self.step, self.example = 0, None
        self.network = case.network(number)
        try:
            self.run(programs, number)
        except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError) as error:
            self.stopped = str(error) if isinstance(error, NetworkError) else f"{type(error).__name__}: {error}"
        for program in programs:
            self.values = program.report(self.values, self.shapes)

    def run(self, programs, number):
        for program in programs:
            program.change(self.network)
        self.record()
        case = self.case
        examples = [([number(y) for y in inputs], [number(t) for t in targets]) for inputs, targets in case.examples]
        self.numbers = {id(inputs): n for n, (inputs, _) in enumerate(examples, start=1)}
        for program in programs:
            examples = program.examples(examples)
        batches, first = [], 0
        for size in case.batch_sizes:
            batches.append(examples[first : first + size])
            first += size
        descent = case.descent(number)
        for program in programs:
            batches = program.batches(batches)
            put_in_front(descent, program.descent)
        steps = [program for program in programs if type(program).training_step is not Program.training_step]
        for self.step, batch in enumerate(batches, start=1):
            self.before = [list(neuron.weights) + [neuron.bias] for neuron in self.network.neurons()]
            loss = (steps or programs)[-1].training_step(self.network, batch, descent, case.gradient)
            self.example = None
            self.keep(loss / len(batch) if case.gradient == "mean" else loss, "loss")
            self.keep_step(descent)

    def record(self):
        """Let neurons, layers, loss and network keep their numbers in this run."""
        for number, layer in enumerate(self.network.layers):
            for place, neuron in enumerate(layer.neurons):
                put_in_front(neuron, KeepingNeuron)
                neuron.run, neuron.layer_number, neuron.place = self, number, place
            put_in_front(layer, KeepingLayer)
            layer.run = self
        self.by_name = {neuron.name: neuron for neuron in self.network.neurons()}
        put_in_front(self.network.loss, KeepingLoss)
        put_in_front(self.network, KeepingNetwork)
        self.network.loss.run = self.network.run = self

    def keep(self, value, kind, layer=None, place=0):
        """Keep a number, and return the one to go on with: the other program's own, if it is known."""
        name = f"step{self.step}." + ("" if self.example is None else f"example{self.example}.")
        name += kind if layer is None else f"{layer_letter(layer + 1).upper()}.{kind}"
        if name not in self.shapes:
            return value
        if name not in self.values:
            self.values[name] = [None] * self.shapes[name].size
        self.values[name][place] = value
        own = self.own.get(name)
        if own is None or own[place] is None:
            return value
        return self.own_number(own[place])

    def write(self, value, kind, name):
        """Keep a number of the neuron of that name."""
        neuron = self.by_name[name]
        return self.keep(value, kind, neuron.layer_number, neuron.place)

    def keep_all(self, values, kind, layer, first=0):
        return [self.keep(value, kind, layer, first + n) for n, value in enumerate(values)]

    def keep_step(self, descent):
        """Keep the numbers of the step as a whole: the gradients, then the new weights."""
        neurons = self.network.neurons()
        for neuron in neurons:
            first = neuron.place * len(neuron.weights)
            if neuron.weight_gradients is not None:
                self.keep_all(neuron.weight_gradients, "weight_gradients", neuron.layer_number, first)
            if neuron.bias is not None and neuron.bias_gradient is not None:
                self.keep(neuron.bias_gradient, "bias_gradients", neuron.layer_number, neuron.place)
        for n, neuron in enumerate(neurons):
            first = neuron.place * len(neuron.weights)
            neuron.weights = self.keep_all(neuron.weights, "weights", neuron.layer_number, first)
            if neuron.bias is not None:
                neuron.bias = self.keep(neuron.bias, "biases", neuron.layer_number, neuron.place)
            if self.own and descent.velocities is not None:
                for i, after in enumerate(neuron.weights + [neuron.bias]):
                    if after is not None:
                        descent.velocities[n][i] = self.velocity(self.before[n][i], after)


class KeepingNeuron(Neuron):
    """Added to a neuron, so that a `CaseRun` keeps its numbers."""

    net_input = recorded("net_input", "net_input")
    output = recorded("output", "output")
    delta = recorded("delta", "delta")

    def accumulate_gradients(self):
        """Accumulate twice: from nothing, to keep the gradients of this example alone, then onto the earlier ones."""
        run, first = self.run, self.place * len(self.weights)
        before = self.weight_gradients, self.bias_gradient
        self.reset_gradients()
        super().accumulate_gradients()
        computed, computed_bias = self.weight_gradients, self.bias_gradient
        kept = run.keep_all(computed, "weight_gradients", self.layer_number, first)
        kept_bias = computed_bias
        if computed_bias is not None:
            kept_bias = run.keep(computed_bias, "bias_gradients", self.layer_number, self.place)
        self.weight_gradients, self.bias_gradient = before
        super().accumulate_gradients()
        for i, gradient in enumerate(kept):
            if gradient is not computed[i]:  # the other program's own, which takes the place of the one added here
                self.weight_gradients[i] += gradient - computed[i]
        if kept_bias is not computed_bias:
            self.bias_gradient += kept_bias - computed_bias


class KeepingLayer:
    """Added to a layer, so that a `CaseRun` keeps the ∂E/∂y of its neurons."""

    def backward(self, output_gradients):
        super().backward(self.run.keep_all(output_gradients, "output_gradient", self.neurons[0].layer_number))


class KeepingLoss:
    """Added to a loss, so that a `CaseRun` keeps its value."""

    def value(self, outputs, targets):
        return self.run.keep(super().value(outputs, targets), "loss")


class KeepingNetwork(Network):
    """Added to a network, so that a `CaseRun` knows which example is computed."""

    def forward(self, inputs):
        self.run.example = self.run.numbers[id(inputs)]
        return super().forward(inputs)
