"""Explain a mistake on a case: its formula, its code, and the two training steps side by side."""

import difflib

from purenet.arithmetic.notation import number_text
from purenet.cases import load_case
from purenet.document.formats import Section, notation_for, write
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.mistakes.code import code_of
from purenet.golden.mistakes.detection import run_of
from purenet.golden.values.case_files import golden_names
from purenet.golden.values.certified import certified_values
from purenet.trace.record import trace_step

MOST = 10  # rows that are shown of what differs


def find(id):
    """Return the mistake of that id; raise NetworkError if there is none."""
    if id in UNSEEN:
        sentence, why, _ = UNSEEN[id]
        raise NetworkError(f"no values show {id} ({sentence[0].lower()}{sentence[1:-1]}): {why}")
    if id not in CATALOGUE:
        near = difflib.get_close_matches(id, CATALOGUE, 1, 0.4)
        raise NetworkError(f"there is no mistake {id!r}" + (f": did you mean {near[0]}?" if near else "; `purenet mistakes` lists them"))  # fmt: skip
    return CATALOGUE[id]


def case_for(id):
    """Return the smallest golden case that shows a mistake, and more than half of the others, if there is one."""
    cases = [case for case in map(load_case, golden_names()) if id not in case.blind_to]
    return min(cases, key=lambda case: (len(case.blind_to) > 0.45 * len(CATALOGUE), number_of_values(case)))


def number_of_values(case):
    return len([true for entry in case.certified for true in entry["true"]])


def lesson(id, case=None, format="text", width=100, ascii=False):
    """Return the explanation of a mistake on a case, by default the smallest that shows it."""
    mistake = find(id)
    case = case or case_for(id)
    notation = notation_for(format, ascii)
    rows = [["the case", notation.rule(mistake.right)], ["this mistake" if not mistake.convention else "this convention", notation.rule(mistake.wrong)]]  # fmt: skip
    table = Table(["", "formula"], rows, [(0,), (1,)], wraps=["formula"], plain=[""])
    words = [mistake.sentence]
    if mistake.convention:
        words.append("It may be meant so, and is no mistake then.")
    words.append(f"Seen at {mistake.seen}" if mistake.seen else "No published program is known to make it.")
    sections = [Section(id, words, table=table, level=1)]
    rows = traced(case, mistake, notation)
    if rows:
        headers = ["", "right", "value", "wrong", "value "]
        words = [f"One training step on example 1 of {case.id}: what differs{of_all(rows)}."]
        table = Table(headers, rows[:MOST], [(0,), (1, 2), (3, 4)], wraps=("right", "wrong"))
    else:
        rows = compared(case, mistake, notation)
        headers = ["", "right", "wrong"]
        words = [f"Training on {case.id}: what differs{of_all(rows)}."] if rows else [f"{case.id} does not show it."]
        table = Table(headers, rows[:MOST], [(0,), (1, 2)], plain=[""]) if rows else None
    sections.append(Section("Side by side", words, table=table))
    if format == "text":
        return write(sections, format, width, ascii) + "\nThe code\n\n" + notation.prose(code_of(mistake))
    return write(sections, format, width, ascii)


def of_all(rows):
    return f", the first {MOST} of {len(rows)} numbers" if len(rows) > MOST else ""


def traced(case, mistake, notation):
    """Return the rows that differ between two traces of one example; none where the mistake is made elsewhere."""
    inputs, targets = ([float(value) for value in values] for values in case.examples[0])
    wrong_network = case.network()
    mistake.change(wrong_network)
    try:
        right = trace_step(case.network(), inputs, targets, float(case.learning_rate))
        wrong = trace_step(wrong_network, inputs, targets, float(case.learning_rate))
    except (NetworkError, ArithmeticError, TypeError, ValueError, IndexError, AttributeError):
        return []  # the step itself is done differently, or a program stops here
    rows = []
    for step in right.steps:
        for row in step.rows:
            other = wrong.rows.get(row.symbol)
            if other is not None and abs(other.value - row.value) > 1e-12 * (abs(row.value) + abs(other.value)):
                rows.append(
                    [
                        notation.symbol(row.quantity.symbol),
                        row.quantity.formula(notation),
                        notation.number(number_text(row.value, 6)),
                        other.quantity.formula(notation),
                        notation.number(number_text(other.value, 6)),
                    ]
                )
    return rows


def compared(case, mistake, notation):
    """Return the numbers that differ between two runs of a case."""
    right, wrong = run_of(case), run_of(case, [mistake])
    rows = []
    for name, certified in certified_values(case).items():
        for place, true in enumerate(certified.true):
            other = wrong.values.get(name)
            value = None if other is None else other[place]
            correct = right.values[name][place]
            if value is None or abs(float(value) - float(correct)) > 1e-12 * (abs(float(value)) + abs(float(correct))):
                shown = "none" if value is None else notation.number(number_text(float(value), 10))
                rows.append([f"{name}[{place}]", notation.number(number_text(float(correct), 10)), shown])
    if wrong.stopped:
        rows.append(["the program", "goes on", f"stops: {wrong.stopped}"])
    return rows
