"""Run the plain program on a training, with mistakes in it, and hand each number to a note-taker as the core does.

Read plain.py first, and purenet/trace/recording.py. The program is compiled for each set of mistakes that are made in one
place, a layer and there its weights or its biases; all of these programs share their tables.
"""

import functools
import math
import struct
from decimal import Decimal
from types import SimpleNamespace

from purenet.arithmetic.expression import Expression
from purenet.errors import NetworkError
from purenet.golden.mistakes.edits import compiled, functions_changed
from purenet.trace.program import NoDescent, Training
from purenet.trace.quantities import quantities_of, shape_of
from purenet.trace.recording import Recording

OF_EXAMPLES = {  # the kinds of the quantities in tables, by (l, n, j) or (l, n, j, i)
    "x": "net_input",
    "y": "output",
    "g": "output_gradient",
    "d": "delta",
    "dw": "weight_gradients",
    "db": "bias_gradients",
}
OF_STEPS = {  # by (l, j) or (l, j, i)
    "gw": "weight_gradients",
    "gb": "bias_gradients",
    "v": "weight_velocities",
    "vb": "bias_velocities",
    "m": "weight_first_moments",
    "mb": "bias_first_moments",
    "q": "weight_second_moments",
    "qb": "bias_second_moments",
    "m_hat": "weight_corrected_first_moments",
    "mb_hat": "bias_corrected_first_moments",
    "q_hat": "weight_corrected_second_moments",
    "qb_hat": "bias_corrected_second_moments",
    "w": "weights",
    "b": "biases",
}
MEMORIES = {  # the tables of what a descent remembers, those of weights and of biases
    "velocities": ("v", "vb"),
    "first_moments": ("m", "mb"),
    "second_moments": ("q", "qb"),
    "corrected_first_moments": ("m_hat", "mb_hat"),
    "corrected_second_moments": ("q_hat", "qb_hat"),
}
NOTED_AT_ONCE = ("gw", "gb", *(name for names in MEMORIES.values() for name in names))
NO_PLACE = (None, None)  # of a mistake that is made wherever it can be; otherwise a layer, and "weights" or "biases"
LAST, HIDDEN = "last", "hidden"  # layers, besides their numbers
BY_VELOCITY = ("weights_by_velocity", "biases_by_velocity")
OF_WEIGHTS = ("find_weight_gradients", "move_weights", BY_VELOCITY[0], "weights_looking_ahead", "weights_by_moments")
OF_BIASES = ("find_bias_gradients", "move_biases", BY_VELOCITY[1], "biases_looking_ahead", "biases_by_moments")
OF_LAYERS = ("weigh", "activate", "from_loss", "from_next_layer", "find_deltas", *OF_WEIGHTS, *OF_BIASES)


class NotedTable(dict):
    """A table of numbers, each handed to a note-taker before it is kept; `places` has the quantity and place of a key."""

    def __init__(self, name, notes, places):
        self.name, self.notes, self.places = name, notes, places

    def __missing__(self, key):
        raise NetworkError(f"the program stops: it reads {self.name}[{', '.join(map(str, key))}], which does not exist")

    def __setitem__(self, key, value):
        found = self.places.get(key)
        super().__setitem__(key, value if found is None else self.notes.note(value, *found))


class NotedDecimals(NotedTable):
    """The same for Decimals, which Python does not multiply by floats: one such as 0 / 2 becomes a Decimal."""

    def __setitem__(self, key, value):
        super().__setitem__(key, Decimal(value) if isinstance(value, float) else value)


class StepLoss(dict):
    """The losses of the steps, which the program keeps when a step is over."""

    def __init__(self, recording):
        self.recording = recording

    def __setitem__(self, step, loss):
        super().__setitem__(step, loss)
        self.recording.finish_step(loss)


