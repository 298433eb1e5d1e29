"""One layer in a file, in the way that one text or another writes weights and biases. Read network_json.py first."""

from purenet.errors import as_in_json, count

FIELDS = ("biases", "weights_by", "bias_in", "thresholds", "shared_bias")  # those that a layer may lack


class LayerFields:
    """The fields of a layer, checked by a `Reader`; afterwards, `neurons` has weights, bias and activation of each."""

    def __init__(self, reader, data, field, letter):
        self.reader, self.field, self.letter = reader, field, letter
        self.data = reader.fields(data, field, ("activation", "weights"), FIELDS)
        self.by_input = self.choice("weights_by", {"neuron": False, "input": True})
        self.bias_at = self.choice("bias_in", {"first": 0, "last": -1}, None)
        self.shared = data.get("shared_bias", False)
        if not isinstance(self.shared, bool):
            self.fail("shared_bias", f"must be true or false, not {as_in_json(self.shared)}")
        table = self.table()
        biases = self.biases(table)
        self.neurons = list(zip(table, biases, self.activations(len(table))))

    def choice(self, name, known, default=False):
        return self.reader.one_of(self.data[name], f"{self.field}.{name}", known) if name in self.data else default

    def fail(self, name, problem):
        self.reader.fail(f"{self.field}.{name}", problem)

    def owner(self, j):
        return f"neuron {self.letter}{j + 1}"

    def table(self):
        """Return the table of weights, and of biases if they are in it, as a list for each neuron."""
        rows = [
            self.reader.numbers(row, f"{self.field}.weights[{n}]", None if self.by_input else self.owner(n))
            for n, row in enumerate(self.reader.list(self.data["weights"], f"{self.field}.weights"))
        ]
        self.shape = len(rows), len(rows[0])
        self.is_even = all(len(row) == len(rows[0]) for row in rows)
        if not self.by_input:
            return rows
        for n, row in enumerate(rows):
            if len(row) != len(rows[0]):
                sizes = f"has {count(len(row), 'number')}, and weights[0] has {len(rows[0])}"
                self.fail(f"weights[{n}]", f"{sizes}: by input, each row must have one for each neuron")
        return [list(column) for column in zip(*rows)]

    def biases(self, table):
        """Return the bias of each neuron, or None; those that are in the table are taken out of it."""
        given = [name for name in ("biases", "thresholds", "bias_in") if self.data.get(name) is not None]
        if len(given) > 1:
            self.reader.fail(self.field, f"has {given[0]!r} and {given[1]!r}: give the biases in one way only")
        biases = [None] * len(table)
        if self.bias_at is not None:
            if min(map(len, table)) < 2:
                self.fail("weights", 'must have weights besides the biases that "bias_in" says are in it')
            biases = [row.pop(self.bias_at) for row in table]
        elif given:
            biases = self.numbers_or_none(given[0], len(table))
        if self.shared and (None in biases or len(set(biases)) > 1):
            shown = ", ".join("null" if bias is None else str(bias) for bias in biases[:4])
            self.fail("shared_bias", f"is true, so the neurons must have one bias, all the same, not {shown}")
        return biases

    def numbers_or_none(self, name, size):
        """Return a number or None for each neuron, from "biases" or, with the other sign, from "thresholds"."""
        if self.shared and not isinstance(self.data[name], list):
            self.data = {**self.data, name: [self.data[name]] * size}
        values = self.one_each(name, "number", size)
        for j, value in enumerate(values):
            if value is not None:
                value = self.reader.number(value, f"{self.field}.{name}[{j}]", self.owner(j))
                values[j] = value.copy_negate() if name == "thresholds" and value else value
        return values

    def activations(self, size):
        names = self.data["activation"]
        if not isinstance(names, list):
            return [self.reader.activation(names, f"{self.field}.activation")] * size
        names = self.one_each("activation", "name", size)
        kinds = [self.reader.activation(name, f"{self.field}.activation[{j}]") for j, name in enumerate(names)]
        if any(kind.name == "softmax" for kind in kinds):
            self.fail("activation", "cannot give softmax to single neurons: it is of a whole layer")
        return kinds

    def one_each(self, name, thing, size):
        values = self.reader.list(self.data[name], f"{self.field}.{name}")
        if len(values) != size:
            fits = self.is_even and len(values) == self.sizes(turned=True)[0]
            hint = f"; it would fit with {self.turned()}" if fits else ""
            sizes = f"it has {len(values)}, the layer {size}"
            self.fail(name, f"must have a {thing} for each neuron of the layer: {sizes}{hint}")
        return list(values)

    # the table, turned: read the other way than the file says

    def sizes(self, turned):
        """Return the numbers of neurons and of inputs that the table has."""
        rows, columns = self.shape
        biases = 0 if self.bias_at is None else 1
        return (columns, rows - biases) if self.by_input != turned else (rows, columns - biases)

    def turned(self):
        """Return the field that turns the table, for a message."""
        return f'"weights_by": "{"neuron" if self.by_input else "input"}" in {self.field}'

    def can_be_turned(self):
        """Return whether the lists with a value for each neuron fit the turned table."""
        lists = [value for name, value in self.data.items() if name != "weights" and isinstance(value, list)]
        return all(len(values) == self.sizes(turned=True)[0] for values in lists)


def hint(layers, inputs=None, outputs=None):
    """Return how layers would fit each other, and the numbers of inputs and outputs, with tables turned; or ""."""
    every = range(len(layers))
    if fit(layers, (), inputs, outputs):
        return ""
    for choices in ([every], [[n] for n in every]):
        fitting = [turned for turned in choices if fit(layers, turned, inputs, outputs)]
        if fitting:
            ways = (" and ".join(layers[n].turned() for n in turned) for turned in fitting)
            return "; the tables would fit with " + " or ".join(ways)
    return ""


def fit(layers, turned, inputs, outputs):
    """Return whether layers fit from the inputs of a network to its outputs if some, by number, are turned."""
    sizes = [layer.sizes(n in turned) for n, layer in enumerate(layers)]
    before = [inputs, *(neurons for neurons, _ in sizes)]
    after = [*(taken for _, taken in sizes), outputs]
    fits = all(a == b or None in (a, b) for a, b in zip(before, after))
    return fits and all(layer.is_even for layer in layers) and all(layers[n].can_be_turned() for n in turned)
