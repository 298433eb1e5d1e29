"""The mistakes of the catalogue, planted in the plain adapter: by edits of its text, with its shortcuts, and in its words.

`PLANTED` has the edits for each mistake, pairs of a text that is in the adapter once and what takes its place. Nothing here
is taken from the lines of the catalogue. `BY_LAYER` has edits for mistakes that are made in one place only.
"""

import functools
import inspect
import types

from purenet.golden.programs.adapter import Answer, function_answer
from tests.adapters import plain

# places of the adapter

GIVEN = "self.activation, self.weights, self.biases = activation, weights, biases or []"
WEIGH = "self.net_inputs = [sum(weight * y for weight, y in zip(row, inputs)) for row in self.weights]"
ADD_BIAS = "self.net_inputs = [x + bias for x, bias in zip(self.net_inputs, self.biases)]"
SOFTMAX = "self.outputs, self.log_outputs = softmax(self.net_inputs)"
ACTIVATE = "self.outputs = [VALUES[self.activation](x) for x in self.net_inputs]"
JACOBIAN = "slopes = [y_k * ((k == j) - y_j) for k, y_k in enumerate(self.outputs)]"
IF_SOFTMAX = (
    'if self.activation == "softmax":  # each net input changes all outputs: ∂y_k/∂x_j = y_k · ((1 if k = j) − y_j)'
)
DELTA = "self.deltas = [SLOPES[self.activation](x, y) * gradient for x, y, gradient in neurons]"
WEIGHT_GRADIENT = "return [[delta * y for y in self.inputs] for delta in self.deltas]"
BIAS_GRADIENT = "return [sum(self.deltas)] * len(self.deltas) if self.shared_bias else self.deltas"
BACK = "return [sum(weight * delta for weight, delta in zip(column, self.deltas)) for column in zip(*self.weights)]"
CONSTANTS = 'rate, momentum, decay = case["learning_rate"], case["momentum"], case["weight_decay"]'
VELOCITY = "velocities[i] = momentum * velocities[i] - rate * (gradient + decay * row[i])"
MOVE = "row[i] += velocities[i]"
BIAS_VELOCITY = "self.bias_velocities[j] = momentum * self.bias_velocities[j] - rate * bias_gradients[j]"
MOVE_BIAS = "self.biases[j] += self.bias_velocities[j]"
BIASES_MOVED = 'for j in range(len(self.biases) if case["trained_biases"] else 0):'
NEURONS = "neurons = list(zip(layer.net_inputs, layer.outputs, targets))"
SLOPE = "output_gradients = [2 * (y - t) / divisor for _, y, t in neurons]"
OUTPUT_BACK = "        layer.backward(output_gradients)\n        return sum"
VALUE = "return sum((y - t) * (y - t) for _, y, t in neurons) / divisor, output_gradients"
CE_DELTA = "layer.deltas = [y * sum(targets) - t for _, y, t in neurons]  # y − t, as targets add up to 1"
CE_VALUE = "value = -sum(t * log for log, t in zip(layer.log_outputs, targets))"
CE_SLOPE = "[-quotient(t, y) for _, y, t in neurons]"
BCE_DELTA = "layer.deltas = [y - t for _, y, t in neurons]"
BCE_VALUE = "value = sum(t * softplus(-x) + (1 - t) * softplus(x) for x, _, t in neurons)"
BCE_SLOPE = "[quotient(1 - t, 1 - y) - quotient(t, y) for _, y, t in neurons]"
STEP_LOSS = 'values[f"step{step}.loss"] = sum(losses) / divisor'
MEAN = "[sum(of_examples) / divisor for of_examples in zip(*rows)] for rows in zip(*gradients[layer])"
MADE = 'loss, values, number = case["network"]["loss"], {}, 0'
INPUTS = 'outputs = example["inputs"]'
HIDDEN_BACK = "if layer is not layers[-1]:\n            layer.backward(output_gradients)"
END = 'end(loss, layers[-1], example["targets"])'
UPDATE = "layer.update(weight_gradients, bias_gradients, case)"
GRADIENTS = "layer.weight_gradients()\n        if"
SIGMOID, SIGMOID_SLOPE = '"sigmoid": sigmoid,', '"sigmoid": lambda x, y: y * (1 - y),'
RELU, RELU_SLOPE = '"relu": lambda x: max(x, 0.0),', '"relu": lambda x, y: 1.0 if x > 0 else 0.0,'
LEAKY, LEAKY_SLOPE = '"leaky relu": lambda x: max(x, 0.01 * x),', '"leaky relu": lambda x, y: 1.0 if x > 0 else 0.01,'
IMPORT = "import math\n"
RUN = "def run(case):\n"


def halved(value):
    """Return the edit of the value of half the squared error."""
    return (VALUE, f'return {value} if loss == "half squared error" else sum((y - t) * (y - t) for _, y, t in neurons) / divisor, output_gradients')  # fmt: skip


def halved_slope(slope):
    """Return the edit of the slope of half the squared error."""
    return (SLOPE, f'output_gradients = [{slope} if loss == "half squared error" else 2 * (y - t) / divisor for _, y, t in neurons]')  # fmt: skip


def divisor(text):
    return ('"half squared error": lambda n: 2,', f'"half squared error": lambda n: {text},')


def deltas(text):
    return (DELTA, f"self.deltas = [{text} for x, y, gradient in neurons]")


def output_deltas(text):
    """Return the edit of the deltas of a last layer, other than softmax, after a squared error."""
    neurons = "zip(layer.net_inputs, layer.outputs, output_gradients)"
    lines = f"        layer.backward(output_gradients)\n        if layer.activation != 'softmax':\n            layer.deltas = [{text} for x, y, gradient in {neurons}]\n        return sum"  # fmt: skip
    return (OUTPUT_BACK, lines)


def hidden_deltas(text):
    neurons = "zip(layer.net_inputs, layer.outputs, output_gradients)"
    return (HIDDEN_BACK, f"if layer is not layers[-1]:\n            layer.deltas = [{text} for x, y, gradient in {neurons}]")  # fmt: skip


def softmax_deltas(text):
    """Return the edit of the deltas of softmax after a squared error."""
    lines = f"{IF_SOFTMAX}\n            self.deltas = [{text} for y, gradient in zip(self.outputs, output_gradients)]\n        elif False:"
    return (IF_SOFTMAX, lines)


def back(text):
    """Return the edit of ∂E/∂y of neuron j of the layer before, if there is one, from the rows of weights and deltas."""
    return (
        BACK,
        f'inputs = range(len(self.inputs) if self.letter != "J" else 0)\n        return [{text} for j in inputs]',
    )


def weight_gradients(text):
    return (
        WEIGHT_GRADIENT,
        f"return [[{text} for i, y in enumerate(self.inputs)] for j, delta in enumerate(self.deltas)]",
    )


def bias_gradients(text):
    return (BIAS_GRADIENT, f"return [{text} for j, delta in enumerate(self.deltas)]")