class PlainRecording(Recording):
    """The recording of the plain program with mistakes in it, each of them made in its own `place` only."""

    def __init__(self, training, notes, quantities, mistakes):
        super().__init__(training, notes, quantities)
        self.mistakes = list(mistakes)
        self.layers = self.quantities.layers
        self.begun = 0
        self.whole, self.repeated = True, False  # whether a step is done for all examples at once, or several times
        self.neurons = {l - 1: range(size) for l, size in enumerate(self.quantities.sizes)}

    def run(self):
        """Do all steps."""
        self.steps = self.given_steps()
        self.example_numbers, self.step_of = [], []
        for step, batch in enumerate(self.steps, start=1):
            self.example_numbers.append(list(range(len(self.step_of), len(self.step_of) + len(batch))))
            self.step_of += [step] * len(batch)
        self.program = self.whole_program()
        self.fill_tables()
        if self.quantities.only_forward:
            self.leave_out_all_but_forward()
        self.program["train"](self.example_numbers)

    def leave_out_all_but_forward(self):
        """Let the program go forward only, where there are no targets: any that it asks for is 0."""
        self.tables["t"].update({(n, k): 0 for n in range(len(self.step_of)) for k in self.neurons[self.layers[-1]]})
        for name in {*OF_LAYERS, "loss_of_example", "loss_of_step"} - {"weigh", "activate"}:
            self.program[name] = lambda *of_layer: None
        self.program["step_loss"] = {}
        self.start_step = lambda step: None

    # the program

    def whole_program(self):
        """Return the program, a dictionary of functions and tables, each layer with the mistakes that are made there."""
        self.programs = {}
        example_places, self.places_of_steps = places(self.quantities)
        kind = NotedDecimals if self.kind is Decimal else NotedTable
        self.tables = {name: kind(name, self.notes, example_places[name]) for name in (*OF_EXAMPLES, "E")}
        self.tables.update({name: kind(name, self.notes, {}) for name in (*NOTED_AT_ONCE, "w", "b", "t")})
        self.tables["clock"] = dict.fromkeys(self.layers, self.descent.steps)
        self.tables["step_loss"] = StepLoss(self)
        everywhere = tuple(mistake.diff for mistake in self.mistakes if mistake.place == NO_PLACE)
        program = self.program_with(everywhere)
        for name in OF_LAYERS if len(everywhere) < len(self.mistakes) else ():
            program[name] = by_layer([self.program_with(self.made_in(l, name))[name] for l in self.layers])
        step = program["step"]

        def noted_step(examples, *moving):
            number = self.step_of[examples[0]]
            self.start_step(number)
            self.whole = not moving and len(examples) == len(self.example_numbers[number - 1])
            self.repeated = bool(moving)
            step(examples, *moving)

        program["step"] = noted_step
        self.reorder(program["reported_order"])
        if not self.quantities.moves:
            program["move_weights"] = program["move_biases"] = lambda l: None
        return program

    def reorder(self, order):
        """Let the weights of a layer, and their gradients, be reported in the order that the program says."""
        place_of = {key: place for l in self.layers for place, key in enumerate(order(l))}
        if list(place_of) == [(l, j, i) for l in self.layers for j in self.neurons[l] for i in self.neurons[l - 1]]:
            return

        def moved(found):
            return {key: (quantity, place_of[(key[0], *key[-2:])]) for key, (quantity, _) in found.items()}

        self.tables["dw"].places = moved(self.tables["dw"].places)
        of_weights = ("gw", "w", *(name for name, _ in MEMORIES.values()))
        self.places_of_steps = {
            step: {name: moved(found[name]) if name in of_weights else found[name] for name in found}
            for step, found in self.places_of_steps.items()
        }

    def program_with(self, diffs):
        """Return the program with some diffs applied, which shares all tables with the others."""
        if diffs not in self.programs:
            self.programs[diffs] = program = {}
            for part in compiled(diffs):
                exec(part, program)
            constants = {name: value for name, value in program.items() if isinstance(value, float)}
            program.update({name: self.number(str(value)) for name, value in constants.items()})
            program.update(self.tables)
            program.update(self.settings)
        return self.programs[diffs]

    def made_in(self, l, name):
        """Return the diffs of the mistakes that are made in a function of a layer."""
        part = "weights" if name in OF_WEIGHTS else "biases" if name in OF_BIASES else "neither"
        last = self.layers[-1]
        here = {None, l, LAST if l == last else HIDDEN, self.network.layers[l].neurons[0].activation.name}
        found = [each for each in self.mistakes if each.place[0] in here and each.place[1] in (None, part)]
        return tuple(mistake.diff for mistake in found)

    @functools.cached_property
    def settings(self):
        """The other names of the program, a dictionary."""
        layers = self.network.layers
        activations = {
            (l, j): neuron.activation for l, layer in enumerate(layers) for j, neuron in enumerate(layer.neurons)
        }
        return {
            "layers": self.layers,
            "last": self.layers[-1],
            "neurons": self.neurons,
            "f": {place: activation.name for place, activation in activations.items()},
            "units": {activation.name: activation for activation in activations.values()},
            "loss": self.network.loss.name,
            "rate": self.descent.learning_rate,
            "descent": self.descent.name,
            "decay": self.descent.weight_decay,
            "eps": getattr(self.descent, "epsilon", 0),
            **{name: getattr(self.descent, name, 0) for name in ("momentum", "beta1", "beta2")},
            "mean": self.gradient == "mean",
            "shared": {l for l, layer in enumerate(layers) if getattr(layer, "shares_bias", False)},
            "frozen": getattr(self.descent, "frozen", False),
            **FUNCTIONS,
        }

    @property
    def kind(self):
        """The kind of number that the weights are."""
        return type(self.network.layers[0].neurons[0].weights[0])

    def number(self, text):
        """Return a number from its text: of the kind of the weights, if these are floats or Decimals, or else a float."""
        return self.kind(text) if issubclass(self.kind, (float, Decimal)) else float(text)

    # the tables

    def fill_tables(self):
        """Put the given numbers into the tables."""
        outputs, targets = self.tables["y"], self.tables["t"]
        for n, (inputs, wanted) in enumerate(example for batch in self.steps for example in batch):
            dict.update(outputs, {(-1, n, i): y for i, y in enumerate(inputs)})
            targets.update({(n, k): target for k, target in enumerate(wanted or ())})
        self.at(0)
        for l, layer in enumerate(self.network.layers):
            for j, neuron in enumerate(layer.neurons):
                for i, weight in enumerate(neuron.weights):
                    self.tables["w"][l, j, i] = weight
                self.tables["b"][l, j] = neuron.bias
        for kind in MEMORIES:
            self.fill_memory(kind, (self.descent.memories or {}).get(kind) or self.descent.zeros(self.network))

    def fill_memory(self, kind, rows):
        """Put what a descent remembers at first into its tables."""
        of_weights, of_biases = (self.tables[name] for name in MEMORIES[kind])
        for (l, j), (*numbers, of_bias) in zip(self.places_of_neurons(), rows):
            for i, number in enumerate(numbers):
                number = self.given(number, f"weight_{kind}", l, j * len(numbers) + i)
                dict.__setitem__(of_weights, (l, j, i), number)
            dict.__setitem__(of_biases, (l, j), self.given(of_bias, f"bias_{kind}", l, j))

    def places_of_neurons(self):
        """Return layer and place of each neuron."""
        return [(l, j) for l in self.layers for j in self.neurons[l]]

    def start_step(self, step):
        """Say which step begins; it may be going on already."""
        if step == self.begun:
            return
        super().start_step(step)
        self.begun = step
        self.penalty_now = self.penalty()
        for name in NOTED_AT_ONCE:
            self.tables[name].places = self.places_of_steps[step][name]

    def finish_step(self, loss):
        """Note what is known when a step is over: its loss, and the new weights and biases."""
        loss = self.note(loss, "loss")
        if self.penalty_now is not None:
            self.note(loss + self.penalty_now, "penalized_loss")
        for name in ("w", "b"):
            table = self.tables[name]
            for key, (quantity, place) in self.places_of_steps[self.step][name].items():
                if table[key] is not None:
                    table[key] = self.notes.note(table[key], quantity, place)
        self.write_back()
        self.end_of_step()

    def write_back(self):
        """Give the network the weights and biases of the tables."""
        for l, layer in enumerate(self.network.layers):
            for j, neuron in enumerate(layer.neurons):
                neuron.weights = [self.tables["w"][l, j, i] for i in self.neurons[l - 1]]
                neuron.bias = self.tables["b"][l, j]

    def memories(self):
        """Return what a descent remembers, as it keeps it: for each neuron a list, the bias's last."""
        found = {}
        for kind in self.descent.kinds:
            of_weights, of_biases = (self.tables[name] for name in MEMORIES[kind])
            found[kind] = [
                [of_weights[l, j, i] for i in self.neurons[l - 1]] + [of_biases[l, j]]
                for l, j in self.places_of_neurons()
            ]
        return found

    def take_velocities(self, velocities):
        """Go on with other velocities."""
        for (l, j), (*of_weights, of_bias) in zip(self.places_of_neurons(), velocities):
            dict.update(self.tables["v"], {(l, j, i): velocity for i, velocity in enumerate(of_weights)})
            dict.__setitem__(self.tables["vb"], (l, j), of_bias)

    def is_computed_again(self, quantity):
        """Return whether the program computes a number more than once in the step that is running.

        Then somebody else's own number does not take its place, since the program would compute it from itself.
        """
        if quantity.kind in ("weights", "biases"):
            return False
        return self.repeated if quantity.example is not None else not self.whole

    # forward alone

    def forward(self, examples):
        """Put examples through the network."""
        for l in self.layers:
            self.program["weigh"](l, examples)
            self.program["activate"](l, examples)

    @property
    def follows_velocities(self):
        """Whether no mistake is in the way that weights and biases move."""
        return not any(functions_changed(mistake.diff).intersection(BY_VELOCITY) for mistake in self.mistakes)

    def second_pass(self):
        """Put the examples of the last step through the new weights."""
        examples = self.example_numbers[-1]
        example_places, _ = places(self.quantities, after=True)
        for name in ("x", "y", "g", "E"):
            self.tables[name].places = example_places[name]
        self.forward(examples)
        for n in examples:
            self.tables["E"][n] = self.program["loss_of_example"](n)
        self.program["from_loss"](self.layers[-1], examples)
        self.at("after")
        self.note(self.program["loss_of_step"](examples), "loss")


