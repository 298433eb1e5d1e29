"""Show a check and a diagnosis as pages of tables."""

import math
from decimal import Decimal

from purenet.arithmetic.notation import number_text
from purenet.checks import layer_letter
from purenet.document.formats import Section, notation_for, to_csv, to_json, write
from purenet.document.table import Table
from purenet.errors import NetworkError, count
from purenet.golden.programs.reported import FEWEST
from purenet.golden.values.certified import certified_values, decimal, finite
from purenet.trace.record import trace_step

BASES = {
    "net_input": "x",
    "output": "y",
    "loss": "E",
    "output_gradient": "∂E/∂y",
    "delta": "δ",
    "weight_gradients": "∇w",
    "bias_gradients": "∇b",
    "weights": "w",
    "biases": "b",
}
READ = {
    "net_input": "Neuron.weigh in purenet/neuron.py",
    "output": "Neuron.forward in purenet/neuron.py, and purenet/activations.py",
    "loss": "value in purenet/losses.py",
    "output_gradient": "Layer.input_gradients in purenet/layer.py; for the last layer derivative in purenet/losses.py",
    "delta": "Neuron.backward in purenet/neuron.py; for softmax SoftmaxLayer.backward in purenet/layer.py",
    "weight_gradients": "Neuron.accumulate_gradients in purenet/neuron.py",
    "bias_gradients": "Neuron.accumulate_gradients in purenet/neuron.py",
    "weights": "Neuron.update in purenet/neuron.py, GradientDescent.move in purenet/training.py",
    "biases": "Neuron.update in purenet/neuron.py, GradientDescent.move in purenet/training.py",
}
READ_STEP = {
    "loss": "Tally in purenet/training.py",
    "weight_gradients": "average_gradients in purenet/training.py",
    "bias_gradients": "average_gradients in purenet/training.py",
}


def check_sections(check, notation):
    """Return the sections that show a check."""
    values = check.values
    reported = len(check.rows) - len(check.unreported)
    if not check.compared:
        words = ["Nothing was compared: no number was reported for which there is a bound. This is not a pass."]
    elif check.passed:
        words = [f"All that is reported agrees: {reported} of {len(check.rows)} quantities."]
    else:
        words = [
            f"Of {len(check.rows)} quantities {reported} are reported, and {len(check.differing)} of those differ."
        ]
    words.append(
        f"The numbers are compared as {values.dtype}"
        + (", which is a guess from their digits: --dtype says what they are." if values.guessed else ".")
    )
    if check.compared and any(values.rounding(number) for number in values.reported() if finite(number)):
        words.append("All are printed with few digits, and compared to as many: print 17 to compare them in full.")
    if check.differing and values.most_digits < FEWEST:
        words.append(
            f"All are printed with at most {count(values.most_digits, 'digit')}, too few to compare: print 17, with %.17g."
        )
    for step in missing_steps(check):
        words.append(
            f"Nothing of step {step} is reported; a program that drops a last, shorter mini-batch does not do it "
            f"(partial-batch-dropped)."
        )
    sections = [Section(f"{check.case.id}: {check.case.title}", words, table=stage_table(check, notation), level=1)]
    if check.unreported and check.compared:
        sections.append(Section("Not reported", [", ".join(kinds_of(check.unreported)) + "."]))
    if check.first is not None:
        sections.append(divergence(check, check.first, notation))
    return sections


def missing_steps(check):
    """Return the numbers of the steps, after one that is reported, of which nothing is."""
    reported = {row.quantity.step for row in check.rows if row.verdict != "not reported"}
    return [step for step in range(1, len(check.case.batch_sizes) + 1) if step not in reported and step - 1 in reported]


def kinds_of(rows):
    """Return in short what rows are about: each kind of quantity, and of how many."""
    counts = {}
    for row in rows:
        kind = row.quantity.kind.replace("_", " ") + ("" if row.quantity.example else " of a step")
        kind = row.quantity.kind if row.quantity.kind in ("weights", "biases") else kind
        counts[kind] = counts.get(kind, 0) + 1
    return [f"{kind} ({number})" for kind, number in counts.items()]


