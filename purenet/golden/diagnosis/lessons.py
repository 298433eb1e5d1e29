"""Explain a mistake: its formula, the lines that make it, and right and wrong numbers of a case side by side."""

import difflib
import functools

from purenet.arithmetic.notation import number_text
from purenet.cases import load_case
from purenet.document.colour import GREEN, RED
from purenet.document.formats import Section, notation_for, write
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.mistakes.detection import run_of
from purenet.golden.mistakes.excerpts import excerpt, names
from purenet.golden.values.case_files import golden_names, value_records
from purenet.trace.quantities import quantities
from purenet.trace.record import trace_case

MOST = 6  # numbers that differ, in one table
ALIKE = 1e-12  # of the sizes of two numbers, up to which their difference is that of rounding


def find(id):
    """Return the mistake of that id; raise NetworkError if there is none."""
    if id in UNSEEN:
        sentence, why, _ = UNSEEN[id]
        raise NetworkError(f"no values show {id} ({sentence[0].lower()}{sentence[1:-1]}): {why}")
    if id not in CATALOGUE:
        near = difflib.get_close_matches(id, CATALOGUE, 1, 0.4)
        hint = f": did you mean {near[0]}?" if near else "; `purenet mistakes` lists them"
        raise NetworkError(f"there is no mistake {id!r}{hint}")
    return CATALOGUE[id]


def case_for(id):
    """Return the first of `cases_to_show` that shows a mistake.

    A case in which the program goes on comes before those in which it stops; where no case shows it, any will do.
    """
    cases = cases_to_show()
    showing = [case for case in cases if id not in case.blind_to] or cases
    return next((case for case in showing if not run_of(case, CATALOGUE[id]).stopped), showing[0])


@functools.lru_cache(maxsize=None)
def cases_to_show():
    """Return the golden cases, first those with plain momentum or none, that show at least 46.5 % of the mistakes, and small."""
    most = 0.535 * len(CATALOGUE)

    def place(case):
        return case.descent_name != "gradient", len(case.blind_to) > most, number_of_values(case)

    return sorted(map(load_case, golden_names()), key=place)


def number_of_values(case):
    return len(list(value_records(case)))


def lesson(id, case=None, format="text", width=100, ascii=False):
    """Return the explanation of a mistake on a case, by default the smallest that shows it."""
    mistake, notation = find(id), notation_for(format, ascii)
    sections = [
        formula_section(mistake, notation),
        code_section(mistake),
        comparison_section(mistake, case or case_for(id), notation),
        program_section(mistake),
    ]
    return write(sections, format, width, ascii)


def formula_section(mistake, notation):
    """Return the section with the right formula and the wrong one."""
    labels = ("the cases", "this convention") if mistake.convention else ("right", "wrong")
    rows = [[label, notation.rule(rule)] for label, rule in zip(labels, (mistake.right, mistake.wrong))]
    table = Table(["", "formula"], rows, [(0,), (1,)], wraps=["formula"], plain=[""])
    words = [mistake.sentence, "It may be intended, and is no mistake then."][: 2 if mistake.convention else 1]
    words.append(f"Seen at {mistake.seen}" if mistake.seen else "No published program is known to make it.")
    return Section(mistake.id, words, table=table, level=1)


def code_section(mistake):
    """Return the section with the lines of the plain program that are replaced, and those in their place."""
    lines = excerpt(mistake.diff)
    words = f"In the plain program, lines with a plus take the place of those with a minus. {names(lines)}"
    return Section("The lines", [words.rstrip()], lines=lines)


def comparison_section(mistake, case, notation):
    """Return the section with the right and the wrong numbers: with formulas, or else those of runs without them."""
    rows = traced(case, mistake, notation)
    headers, stacks, wraps = ["", "right", "value", "wrong", "value "], [(0,), (1, 2), (3, 4)], ("right", "wrong")
    if not rows:
        rows = compared(case, mistake, notation)
        headers, stacks, wraps = ["", "right", "wrong"], [(0,), (1, 2)], ()
    if not rows:
        return Section("Side by side", [f"{case.id} does not show it."])
    some = f", the first {MOST} of {len(rows)}" if len(rows) > MOST else ""
    words, rows = [f"Training on {case.id}: the numbers that differ{some}, in order of computation."], rows[:MOST]
    if wraps and any(row[1] == row[3] for row in rows):
        words.append("Where both formulas are the same, an earlier number in them differs.")
    colours = {"value": GREEN, "value ": RED} if wraps else {"right": GREEN, "wrong": RED}
    table = Table(headers, rows, stacks, wraps, () if wraps else [""], colours=colours)
    return Section("Side by side", words, table=table)


def program_section(mistake):
    """Return the section that says how to run a program with the mistake."""
    diagnose = "`purenet golden diagnose --all --command 'python3 wrong.py'`"
    write = f"`purenet mistakes {mistake.id} --program -o wrong.py`"
    return Section("Run it", [f"{write} writes the whole program with these lines, and {diagnose} diagnoses it."])


def traced(case, mistake, notation):
    """Return the rows that differ between two traces of a case; none if one of them stops, or computes on floats only."""
    try:
        right, wrong = trace_case(case, everything=True), trace_case(case, program=mistake, everything=True)
    except NetworkError:
        return []
    rows = []
    for step in right.steps:
        for row in step.rows:
            other = wrong.rows.get(row.symbol)
            if other is not None and not is_alike(row.value, other.value):
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


def is_alike(value, other):
    """Return whether two numbers are the same apart from the last bits of them."""
    return abs(other - value) <= ALIKE * (abs(value) + abs(other))


def compared(case, mistake, notation):
    """Return the numbers that differ between two runs of a case."""
    right, wrong = run_of(case), run_of(case, mistake)
    if right.stopped:
        raise NetworkError(f"{case.id} shows no mistake, because it stops without one: {right.stopped}")
    rows = []
    for name in [quantity.name for quantity in quantities(case)]:
        for place, correct in enumerate(right.values[name]):
            other = wrong.values.get(name)
            value = None if other is None else other[place]
            if value is None or not is_alike(float(correct), float(value)):
                text = "none" if value is None else notation.number(number_text(float(value), 10))
                rows.append([f"{name}[{place}]", notation.number(number_text(float(correct), 10)), text])
    if wrong.stopped:
        rows.append(["the program", "goes on", f"stops: {wrong.stopped}"])
    return rows