def of_numbers(function):
    """Return a function of a number, of which an expression is taken by its value; it then has no formula."""

    def of_number(number):
        return Expression(function(number.value)) if isinstance(number, Expression) else function(number)

    return of_number


def as_float32(value):
    """Return a number as a float32 holds it, of the kind that it was."""
    return type(value)(struct.unpack("f", struct.pack("f", float(value)))[0])


def rounded(value):
    """Return the nearest whole number, of the kind that a number was."""
    return type(value)(round(value))


FLOATS = SimpleNamespace(exp=of_numbers(math.exp), log=of_numbers(math.log))  # what programs use, where it overflows
FUNCTIONS = {"math": FLOATS, "float32": of_numbers(as_float32), "round": of_numbers(rounded), "int": of_numbers(int)}


def by_layer(functions):
    """Return a function of a layer that calls that of its own."""
    return lambda l, *rest: functions[l](l, *rest)


def train_plainly(network, batch, descent, gradient, mistakes):
    """Do one step of a training by the plain program with mistakes in it."""
    sizes, has_bias = shape_of(network)
    quantities = quantities_of(tuple(sizes), tuple(has_bias), (len(batch),), not isinstance(descent, NoDescent), False)
    recording = PlainRecording(Training(network, [batch], descent, gradient), NoNotes(), quantities, mistakes)
    recording.run()
    descent.memories, descent.steps = recording.memories(), descent.steps + 1


