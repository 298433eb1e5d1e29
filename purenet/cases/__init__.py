"""Cases: worked examples as JSON files, each a network, examples, a learning rate and its source.

The built-in ones are in this folder; a user's own file works the same way. The fields, those in [ ] optional:

    [format_version] 1
    [id], [title]    names, by default that of the file; [source] where the example comes from, an object of texts
    network          layers, weights and biases (see purenet/storage/network_json.py)
    examples         [{"inputs": […], ["targets": […]]}, …]; without targets, there is only a forward pass
    [learning_rate]  a number; without one, no weight moves
    [rounding]       how a person rounds: 4 is to 4 decimals everywhere (see purenet/arithmetic/pencil.py)
    [published]      digits to compare with: {"δ_j1": "0.0227", …} (see purenet/cases/published.py)

and those of a golden case, whose values are certified (see purenet/golden):

    [batch_sizes]    the examples of each training step, in order: [4, 2]; by default each step has one
    [gradient]       "mean" over the examples of a step, the default, or "sum"
    [descent]        "gradient", the default, "nesterov", "adam" or "adamw" (see purenet/descent.py)
    [momentum], [weight_decay]   numbers, by default 0; [beta1], [beta2], [epsilon], of Adam, which has no momentum
    [trained_biases] false where biases stay as they are; then a bias that a layer shares stays, too
    [revision]       counts the corrections of certified values; [errata] lists them
    [license]        of the data; [blind_to] the mistakes that this case cannot show
    [certified]      the values, written by `purenet golden generate`
"""

import os
import re
from itertools import accumulate

from purenet.arithmetic.pencil import Pencil
from purenet.cases.biases import freeze_biases, share_bias
from purenet.cases.descents import ALL_SETTINGS, SETTINGS, check_fields, descent_of
from purenet.cases.edges import kind_of_number
from purenet.cases.published import published_groups
from purenet.checks import check_example
from purenet.errors import NetworkError, count, quoted
from purenet.storage.files import file_name, read_json
from purenet.storage.network_json import Reader, json_excerpt

FOLDER = os.path.dirname(os.path.abspath(__file__))


def case_names():
    """Return the names of the built-in cases, in alphabetical order."""
    return sorted(name[: -len(".json")] for name in os.listdir(FOLDER) if name.endswith(".json"))


def case_titles():
    """Return the titles of the built-in cases, a dictionary from their names."""
    return {name: read_json(os.path.join(FOLDER, f"{name}.json"))["title"] for name in case_names()}


def load_case(name):
    """Return the built-in case of that name, or the case in the file of that path; raise NetworkError if there is none."""
    return Case(*read_case(name))


def read_case(name):
    """Return the data of the built-in case of that name, or of the case in a file, and what messages call it."""
    name = os.fspath(name)
    if name in case_names():
        return read_json(os.path.join(FOLDER, f"{name}.json")), name
    if name == "-" or os.path.exists(name) or re.search(r"[/\\]|\.json$", name):
        return read_json(name), file_name(name)
    raise NetworkError(
        f"there is no case {quoted(name)}: `purenet cases` lists those that are built in; a file of your own ends in .json"
    )