def stage_table(check, notation):
    """Return the table of stages: each kind of quantity, of all examples of a step."""
    stages = {}
    for row in check.rows:
        if row.verdict != "not reported":
            quantity = row.quantity
            key = (quantity.step, quantity.example is None, quantity.layer, quantity.kind)
            stages.setdefault(key, []).append(row)
    cells = []
    for (step, whole, _, kind), rows in stages.items():
        layer = rows[0].quantity.letter
        what = kind.replace("_", " ") + (f" of {layer}" if layer else "")
        agreeing = len([row for row in rows if row.verdict == "agrees"])
        compared = len([row for row in rows if row.verdict in ("agrees", "differs")])
        verdict = "agrees" if agreeing == compared else "differs"
        if not compared:
            verdict = "no bound"
        if not whole and compared > 1:
            verdict += f" ({agreeing} of {compared})" if agreeing else ""
        worst = max(row.ratio for row in rows)
        here = ""
        if check.stages:
            wrong = [row.wrong_here for row in rows]
            here = "wrong" if True in wrong else "right" if False in wrong else ""
        cells.append([f"step {step}" + (", whole" if whole else ""), what, verdict, ratio_text(worst), here])
    headers = ["where", "quantity", "verdict", "difference in tolerances", "by itself"]
    return Table(headers, cells, [(0, 1), (2,), (3,), (4,)], wraps=("quantity",), plain=headers).without_empty_columns()


def ratio_text(ratio):
    ratio = float(ratio)
    return "infinite" if math.isinf(ratio) else "0" if ratio == 0 else f"{ratio:.2g}"


def divergence(check, row, notation):
    """Return the section about a quantity that differs."""
    quantity, place = row.quantity, row.place
    number, true = check.numbers(row)[place], row.certified.true[place]
    symbol = symbol_of(check.case, quantity, place)
    cells = [["quantity", f"{row.name}{index_text(quantity, place)}, {symbol}"], ["expected", str(true).lower()]]
    cells.append(["got", str(number).lower()])
    if finite(number):
        difference = decimal(number) - true
        printed = " and half a unit of the last digit printed" if check.values.rounding(number) else ""
        tolerance = row.certified.tolerance[check.type.name][place]
        cells.append(
            ["difference", f"{difference:.3e}, {ratio_text(row.ratio)} times the tolerance of {tolerance}{printed}"]
        )
        cells.append(["in units of the last place", f"{ulps(difference, true, check.type):.3g}"])
    formula, numbers = formula_of(check.case, quantity, symbol)
    cells += [["formula", formula], ["with the right numbers", numbers]]
    cells.append(["depends on", ", ".join(depends_on(check.case, quantity))])
    read = READ_STEP.get(quantity.kind) if quantity.example is None else None
    cells.append(["read", read or READ[quantity.kind]])
    cells = [[name, notation.prose(text)] for name, text in cells if text]
    table = Table(
        ["", "first difference"], cells, [(0,), (1,)], wraps=("first difference",), plain=["", "first difference"]
    )
    return Section("First difference", table=table)


def index_text(quantity, place):
    if len(quantity.shape) == 2:
        return f"[{place // quantity.shape[1]}][{place % quantity.shape[1]}]"
    return f"[{place}]" if quantity.shape else ""


def symbol_of(case, quantity, place):
    """Return the printed symbol of a number: δ_j1."""
    base = BASES[quantity.kind]
    if quantity.layer is None:
        return base
    after = "⁺" if quantity.kind in ("weights", "biases") else ""
    letter, before = layer_letter(quantity.layer + 1), layer_letter(quantity.layer)
    if len(quantity.shape) == 2:
        neuron, i = divmod(place, quantity.shape[1])
        return f"{base}_{before}{i + 1}{letter}{neuron + 1}{after}"
    return f"{base}_{letter}{place + 1}{after}"


