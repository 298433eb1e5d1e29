"""JSON files, checked field by field, and the networks in them. Cases and saved networks share this.

    {"loss": "half squared error", "layers": [{"activation": "sigmoid", "weights": [[…], …], "biases": […]}, …]}

weights[j][i] leads from input i to neuron j; a bias of null means no bias. The activation softmax makes a softmax
layer; a list of names gives each neuron its own. Names that other texts use are understood, such as "logistic".

Other texts arrange the numbers of a layer in other ways, and they can be typed in as they are there:

    "weights_by": "input"       weights[i][j]: a row for each input; "neuron", the default, a row for each neuron
    "bias_in": "first", "last"  the biases are in the table: the first or last number of each neuron, or, by input, the
                                first or last row
    "thresholds": […]           instead of biases, for a text that subtracts them: each is a bias with the other sign
    "shared_bias": true         the neurons share one bias, whose gradient is the sum of their deltas; it may be given
                                as one number. Only in cases
"""

from decimal import Decimal
from difflib import get_close_matches

from purenet.activations import Identity, LeakyReLU, ReLU, Sigmoid, Tanh
from purenet.checks import layer_letter
from purenet.errors import NetworkError, as_in_json, check_number, quoted
from purenet.initialization import layer_of
from purenet.losses import BinaryCrossEntropy, CrossEntropy, HalfSquaredError, MeanSquaredError, SquaredError
from purenet.network import Network
from purenet.perceptron import BipolarSigmoid, Sign, SignFromZero, Threshold, ThresholdFromZero
from purenet.softmax import Softmax
from purenet.storage import other_names
from purenet.storage.layer_fields import LayerFields, hint
from purenet.storage.other_names import meanings

ACTIVATIONS = {kind.name: kind for kind in (Identity, Sigmoid, Tanh, ReLU, LeakyReLU, Softmax, BipolarSigmoid)}
ACTIVATIONS.update({kind.name: kind for kind in (Threshold, ThresholdFromZero, Sign, SignFromZero)})
LOSSES = {
    kind.name: kind for kind in (HalfSquaredError, SquaredError, MeanSquaredError, BinaryCrossEntropy, CrossEntropy)
}
LARGEST_WHOLE = 10**18


class Reader:
    """Checks the data in a file; every error begins with `where`, the name of the file, and names the field."""

    def __init__(self, where):
        self.where = where

    def fail(self, field, problem):
        raise NetworkError(f"{self.where}: {field} {problem}" if field else f"{self.where} {problem}")

    def fields(self, data, field, required=(), optional=()):
        """Return an object; raise NetworkError unless it has all required fields, and no others but optional ones."""
        self.object(data, field)
        for name in required:
            if name not in data:
                self.fail(field, f"lacks the field {name!r}")
        unknown = sorted(set(data) - {*required, *optional})
        if unknown:
            known = ", ".join([*required, *optional])
            hint = did_you_mean(unknown[0], [*required, *optional])
            self.fail(field, f"has the field {quoted(unknown[0])}, which is not known here; known are {known}{hint}")
        return data

    def object(self, data, field):
        if not isinstance(data, dict):
            self.fail(field, f"must be an object in curly brackets, not {json_excerpt(data)}")
        return data

    def list(self, data, field):
        if not isinstance(data, list) or not data:
            self.fail(field, f"must be a list in square brackets with something in it, not {json_excerpt(data)}")
        return data

    def numbers(self, data, field, owner=None):
        return [self.number(value, f"{field}[{n}]", owner) for n, value in enumerate(self.list(data, field))]

    def number(self, value, field, owner=None):
        """Return a number that a float can hold, as a Decimal, exactly as written."""
        what = f"{self.where}: {field}" + (f" ({owner})" if owner else "")
        if type(value) not in (int, float, Decimal):
            raise NetworkError(f"{what} must be a number, not {json_excerpt(value)}")
        try:
            check_number(float(value), what)
        except OverflowError:
            raise NetworkError(f"{what} must be a finite number that a float can hold") from None
        return value if isinstance(value, Decimal) else Decimal(str(value))

    def whole(self, value, field, least=0):
        if type(value) is not int or value < least:
            self.fail(field, f"must be a whole number of at least {least}, not {json_excerpt(value)}")
        if value >= LARGEST_WHOLE:
            self.fail(field, f"must be a whole number below {LARGEST_WHOLE:,}, not {json_excerpt(value)}")
        return value

    def text(self, data, field):
        if not isinstance(data, str):
            self.fail(field, f"must be a text in quotation marks, not {json_excerpt(data)}")
        return data

    def one_of(self, name, field, known, others=()):
        """Return what a name stands for; `others` are names of other texts, each with ours that it may mean."""
        meant = meanings(name, known, dict(others)) if isinstance(name, str) else []
        if not meant:
            names = f"is {json_excerpt(name)} but must be one of: {', '.join(known)}"
            self.fail(field, names + did_you_mean(name, [*known, *others]))
        if len(meant) > 1:
            several = " or ".join(f"{own!r} ({known[own].formula})" for own in meant)
            self.fail(field, f"is {json_excerpt(name)}, which not all texts use for the same: say {several}")
        return known[meant[0]]

    # networks

    def network(self, data, field="network"):
        """Return the description of a network: a `NetworkData`, checked."""
        fields = self.fields(data, field, required=("layers",), optional=("loss",))
        loss = self.one_of(fields.get("loss", "half squared error"), f"{field}.loss", LOSSES, other_names.LOSSES)
        layers = [
            LayerFields(self, layer, f"{field}.layers[{n}]", layer_letter(n + 1))
            for n, layer in enumerate(self.list(fields["layers"], f"{field}.layers"))
        ]
        found = NetworkData(layers, loss)
        try:
            found.build()  # the network itself checks that its sizes fit
        except NetworkError as error:
            raise NetworkError(f"{self.where}: {error}{found.hint()}") from None
        return found

    def activation(self, name, field):
        return self.one_of(name, field, ACTIVATIONS, other_names.ACTIVATIONS)


class NetworkData:
    """A network as a file describes it: `build()` makes a new one, with numbers of any type."""

    def __init__(self, layer_fields, loss):
        self.layers = [fields.neurons for fields in layer_fields]  # of each: weights, bias, activation class
        self.shared_biases = [fields.shared for fields in layer_fields]  # whether its neurons share one
        self.layer_fields = layer_fields
        self.loss = loss

    @property
    def sizes(self):
        """The number of inputs, then of the neurons of each layer."""
        return [len(self.layers[0][0][0])] + [len(layer) for layer in self.layers]

    def build(self, number=float):
        """Return a new network; `number` makes its weights and biases: float, Decimal, Fraction, …"""

        def converted(weights, bias, kind):
            return [number(w) for w in weights], None if bias is None else number(bias), kind

        return Network([layer_of([converted(*neuron) for neuron in layer]) for layer in self.layers], self.loss())

    def hint(self, inputs=None, outputs=None):
        """Return what to change, for the end of a message, if tables fit when rows are read as columns; else ""."""
        return hint(self.layer_fields, inputs, outputs)


def did_you_mean(name, known):
    """Return the question whether one of the known names was meant, for the end of a message, or ""."""
    close = get_close_matches(str(name).lower(), known, n=1, cutoff=0.75)
    return f"; did you mean {close[0]!r}?" if close else ""


def json_excerpt(data):
    """Return a value for a message, as it appears in JSON; an object or a list, which should be none, in words."""
    names = {dict: "an object", list: "a list" if data else "an empty list"}
    return names.get(type(data)) or (repr(data)[:60] if isinstance(data, str) else as_in_json(data))
