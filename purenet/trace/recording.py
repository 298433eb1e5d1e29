"""Record a training: the core runs as it is, and each number that it keeps is handed to a note-taker.

Read quantities.py first, and notes.py next, for the note-takers, then program.py. The core goes on with the answer of the
note-taker, which may be the number as it is, the same with a name, a rounded one, or somebody else's own.
"""

from purenet.descent import GradientDescent
from purenet.network import Network
from purenet.neuron import Neuron
from purenet.trace.in_front import put_in_front
from purenet.training import training_step


class Recording:
    """A training, run by a `Program`, by default the core's way. `notes` is the note-taker."""

    def __init__(self, training, notes, quantities, program=None):
        self.notes = notes
        self.quantities = quantities
        self.program = program
        self.network, self.batches, self.descent, self.gradient = training
        self.numbers = {}  # of the examples, by the ids of their lists of inputs
        self.at(0)
        self.give_parameters()

    def at(self, step, example=None):
        """Say which step and which example are computed now."""
        self.step, self.example = step, example
        self.now = self.quantities.at.get((step, example), {})

    def note(self, value, kind, layer=None, place=0):
        """Hand a number to the note-taker, and return the one to go on with; nobody asks for some that mistakes compute."""
        quantity = self.now.get((kind, layer))
        return value if quantity is None else self.notes.note(value, quantity, place)

    def note_all(self, values, kind, layer, first=0):
        quantity, note = self.now.get((kind, layer)), self.notes.note
        if quantity is None:
            return list(values)
        return [note(value, quantity, place) for place, value in enumerate(values, start=first)]

    def given(self, value, kind, layer=None, place=0):
        """Hand a given number to the note-taker, and return it as it is to be used."""
        quantity = self.now.get((kind, layer))
        return value if quantity is None else self.notes.given(value, quantity, place)

    def give_parameters(self):
        for number, layer in enumerate(self.network.layers):
            for place, neuron in enumerate(layer.neurons):
                first = place * len(neuron.weights)
                neuron.weights = [self.given(w, "weights", number, first + i) for i, w in enumerate(neuron.weights)]
                if neuron.bias is not None:
                    neuron.bias = self.given(neuron.bias, "biases", number, place)
        for setting in self.descent.settings:
            setattr(self.descent, setting, self.given(getattr(self.descent, setting), setting))

    def given_steps(self):
        """Return the steps with given numbers."""
        steps, number, last = [], 0, len(self.network.layers) - 1
        for step, batch in enumerate(self.batches, start=1):
            steps.append([])
            for inputs, targets in batch:
                number += 1
                self.at(step, number)
                inputs = [self.given(y, "output", -1, i) for i, y in enumerate(inputs)]
                targets = targets and [self.given(t, "targets", last, k) for k, t in enumerate(targets)]
                steps[-1].append((inputs, targets))
                self.numbers[id(inputs)] = number
        return steps

    def run(self):
        """Do all steps."""
        self.steps = self.given_steps()
        put_in_front(self.descent, NotingDescent)
        self.descent.recording = self
        if self.program is not None:
            self.program.change(self.network)
        self.listen()
        self.descent.memories = self.descent.memories  # those of earlier steps, if there were any
        for step, batch in enumerate(self.steps, start=1):
            self.start_step(step)
            if self.quantities.only_forward:
                for inputs, _ in batch:
                    self.network.forward(inputs)
                continue
            penalty = self.penalty()
            loss, _ = training_step(self.network, batch, self.descent, self.gradient)
            self.at(step)
            loss = self.note(loss / len(batch) if self.gradient == "mean" else loss, "loss")
            if penalty is not None:
                self.note(loss + penalty, "penalized_loss")
            if not self.gradients_noted:
                self.note_gradients()
            self.note_parameters()
            self.end_of_step()

    def start_step(self, step):
        self.at(step)
        self.gradients_noted = False
        self.start_of_step()

    def start_of_step(self):
        """Do nothing more before a step, nor after it; whoever asks for more puts functions in the place of these."""

    end_of_step = start_of_step
    follows_velocities = True  # whether the velocities are those by which the weights move, if these have velocities

    def is_computed_again(self, quantity):
        """Return whether a number is computed more than once in the step that is running: not by the core."""
        return False

    def memories(self):
        """Return what the descent remembers (see descent.py); None if it is nothing."""
        return self.descent.memories

    def take_velocities(self, velocities):
        """Go on with other velocities, for each neuron a list, the bias's last."""
        self.descent.memories = {"velocities": velocities}

    def listen(self):
        """Let neurons, layers, loss and network hand their numbers to this recording."""
        for number, layer in enumerate(self.network.layers):
            for place, neuron in enumerate(layer.neurons):
                put_in_front(neuron, NotingNeuron)
                neuron.recording, neuron.layer_number, neuron.place = self, number, place
            put_in_front(layer, NotingLayer)
            layer.recording = self
        put_in_front(self.network.loss, NotingLoss)
        put_in_front(self.network, NotingNetwork)
        self.network.loss.recording = self.network.recording = self

    def penalty(self):
        """Return the penalty λ/2 · Σ w² of weights that decay, or None: it is no part of the training."""
        if ("penalty", None) not in self.now:
            return None
        total = 0
        for neuron in self.network.neurons():
            for weight in neuron.weights:
                total += weight * weight
        return self.note(self.descent.weight_decay / 2 * total, "penalty")

    def note_gradients(self):
        """Note the gradients of the step as a whole, those that its update uses."""
        self.at(self.step)
        self.gradients_noted = True
        for neuron in self.network.neurons():
            layer, first = neuron.layer_number, neuron.place * len(neuron.weights)
            if neuron.weight_gradients is not None:
                neuron.weight_gradients = self.note_all(neuron.weight_gradients, "weight_gradients", layer, first)
            if neuron.bias is not None and neuron.bias_gradient is not None:
                neuron.bias_gradient = self.note(neuron.bias_gradient, "bias_gradients", layer, neuron.place)

    def note_parameters(self):
        """Note the weights and biases after the step."""
        for neuron in self.network.neurons():
            layer, first = neuron.layer_number, neuron.place * len(neuron.weights)
            neuron.weights = self.note_all(neuron.weights, "weights", layer, first)
            if neuron.bias is not None:
                neuron.bias = self.note(neuron.bias, "biases", layer, neuron.place)

    def second_pass(self):
        """Put the examples of the last step through the new weights."""
        self.at("after")
        total = 0
        for inputs, targets in self.steps[-1]:
            outputs = self.network.forward(inputs)
            total += self.network.loss.value(outputs, targets)
            slopes = self.network.loss.derivative(outputs, targets)
            self.note_all(slopes, "output_gradient", len(self.network.layers) - 1)
        self.at("after")
        self.note(total / len(self.steps[-1]) if self.gradient == "mean" else total, "loss")