class NoNotes:
    """A note-taker that keeps nothing."""

    def given(self, value, quantity, place):
        return value

    note = given


@functools.lru_cache(maxsize=64)
def places(quantities, after=False):
    """Return the quantities and places that table keys have: of each table of examples, and of each step and table.

    `after` is true for the pass through the new weights.
    """
    of_examples = {name: {} for name in (*OF_EXAMPLES, "E")}
    of_steps = {}
    for (step, example), found in quantities.at.items():
        if example is None and step in range(1, len(quantities.batch_sizes) + 1):
            of_steps[step] = {name: {} for name in OF_STEPS}
            for name, kind in OF_STEPS.items():
                for l in quantities.layers:
                    add_places(of_steps[step][name], found.get((kind, l)), (l,))
        if example is None or (step == "after") != after:
            continue
        if ("loss", None) in found:
            of_examples["E"][example - 1] = (found["loss", None], 0)
        for name, kind in OF_EXAMPLES.items():
            for l in quantities.layers:
                add_places(of_examples[name], found.get((kind, l)), (l, example - 1))
    return of_examples, of_steps


def add_places(found, quantity, key):
    """Add the places of the numbers of a quantity to a dictionary, by a key and the numbers of neuron and input."""
    for place in range(quantity.size if quantity else 0):
        neuron = divmod(place, quantity.shape[1]) if len(quantity.shape) == 2 else (place,)
        found[(*key, *neuron)] = (quantity, place)
