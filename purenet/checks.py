"""What the core checks, and the names that messages and formulas use. To understand the rest, skip this file."""

from purenet.errors import INFINITY, NetworkError, check_number, count


class Described:
    """Shows itself as the expression that makes a network, layer or neuron like it."""

    def __repr__(self):
        if hasattr(self, "layers"):
            return f"Network({self.layers}, loss={self.loss.name})"
        if hasattr(self, "neurons"):
            return f"Layer({self.neurons})"
        return f"Neuron({self.weights}, bias={self.bias}, activation={self.activation.name})"


def check_parameters(neuron):
    """Raise NetworkError unless a neuron has weights, and they and its bias, if it has one, are finite numbers."""
    if not neuron.weights:
        raise NetworkError("a neuron has 0 weights but needs at least 1, one for each input")
    for i, weight in enumerate(neuron.weights, start=1):
        check_number(weight, f"weight {i} of a neuron")
    if neuron.bias is not None:
        check_number(neuron.bias, "the bias of a neuron")


def check_neuron(neuron):
    """Name a new neuron; raise NetworkError unless its parameters and its activation function are proper ones."""
    neuron.name = "j1"  # until a layer gives another
    check_parameters(neuron)
    if isinstance(neuron.activation, type) or not hasattr(neuron.activation, "value"):
        name = getattr(neuron.activation, "name", neuron.activation)
        hint = (
            "it is of a whole layer: use SoftmaxLayer"
            if name == "softmax"
            else "it must be an object such as Sigmoid()"
        )
        raise NetworkError(f"the activation {name} is not of a single neuron: {hint}")


def check_inputs(neuron, inputs):
    """Raise NetworkError unless there is one input for each weight."""
    if len(inputs) != len(neuron.weights):
        weights, inputs = count(len(neuron.weights), "weight"), count(len(inputs), "input")
        raise NetworkError(f"neuron {neuron.name} has {weights} but got {inputs}")


def check_before_backward(neuron):
    """Raise NetworkError if a neuron has not been run forward."""
    if neuron.output is None:
        raise NetworkError(f"neuron {neuron.name} has no output yet: call forward before backward")


def check_before_update(neuron):
    """Raise NetworkError if a neuron has no gradients."""
    if neuron.weight_gradients is None:
        raise NetworkError(f"neuron {neuron.name} has no gradients yet: call backward before update")


def check_layer(layer):
    """Name the neurons of a new layer; raise NetworkError unless there are some, with one number of weights."""
    name_neurons(layer, "j")
    if not layer.neurons:
        raise NetworkError("a layer has 0 neurons but needs at least 1")
    first = layer.neurons[0]
    for neuron in layer.neurons:
        if len(neuron.weights) != len(first.weights):
            weights = count(len(neuron.weights), "weight")
            other = f"neuron {first.name} of the same layer has {len(first.weights)}"
            raise NetworkError(f"neuron {neuron.name} has {weights} but {other}")


def check_before_input_gradients(layer):
    """Raise NetworkError if a layer has not been run backward."""
    if layer.neurons[0].delta is None:
        raise NetworkError(f"layer {layer.letter.upper()} has no deltas yet: call backward before input_gradients")


def check_network(network):
    """Name the neurons of a new network; raise NetworkError if one occurs twice or a layer does not fit."""
    for number, layer in enumerate(network.layers, start=1):
        name_neurons(layer, layer_letter(number))
    if not network.layers:
        raise NetworkError("a network has 0 layers but needs at least 1")
    if len(set(map(id, network.neurons()))) < len(network.neurons()):
        raise NetworkError("the same Neuron object occurs more than once in the network: make a new one for each place")
    for before, layer in zip(network.layers, network.layers[1:]):
        for neuron in layer.neurons:
            if len(neuron.weights) != len(before.neurons):
                weights, neurons = count(len(neuron.weights), "weight"), count(len(before.neurons), "neuron")
                letter = before.letter.upper()
                raise NetworkError(f"neuron {neuron.name} has {weights} but layer {letter} before it has {neurons}")


def check_outputs(part, outputs):
    """Raise NetworkError if a layer or a network (outputs: those of its last layer) has not been run forward."""
    if outputs is None:
        name = f"layer {part.letter.upper()}" if hasattr(part, "letter") else "the network"
        raise NetworkError(f"{name} has no outputs yet: call forward before backward")