def velocities(of_weight, of_bias):
    """Return edits of what is done with the velocities v and vb, and with the steps g and gb = η·∇b."""
    return [(VELOCITY, of_weight)] * bool(of_weight) + [(BIAS_VELOCITY, of_bias)] * bool(of_bias)


def with_logs(text, of_output="y"):
    """Return edits of both cross-entropies, where the logarithm of an output y is taken as a text says."""
    log = f"(lambda y: {text})"
    return [
        (CE_VALUE, f"value = -sum(t * {log}({of_output}) for _, y, t in neurons)"),
        (
            BCE_VALUE,
            f"value = -sum(t * {log}({of_output}) + (1 - t) * {log}(1 - ({of_output})) for _, y, t in neurons)",
        ),
    ]


def momentum_form(of_weight, of_bias):
    """Return edits of velocity and move together, several lines each."""
    weight = of_weight.replace("\n", "\n                ")
    bias = of_bias.replace("\n", "\n            ")
    return [
        (f"{VELOCITY}\n                {MOVE}", weight),
        (f"{BIAS_VELOCITY}\n            {MOVE_BIAS}", bias),
    ]


STEP = "rate * (gradient + decay * row[i])"
BIAS_STEP = "rate * bias_gradients[j]"
V, VB = "velocities[i]", "self.bias_velocities[j]"
FLOAT32 = (
    IMPORT,
    'import math\nimport struct\n\n\ndef float32(x):\n    return struct.unpack("f", struct.pack("f", x))[0]\n\n',
)

# a training done layer by layer for all examples of a step, for mistakes that only such a program makes

LAYERWISE_RUN = """def run(case):
    layers = []
    for layer in case["network"]["layers"]:
        layers.append(Layer(len(layers) + 1, **layer))
    values, number = {}, 0
    for step, batch_size in enumerate(case["batch_sizes"], start=1):
        numbers = list(range(number, number + batch_size))
        number += batch_size
        run_step(layers, case, step, numbers, values)
    return values


def run_step(layers, case, step, numbers, values):
    loss, last = case["network"]["loss"], len(layers) - 1
    copies = {n: [copy.copy(layer) for layer in layers] for n in numbers}  # which share weights, biases and velocities
    outputs = {n: case["examples"][n]["inputs"] for n in numbers}
    for l, layer in enumerate(layers):
        for n in numbers:
            outputs[n] = copies[n][l].forward(outputs[n])
        forward_is_over([copies[n][l] for n in numbers])
        for n in numbers:
            outputs[n] = copies[n][l].outputs
            values[f"step{step}.example{n + 1}.{layer.letter}.net_input"] = copies[n][l].net_inputs
            values[f"step{step}.example{n + 1}.{layer.letter}.output"] = outputs[n]
    losses, slopes = [], {}
    for n in numbers:
        value, slopes[n] = end(loss, copies[n][last], case["examples"][n]["targets"])
        losses.append(value)
        values[f"step{step}.example{n + 1}.loss"] = value
    divisor = len(numbers) if case["gradient"] == "mean" else 1
    values[f"step{step}.loss"] = sum(losses) / divisor
    found = {}
    for l in range(last, -1, -1):
        letter, rows, whole = layers[l].letter, [], divisor
        for n in numbers:
            layer, place = copies[n][l], f"step{step}.example{n + 1}.{letter}"
            if l != last:
                layer.backward(slopes[n])
            values[f"{place}.output_gradient"], values[f"{place}.delta"] = slopes[n], layer.deltas
            values[f"{place}.weight_gradients"] = layer.weight_gradients()
            if layer.biases:
                values[f"{place}.bias_gradients"] = layer.bias_gradients()
            rows.append([*layer.weight_gradients(), layer.bias_gradients()])
        *found[l], of_biases = [[sum(of_examples) / whole for of_examples in zip(*row)] for row in zip(*rows)]
        found[l] = found[l], of_biases
        values[f"step{step}.{letter}.weight_gradients"] = found[l][0]
        if layers[l].biases:
            values[f"step{step}.{letter}.bias_gradients"] = of_biases
        for n in numbers:
            slopes[n] = copies[n][l].input_gradients()
    for l, layer in enumerate(layers):
        layer.update(*found[l], case)
    for layer in layers:
        values[f"step{step}.{layer.letter}.weights"] = [list(row) for row in layer.weights]
        if layer.biases:
            values[f"step{step}.{layer.letter}.biases"] = list(layer.biases)


def forward_is_over(layers):
    pass


"""
PLAIN_TEXT = inspect.getsource(plain)
PLAIN_RUN = PLAIN_TEXT[PLAIN_TEXT.index(RUN) : PLAIN_TEXT.index("def reason_to_skip")]
LAYERWISE = [(PLAIN_RUN, LAYERWISE_RUN), (IMPORT, "import copy\nimport math\n")]
OVER = "def forward_is_over(layers):\n    pass"
MOVE_ALL = "    for l, layer in enumerate(layers):\n        layer.update(*found[l], case)\n"
UP = "slopes[n] = copies[n][l].input_gradients()"
AFTER = "        for n in numbers:\n            " + UP
EXAMPLES = "run_step(layers, case, step, numbers, values)\n    return"

