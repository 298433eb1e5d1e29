"""Cases: worked examples as JSON files, each a network, examples, a learning rate and its source.

The built-in ones lie in this folder; a user's own file works the same way. The fields, those in [ ] optional:

    format_version   1
    id, title        names; [source] where the example comes from, an object of texts
    network          {"layers": [{"activation": "sigmoid", "weights": [[…], …], ["biases": […]]}, …], ["loss": …]}
                     weights[j][i] leads from input i to neuron j; a bias that is null does not exist
    examples         [{"inputs": […], "targets": […]}, …]
    learning_rate    a number
    [rounding]       what a person rounds (see purenet/arithmetic/pencil.py)
    [published]      digits to compare with: {"δ_j1": "0.0227", …}
"""

import os
import re
from decimal import Decimal

from purenet.activations import ACTIVATIONS
from purenet.arithmetic.pencil import Pencil
from purenet.errors import NetworkError, check_number
from purenet.files import read_json
from purenet.layer import Layer
from purenet.losses import LOSSES
from purenet.network import Network, layer_letter
from purenet.neuron import Neuron

FOLDER = os.path.dirname(os.path.abspath(__file__))


def case_names():
    """Return the names of the built-in cases, in alphabetical order."""
    return sorted(name[: -len(".json")] for name in os.listdir(FOLDER) if name.endswith(".json"))


def load_case(name):
    """Return the built-in case of that name, or the case in the file of that path; raise NetworkError if there is none."""
    name = os.fspath(name)
    if name in case_names():
        return Case(read_json(os.path.join(FOLDER, f"{name}.json")), name)
    if os.path.exists(name) or re.search(r"[/\\]|\.json$", name):
        return Case(read_json(name), name)
    raise NetworkError(
        f"there is no case {name!r}: built in are {', '.join(case_names())}; a file of your own ends in .json"
    )


