"""JSON files, checked field by field, and the networks in them. Cases and saved networks share this.

    {"loss": "half squared error", "layers": [{"activation": "sigmoid", "weights": [[…], …], "biases": […]}, …]}

weights[j][i] leads from input i to neuron j; a bias of null means no bias. The activation softmax makes a softmax layer;
a list of names gives each neuron its own.
"""

from decimal import Decimal

from purenet.activations import Identity, ReLU, Sigmoid, Tanh
from purenet.checks import layer_letter
from purenet.errors import NetworkError, check_number
from purenet.initialization import layer_of
from purenet.losses import BinaryCrossEntropy, CrossEntropy, HalfSquaredError, MeanSquaredError, SquaredError
from purenet.network import Network
from purenet.perceptron import BipolarSigmoid, Sign, SignFromZero, Threshold, ThresholdFromZero
from purenet.softmax import Softmax

ACTIVATIONS = {kind.name: kind for kind in (Identity, Sigmoid, Tanh, ReLU, Softmax, BipolarSigmoid)}
ACTIVATIONS.update({kind.name: kind for kind in (Threshold, ThresholdFromZero, Sign, SignFromZero)})
LOSSES = {
    kind.name: kind for kind in (HalfSquaredError, SquaredError, MeanSquaredError, BinaryCrossEntropy, CrossEntropy)
}


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
            self.fail(field, f"has the field {unknown[0]!r}, which is not known here; known are {known}")
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
        return value

    def text(self, data, field):
        if not isinstance(data, str):
            self.fail(field, f"must be a text in quotation marks, not {json_excerpt(data)}")
        return data

    def one_of(self, name, field, known):
        if not isinstance(name, str) or name not in known:
            self.fail(field, f"is {json_excerpt(name)} but must be one of: {', '.join(known)}")
        return known[name]

    # networks

    def network(self, data, field="network"):
        """Return the description of a network: a `NetworkData`, checked."""
        fields = self.fields(data, field, required=("layers",), optional=("loss",))
        loss = self.one_of(fields.get("loss", "half squared error"), f"{field}.loss", LOSSES)
        layers = self.list(fields["layers"], f"{field}.layers")
        found = NetworkData([self.layer(layer, f"{field}.layers[{n}]", n) for n, layer in enumerate(layers)], loss)
        try:
            found.build()  # the network itself checks that its sizes fit
        except NetworkError as error:
            raise NetworkError(f"{self.where}: {error}") from None
        return found

    def layer(self, data, field, number):
        """Return one layer as a list of (weights, bias, activation class), one for each neuron."""
        fields = self.fields(data, field, required=("activation", "weights"), optional=("biases",))
        letter = layer_letter(number + 1)
        weights = [
            self.numbers(row, f"{field}.weights[{j}]", f"neuron {letter}{j + 1}")
            for j, row in enumerate(self.list(fields["weights"], f"{field}.weights"))
        ]
        biases = [None] * len(weights)
        if fields.get("biases") is not None:
            biases = self.one_each(fields["biases"], f"{field}.biases", "number", weights)
        for j, bias in enumerate(biases):
            if bias is not None:
                biases[j] = self.number(bias, f"{field}.biases[{j}]", f"neuron {letter}{j + 1}")
        names = fields["activation"]
        if isinstance(names, list):
            names = self.one_each(names, f"{field}.activation", "name", weights)
            kinds = [self.one_of(name, f"{field}.activation[{j}]", ACTIVATIONS) for j, name in enumerate(names)]
            if Softmax in kinds:
                self.fail(f"{field}.activation", "cannot give softmax to single neurons: it is of a whole layer")
        else:
            kinds = [self.one_of(names, f"{field}.activation", ACTIVATIONS)] * len(weights)
        return list(zip(weights, biases, kinds))

    def one_each(self, data, field, thing, weights):
        if len(self.list(data, field)) != len(weights):
            sizes = f"it has {len(data)}, the layer {len(weights)}"
            self.fail(field, f"must have a {thing} for each neuron of the layer: {sizes}")
        return list(data)


class NetworkData:
    """A network as a file describes it: `build()` makes a new one, with numbers of any type."""

    def __init__(self, layers, loss):
        self.layers = layers
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


def json_excerpt(data):
    """Return a value for a message, as it appears in JSON, shortened."""
    lists = "a list" if data else "an empty list"
    names = {dict: "an object", list: lists, type(None): "null", bool: str(data).lower()}
    return names.get(type(data)) or (repr(data) if isinstance(data, str) else str(data))[:60]