FORWARD = {
    "bias-missing-forward": [(ADD_BIAS, "pass")],
    "bias-after-activation": [
        ("        if self.biases:\n", '        if self.biases and self.activation == "softmax":\n'),
        (ACTIVATE, f"{ACTIVATE}\n            if self.biases:\n                self.outputs = [y + b for y, b in zip(self.outputs, self.biases)]"),
    ],
    "bias-subtracted": [(ADD_BIAS, ADD_BIAS.replace("x + bias", "x - bias"))],
    "weighted-sum-missing": [(WEIGH, "self.net_inputs = [0.0 for row in self.weights]")],
    "weighted-sum-not-cleared": [
        (WEIGH, f"{WEIGH}\n        last = getattr(self, 'outputs', None) or [0.0] * len(self.weights)\n        self.net_inputs = [x + y for x, y in zip(self.net_inputs, last)]"),
    ],
    "weighted-sum-overwritten": [(WEIGH, "self.net_inputs = [row[-1] * inputs[-1] for row in self.weights]")],
    "shared-bias-per-layer": [(GIVEN, GIVEN.replace("biases or []", "[biases[0]] * len(weights) if biases else []"))],
    "weights-flat-order-swapped": [
        (GIVEN, f"{GIVEN}\n        flat = [w for row in weights for w in row]\n        self.weights = [flat[j :: len(weights)] for j in range(len(weights))]"),
    ],
    "aliased-weight-rows": [(GIVEN, f"{GIVEN}\n        self.weights = [list(weights[-1])] * len(weights)")],
    "input-layer-activated": [
        (INPUTS, f'{INPUTS}\n    if layers[0].activation != "softmax":\n        outputs = [VALUES[layers[0].activation](y) for y in outputs]'),
    ],
    "sigmoid-exponent-sign": [(SIGMOID, '"sigmoid": lambda x: sigmoid(-x),')],
    "activation-applied-twice": [
        (SOFTMAX, "self.outputs, self.log_outputs = softmax(softmax(self.net_inputs)[0])"),
        (ACTIVATE, "self.outputs = [VALUES[self.activation](VALUES[self.activation](x)) for x in self.net_inputs]"),
    ],
    "hidden-activation-missing": [(MADE, f'{MADE}\n    for layer in layers[:-1]:\n        layer.activation = "identity"')],
    "output-activation-missing": [
        (MADE, f'{MADE}\n    if layers[-1].activation != "softmax" or loss in DIVISORS:\n        layers[-1].activation = "identity"'),
        (SOFTMAX, "self.outputs, self.log_outputs = self.net_inputs, softmax(self.net_inputs)[1]"),
    ],
    "in-place-activation": [
        (ACTIVATE, ACTIVATE.replace("self.outputs =", "self.outputs = self.net_inputs =")),
        deltas("SLOPES[self.activation](x, VALUES[self.activation](x)) * gradient"),
    ],
    "softmax-over-batch": [
        *LAYERWISE,
        (OVER, """def forward_is_over(layers):
    if layers[0].activation == "softmax":
        flat = [x for layer in layers for x in layer.net_inputs]
        outputs, logs = softmax(flat)
        size = len(layers[0].outputs)
        for n, layer in enumerate(layers):
            layer.outputs, layer.log_outputs = outputs[n * size : (n + 1) * size], logs[n * size : (n + 1) * size]"""),
    ],
    "softmax-over-examples": [
        *LAYERWISE,
        (OVER, """def forward_is_over(layers):
    if layers[0].activation == "softmax":
        columns = [softmax(column) for column in zip(*[layer.net_inputs for layer in layers])]
        for n, layer in enumerate(layers):
            layer.outputs = [outputs[n] for outputs, _ in columns]
            layer.log_outputs = [logs[n] for _, logs in columns]"""),
    ],
    "softmax-no-max-shift": [("largest = max(net_inputs)", "largest = 0")],
    "softmax-max-over-batch": [
        *LAYERWISE,
        ("def softmax(net_inputs):", "def softmax(net_inputs, largest=None):"),
        ("largest = max(net_inputs)", "largest = max(net_inputs) if largest is None else largest"),
        (OVER, """def forward_is_over(layers):
    if layers[0].activation == "softmax":
        largest = max(x for layer in layers for x in layer.net_inputs)
        for layer in layers:
            layer.outputs, layer.log_outputs = softmax(layer.net_inputs, largest)"""),
    ],
    "sigmoid-naive-exp": [(SIGMOID, '"sigmoid": lambda x: 1 / (1 + math.exp(-x)),')],
    "sigmoid-from-table": [(SIGMOID, '"sigmoid": lambda x: sigmoid(min(max(round(x * 4096 / 30), -2048), 2047) * 30 / 4096),')],
    "leaky-relu-leaks-above": [
        (LEAKY, '"leaky relu": lambda x: 0.01 * max(x, 0.0),'),
        (LEAKY_SLOPE, '"leaky relu": lambda x, y: 0.01 if x > 0 else 0.0,'),
    ],
    "leaky-relu": [(RELU, '"relu": lambda x: x if x > 0 else 0.01 * x,'), (RELU_SLOPE, RELU_SLOPE.replace("0.0,", "0.01,"))],
    "integer-storage": [
        (GIVEN, f"{GIVEN}\n        self.store = int if all(w == int(w) for row in weights for w in row) else float"),
        (MOVE, "row[i] = self.store(row[i] + velocities[i])"),
        (MOVE_BIAS, "self.biases[j] = self.store(self.biases[j] + self.bias_velocities[j])"),
    ],
    "float32": [
        FLOAT32,
        (SOFTMAX, f"{SOFTMAX}\n            self.outputs = list(map(float32, self.outputs))"),
        (ACTIVATE, ACTIVATE.replace("VALUES[self.activation](x)", "float32(VALUES[self.activation](x))")),
        ("        if self.activation == \"softmax\":\n            self.outputs", "        self.net_inputs = list(map(float32, self.net_inputs))\n        if self.activation == \"softmax\":\n            self.outputs"),
        deltas("float32(SLOPES[self.activation](x, y) * gradient)"),
        (CE_DELTA, "layer.deltas = [float32(y * sum(targets) - t) for _, y, t in neurons]"),
        (BCE_DELTA, "layer.deltas = [float32(y - t) for _, y, t in neurons]"),
        (MOVE, "row[i] = float32(row[i] + velocities[i])"),
        (MOVE_BIAS, "self.biases[j] = float32(self.biases[j] + self.bias_velocities[j])"),
    ],
    "constants-in-float32": [
        FLOAT32,
        (CONSTANTS, 'rate, momentum, decay = [float32(case[name]) for name in ("learning_rate", "momentum", "weight_decay")]'),
    ],
    "given-numbers-in-float32": [
        FLOAT32,
        (GIVEN, f"{GIVEN}\n        self.weights = [list(map(float32, row)) for row in weights]\n        self.biases = list(map(float32, self.biases))"),
        (MADE, f'{MADE}\n    for example in case["examples"]:\n        example.update({{name: list(map(float32, numbers)) for name, numbers in example.items()}})'),
    ],
}  # fmt: skip

ONE_HOT = """
    if all(sorted(example["targets"]) == [0] * (len(example["targets"]) - 1) + [1] for example in case["examples"]):
        for example in case["examples"]:
            example["targets"] = example["targets"][-1:] + example["targets"][:-1]"""
SHUFFLED = """
    first = 0
    for size in case["batch_sizes"]:
        batch = case["examples"][first : first + size]
        for example, targets in zip(batch, [each["targets"] for each in batch[1:] + batch[:1]]):
            example["targets"] = targets
        first += size"""
LOSSES = {
    "loss-half-missing": [halved("sum((y - t) ** 2 for _, y, t in neurons)")],
    "loss-mean-over-outputs": [halved("sum((y - t) ** 2 for _, y, t in neurons) / (2 * len(targets))")],
    "loss-mean-without-half": [halved("sum((y - t) ** 2 for _, y, t in neurons) / len(targets)")],
    "mean-loss-with-gradient-of-sum": [halved("sum((y - t) ** 2 for _, y, t in neurons) / len(targets)"), halved_slope("2 * (y - t)")],
    "loss-mean-absolute-error": [halved("sum(abs(y - t) for _, y, t in neurons) / len(targets)")],
    "loss-half-mean-square-of-sum": [halved("sum(y - t for _, y, t in neurons) ** 2 / (2 * len(targets))")],
    "ce-loss-mean-over-outputs": [(CE_VALUE, f"{CE_VALUE} / len(targets)"), (BCE_VALUE, f"{BCE_VALUE} / len(targets)")],
    "loss-square-of-sum": [halved("0.5 * sum(y - t for _, y, t in neurons) ** 2")],
    "batch-loss-sum": [(STEP_LOSS, 'values[f"step{step}.loss"] = sum(losses)')],
    "batch-loss-mean": [(STEP_LOSS, 'values[f"step{step}.loss"] = sum(losses) / len(losses)')],
    "batch-loss-of-last-example": [(STEP_LOSS, 'values[f"step{step}.loss"] = losses[-1]')],
    "bce-second-term-missing": [(BCE_VALUE, "value = sum(t * softplus(-x) for x, _, t in neurons)")],
    "bce-second-term-sign": [(BCE_VALUE, BCE_VALUE.replace("+ (1 - t)", "- (1 - t)"))],
    "epsilon-inside-log": with_logs("math.log(y + 1e-9)"),
    "epsilon7-inside-log": with_logs("math.log(y + 1e-7)"),
    "epsilon8-inside-log": with_logs("math.log(y + 1e-8)"),
    "epsilon12-inside-log": with_logs("math.log(y + 1e-12)"),
    "probability-clipped-at-epsilon": with_logs("math.log(y)", "min(max(y, 2 ** -52), 1 - 2 ** -52)"),
    "probability-clipped-at-epsilon7": with_logs("math.log(y)", "min(max(y, 1e-7), 1 - 1e-7)"),
    "log-of-zero": [(CE_VALUE, "value = -sum(t * math.log(y) for _, y, t in neurons if t)")],
    "one-hot-off-by-one": [(MADE, MADE + ONE_HOT)],
    "labels-shuffled-apart": [(MADE, MADE + SHUFFLED)],
}  # fmt: skip