def check_targets(outputs, targets):
    """Raise NetworkError unless there is one target for each output."""
    if len(outputs) != len(targets):
        raise NetworkError(f"the network has {count(len(outputs), 'output')} but got {count(len(targets), 'target')}")


def check_example(network, inputs, targets):
    """Raise NetworkError unless inputs and targets are finite numbers and as many as the network takes."""
    first, last = network.layers[0].neurons[0], network.layers[-1]
    if len(inputs) != len(first.weights):
        raise NetworkError(f"the network takes {count(len(first.weights), 'input')} but got {len(inputs)}")
    check_targets(last.neurons, targets)
    for i, value in enumerate(inputs, start=1):
        check_number(value, f"input {i} (y_i{i})")
    for k, value in enumerate(targets, start=1):
        check_number(value, f"target {k} (t_{last.letter}{k})")


def check_probabilities(outputs, targets, two_sided=False):
    """Raise NetworkError where −t_k · ln y_k or its slope is infinite; with `two_sided` also −(1 − t_k) · ln(1 − y_k).

    Nothing is clipped to avoid it.
    """
    check_targets(outputs, targets)
    for k, (output, target) in enumerate(zip(outputs, targets), start=1):
        for y, t in [(output, target), (1 - output, 1 - target)] if two_sided else [(output, target)]:
            if t != 0 and not (0 < y <= 1 and 1 / y < INFINITY):
                raise NetworkError(
                    f"output {k} makes the cross-entropy infinite: it gives its target the probability {y}; "
                    f"smaller starting weights or a smaller learning rate may keep outputs between 0 and 1"
                )


def check_descent(descent):
    """Raise NetworkError for a learning rate, a momentum or a weight decay that is negative or no finite number."""
    check_settings(descent, "learning rate", "momentum", "weight decay")
    if descent.nesterov and descent.momentum == 0:
        raise NetworkError("Nesterov's form of momentum needs a momentum that is not 0, such as 0.9")


def check_adam(descent):
    """Raise NetworkError for a setting of Adam that is negative or no finite number, a β of 1 or more, and an ε of 0."""
    check_settings(descent, "learning rate", "beta1", "beta2", "epsilon", "weight decay")
    if descent.epsilon == 0:
        raise NetworkError("epsilon must not be 0: a weight without a gradient would make Adam divide by 0")
    for name in ("beta1", "beta2"):
        if getattr(descent, name) >= 1:
            raise NetworkError(f"{name} must be less than 1, not {getattr(descent, name)}")


def check_settings(descent, *names):
    """Raise NetworkError for a setting that is negative or no finite number."""
    for name in names:
        value = getattr(descent, name.replace(" ", "_"))
        check_number(value, f"the {name}")
        if value < 0:
            raise NetworkError(f"the {name} must not be negative, not {value}")


def check_loss(loss):
    """Raise NetworkError for a loss that is infinite, or nan, which is not smaller than anything."""
    if not loss < INFINITY:
        raise NetworkError(f"the loss has become {loss}: lower the learning rate, the momentum or the starting weights")


def check_training(examples, epochs, batch_size, gradient):
    """Raise NetworkError for an empty list of examples and for options that do not exist."""
    if len(examples) == 0:
        raise NetworkError("there are no examples to train on")
    for name, number in (("number of epochs", epochs), ("batch size", batch_size)):
        if type(number) is not int or number < 1:
            raise NetworkError(f"the {name} must be a whole number of at least 1, not {number!r}")
    if gradient not in ("mean", "sum"):
        raise NetworkError(f"the gradient of a mini-batch is its 'mean' or 'sum', not {gradient!r}")


def number_of_weights(sizes):
    """Return how many weights a network has whose layers have these sizes, that of the inputs first."""
    total = 0
    for inputs, outputs in zip(sizes, sizes[1:]):
        total += inputs * outputs
    return total


def layer_letter(number):
    """Return the letter of a layer: i for the inputs, number 0, then j, k, … z, a, … h, ii, jj and so on."""
    letters = "ijklmnopqrstuvwxyzabcdefgh"
    return letters[number % 26] * (number // 26 + 1)


def name_neurons(layer, letter):
    """Letter a layer, and name its neurons by it: j1, j2, …"""
    layer.letter = letter
    for number, neuron in enumerate(layer.neurons, start=1):
        neuron.name = f"{letter}{number}"
