"""The quantities of a training: every number that it has, by two names, in the order in which they depend on each other.

    step1.example1.J.net_input          of one example: also output, output_gradient (∂E/∂y), delta, weight_gradients and
    step1.example1.loss                     bias_gradients, those of this example alone
    step1.loss                          of the step: the mean or the sum over its examples, as the training says
    step1.J.weight_gradients            likewise, and bias_gradients
    step1.penalty                       λ/2·Σ w², where weights decay, and penalized_loss, the loss with it
    step1.J.weight_velocities           and bias_velocities, where there is momentum or decay; or, of Adam,
                                            weight_first_moments, weight_second_moments and both of these corrected
    step1.J.weights                     after the step, and biases
    after.example1.J.net_input          of the pass through the new weights, after the last step: also output, loss, …
    after.loss                          of all examples of the last step, if it has several
    epoch1.loss                         the mean over all examples, each while its step was computed, as programs print it

These names are for machines. In print, a quantity has a symbol, δ_j1, which Quantity.symbol knows. Examples are numbered
through all steps. A weight of neuron j from input i is at [j][i]. Given numbers are those of step 0, or of layer I.
"""

import functools
from collections import namedtuple

from purenet.arithmetic.notation import Symbol
from purenet.checks import layer_letter

BASES = {
    "net_input": "x",
    "output": "y",
    "targets": "t",
    "loss": "E",
    "output_gradient": "∂E/∂y",
    "delta": "δ",
    "weight_gradients": "∇w",
    "bias_gradients": "∇b",
    "penalty": "Ω",
    "penalized_loss": "L",
    "weights": "w",
    "biases": "b",
}
MEMORIES = {  # what descents remember of each weight and each bias: weight_velocities, bias_velocities, …
    "velocities": "v",
    "first_moments": "m",
    "second_moments": "v",
    "corrected_first_moments": "m̂",
    "corrected_second_moments": "v̂",
}
SETTINGS = {  # of descents
    "η": "learning_rate",
    "μ": "momentum",
    "β₁": "beta1",
    "β₂": "beta2",
    "ε": "epsilon",
    "λ": "weight_decay",
}
BASES.update({f"{part}_{kind}": base for kind, base in MEMORIES.items() for part in ("weight", "bias")})
BASES.update({kind: symbol for symbol, kind in SETTINGS.items()})
OF_WEIGHTS = ("weights", "weight_gradients", *(f"weight_{kind}" for kind in MEMORIES))
OF_PARAMETERS = ("w", "b", *MEMORIES.values())  # symbols that are marked by the steps that are over, and by no example


class Quantity(namedtuple("Quantity", "name kind step example layer shape marks")):
    """A list of numbers with one name: its kind ("delta"), step, example (None: of the step), layer number, and shape.

    `marks` are those of its symbols: the steps that are over, and the example, None where there is only one.
    """

    @property
    def size(self):
        size = 1
        for length in self.shape:
            size *= length
        return size

    @property
    def letter(self):
        """The letter of the layer: I, J, K, …; "" for a loss."""
        return "" if self.layer is None else layer_letter(self.layer + 1).upper()

    @functools.lru_cache(maxsize=10_000)  # a case is run hundreds of times
    def symbol(self, place=0):
        """Return the printed name of the number at a place of the flat list."""
        return Symbol(BASES[self.kind], self.subscript(place), *self.marks)

    def subscript(self, place):
        """Return the neuron of a number, "j1", or what its weight joins, "i1j1"."""
        if self.layer is None:
            return ""
        after = layer_letter(self.layer + 1)
        if len(self.shape) == 1:
            return f"{after}{place + 1}"
        j, i = divmod(place, self.shape[1])
        return f"{layer_letter(self.layer)}{i + 1}{after}{j + 1}"

    def number_name(self, place=0):
        """Return the name of one number for machines: step1.J.weights[0][1]."""
        if not self.shape:
            return self.name
        places = divmod(place, self.shape[1]) if len(self.shape) == 2 else (place,)
        return self.name + "".join(f"[{place}]" for place in places)