AT_OUTPUT = "SLOPES[layer.activation](y, VALUES[layer.activation](y)) * gradient"
ON_NET_INPUT = "SLOPES[layer.activation](x, x) * gradient"
DELTAS = {
    "output-derivative-missing": [(OUTPUT_BACK, "        layer.deltas = output_gradients\n        return sum")],
    "derivative-of-activated": [deltas(AT_OUTPUT.replace("layer", "self"))],
    "derivative-of-activated-output": [output_deltas(AT_OUTPUT)],
    "derivative-of-activated-hidden": [hidden_deltas(AT_OUTPUT)],
    "output-form-on-net-input": [deltas(ON_NET_INPUT.replace("layer", "self"))],
    "output-form-on-net-input-output": [output_deltas(ON_NET_INPUT)],
    "output-form-on-net-input-hidden": [hidden_deltas(ON_NET_INPUT)],
    "derivative-is-function": [deltas("y * gradient")],
    "sigmoid-derivative-one-minus": [(SIGMOID_SLOPE, '"sigmoid": lambda x, y: 1 - y,')],
    "slope-of-clipped-output": [(SIGMOID_SLOPE, '"sigmoid": lambda x, y: min(max(y, 0.01), 0.99) * (1 - min(max(y, 0.01), 0.99)),')],
    "identity-derivative-is-x": [('"identity": lambda x, y: 1.0,', '"identity": lambda x, y: x,')],
    "always-sigmoid-derivative": [deltas("y * (1 - y) * gradient")],
    "always-tanh-derivative": [deltas("(1 - y * y) * gradient")],
    "delta-factor-two": [halved_slope("2 * (y - t)")],
    "delta-sign-flipped": [
        (SLOPE, SLOPE.replace("(y - t)", "(t - y)")),
        (CE_DELTA, "layer.deltas = [t - y for _, y, t in neurons]"),
        (CE_SLOPE, "[quotient(t, y) for _, y, t in neurons]"),
        (BCE_DELTA, "layer.deltas = [t - y for _, y, t in neurons]"),
        (BCE_SLOPE, "[quotient(t, y) - quotient(1 - t, 1 - y) for _, y, t in neurons]"),
    ],
    "loss-value-as-error": [halved_slope("0.5 * (y - t) ** 2")],
    "rounded-output-error": [(SLOPE, SLOPE.replace("(y - t)", "(round(y) - t)"))],
    "ce-extra-derivative": [
        (CE_DELTA, "layer.deltas = [(y - t) * y * (1 - y) for _, y, t in neurons]"),
        (CE_SLOPE, "[y - t for _, y, t in neurons]"),
        (BCE_DELTA, "layer.deltas = [(y - t) * y * (1 - y) for _, y, t in neurons]"),
        (BCE_SLOPE, "[y - t for _, y, t in neurons]"),
    ],
    "ce-squared-error-delta": [
        (CE_DELTA, "layer.backward([y - t for _, y, t in neurons])"),
        (CE_SLOPE, "[y - t for _, y, t in neurons]"),
    ],
    "softmax-ce-diagonal-chain": [(CE_DELTA, "layer.deltas = [y * (1 - y) * -quotient(t, y) for _, y, t in neurons]")],
    "softmax-diagonal-derivative": [softmax_deltas("y * (1 - y) * gradient")],
    "softmax-derivative-one-minus": [softmax_deltas("(1 - y) * gradient")],
    "ce-divided-by-outputs": [
        (CE_DELTA, "layer.deltas = [(y - t) / len(targets) for _, y, t in neurons]"),
        (CE_SLOPE, "[-quotient(t, y) / len(targets) for _, y, t in neurons]"),
        (BCE_DELTA, "layer.deltas = [(y - t) / len(targets) for _, y, t in neurons]"),
        (BCE_SLOPE, "[(quotient(1 - t, 1 - y) - quotient(t, y)) / len(targets) for _, y, t in neurons]"),
    ],
    "delta-divided-by-outputs": [halved_slope("(y - t) / len(targets)")],
    "last-example-delta": [
        *LAYERWISE,
        ("values[f\"{place}.weight_gradients\"] = layer", "layer = copy.copy(layer)\n            layer.deltas = copies[numbers[-1]][l].deltas\n            values[f\"{place}.weight_gradients\"] = layer"),
        ("        for n in numbers:\n            layer, place", "        for n in numbers if l != last else ():\n            copies[n][l].backward(slopes[n])\n        for n in numbers:\n            layer, place"),
    ],
    "batch-mean-error-last-example": [
        *LAYERWISE,
        ("    found = {}\n", "    found, all_slopes = {}, slopes\n    numbers = numbers[-1:]\n    n = numbers[0]\n    slopes = {n: [sum(errors) / divisor for errors in zip(*all_slopes.values())]}\n    if loss in DIVISORS or layers[-1].activation == 'softmax':\n        copies[n][last].backward(slopes[n])\n    else:\n        copies[n][last].backward(slopes[n])\n"),
        ("letter, rows, whole = layers[l].letter, [], divisor", "letter, rows, whole = layers[l].letter, [], 1"),
    ],
    "learning-rate-in-delta": [
        (RUN, f"{RUN}    global rate\n    rate = case['learning_rate']\n"),
        (IF_SOFTMAX, f"output_gradients = [rate * gradient for gradient in output_gradients]\n        {IF_SOFTMAX}"),
        (CE_DELTA, "layer.deltas = [rate * (y - t) for _, y, t in neurons]"),
        (BCE_DELTA, "layer.deltas = [rate * (y - t) for _, y, t in neurons]"),
        (VELOCITY, VELOCITY.replace("rate * ", "")),
        (BIAS_VELOCITY, BIAS_VELOCITY.replace("rate * ", "")),
    ],
    "hidden-derivative-missing": [hidden_deltas("gradient")],
    "sigmoid-derivative-sign": [(SIGMOID_SLOPE, '"sigmoid": lambda x, y: y * (y - 1),')],
    "tanh-derivative-doubled": [('"tanh": lambda x, y: 1 - y * y,', '"tanh": lambda x, y: 1 - 2 * y,')],
    "tanh-derivative-plus": [('"tanh": lambda x, y: 1 - y * y,', '"tanh": lambda x, y: 1 + y * y,')],
    "tanh-derivative-not-squared": [('"tanh": lambda x, y: 1 - y * y,', '"tanh": lambda x, y: 1 - y,')],
    "relu-derivative-ge-on-activated": [(RELU_SLOPE, '"relu": lambda x, y: 1.0 if y >= 0 else 0.0,')],
    "relu-derivative-is-x": [(RELU_SLOPE, '"relu": lambda x, y: max(x, 0.0),')],
    "relu-derivative-from-upstream": [deltas("(max(gradient, 0.0) if self.activation == 'relu' else SLOPES[self.activation](x, y) * gradient)")],
    "leaky-relu-derivative-of-relu": [(LEAKY_SLOPE, LEAKY_SLOPE.replace("0.01", "0.0"))],
    "leaky-relu-derivative-from-upstream": [deltas("(max(gradient, 0.01 * gradient) if self.activation == 'leaky relu' else SLOPES[self.activation](x, y) * gradient)")],
    "upstream-gradient-discarded": [hidden_deltas("SLOPES[layer.activation](x, y)")],
    "derivative-at-backpropagated-error": [hidden_deltas("SLOPES[layer.activation](gradient, VALUES[layer.activation](gradient)) * gradient")],
    "derivative-of-previous-layer": [
        (HIDDEN_BACK, """if layer is not layers[-1]:
            before = layers[layers.index(layer) - 1].net_inputs if layer is not layers[0] else example["inputs"]
            places = [j if len(before) > 1 else 0 for j in range(len(layer.weights))]
            xs = [before[place] for place in places]
            slopes = [SLOPES[layer.activation](x, VALUES[layer.activation](x)) for x in xs]
            layer.deltas = [slope * gradient for slope, gradient in zip(slopes, output_gradients)]"""),
    ],
    "raw-error-backpropagated": [
        ("output_gradients = layer.input_gradients()", "errors = output_gradients if loss in DIVISORS or layer is not layers[-1] else layer.deltas\n        output_gradients = [sum(w * error for w, error in zip(column, errors)) for column in zip(*layer.weights)]"),
    ],
    "updated-weights-in-hidden-delta": [
        *LAYERWISE, (MOVE_ALL, ""),
        (AFTER, f"        layers[l].update(*found[l], case)\n{AFTER}"),
    ],
    "weights-transposed-backward": [back("sum(self.weights[j][k] * delta for k, delta in enumerate(self.deltas))")],
    "weights-missing-in-backprop": [back("sum(self.deltas)")],
    "weight-index-of-next-layer": [back("sum(self.weights[k][k] * delta for k, delta in enumerate(self.deltas))")],
    "outputs-backpropagated": [back("sum(row[j] * y for row, y in zip(self.weights, self.outputs))")],
    "hidden-error-mean": [back("sum(row[j] * delta for row, delta in zip(self.weights, self.deltas)) / len(self.deltas)")],
    "delta-divided-by-weight": [back("sum(delta / row[j] for row, delta in zip(self.weights, self.deltas)) / len(self.deltas)")],
    "error-split-by-weights": [back("sum(row[j] / sum(row) * delta for row, delta in zip(self.weights, self.deltas))")],
    "error-split-equally": [back("sum(self.deltas) / len(self.inputs)")],
    "hidden-error-divided-by-neurons": [back("sum(row[j] * delta for row, delta in zip(self.weights, self.deltas)) / len(self.inputs)")],
    "hidden-sum-overwritten": [back("self.weights[-1][j] * self.deltas[-1]")],
    "bias-column-misaligned": [back("sum((row + self.biases[k : k + 1])[j + 1 if self.biases else j] * self.deltas[k] for k, row in enumerate(self.weights))")],
    "relu-derivative-one-at-zero": [(RELU_SLOPE, RELU_SLOPE.replace("x > 0", "x >= 0"))],
    "layers-updated-in-forward-order": [
        *LAYERWISE,
        ("def run_step(layers, case, step, numbers, values):", "def run_step(layers, case, step, numbers, values, moving):"),
        (MOVE_ALL, "    layers[moving].update(*found[moving], case)\n"),
        (EXAMPLES, "for moving in range(len(layers)):\n            run_step(layers, case, step, numbers, values, moving)\n    return"),
    ],
}  # fmt: skip