def formula_of(case, quantity, symbol):
    """Return the formula of a number and the right numbers in it, from a trace of its example."""
    size = case.batch_sizes[quantity.step - 1]
    if quantity.example is None and (size > 1 or case.momentum or case.weight_decay or not case.trained_biases):
        words = {
            "loss": f"{case.gradient} of the losses of the {size} examples",
            "weight_gradients": f"{case.gradient} of the gradients of the {size} examples",
            "bias_gradients": f"{case.gradient} of the gradients of the {size} examples",
            "weights": "w ← w − η·∇w",
            "biases": "b ← b − η·∇b" if case.trained_biases else "b ← b: the biases of this case stay as they are",
        }
        if case.momentum or case.weight_decay:
            words["weights"] = "v ← μ·v − η·(∇w + λ·w), w ← w + v"
            words["biases"] = "v ← μ·v − η·∇b, b ← b + v"
        return words[quantity.kind], ""
    if quantity.kind == "output_gradient" and quantity.layer < len(case.network_data.layers) - 1:
        j, k = layer_letter(quantity.layer + 1), layer_letter(quantity.layer + 2)
        return f"Σ_{k} w_{j}{k}·δ_{k}", ""
    example = quantity.example or first_example(case, quantity.step)
    inputs, targets = case.examples[example - 1]
    network = network_before(case, quantity.step)
    try:
        trace = trace_step(network, [float(y) for y in inputs], [float(t) for t in targets], float(case.learning_rate))
    except NetworkError:  # numbers that a float cannot hold
        return "", ""
    row = trace.row(symbol)
    return row.formula, row.numbers_in(notation_for("text", False), 6, 10)


def first_example(case, step):
    number = 1
    for size in case.batch_sizes[: step - 1]:
        number += size
    return number


def network_before(case, step):
    """Return the network with the certified weights before a step, as floats."""
    network = case.network()
    if step > 1:
        certified = certified_values(case)
        for number, layer in enumerate(network.layers, start=1):
            place = f"step{step - 1}.{layer_letter(number).upper()}"
            flat = certified[f"{place}.weights"].f64
            for j, neuron in enumerate(layer.neurons):
                size = len(neuron.weights)
                neuron.weights = flat[j * size : (j + 1) * size]
                if neuron.bias is not None:
                    neuron.bias = certified[f"{place}.biases"].f64[j]
    return network


def depends_on(case, quantity):
    """Return the names of the quantities that go into one."""
    step, example = quantity.step, f"step{quantity.step}.example{quantity.example}."
    last = len(case.network_data.sizes) - 2
    layer = quantity.layer
    letters = [layer_letter(number + 1).upper() for number in range(last + 1)]
    own = "" if layer is None else letters[layer]
    weights = [f"step{step - 1}.{own}.weights", f"step{step - 1}.{own}.biases"] if step > 1 else ["the given weights"]
    if quantity.example is None:
        if quantity.kind in ("weights", "biases"):
            name = "weight_gradients" if quantity.kind == "weights" else "bias_gradients"
            return [f"step{step}.{own}.{name}", *weights[: 1 if step == 1 else 2], "the learning rate"]
        return [f"step{step}.example*." + quantity.name.split(".", 1)[1]]
    return {
        "net_input": [*weights, f"{example}{letters[layer - 1]}.output" if layer else "the inputs"],
        "output": [f"{example}{own}.net_input"],
        "loss": [f"{example}{letters[last]}.output", "the targets"],
        "output_gradient": [f"{example}{letters[last]}.output", "the targets"]
        if layer == last
        else [f"{example}{letters[layer + 1]}.delta", f"the weights of {letters[layer + 1]}"]
        if layer is not None
        else [],
        "delta": [f"{example}{own}.output_gradient", f"{example}{own}.net_input", f"{example}{own}.output"],
        "weight_gradients": [
            f"{example}{own}.delta",
            f"{example}{letters[layer - 1]}.output" if layer else "the inputs",
        ],
        "bias_gradients": [f"{example}{own}.delta"],
    }[quantity.kind]


def ulps(difference, true, type):
    """Return a difference in units of the last place of the true value."""
    exponent = math.frexp(float(true))[1] if float(true) else -1021
    return float(difference / (Decimal(2) ** (exponent - type.precision)))