def noted(kind):
    """Return a property that hands a number to the neuron's recording when the neuron keeps it as this attribute."""

    def keep(neuron, value):
        if value is not None:
            value = neuron.recording.note(value, kind, neuron.layer_number, neuron.place)
        neuron.__dict__[kind] = value

    return property(lambda neuron: neuron.__dict__[kind], keep)


class NotingNeuron(Neuron):
    """Put in front of a neuron's class, so that a `Recording` hears of its numbers."""

    net_input = noted("net_input")
    output = noted("output")
    delta = noted("delta")

    def add_gradients(self, gradients, bias_gradient):
        recording, layer = self.recording, self.layer_number
        gradients = recording.note_all(gradients, "weight_gradients", layer, self.place * len(gradients))
        if self.bias is not None:
            bias_gradient = recording.note(bias_gradient, "bias_gradients", layer, self.place)
        super().add_gradients(gradients, bias_gradient)


class NotingLayer:
    """The same for a layer: the ∂E/∂y of its neurons."""

    def backward(self, output_gradients):
        super().backward(self.recording.note_all(output_gradients, "output_gradient", self.neurons[0].layer_number))


class NotingLoss:
    """The same for a loss: its value."""

    def value(self, outputs, targets):
        return self.recording.note(super().value(outputs, targets), "loss")


class NotingNetwork(Network):
    """The same for a network: which example is computed."""

    def forward(self, inputs):
        self.recording.at(self.recording.step, self.recording.numbers[id(inputs)])
        return super().forward(inputs)


class NotingDescent(GradientDescent):
    """The same for a descent: the gradients that it uses, and what it remembers."""

    def update(self, network):
        self.recording.note_gradients()
        super().update(network)

    @property
    def memories(self):
        return self.__dict__["memories"]

    @memories.setter
    def memories(self, memories):
        if memories is not None:
            recording, neurons = self.recording, self.recording.network.neurons()
            memories = {
                kind: [NotedMemory(recording, kind, *pair) for pair in zip(neurons, rows)]
                for kind, rows in memories.items()
            }
        self.__dict__["memories"] = memories


class NotedMemory(list):
    """What is remembered of a neuron, one number for each weight and the bias's last, which a recording hears of."""

    def __init__(self, recording, kind, neuron, numbers):
        super().__init__(numbers)
        self.recording, self.kind, self.neuron = recording, kind, neuron
        self.first = neuron.place * len(neuron.weights)
        now, recording.now = recording.now, recording.quantities.at[0, None]
        for i, number in enumerate(numbers):
            super().__setitem__(i, recording.given(number, *self.which(i)))
        recording.now = now

    def which(self, i):
        """Return the kind, layer and place of a number."""
        if i in (-1, len(self.neuron.weights)):
            return f"bias_{self.kind}", self.neuron.layer_number, self.neuron.place
        return f"weight_{self.kind}", self.neuron.layer_number, self.first + i

    def __setitem__(self, i, number):
        super().__setitem__(i, self.recording.note(number, *self.which(i)))

    def __deepcopy__(self, memo):
        return list(self)