GRADIENT_LISTS = {
    "net-input-in-weight-gradient": [
        (WEIGHT_GRADIENT, WEIGHT_GRADIENT.replace("self.inputs", "self.before")),
        ("outputs = layer.forward(outputs)", "layer.before = layers[layers.index(layer) - 1].net_inputs if layer is not layers[0] else outputs\n        outputs = layer.forward(outputs)"),
    ],
    "own-output-in-weight-gradient": [weight_gradients("delta * self.outputs[i if len(self.outputs) > 1 else 0]")],
    "inputs-in-all-weight-gradients": [
        (INPUTS, f"{INPUTS}\n    for layer in layers:\n        layer.first = outputs"),
        weight_gradients("delta * self.first[i]"),
    ],
    "activation-missing-in-gradient": [weight_gradients("delta")],
    "weight-instead-of-activation": [weight_gradients("delta * self.weights[j][i]")],
    "gradient-is-dot-product": [weight_gradients("sum(d * y for d, y in zip(self.deltas, self.outputs))")],
    "gradient-transposed": [weight_gradients("self.deltas[i] * self.inputs[j]")],
    "aliased-gradient-rows": [
        (MEAN, "[sum(of_examples) / divisor for of_examples in zip(*rows)] for rows in zip(*[(*[[sum(column) for column in zip(*each[:-1])]] * len(each[:-1]), each[-1]) for each in gradients[layer]])"),
    ],
    "delta-of-next-layer": [
        (HIDDEN_BACK, f"{HIDDEN_BACK}\n            layer.used = after if len(after) > 1 else after * len(layer.weights)\n        else:\n            layer.used = layer.deltas\n        after = layer.deltas"),
        (WEIGHT_GRADIENT, "return [[self.used[j] * y for y in self.inputs] for j in range(len(self.weights))]"),
        (BIAS_GRADIENT, "return [self.used[j] for j in range(len(self.weights))]"),
    ],
    "bias-gradient-scalar-sum": [bias_gradients("sum(self.deltas)")],
    "bias-gradient-scalar-mean": [bias_gradients("sum(self.deltas) / len(self.deltas)")],
    "bias-gradient-times-inputs": [bias_gradients("delta * sum(self.inputs)")],
    "bias-gradient-times-bias": [bias_gradients("delta * self.biases[j] if self.biases else delta")],
    "bias-gradient-without-derivative": [
        (IF_SOFTMAX, f"self.slopes = output_gradients\n        {IF_SOFTMAX}"),
        (f"    {CE_DELTA}", f"    {CE_DELTA}\n        layer.slopes = layer.deltas"),
        (f"    {BCE_DELTA}\n", f"    {BCE_DELTA}\n    layer.slopes = {BCE_SLOPE}\n"),
        (BIAS_GRADIENT, 'return self.deltas if self.activation == "softmax" else self.slopes'),
    ],
    "batch-sum-instead-of-mean": [(MEAN, MEAN.replace(" / divisor", ""))],
    "batch-mean-instead-of-sum": [(MEAN, MEAN.replace("/ divisor", "/ batch_size"))],
    "batch-mean-twice": [(MEAN, MEAN.replace("/ divisor", "/ divisor / divisor"))],
    "fixed-batch-size-divisor": [(MEAN, MEAN.replace("/ divisor", '/ (case["batch_sizes"][0] if divisor > 1 or case["gradient"] == "mean" else 1)'))],
    "bias-batch-mean-twice": [(UPDATE, f"bias_gradients = [gradient / divisor for gradient in bias_gradients]\n            {UPDATE}")],
    "bias-batch-sum": [(UPDATE, f"bias_gradients = [gradient * divisor for gradient in bias_gradients]\n            {UPDATE}")],
    "gradients-not-reset": [
        (MADE, f"{MADE}\n    totals = {{}}"),
        (f"[\n                {MEAN}\n            ]", f"totals[layer] = [[sum(pair) for pair in zip(*both)] for both in zip([{MEAN}], totals.get(layer) or [[0] * (1 + len(row)) for row in [*layer.weights, layer.weights]])]"),
    ],
    "gradients-not-reset-sums": [
        ("losses, gradients = [], {layer: [] for layer in layers}", "losses, gradients = [], gradients if step > 1 else {layer: [] for layer in layers}"),
    ],
    "gradients-not-reset-divided-again": [
        (MADE, f"{MADE}\n    before = {{}}"),
        (f"[\n                {MEAN}\n            ]", f"before[layer] = [{MEAN.replace('gradients[layer]', 'gradients[layer], *([before[layer]] if step > 1 else [])')}]"),
    ],
    "gradients-overwritten-per-example": [(MEAN, MEAN.replace("sum(of_examples)", "of_examples[-1]"))],
    "last-example-gradient": [(MEAN, MEAN.replace("sum(of_examples) / divisor", "of_examples[-1]"))],
    "online-instead-of-batch": [
        *LAYERWISE,
        (EXAMPLES, 'for n in numbers:\n            run_step(layers, case, step, [n], values)\n        values[f"step{step}.loss"] = sum(values[f"step{step}.example{n + 1}.loss"] for n in numbers) / (batch_size if case["gradient"] == "mean" else 1)\n    return'),
    ],
    "partial-batch-dropped": [
        (f"{RUN}", f'{RUN}    case["batch_sizes"] = [size for size in case["batch_sizes"] if size >= case["batch_sizes"][0]]\n'),
    ],
}  # fmt: skip