class Quantities:
    """The quantities of a training: of a network with layers of some sizes, in steps of so many examples.

    `settings` and `memories` are those of the descent (see descent.py), and `penalty` says whether the loss has one.

    `list` holds those that are computed, each after those that it depends on, and `given` the others. `at` finds them:
    by step and example, then by kind and layer.
    """

    def __init__(
        self,
        sizes,
        has_bias,
        batch_sizes,
        settings=("learning_rate",),
        memories=(),
        penalty=False,
        second_pass=False,
        moves=True,
        only_forward=False,
    ):
        self.sizes = sizes
        self.has_bias = has_bias
        self.batch_sizes = batch_sizes
        self.layers = range(len(sizes) - 1)
        self.moves, self.only_forward = moves, only_forward
        self.list, self.given, self.at = [], [], {}
        self.memories = memories
        remembered = [f"{part}_{kind}" for kind in memories for part in ("weight", "bias")]
        at_first = [kind for kind in remembered if "corrected" not in kind]
        for layer in self.layers:
            self.add(0, None, (0, None), layer, "weights", "biases", *at_first)
        self.add(0, None, (0, None), None, *(settings if moves else ()))
        several, example = sum(batch_sizes) > 1, 0
        for step, batch_size in enumerate(batch_sizes, start=1):
            first = example + 1
            for example in range(first, first + batch_size):
                self.add_example(step, example, (0, example if several else None))
            if only_forward:
                continue
            before, after = (step - 1, None), (step, None)
            alone = (0, example if several else None) if batch_size == 1 else before
            self.add(step, None, alone, None, "loss")
            self.add(step, None, before, None, *["penalty", "penalized_loss"] * penalty)
            for layer in self.layers:
                self.add(step, None, alone, layer, "weight_gradients", "bias_gradients")
            for layer in self.layers if moves else ():
                self.add(step, None, after, layer, *remembered)
            for layer in self.layers if moves else ():
                self.add(step, None, after, layer, "weights", "biases")
        for example in range(first, example + 1) if second_pass else ():
            self.add_forward("after", example, (step, example if several else None))
        if second_pass and batch_sizes[-1] > 1:
            self.add("after", None, (step, None), None, "loss")

    def add_example(self, step, example, marks):
        last = self.layers[-1]
        self.add(step, example, marks, -1, "output")
        if not self.only_forward:
            self.add(step, example, marks, last, "targets")
        self.add_forward(step, example, marks)
        if self.only_forward:
            return
        for layer in reversed(self.layers):
            self.add(step, example, marks, layer, "output_gradient", "delta", "weight_gradients", "bias_gradients")

    def add_forward(self, step, example, marks):
        for layer in self.layers:
            self.add(step, example, marks, layer, "net_input", "output")
        if not self.only_forward:
            self.add(step, example, marks, None, "loss")
        if step == "after":
            self.add(step, example, marks, self.layers[-1], "output_gradient")

    def add(self, step, example, marks, layer, *kinds):
        """Add the quantities of some kinds; a layer without biases has none of theirs."""
        place = ("after." if step == "after" else f"step{step}.") + (f"example{example}." if example else "")
        place += "" if layer is None else layer_letter(layer + 1).upper() + "."
        shape = () if layer is None else (self.sizes[layer + 1],)
        found = self.at.setdefault((step, example), {})
        for kind in kinds:
            if not (kind.startswith("bias") and not self.has_bias[layer]):
                whole = shape + (self.sizes[layer],) if kind in OF_WEIGHTS else shape
                found[kind, layer] = quantity = Quantity(place + kind, kind, step, example, layer, whole, marks)
                is_given = step == 0 or kind == "targets" or layer == -1
                (self.given if is_given else self.list).append(quantity)


def quantities(case):
    """Return the list of every `Quantity` of a case that has a certified value, each after those it depends on."""
    return certified_quantities(case).list


EPOCH_LOSS = Quantity("epoch1.loss", "loss", None, None, None, (), (0, None))


def reportable(case):
    """Return the list of every `Quantity` that a program may report: those, and last the mean loss of the epoch."""
    return [*quantities(case), EPOCH_LOSS] if losses_of_examples(quantities(case)) else quantities(case)


def losses_of_examples(quantities):
    """Return the quantities whose mean is the loss of the epoch."""
    return [quantity for quantity in quantities if quantity.kind == "loss" and isinstance(quantity.example, int)]


def certified_quantities(case, memories=()):
    """Return the `Quantities` of a case that have certified values: all but penalties, and what descents remember."""
    layers = case.network_data.layers
    has_bias = tuple(any(bias is not None for _, bias, _ in layer) for layer in layers)
    moves, only_forward = case.learning_rate is not None, case.examples[0][1] is None
    return quantities_of(
        tuple(case.network_data.sizes), has_bias, tuple(case.batch_sizes), moves, only_forward, memories
    )


def written_quantities(case):
    """Return the `Quantities` of a case that a person writes down: those, and what its descent remembers."""
    descent = None if case.learning_rate is None else case.descent()
    return certified_quantities(case, () if descent is None or descent.is_plain else descent.kinds)


@functools.lru_cache(maxsize=64)  # a diagnosis runs a case hundreds of times, and would make them again each time
def quantities_of(sizes, has_bias, batch_sizes, moves, only_forward, memories=()):
    return Quantities(sizes, has_bias, batch_sizes, memories=memories, moves=moves, only_forward=only_forward)


def shape_of(network):
    """Return the sizes of the layers of a network, that of the inputs first, and which of the layers have biases."""
    sizes = [len(network.layers[0].neurons[0].weights)] + [len(layer.neurons) for layer in network.layers]
    return sizes, [any(neuron.bias is not None for neuron in layer.neurons) for layer in network.layers]