class Case:
    """A case, checked. Numbers are Decimal, exactly as written in the file; each `network()` is a new one."""

    def __init__(self, data, where="the case"):
        """Take data from a JSON file; raise NetworkError naming the first field that is not as it should be."""
        reader = Reader(where)
        data = reader.fields(
            data,
            "",
            required=("network", "examples"),
            optional=(
                *("format_version", "learning_rate", "id", "title", "source", "rounding", "published"),
                *("batch_sizes", "gradient", "descent", "momentum", "beta1", "beta2", "epsilon"),
                *("weight_decay", "trained_biases", "revision", "errata", "license", "blind_to", "certified"),
            ),
        )
        version = data.get("format_version", 1)
        if type(version) is not int or version != 1:
            reader.fail("format_version", f"is {json_excerpt(version)}, and this purenet reads 1")
        self.title = reader.text(data.get("title", os.path.basename(where)), "title")
        self.id = reader.text(data.get("id", re.sub(r"\.json$", "", os.path.basename(where))), "id")
        self.source = reader.object(data.get("source", {}), "source")
        for name, text in self.source.items():
            reader.text(text, f"source.{name}")
        self.network_data = reader.network(data["network"])
        pairs = reader.list(data["examples"], "examples")
        with_targets = "learning_rate" in data or any(isinstance(pair, dict) and "targets" in pair for pair in pairs)
        self.examples = [example(reader, pair, n, with_targets) for n, pair in enumerate(pairs)]
        self.learning_rate = None
        if "learning_rate" in data:
            self.learning_rate = reader.number(data["learning_rate"], "learning_rate")
        self.check_uses(reader, data, with_targets)
        self.rounding = data.get("rounding")
        self.published = reader.object(data.get("published", {}), "published")
        self.published_groups = published_groups(self.published, f"{where}: published")
        self.golden_fields(reader, data)
        try:
            self.check()
        except NetworkError as error:
            raise NetworkError(f"{where}: {error}") from None

    def check_uses(self, reader, data, with_targets):
        """Raise NetworkError for a field that is of no use, because the case has no targets or no learning rate."""
        for needed, there, fields in (
            (
                "learning_rate",
                self.learning_rate is not None,
                ("descent", *ALL_SETTINGS, "trained_biases", "certified"),
            ),
            ("targets", with_targets, ("gradient", "batch_sizes")),
        ):
            for field in fields:
                if not there and field in data:
                    reader.fail(field, f"is of no use: the case has no {needed}")

    def golden_fields(self, reader, data):
        """Read the fields about training, and those of a golden case."""
        sizes = reader.list(data.get("batch_sizes", [1] * len(self.examples)), "batch_sizes")
        self.batch_sizes = [reader.whole(size, f"batch_sizes[{n}]", 1) for n, size in enumerate(sizes)]
        total = 0
        for size in self.batch_sizes:
            total += size
        if total != len(self.examples):
            reader.fail("batch_sizes", f"add up to {total}, but there are {count(len(self.examples), 'example')}")
        self.gradient = reader.one_of(data.get("gradient", "mean"), "gradient", {"mean": "mean", "sum": "sum"})
        self.descent_name = reader.one_of(data.get("descent", "gradient"), "descent", {name: name for name in SETTINGS})
        try:
            check_fields(self.descent_name, data)
        except NetworkError as error:
            reader.fail("descent", error)
        self.settings = {name: reader.number(data.get(name, 0), name) for name in SETTINGS[self.descent_name]}
        self.trained_biases = data.get("trained_biases", True)
        if not isinstance(self.trained_biases, bool):
            reader.fail("trained_biases", f"must be true or false, not {json_excerpt(self.trained_biases)}")
        self.revision = reader.whole(data.get("revision", 1), "revision", 1)
        self.errata = data.get("errata", [])
        self.license = reader.text(data.get("license", ""), "license")
        self.blind_to = data.get("blind_to", [])
        self.certified = data.get("certified", [])
        for field in ("errata", "blind_to", "certified"):
            if not isinstance(getattr(self, field), list):
                reader.fail(field, f"must be a list in square brackets, not {json_excerpt(getattr(self, field))}")

    @property
    def number(self):
        """The kind of number to compute with: float, or decimals where a unit has an edge that floats miss."""
        return kind_of_number(self)

    def pairs(self, number=float):
        """Return the examples, pairs of inputs and targets, in a kind of number; targets may be None."""
        return [
            ([number(y) for y in inputs], None if targets is None else [number(t) for t in targets])
            for inputs, targets in self.examples
        ]

    def batches(self):
        """Return for each step the numbers of its examples, from 0."""
        ends = list(accumulate(self.batch_sizes))
        return [range(end - size, end) for size, end in zip(self.batch_sizes, ends)]

    def steps(self, number=float):
        """Return for each step its examples, in a kind of number."""
        pairs = self.pairs(number)
        return [[pairs[n] for n in numbers] for numbers in self.batches()]

    def network(self, number=float):
        """Return a new network whose weights and biases are of a kind of number: float, Decimal, Fraction, …"""
        network = self.network_data.build(number)
        for layer, shared in zip(network.layers, self.network_data.shared_biases):
            if shared:
                share_bias(layer)
        if not self.trained_biases:
            freeze_biases(network)
        return network

    def descent(self, number=float):
        """Return the descent of this case, its settings numbers of a kind; raise NetworkError if it has none."""
        if self.learning_rate is None:
            raise NetworkError(
                f"{self.id} has no learning_rate, so nothing can be trained: `purenet walkthrough` shows it"
            )
        settings = {name: number(value) if value else 0 for name, value in self.settings.items()}
        return descent_of(self.descent_name, number(self.learning_rate), settings, self.trained_biases)

    def check(self):
        """Raise NetworkError unless rounding, published digits and examples fit the network."""
        if self.rounding is not None:
            Pencil(self.rounding)
        for group in self.published_groups:
            if self.learning_rate is None and (group.epochs or group.goal is not None):
                raise NetworkError(f"published: {quoted(group.heading)} needs a learning_rate, and the case has none")
        if self.learning_rate is not None:
            self.descent()
        network = self.network()
        for n, (inputs, targets) in enumerate(self.examples):
            try:
                check_example(network, inputs, [0] * self.network_data.sizes[-1] if targets is None else targets)
            except NetworkError as error:
                hint = self.network_data.hint(len(inputs), len(targets or network.layers[-1].neurons))
                raise NetworkError(f"examples[{n}]: {error}{hint}") from None


def example(reader, data, n, with_targets=True):
    """Return one example, a pair of inputs and targets; these are None where a case has none."""
    where = f"examples[{n}]"
    fields = reader.fields(data, where, required=("inputs", "targets") if with_targets else ("inputs",))
    inputs = reader.numbers(fields["inputs"], f"{where}.inputs")
    return inputs, reader.numbers(fields["targets"], f"{where}.targets") if with_targets else None