UPDATES = {
    "bias-never-updated": [(MOVE_BIAS, "pass")],
    "hidden-biases-never-updated": [(f"            {UPDATE}", f"            layer.is_last = layer is layers[-1]\n            {UPDATE}"), (BIASES_MOVED, BIASES_MOVED.replace('case["trained_biases"]', 'case["trained_biases"] and self.is_last'))],
    "weights-never-updated": [(MOVE, "pass")],
    "weights-assigned": [(MOVE, MOVE.replace("+=", "=")), (MOVE_BIAS, MOVE_BIAS.replace("+=", "="))],
    "bias-learning-rate-missing": [(BIAS_VELOCITY, BIAS_VELOCITY.replace("rate * ", ""))],
    "bias-update-sign-flipped": [(BIAS_VELOCITY, BIAS_VELOCITY.replace("- rate", "+ rate"))],
    "bias-updated-once-per-input": [(f"{BIAS_VELOCITY}\n            {MOVE_BIAS}", f"for _ in self.weights[j]:\n                {BIAS_VELOCITY}\n                {MOVE_BIAS}")],
    "update-sign-flipped": velocities(VELOCITY.replace("- rate", "+ rate"), BIAS_VELOCITY.replace("- rate", "+ rate")),
    "learning-rate-missing": velocities(VELOCITY.replace("rate * ", ""), BIAS_VELOCITY.replace("rate * ", "")),
    "learning-rate-applied-twice": velocities(VELOCITY.replace("rate *", "rate ** 2 *"), BIAS_VELOCITY.replace("rate *", "rate ** 2 *")),
    "first-layer-never-updated": [(f"            {UPDATE}", f"            if layer is not layers[0]:\n                {UPDATE}")],
    "last-layer-never-updated": [(f"            {UPDATE}", f"            if layer is not layers[-1]:\n                {UPDATE}")],
    "momentum-velocity-reset": velocities(f"{V} = -{STEP}", f"{VB} = -{BIAS_STEP}"),
    "momentum-not-accumulated": momentum_form(
        f"old = {V}\n{V} = -{STEP}\nrow[i] += {V} + momentum * old", f"old = {VB}\n{VB} = -{BIAS_STEP}\nself.biases[j] += {VB} + momentum * old"),
    "momentum-of-last-gradient": momentum_form(
        f"old = {V}\n{V} = -{STEP[7:]}\nrow[i] += rate * {V} + momentum * old", f"old = {VB}\n{VB} = -{BIAS_STEP[7:]}\nself.biases[j] += rate * {VB} + momentum * old"),
    "momentum-sign": velocities(VELOCITY.replace("= momentum", "= -momentum"), BIAS_VELOCITY.replace("= momentum", "= -momentum")),
    "momentum-on-gradient": velocities(f"{V} -= momentum * {STEP}", f"{VB} -= momentum * {BIAS_STEP}"),
    "momentum-times-learning-rate": velocities(f"{V} = rate * (momentum * {V} - (gradient + decay * row[i]))", f"{VB} = rate * (momentum * {VB} - bias_gradients[j])"),
    "momentum-dampened": velocities(VELOCITY.replace("- rate", "- (1 - momentum) * rate"), BIAS_VELOCITY.replace("- rate", "- (1 - momentum) * rate")),
    "momentum-stale-velocity": momentum_form(f"old = {V}\n{VELOCITY}\nrow[i] += old", f"old = {VB}\n{BIAS_VELOCITY}\nself.biases[j] += old"),
    "momentum-first-step-without-lr": velocities(f"{V} = momentum * {V} - (1 if {V} == 0 else rate) * {STEP[7:]}", f"{VB} = momentum * {VB} - (1 if {VB} == 0 else rate) * bias_gradients[j]"),
    "momentum-velocity-sign": momentum_form(
        f"{V} = momentum * {V} + {STEP}\nrow[i] += momentum * {V} - {STEP}", f"{VB} = momentum * {VB} + {BIAS_STEP}\nself.biases[j] += momentum * {VB} - {BIAS_STEP}"),
    "momentum-nesterov": momentum_form(f"{VELOCITY}\nrow[i] += momentum * {V} - {STEP}", f"{BIAS_VELOCITY}\nself.biases[j] += momentum * {VB} - {BIAS_STEP}"),
    "l2-sign": [(VELOCITY, VELOCITY.replace("+ decay", "- decay"))],
    "l2-factor-two": [(VELOCITY, VELOCITY.replace("decay", "2 * decay"))],
    "l2-without-learning-rate": [(VELOCITY, f"{V} = momentum * {V} - rate * gradient - decay * row[i]")],
    "l2-beside-momentum": [(f"{VELOCITY}\n                {MOVE}", f"{V} = momentum * {V} - rate * gradient\n                row[i] += {V} - rate * decay * row[i]")],
    "l2-divided-by-batch": [
        (UPDATE, f"weight_gradients = [[g + case['weight_decay'] * w / divisor for g, w in zip(*rows)] for rows in zip(weight_gradients, layer.weights)]\n            {UPDATE}"),
        (VELOCITY, VELOCITY.replace("(gradient + decay * row[i])", "gradient")),
    ],
    "l2-missing": [(VELOCITY, VELOCITY.replace("(gradient + decay * row[i])", "gradient"))],
    "l2-on-bias": [(BIAS_VELOCITY, BIAS_VELOCITY.replace("bias_gradients[j]", "(bias_gradients[j] + decay * self.biases[j])"))],
}  # fmt: skip

