"""Write golden cases: the case with its certified values as JSON, the same as TSV, and the list of all with checksums.

Everything is written the same, byte for byte, by every Python on every machine.
"""

import hashlib
import json
import os
from decimal import Decimal

from purenet.cases import FOLDER, Case, case_names
from purenet.errors import NetworkError
from purenet.files import read_json, read_text
from purenet.golden.certify import certify
from purenet.golden.detection import undetected
from purenet.network import layer_letter

DEFAULTS = {"gradient": "mean", "momentum": 0, "weight_decay": 0, "trained_biases": True, "revision": 1}
LINE = 110  # columns up to which a list or an object is written in one line


def generated(path):
    """Return the text of a case file, with its certified values made anew."""
    data = read_json(path)
    case = Case(data, path)
    data = {name: value for name, value in data.items() if name not in ("blind_to", "certified")}
    data.setdefault("batch_sizes", case.batch_sizes)
    for name, value in DEFAULTS.items():  # so that whoever reads the file need not know them
        data.setdefault(name, value)
    check_id(case, path)
    case.certified = data["certified"] = as_read(certify(case))
    data["blind_to"] = undetected(case)
    data["certified"] = data.pop("certified")
    return json_text(data) + "\n"


def check_id(case, path):
    """Raise NetworkError unless the id of a case can be the name of its files."""
    if not case.id.replace("-", "").isalnum():
        raise NetworkError(
            f'{path}: the id {case.id!r} must be made of letters, digits and hyphens, as in "id": "my-case"'
        )
    if case.id == "manifest":
        raise NetworkError(f"{path}: the id 'manifest' is the name of the list of all cases: choose another")


def as_read(certified):
    """Return certified values as they are once written and read again."""
    return json.loads(json_text(certified), parse_float=Decimal)


def json_text(data, indent=0):
    """Return data as JSON that a person can read: short lists and objects stand in one line, numbers as they are."""
    line = one_line(data)
    if len(line) + indent <= LINE or not isinstance(data, (dict, list)) or is_numbers(data):
        return line
    pad = " " * (indent + 1)
    if isinstance(data, dict):
        parts = [f"{quoted(name)}: {json_text(value, indent + 1)}" for name, value in data.items()]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + json_text(value, indent + 1) for value in data) + "\n" + " " * indent + "]"


def is_numbers(data):
    return isinstance(data, list) and not any(isinstance(value, (dict, list)) for value in data)


def one_line(data):
    if isinstance(data, dict):
        return "{" + ", ".join(f"{quoted(name)}: {one_line(value)}" for name, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(one_line, data)) + "]"
    return str(data).lower() if isinstance(data, Decimal) else quoted(data)


def quoted(value):
    return json.dumps(value, ensure_ascii=False)


# TSV


def task(case):
    """Return what a program is told of a case, which is all but the answers."""
    return {
        "id": case.id,
        "network": {
            "loss": case.network_data.loss.name,
            "layers": [
                {
                    "activation": activation_names(layer),
                    "weights": [weights for weights, _, _ in layer],
                    "biases": None if all(bias is None for _, bias, _ in layer) else [bias for _, bias, _ in layer],
                }
                for layer in case.network_data.layers
            ],
        },
        "examples": [{"inputs": inputs, "targets": targets} for inputs, targets in case.examples],
        "batch_sizes": case.batch_sizes,
        "gradient": case.gradient,
        "learning_rate": case.learning_rate,
        "momentum": case.momentum,
        "weight_decay": case.weight_decay,
        "trained_biases": case.trained_biases,
    }


def activation_names(layer):
    """Return the name of a layer's activation function, or a list where its neurons have several."""
    names = [kind.name for _, _, kind in layer]
    return names[0] if len(set(names)) == 1 else names


def task_tsv(case):
    """Return what a program is told of a case as TSV."""
    data = task(case)
    lines = [("case", case.id), ("loss", data["network"]["loss"])]
    lines += [(name, data[name]) for name in ("gradient", "learning_rate", "momentum", "weight_decay")]
    lines += [("trained_biases", int(case.trained_biases)), ("batch_sizes", *case.batch_sizes)]
    lines += [("sizes", *case.network_data.sizes)]
    for number, layer in enumerate(data["network"]["layers"], start=1):
        letter, names = layer_letter(number).upper(), layer["activation"]
        lines.append(("activation", letter, *([names] if isinstance(names, str) else names)))
        lines.append(("weights", letter, *(weight for row in layer["weights"] for weight in row)))
        lines.append(("biases", letter, *("null" if bias is None else bias for bias in layer["biases"] or ())))
    for number, (inputs, targets) in enumerate(case.examples, start=1):
        lines += [("inputs", number, *inputs), ("targets", number, *targets)]
    return "".join("\t".join(map(str, line)) + "\n" for line in lines)


def case_tsv(case):
    """Return a case as TSV: what a program is told, then the certified values, one number to a line.

    A line of values: the name, the place from 0, the nearest float64, 40 digits, and three tolerances.
    """
    lines = ["# name\tplace\tf64\ttrue\thex\tfloat64\tfloat32\tfloat16\n"]
    for entry in case.certified:
        for place, true in enumerate(entry["true"]):
            fields = [entry["name"], place, entry["f64"][place], true, entry["hex"][place]]
            fields += [entry["tolerance"][name][place] for name in ("float64", "float32", "float16")]
            lines.append(
                "\t".join(
                    "null" if field is None else str(field).lower() if isinstance(field, Decimal) else str(field)
                    for field in fields
                )
                + "\n"
            )
    return task_tsv(case) + "".join(lines)


# all cases


def manifest_text(texts):
    """Return the list of cases with checksums, from a dictionary of names to texts of JSON files."""
    entries = []
    for name, text in sorted(texts.items()):
        case = Case(json.loads(text, parse_float=Decimal), name)
        entries.append(
            {
                "id": name,
                "revision": case.revision,
                "json": checksum(text),
                "tsv": checksum(case_tsv(case)),
            }
        )
    return json_text({"format_version": 1, "license": "CC0-1.0", "checksum": "sha256", "cases": entries}) + "\n"


def checksum(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def golden_names():
    """Return the names of the built-in cases that have certified values."""
    return [name for name in case_names() if '"certified"' in case_text(name)]


def case_text(name):
    return read_text(os.path.join(FOLDER, f"{name}.json"))
