"""Every cell, computed by LibreOffice, beside the trace: of the cases as they are, and after changes of given numbers."""

import io
import os
import shutil
import subprocess

import pytest

from purenet.arithmetic.notation import Symbol
from purenet.arithmetic.pencil import Pencil
from purenet.cases import case_names, load_case
from purenet.errors import NetworkError
from purenet.spreadsheet.formulas import SPREADSHEET
from purenet.spreadsheet.workbook import MOST_TERMS, prepare, workbook_bytes
from purenet.trace.record import trace_case, trace_training

openpyxl = pytest.importorskip("openpyxl", reason="a spreadsheet needs openpyxl")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) computes the cells"),
]
MOST_WEIGHTS = 300  # of the cases that are tried


def recalculated(folder, books):
    """Return workbooks, a dictionary from names to bytes, as LibreOffice has computed them."""
    there, done = folder / "there", folder / "done"
    there.mkdir(), done.mkdir()
    for name, data in books.items():
        (there / f"{name}.xlsx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    files = sorted(str(path) for path in there.iterdir())
    subprocess.run([*command, "--outdir", str(done), *files], check=True, capture_output=True, timeout=500)
    return {name: openpyxl.load_workbook(done / f"{name}.xlsx", data_only=True) for name in books}


def number_named(book, name):
    ((sheet, place),) = book.defined_names[name].destinations
    return book[sheet][place].value


def differences(book, trace, is_close):
    """Return the names of all cells that differ from the trace, each with its number and that of the trace."""
    given = {str(quantity.symbol(place)) for quantity in trace.quantities.given for place in range(quantity.size)}
    found, compared = [], 0
    for symbol, row in trace.rows.items():
        name = SPREADSHEET.symbol(row.quantity.symbol)
        pairs = [(name, row.value)]
        if row.by_hand_quantity is not None and symbol not in given and not trace.pencil.part_names:
            pairs.append((f"hand_{name}", row.by_hand_quantity.value))
        for name, value in pairs:
            if name in book.defined_names:  # a slope of the loss has a cell only where a table or a formula has it
                compared += 1
                number = number_named(book, name)
                if not (isinstance(number, (int, float)) and is_close(number, float(value))):
                    found.append((name, number, float(value)))
    assert compared >= len(trace.rows) / 2
    return found


def close(number, value):
    return abs(number - value) <= 1e-12 * abs(value) + 1e-15


def errors(book):
    return [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("#")
    ]


def small_cases():
    for name in case_names():
        data = load_case(name).network_data
        weights = sum(before * after for before, after in zip(data.sizes, data.sizes[1:]))
        if weights * len(load_case(name).examples) <= MOST_WEIGHTS and max(data.sizes) <= MOST_TERMS:
            yield name


def test_every_cell_of_every_small_case_is_that_of_its_trace(tmp_path):
    traces = {}
    for name in small_cases():
        try:
            traces[name] = trace_case(load_case(name), prepare=prepare, everything=True)
        except NetworkError as error:
            assert "makes the cross-entropy infinite" in str(error)
    assert len(traces) > 50
    books = recalculated(tmp_path, {name: workbook_bytes(trace) for name, trace in traces.items()})
    wrong = {name: differences(books[name], trace, close) + errors(books[name]) for name, trace in traces.items()}
    assert {name: found[:5] for name, found in wrong.items() if found} == {}


WAYS = [("decimals", 4), ("decimals", 0), ("significant_digits", 3)]


@pytest.mark.parametrize("mode", ["half up", "half even", "cut off"])
def test_every_way_to_round_by_hand_gives_the_numbers_of_the_pencil(mode, tmp_path):
    traces = {}
    for name in ("han-kamber", "f-momentum-weight-decay", "relu-two-steps"):
        for unit, digits in WAYS:
            pencil = Pencil.for_all(unit, digits, mode)
            traces[f"{name}-{unit}-{digits}"] = trace_case(
                load_case(name), prepare=prepare, everything=True, rounding=pencil
            )
    books = recalculated(tmp_path, {name: workbook_bytes(trace) for name, trace in traces.items()})
    wrong = {name: differences(books[name], trace, close) + errors(books[name]) for name, trace in traces.items()}
    assert {name: found[:5] for name, found in wrong.items() if found} == {}


# given numbers after which a unit switches its side, exp is at the end of its range, or a term comes or goes
CHANGES = {
    "2x2x1": {"w_i1j1": -1000.0, "y_i2": 3.0, "η": 0.5},
    "han-kamber": {"w_i1j2": 0.9, "y_i2": 1.5, "t_k1": 0.25, "b_j1": -2.0},
    "relu-two-steps": {"b_j1": 2.5, "w_i1j2": -3.0, "y_i1⁽¹⁾": -1.25},
    "e-relu": {"b_j1": -3.0, "b_j2": 4.0, "w_i1j3": 2.0},
    "c-softmax-half-squared-error": {"w_j1k1": 5000.0, "w_j2k2": -4000.0},
    "d-binary-cross-entropy": {"t_k1⁽¹⁾": 0.3, "t_k2⁽¹⁾": 1.0, "t_k3⁽¹⁾": 0.0},
    "b-softmax-cross-entropy": {"t_k1⁽¹⁾": 0.25, "t_k2⁽¹⁾": 0.75, "t_k3⁽²⁾": 1.0, "t_k1⁽²⁾": 0.0, "w_j1k1": 3.0},
    "f-momentum-weight-decay": {"μ": 0.25, "λ": 0.5, "η": 1.0, "w_j1k1": 7.0},
    "negnevitsky-xor-step": {"w_i1j1": 2000.0, "b_j1": -900.0},
}


def changed_trace(case, changes):
    """Return the trace of a case with other given numbers."""
    network, descent, changes = case.network(), case.descent(), dict(changes)
    for number, layer in enumerate(network.layers):
        before = "ijklmn"[number]
        for neuron in layer.neurons:
            for i in range(len(neuron.weights)):
                neuron.weights[i] = changes.pop(f"w_{before}{i + 1}{neuron.name}", neuron.weights[i])
            if neuron.bias is not None:
                neuron.bias = changes.pop(f"b_{neuron.name}", neuron.bias)
    last, several = network.layers[-1].letter, len(case.examples) > 1
    pairs = []
    for n, (inputs, targets) in enumerate(case.pairs(), start=1):
        example = n if several else None
        inputs = [changes.pop(str(Symbol("y", f"i{i}", 0, example)), y) for i, y in enumerate(inputs, start=1)]
        targets = [changes.pop(str(Symbol("t", f"{last}{k}", 0, example)), t) for k, t in enumerate(targets, start=1)]
        pairs.append((inputs, targets))
    settings = {
        "momentum": changes.pop("μ", descent.momentum),
        "weight_decay": changes.pop("λ", descent.weight_decay),
    }
    rate = changes.pop("η", float(case.learning_rate))
    assert changes == {}
    return trace_training(
        network,
        pairs,
        rate,
        batch_size=case.batch_sizes[0],
        gradient=case.gradient,
        rounding=case.rounding,
        everything=True,
        prepare=prepare,
        **settings,
    )


def test_changed_numbers_give_the_trace_of_the_changed_case(tmp_path):
    books, traces = {}, {}
    for name, changes in CHANGES.items():
        trace = trace_case(load_case(name), prepare=prepare, everything=True, second_pass=None)
        book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(trace)))
        for symbol, number in changes.items():
            ((sheet, place),) = book.defined_names[SPREADSHEET.symbol(Symbol.parse(symbol))].destinations
            book[sheet][place].value = number
        data = io.BytesIO()
        book.save(data)
        books[name], traces[name] = data.getvalue(), changed_trace(load_case(name), changes)
    books = recalculated(tmp_path, books)
    wrong = {name: differences(books[name], trace, close) + errors(books[name]) for name, trace in traces.items()}
    assert {name: found[:5] for name, found in wrong.items() if found} == {}


def test_formulas_in_the_tables_follow_changed_numbers(tmp_path):
    case = load_case("relu-two-steps")
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes(trace_case(case, prepare=prepare, everything=True, second_pass=None)))
    )
    texts = []
    for bias in (2.5, -2.5):
        ((sheet, place),) = book.defined_names["b_j1"].destinations
        book[sheet][place].value = bias
        data = io.BytesIO()
        book.save(data)
        folder = tmp_path / str(bias)
        os.mkdir(folder)
        computed = recalculated(folder, {"book": data.getvalue()})["book"]
        ((sheet, place),) = computed.defined_names["y_j1_ex1"].destinations
        row = computed[sheet][place].row
        texts.append([computed[sheet].cell(row, column).value for column in (2, 3)])
    assert [texts[0][0], texts[1]] == ["x_j1⁽¹⁾", ["0", "0"]]
    assert float(texts[0][1]) > 0