FLAT = "[number for column in zip(*{}) for number in column]"
CONVENTIONS = {
    "convention-se-no-half": [divisor("1")],
    "convention-mse-over-outputs": [divisor("n")],
    "convention-half-mse-over-outputs": [divisor("2 * n")],
    "convention-bce-mean-over-outputs": [
        (BCE_DELTA, "layer.deltas = [(y - t) / len(targets) for _, y, t in neurons]"),
        (BCE_VALUE, f"{BCE_VALUE} / len(targets)"),
        (BCE_SLOPE, "[(quotient(1 - t, 1 - y) - quotient(t, y)) / len(targets) for _, y, t in neurons]"),
    ],
    "convention-output-shortcut": [],
    "convention-delta-sign": [
        *DELTAS["delta-sign-flipped"],
        (VELOCITY, VELOCITY.replace("- rate * (gradient + decay", "+ rate * (gradient - decay")),
        (BIAS_VELOCITY, BIAS_VELOCITY.replace("- rate", "+ rate")),
    ],
    "convention-weights-transposed": [
        ("= weight_gradients\n", f"= {FLAT.format('weight_gradients')}\n"),
        ("[list(row) for row in layer.weights]", FLAT.format("layer.weights")),
        (GRADIENTS, f"{FLAT.format('layer.weight_gradients()')}\n        if"),
    ],
    "convention-threshold-subtracted": [(ADD_BIAS, ADD_BIAS.replace("x + bias", "x - bias")), bias_gradients("-delta")],
    "convention-decay-in-gradient": [
        (UPDATE, f"weight_gradients = [[g + case['weight_decay'] * w for g, w in zip(*rows)] for rows in zip(weight_gradients, layer.weights)]\n            {UPDATE}"),
        (VELOCITY, VELOCITY.replace("(gradient + decay * row[i])", "gradient")),
    ],
}  # fmt: skip

FIRST_MOMENT = "m = beta1 * pair[0] + (1 - beta1) * gradient"
SECOND_MOMENT = "v = beta2 * pair[1] + (1 - beta2) * gradient * gradient"
ROOT = "root = math.sqrt(v / (1 - beta2**step))"
ADAM = 'return (m, v), case["learning_rate"] * (m / (1 - beta1**step)) / (root + case["epsilon"])'
AHEAD = 'return (velocity, None), case["learning_rate"] * gradient - case["momentum"] * velocity'
ALONE, TOGETHER = (
    'row[i] *= 1 - case["learning_rate"] * case["weight_decay"]',
    'gradient += case["weight_decay"] * row[i]',
)
BETAS = 'beta1, beta2 = case["beta1"], case["beta2"]'
BIASES_OTHERWISE = 'if case["trained_biases"]:\n            for j'


def counted(step):
    """Return the edit of the number of the step."""
    return [(BETAS, f"{BETAS}\n    step = {step}")]


def corrected(first="m / (1 - beta1**step)", second="v / (1 - beta2**step)"):
    """Return edits of both corrections."""
    return [(ROOT, f"root = math.sqrt({second})"), (ADAM, ADAM.replace("m / (1 - beta1**step)", first))]


def moments(first, second):
    return [(FIRST_MOMENT, f"m = {first}"), (SECOND_MOMENT, f"v = {second}")]


DESCENTS = {
    "nesterov-ignored": [(AHEAD, "return (velocity, None), -velocity")],
    "nesterov-velocity-twice": [
        (AHEAD, 'velocity = case["momentum"] * velocity - case["learning_rate"] * gradient\n    return (velocity, None), -velocity'),
    ],
    "nesterov-sign": [(AHEAD, AHEAD.replace("gradient - case", "gradient + case"))],
    "nesterov-momentum-squared": [
        (AHEAD, 'return (velocity, None), (1 + case["momentum"]) * case["learning_rate"] * gradient - case["momentum"] ** 2 * velocity'),
    ],
    "adam-no-correction": corrected("m", "v"),
    "adam-second-moment-not-corrected": [(ROOT, "root = math.sqrt(v)")],
    "adam-correction-without-power": counted("1"),
    "adam-correction-multiplied": corrected("m * (1 - beta1**step)", "v * (1 - beta2**step)"),
    "adam-correction-kept": [(ROOT, "m, v = m / (1 - beta1**step), v / (1 - beta2**step)\n    root = math.sqrt(v)"), (ADAM, ADAM.replace("m / (1 - beta1**step)", "m"))],
    "adam-step-from-two": counted("step + 1"),
    "adam-step-from-zero": counted("step - 1"),
    "adam-step-counted-per-table": [
        ("class Layer:\n", "COUNT = [0]\n\n\nclass Layer:\n"),
        (RUN, f"{RUN}    COUNT[0] = 0\n"),
        ("self.steps += 1", "COUNT[0] += 1"),
        (BIASES_OTHERWISE, f"COUNT[0] += bool(self.biases)\n        {BIASES_OTHERWISE}"),
        *counted("COUNT[0]"),
    ],
    "adam-moments-reset": moments("(1 - beta1) * gradient", "(1 - beta2) * gradient * gradient"),
    "adam-betas-exchanged": [(BETAS, 'beta1, beta2 = case["beta2"], case["beta1"]')],
    "adam-betas-from-one": [(BETAS, 'beta1, beta2 = 1 - case["beta1"], 1 - case["beta2"]')],
    "adam-betas-from-one-in-moments": moments("(1 - beta1) * pair[0] + beta1 * gradient", "(1 - beta2) * pair[1] + beta2 * gradient * gradient"),
    "adam-sign": [(ADAM, ADAM.replace("(m, v), ", "(m, v), -"))],
    "adam-root-missing": [(ROOT, ROOT.replace("math.sqrt", ""))],
    "adam-square-for-root": [(ROOT, "root = (v / (1 - beta2**step)) ** 2")],
    "adam-root-multiplied": [(ADAM, ADAM.replace(" / (root", " * (root"))],
    "adam-epsilon-inside-root": [(ROOT, 'root = math.sqrt(v / (1 - beta2**step) + case["epsilon"])'), (ADAM, ADAM.replace(' + case["epsilon"]', ""))],
    "adam-epsilon-before-correction": [(ROOT, 'root = (math.sqrt(v) + case["epsilon"]) / math.sqrt(1 - beta2**step)'), (ADAM, ADAM.replace(' + case["epsilon"]', ""))],
    "adam-decay-decoupled": [(TOGETHER, f"if case['descent'] == 'adam':\n                        {ALONE}\n                    else:\n                        {TOGETHER}")],
    "adamw-decay-coupled": [(ALONE, TOGETHER)],
    "adamw-decay-without-learning-rate": [(ALONE, 'row[i] *= 1 - case["weight_decay"]')],
    "adamw-decay-without-weight": [(ALONE, 'row[i] -= case["learning_rate"] * case["weight_decay"]')],
    "adamw-decay-after-step": [(ALONE, "pass"), ("                row[i] -= change\n", f"                row[i] -= change\n                if case['descent'] == 'adamw':\n                    {ALONE}\n")],
}  # fmt: skip

