"""Other ways to write the same network in plain Python, to compare speeds with: each a class with `step(inputs, targets)`.

All are ours, written after the structure that the names stand for, with sigmoid neurons, half squared error and one
example a step. They begin from the same weights, and `weights()` returns them, so that a benchmark can see that all
did the same work.
"""

from math import exp


class Fused:
    """The fastest form of plain lists and loops for any depth that rounds as purenet does: gradient and update in one loop."""

    name = "fastest plain lists"

    def __init__(self, layers, learning_rate):
        self.layers = [[list(weights) for weights, _ in layer] for layer in layers]
        self.biases = [[bias for _, bias in layer] for layer in layers]
        self.learning_rate = learning_rate

    def step(self, inputs, targets):
        outputs = [inputs]
        for layer, biases in zip(self.layers, self.biases):
            before, now = outputs[-1], []
            for j in range(len(layer)):
                weights = layer[j]
                total = 0.0
                for i in range(len(weights)):
                    total += weights[i] * before[i]
                total += biases[j]
                now.append(1 / (1 + exp(-total)))
            outputs.append(now)
        last = outputs[-1]
        slopes = [last[k] - targets[k] for k in range(len(last))]
        rate = self.learning_rate
        for number in range(len(self.layers) - 1, -1, -1):
            layer, biases, now, before = self.layers[number], self.biases[number], outputs[number + 1], outputs[number]
            deltas = [now[j] * (1 - now[j]) * slopes[j] for j in range(len(now))]
            if number > 0:
                slopes = []
                for i in range(len(before)):
                    total = 0.0
                    for j in range(len(layer)):
                        total += layer[j][i] * deltas[j]
                    slopes.append(total)
            for j in range(len(layer)):
                weights, delta = layer[j], deltas[j]
                for i in range(len(weights)):
                    weights[i] -= rate * (delta * before[i])
                biases[j] -= rate * delta

    def weights(self):
        return [w for layer in self.layers for weights in layer for w in weights]


class Dictionaries:
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


class Methods:
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
