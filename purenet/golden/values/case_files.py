"""A case as a program receives it, and its certified values, as JSON and as TSV."""

import os
from decimal import Decimal

from purenet.arithmetic.bounded import FLOAT_TYPES
from purenet.cases import FOLDER, Case, case_names, load_case
from purenet.checks import layer_letter
from purenet.golden.values.certified import certified_values
from purenet.storage.files import read_json, read_text
from purenet.storage.json_text import json_text

# of a certified number: its quantity, its place there from 0, the nearest float64, 40 digits, and three tolerances
FIELDS = ("name", "place", "f64", "true", "hex", *FLOAT_TYPES)


def task(case):
    """Return the task that a case sets a program: everything but the answers."""
    return {
        "id": case.id,
        "network": {"loss": case.network_data.loss.name, "layers": plain_layers(case)},
        "examples": [{"inputs": inputs, "targets": targets} for inputs, targets in case.examples],
        "batch_sizes": case.batch_sizes,
        "gradient": case.gradient,
        "learning_rate": case.learning_rate,
        **descent_fields(case),
        "trained_biases": case.trained_biases,
    }


def descent_fields(case):
    """Return the name of the descent of a case, unless it is plain or has momentum, and its settings."""
    name = {} if case.descent_name == "gradient" else {"descent": case.descent_name}
    return {**name, **case.settings}


def plain_layers(case):
    """Return the layers of a case in the one form that programs know, however its author wrote them."""
    layers = []
    for layer, shared in zip(case.network_data.layers, case.network_data.shared_biases):
        weights, biases, _ = map(list, zip(*layer))
        plain = {"activation": activation_names(layer), "weights": weights}
        plain["biases"] = None if biases == [None] * len(biases) else biases
        layers.append({**plain, "shared_bias": True} if shared else plain)
    return layers


def plain_text(name):
    """Return the text of a case file with its network in the form that programs know."""
    data = read_json(case_path(name))
    return json_text(with_plain_network(data, Case(data, name))) + "\n"


def with_plain_network(data, case):
    """Return the data of a case with its network in the form that programs know."""
    network = {"layers": plain_layers(case)}
    if "loss" in data["network"]:
        network["loss"] = case.network_data.loss.name
    return {**data, "network": {name: network[name] for name in data["network"]}}


def activation_names(layer):
    """Return the name of a layer's activation function, or a list where its neurons have several."""
    names = [kind.name for _, _, kind in layer]
    return names[0] if len(set(names)) == 1 else names


def task_tsv(case):
    """Return the task of a case as TSV."""
    data = task(case)
    lines = [("case", case.id), ("loss", data["network"]["loss"])]
    lines += [(name, data[name]) for name in ("gradient", "learning_rate", *descent_fields(case))]
    lines += [("trained_biases", int(case.trained_biases)), ("batch_sizes", *case.batch_sizes)]
    lines += [("sizes", *case.network_data.sizes)]
    for number, layer in enumerate(data["network"]["layers"], start=1):
        letter, names = layer_letter(number).upper(), layer["activation"]
        lines.append(("activation", letter, *([names] if isinstance(names, str) else names)))
        lines.append(("weights", letter, *(weight for row in layer["weights"] for weight in row)))
        lines.append(("biases", letter, *("null" if bias is None else bias for bias in layer["biases"] or ())))
        lines += [("shared_bias", letter)] if "shared_bias" in layer else []
    for number, (inputs, targets) in enumerate(case.examples, start=1):
        lines += [("inputs", number, *inputs), ("targets", number, *targets)]
    return "".join("\t".join(map(str, line)) + "\n" for line in lines)


def value_records(case):
    """Yield a record of texts for each certified number, with the fields of FIELDS; "null" where there is none."""
    for entry in case.certified:
        columns = [entry["f64"], entry["true"], entry["hex"], *(entry["tolerance"][name] for name in FLOAT_TYPES)]
        for place, numbers in enumerate(zip(*columns)):
            yield [entry["name"], str(place), *map(number_text, numbers)]


def number_text(number):
    if number is None:
        return "null"
    return str(number).lower() if isinstance(number, Decimal) else str(number)


def case_tsv(case):
    """Return a case as TSV: its task, then the certified values, one number to a line."""
    lines = ["# " + "\t".join(FIELDS), *map("\t".join, value_records(case))]
    return task_tsv(case) + "".join(line + "\n" for line in lines)


def golden_names():
    """Return the names of the built-in cases that have certified values."""
    return [name for name in case_names() if '"certified"' in read_text(os.path.join(FOLDER, f"{name}.json"))]


def golden_case(name):
    """Return a case, built-in or in a file; raise NetworkError unless it has certified values."""
    case = load_case(name)
    certified_values(case)
    return case


def case_text(name):
    """Return the text of the file of a built-in case, or of another file."""
    return read_text(case_path(name))


def case_path(name):
    """Return the path of a built-in case by its name; that of another file is its name."""
    return os.path.join(FOLDER, f"{name}.json") if name in case_names() else name