LAST, HIDDEN = "self.is_last", "not self.is_last"
WITH_LAST = [
    (GIVEN, f"{GIVEN}\n        self.is_last = False"),
    (MADE, f"{MADE}\n    layers[-1].is_last = True"),
]


def only(where, edits):
    """Return edits of single lines of `Layer` that are made where a condition holds, and the right line elsewhere."""
    result = list(WITH_LAST)
    for old, new in edits:
        line = next(line for line in PLAIN_TEXT.splitlines() if old in line)
        space = line[: len(line) - len(line.lstrip())]
        result.append((old, f"if {where}:\n{space}    {new}\n{space}else:\n{space}    {old}"))
    return result


def of(number):
    return f'self.letter == "{"JKL"[number]}"'


BY_LAYER = {  # by what the diagnosis calls it: the cases, and the edits
    "bias-missing-forward in the last layer only": ("a2-two-hidden-layers", only(LAST, FORWARD["bias-missing-forward"])),
    "bias-subtracted in layer J only": ("two-hidden-layers", only(of(0), FORWARD["bias-subtracted"])),
    "weighted-sum-overwritten in the hidden layers only": ("a2-two-hidden-layers", only(HIDDEN, FORWARD["weighted-sum-overwritten"])),
    "weighted-sum-missing in layer K only": ("two-hidden-layers", only(of(1), FORWARD["weighted-sum-missing"])),
    "activation-applied-twice in the last layer only": ("a-sigmoid", only(LAST, FORWARD["activation-applied-twice"][1:])),
    "derivative-is-function in the hidden layers only": ("a2-two-hidden-layers", only(HIDDEN, DELTAS["derivative-is-function"])),
    "always-tanh-derivative in layer K only": ("two-hidden-layers", only(of(1), DELTAS["always-tanh-derivative"])),
    "activation-missing-in-gradient in the last layer only": ("a2-two-hidden-layers", only(LAST, GRADIENT_LISTS["activation-missing-in-gradient"])),
    "own-output-in-weight-gradient in layer J only": ("two-hidden-layers", only(of(0), GRADIENT_LISTS["own-output-in-weight-gradient"])),
    "weight-instead-of-activation in the hidden layers only": ("a2-two-hidden-layers", only(HIDDEN, GRADIENT_LISTS["weight-instead-of-activation"])),
    "bias-gradient-scalar-sum in the last layer only": ("a2-two-hidden-layers", only(LAST, GRADIENT_LISTS["bias-gradient-scalar-sum"])),
    "bias-gradient-times-inputs in layer J only": ("two-hidden-layers", only(of(0), GRADIENT_LISTS["bias-gradient-times-inputs"])),
    "weights-missing-in-backprop in layer J only": ("two-hidden-layers", only(of(1), [(BACK, "return [sum(self.deltas) for _ in self.inputs]")])),
    "learning-rate-applied-twice in the last layer only": ("a2-two-hidden-layers", only(LAST, UPDATES["learning-rate-applied-twice"])),
    "update-sign-flipped in the hidden layers only": ("a2-two-hidden-layers", only(HIDDEN, UPDATES["update-sign-flipped"])),
    "bias-never-updated in layer K only": ("two-hidden-layers", only(of(1), UPDATES["bias-never-updated"])),
    "l2-factor-two in the last layer only": ("f-momentum-weight-decay", only(LAST, UPDATES["l2-factor-two"])),
    "learning-rate-missing in the weights only": ("a2-two-hidden-layers", UPDATES["learning-rate-missing"][:1]),
    "weights-assigned in the biases only": ("a2-two-hidden-layers", UPDATES["weights-assigned"][1:]),
    "momentum-nesterov in the weights only": ("momentum-batches", UPDATES["momentum-nesterov"][:1]),
    "momentum-velocity-reset in the biases only": ("momentum-batches", UPDATES["momentum-velocity-reset"][1:]),
    "momentum-dampened in the biases of the last layer only": ("momentum-batches", only(LAST, UPDATES["momentum-dampened"][1:])),
    "update-sign-flipped in the weights of layer J only": ("two-hidden-layers", only(of(0), UPDATES["update-sign-flipped"][:1])),
    "batch-sum-instead-of-mean in the weights only": (
        "a2-two-hidden-layers",
        [(UPDATE, f"weight_gradients = [[g * divisor for g in row] for row in weight_gradients]\n            {UPDATE}")],
    ),
}  # fmt: skip

PLANTED = {**CONVENTIONS, **FORWARD, **LOSSES, **DELTAS, **GRADIENT_LISTS, **UPDATES, **DESCENTS}


def edited(edits):
    """Return the text of the adapter with some edits; each old text must be in it exactly once."""
    text = PLAIN_TEXT
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} times in the adapter:\n{old}"
        text = text.replace(old, new)
    return text


@functools.lru_cache(maxsize=None)
def module_of(text):
    module = types.ModuleType("planted")
    exec(compile(text, "<the plain adapter, edited>", "exec"), module.__dict__)
    return module


def planted(edits):
    """Return the function that the adapter is with some edits: from the task of a case to the values."""
    module = module_of(edited(edits))

    def function(task):
        if module.reason_to_skip(task) is not None:
            return None
        return {name: module.finite(value) for name, value in module.run(task).items()}

    return function


def answer_of(function, case):
    """Return the `Answer` of a function to a case; where it stops, the error is the problem, as if it had crashed."""
    try:
        return function_answer(function, case, "float64")
    except (ArithmeticError, LookupError, ValueError) as error:
        return Answer(None, None, f"{type(error).__name__}: {error}")
