"""purenet's training step, and other ways to write it in plain Python: each a class with `step(inputs, targets)`.

The others are ours, written after the structures that their names mention, with sigmoid neurons, half squared error and
one example a step. All begin from the same weights, and `weights()` returns them, so that a test can see that all did
the same work.
"""

from math import exp

from purenet import GradientDescent, Layer, Network, Neuron, Sigmoid
from purenet.code.compiled import CompiledTraining
from purenet.code.gain import MOST, number_of_parameters


class Player:
    """What the benchmark times: `run` does the steps of some passes over the examples."""

    def run(self, examples, passes):
        step = self.step
        for _ in range(passes):
            for inputs, targets in examples:
                step(inputs, targets)


class Purenet(Player):
    """Neuron, Layer and Network as they are."""

    name = "purenet"

    def __init__(self, layers, learning_rate):
        self.network = Network(
            [Layer([Neuron(weights, bias, Sigmoid()) for weights, bias in layer]) for layer in layers]
        )
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        network = self.network
        network.reset_gradients()
        network.forward(inputs)
        network.backward(targets)
        network.update(self.learning_rate)

    def weights(self):
        return [w for layer in self.network.layers for neuron in layer.neurons for w in neuron.weights]


class Compiled(Player):
    """The formulas of a step, compiled by purenet: as fast as plain Python goes for a small network, and for no other."""

    name = "purenet's formulas"

    def __init__(self, layers, learning_rate):
        self.network = Purenet(layers, learning_rate).network
        if number_of_parameters(self.network) > MOST:
            raise ImportError("the network is too large to be compiled")
        self.training = CompiledTraining(self.network, GradientDescent(learning_rate))

    def run(self, examples, passes):
        self.training.train([[example] for example in examples] * passes)

    def weights(self):
        return Purenet.weights(self)


class Lists(Player):
    """The fastest form for any depth that rounds as purenet does: lists and ranges made once, gradients not kept."""

    name = "fastest plain lists"

    def __init__(self, layers, learning_rate):
        self.learning_rate = learning_rate
        self.inputs = before = [0.0] * len(layers[0][0][0])
        below = None  # the deltas of the layer below; the inputs have none
        self.layers = []
        for layer in layers:
            rows, biases = [list(weights) for weights, _ in layer], [bias for _, bias in layer]
            now, deltas = [0.0] * len(layer), [0.0] * len(layer)
            self.layers.append((rows, biases, before, now, below, deltas, range(len(before)), range(len(layer))))
            before, below = now, deltas
        self.outputs, self.deltas = before, below
        self.backwards = self.layers[::-1]

    def step(self, inputs, targets):
        rate = self.learning_rate
        self.inputs[:] = inputs
        for rows, biases, before, now, _, _, all_i, all_j in self.layers:
            for j in all_j:
                weights = rows[j]
                total = 0.0
                for i in all_i:
                    total += weights[i] * before[i]
                now[j] = 1 / (1 + exp(-(total + biases[j])))
        outputs, deltas = self.outputs, self.deltas
        for k in self.backwards[0][-1]:
            y = outputs[k]
            deltas[k] = y * (1 - y) * (y - targets[k])
        for rows, biases, before, _, below, deltas, all_i, all_j in self.backwards:
            if below is not None:
                for i in all_i:
                    total = 0.0
                    for j in all_j:
                        total += rows[j][i] * deltas[j]
                    below[i] = before[i] * (1 - before[i]) * total
            for j in all_j:
                weights, delta = rows[j], deltas[j]
                for i in all_i:
                    weights[i] -= rate * (delta * before[i])
                biases[j] -= rate * delta

    def weights(self):
        return [w for layer in self.layers for weights in layer[0] for w in weights]


class Dictionaries(Player):
    """A network of dictionaries, with the bias last among the weights: the structure of Brownlee's tutorial."""

    name = "dictionaries (Brownlee)"

    def __init__(self, layers, learning_rate):
        self.network = [[{"weights": list(weights) + [bias]} for weights, bias in layer] for layer in layers]
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        row = inputs
        for layer in self.network:
            outputs = []
            for neuron in layer:
                weights = neuron["weights"]
                activation = 0.0
                for i in range(len(weights) - 1):
                    activation += weights[i] * row[i]
                activation += weights[-1]
                neuron["output"] = 1.0 / (1.0 + exp(-activation))
                outputs.append(neuron["output"])
            row = outputs
        for i in reversed(range(len(self.network))):
            layer = self.network[i]
            errors = []
            if i != len(self.network) - 1:
                for j in range(len(layer)):
                    error = 0.0
                    for neuron in self.network[i + 1]:
                        error += neuron["weights"][j] * neuron["delta"]
                    errors.append(error)
            else:
                for j in range(len(layer)):
                    errors.append(layer[j]["output"] - targets[j])
            for j in range(len(layer)):
                neuron = layer[j]
                neuron["delta"] = neuron["output"] * (1.0 - neuron["output"]) * errors[j]
        for i in range(len(self.network)):
            row = inputs if i == 0 else [neuron["output"] for neuron in self.network[i - 1]]
            for neuron in self.network[i]:
                for j in range(len(row)):
                    neuron["weights"][j] -= self.learning_rate * (neuron["delta"] * row[j])
                neuron["weights"][-1] -= self.learning_rate * neuron["delta"]

    def weights(self):
        return [w for layer in self.network for neuron in layer for w in neuron["weights"][:-1]]


class MethodNeuron:
    """A neuron whose every quantity is a method that is called for every weight."""

    def __init__(self, weights, bias):
        self.weights = list(weights)
        self.bias = bias

    def calculate_output(self, inputs):
        self.inputs = inputs
        self.output = self.squash(self.calculate_total_net_input())
        return self.output

    def calculate_total_net_input(self):
        total = 0.0
        for i in range(len(self.inputs)):
            total += self.inputs[i] * self.weights[i]
        return total + self.bias

    def squash(self, total):
        return 1 / (1 + exp(-total))

    def input_slope(self):
        return self.output * (1 - self.output)

    def weight_slope(self, index):
        return self.inputs[index]


class Methods(Player):
    """Objects with a method for every factor, biases trained: the structure of Mazur's example program."""

    name = "methods (Mazur)"

    def __init__(self, layers, learning_rate):
        self.layers = [[MethodNeuron(weights, bias) for weights, bias in layer] for layer in layers]
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        row = inputs
        for layer in self.layers:
            row = [neuron.calculate_output(row) for neuron in layer]
        deltas = [None] * len(self.layers)
        last = self.layers[-1]
        deltas[-1] = [last[k].input_slope() * (last[k].output - targets[k]) for k in range(len(last))]
        for number in range(len(self.layers) - 2, -1, -1):
            following = self.layers[number + 1]
            found = []
            for h in range(len(self.layers[number])):
                total = 0
                for k in range(len(following)):
                    total += deltas[number + 1][k] * following[k].weights[h]
                found.append(self.layers[number][h].input_slope() * total)
            deltas[number] = found
        for number, layer in enumerate(self.layers):
            for j in range(len(layer)):
                for i in range(len(layer[j].weights)):
                    slope = deltas[number][j] * layer[j].weight_slope(i)
                    layer[j].weights[i] -= self.learning_rate * slope
                layer[j].bias -= self.learning_rate * deltas[number][j]

    def weights(self):
        return [w for layer in self.layers for neuron in layer for w in neuron.weights]


PLAIN = [Lists, Purenet, Dictionaries, Methods]
FORMULAS = [Compiled]  # that is, where the network is small