class Case:
    """A case, checked: `network()` builds its network afresh; numbers are Decimal, exactly as written in the file."""

    def __init__(self, data, where="the case"):
        """Take what a JSON file holds; raise NetworkError naming the first field that is not as it should be."""
        self.where = where
        data = self.fields(
            data,
            "",
            required=("format_version", "network", "examples", "learning_rate"),
            optional=("id", "title", "source", "rounding", "published"),
        )
        if type(data["format_version"]) is not int or data["format_version"] != 1:
            self.fail("format_version", f"is {shown(data['format_version'])}, and this purenet reads 1")
        self.title = self.text(data.get("title", os.path.basename(where)), "title")
        self.id = self.text(data.get("id", self.title), "id")
        self.source = data.get("source", {})
        for name in self.fields(self.source, "source"):
            self.text(self.source[name], f"source.{name}")
        network = self.fields(data["network"], "network", required=("layers",), optional=("loss",))
        self.loss = self.one_of(network.get("loss", "half squared error"), "network.loss", LOSSES)
        self.layers = [
            self.layer(layer, number) for number, layer in enumerate(self.list(network["layers"], "network.layers"))
        ]
        self.examples = [self.example(example, n) for n, example in enumerate(self.list(data["examples"], "examples"))]
        self.learning_rate = self.number(data["learning_rate"], "learning_rate")
        self.rounding = data.get("rounding")
        self.published = self.fields(data.get("published", {}), "published")
        self.check_published()
        self.check_network()

    def network(self, number=float):
        """Return a new network whose weights and biases are of a kind of number: float, Decimal, Fraction, …"""
        layers = []
        for activation, weights, biases in self.layers:
            neurons = []
            for row, bias in zip(weights, biases):
                neurons.append(Neuron([number(w) for w in row], None if bias is None else number(bias), activation()))
            layers.append(Layer(neurons))
        return Network(layers, self.loss())

    def example(self, data, n):
        where = f"examples[{n}]"
        fields = self.fields(data, where, required=("inputs", "targets"))
        return self.numbers(fields["inputs"], f"{where}.inputs"), self.numbers(fields["targets"], f"{where}.targets")

    def layer(self, data, number):
        where = f"network.layers[{number}]"
        fields = self.fields(data, where, required=("activation", "weights"), optional=("biases",))
        activation = self.one_of(fields["activation"], f"{where}.activation", ACTIVATIONS)
        letter = layer_letter(number + 1)
        weights = [
            self.numbers(row, f"{where}.weights[{j}]", f"neuron {letter}{j + 1}")
            for j, row in enumerate(self.list(fields["weights"], f"{where}.weights"))
        ]
        biases = fields.get("biases")
        if biases is None:
            return activation, weights, [None] * len(weights)
        biases = list(self.list(biases, f"{where}.biases"))
        if len(biases) != len(weights):
            self.fail(
                f"{where}.biases",
                f"must have a number for each neuron of the layer: it has {len(biases)}, the layer {len(weights)}",
            )
        for j, bias in enumerate(biases):
            if bias is not None:
                biases[j] = self.number(bias, f"{where}.biases[{j}]", f"neuron {letter}{j + 1}")
        return activation, weights, biases

    def check_network(self):
        """Build the network once: it says itself which sizes do not fit. Then the same for rounding and examples."""
        from purenet.trace.record import check_example

        try:
            network = self.network()
            if self.rounding is not None:
                Pencil(self.rounding)
        except NetworkError as error:
            raise NetworkError(f"{self.where}: {error}") from None
        for n, (inputs, targets) in enumerate(self.examples):
            try:
                check_example(network, inputs, targets)
            except NetworkError as error:
                raise NetworkError(f"{self.where}: examples[{n}]: {error}") from None

    def check_published(self):
        from purenet.trace.record import check_digits

        for name, digits in self.published.items():
            try:
                check_digits(name, digits)
            except NetworkError as error:
                self.fail("", f": {error}")

    # what a field must be

    def fail(self, field, problem):
        raise NetworkError(
            f"{self.where}: {field} {problem}" if field else f"{self.where} {problem}".replace(" : ", ": ")
        )

    def fields(self, data, field, required=(), optional=()):
        """Return an object, with all required fields; with any others at all only if none are named here."""
        if not isinstance(data, dict):
            self.fail(field, f"must be an object in curly brackets, not {shown(data)}")
        for name in required:
            if name not in data:
                self.fail(field, f"lacks the field {name!r}")
        unknown = sorted(set(data) - {*required, *optional}) if required else []
        if unknown:
            known = ", ".join([*required, *optional])
            self.fail(field, f"has the field {unknown[0]!r}, which is not known here; known are {known}")
        return data

    def list(self, data, field):
        if not isinstance(data, list) or not data:
            self.fail(field, f"must be a list in square brackets with something in it, not {shown(data)}")
        return data

    def numbers(self, data, field, owner=None):
        return [self.number(value, f"{field}[{n}]", owner) for n, value in enumerate(self.list(data, field))]

    def number(self, value, field, owner=None):
        """Return a number that a float can hold."""
        what = f"{self.where}: {field}" + (f" ({owner})" if owner else "")
        if type(value) not in (int, float, Decimal):
            raise NetworkError(f"{what} must be a number, not {shown(value)}")
        check_number(float(value), what)
        return Decimal(str(value))

    def text(self, data, field):
        if not isinstance(data, str):
            self.fail(field, f"must be a text in quotation marks, not {shown(data)}")
        return data

    def one_of(self, name, field, known):
        if not isinstance(name, str) or name not in known:
            self.fail(field, f"is {shown(name)} but must be one of: {', '.join(known)}")
        return known[name]


def shown(data):
    """Return a value as it stands in JSON, shortened."""
    text = {
        dict: "an object",
        list: "a list" if data else "an empty list",
        type(None): "null",
        bool: str(data).lower(),
    }.get(type(data))
    return text or (repr(data) if isinstance(data, str) else str(data))[:60]