# the diagnosis


def diagnosis_section(diagnosis):
    """Return the section that names what explains the numbers."""
    if not diagnosis.failed and not diagnosis.found:
        compared = any(check.compared for check in diagnosis.checks)
        return Section(
            "Diagnosis", ["Nothing differs." if compared else "Nothing was compared, so there is nothing to explain."]
        )
    if diagnosis.is_float32:
        return Section(
            "Diagnosis",
            [
                "Every number is a float32, and right as such: this is rounding, not a mistake.",
                "Say --dtype float32, or compute in float64.",
            ],
        )
    words, rows = [], []
    if not diagnosis.found:
        row = diagnosis.failed[0].first
        words = [f"The first difference is located, at {row.name}, but nothing in the catalogue gives these numbers."]
        if diagnosis.ratio is not None:
            words.append(f"Every number of it is {diagnosis.ratio:.6g} times the right one.")
        several = len(diagnosis.checks) > 1
        stages = [
            (f"{stage.name} of {check.case.id}" if several else stage.name)
            for check in diagnosis.failed
            for stage in (check.stages or ())[: 3 if several else None]
        ]
        if stages:
            words.append(
                "Wrong by themselves, from the program's own numbers, are: " + ", ".join(shortened(stages)) + "."
            )
        return Section("Diagnosis", words)
    number = len(diagnosis.found[0])
    convention = all(mistake.convention for mistake in diagnosis.found[0])
    what = (
        ("another convention" if number == 1 else "other conventions")
        if convention
        else "a known mistake"
        if number == 1
        else "known mistakes"
    )
    if not diagnosis.failed:
        words.append(f"What was reported is right, and the program stops where {what} makes one stop.")
    elif diagnosis.separately:
        words.append(f"Each stage that is wrong by itself is explained by {what}.")
    else:
        words.append(f"These numbers are those of {what}.")
    if len(diagnosis.found) > 1:
        words.append("Here these cannot be told apart; more quantities, or more cases, would tell.")
    for found in diagnosis.found[:5]:
        for mistake in found:
            rows.append([mistake.id(), mistake.sentence, mistake.wrong, mistake.right])
    headers = ["id", "what", "wrong" if not convention else "this program", "right" if not convention else "the case"]
    table = Table(headers, rows, [(0,), (1,), (2, 3)], wraps=headers[1:], plain=headers)
    words.append(
        f"`purenet mistakes {diagnosis.found[0][0].id()}` explains " + ("it." if number == 1 else "the first.")
    )
    return Section("Diagnosis", words, table=table)


def shortened(names, most=6):
    return names if len(names) <= most else [*names[:most], f"and {len(names) - most} more"]


# in formats


def check_to(check, format, width=100, ascii=False, diagnosis=None):
    """Return a check, and its diagnosis if there is one, in a format."""
    if format == "json":
        return to_json(check_data(check, diagnosis), ascii)
    if format == "csv":
        rows = [[row.name, row.verdict, ratio_text(row.ratio), row.wrong_here] for row in check.rows]
        return to_csv(["quantity", "verdict", "difference_in_tolerances", "wrong_by_itself"], rows)
    sections = check_sections(check, notation_for(format, ascii))
    if diagnosis is not None:
        sections.append(diagnosis_section(diagnosis))
    return write(sections, format, width, ascii)


def check_data(check, diagnosis=None):
    """Return a check as data for JSON."""
    data = {
        "case": check.case.id,
        "dtype": check.values.dtype,
        "passed": check.passed,
        "compared": len(check.compared),
        "first": None if check.first is None else check.first.name,
        "quantities": [
            {"name": row.name, "verdict": row.verdict, "difference_in_tolerances": number_or_none(row.ratio)}
            for row in check.rows
        ],
    }
    if diagnosis is not None:
        data["diagnosis"] = [[mistake.id() for mistake in found] for found in diagnosis.found]
        data["is_float32"] = diagnosis.is_float32
    return data


def number_or_none(ratio):
    return None if math.isinf(float(ratio)) else float(number_text(float(ratio), 3))
