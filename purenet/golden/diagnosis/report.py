"""Show a check and a diagnosis as pages of tables."""

import math

from purenet.arithmetic.notation import number_text
from purenet.document.formats import Section, notation_for, to_csv, to_json, write
from purenet.document.table import Table
from purenet.errors import count
from purenet.golden.diagnosis.check import ratio_text
from purenet.golden.diagnosis.first_difference import difference_section
from purenet.golden.programs.reported import FEWEST
from purenet.golden.values.certified import finite


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
        sections.append(difference_section(check, check.first, notation))
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
        where = "epoch 1" if step is None else f"step {step}" + (", whole" if whole else "")
        cells.append([where, what, verdict, ratio_text(worst), here])
    headers = ["where", "quantity", "verdict", "difference in tolerances", "by itself"]
    return Table(headers, cells, [(0, 1), (2,), (3,), (4,)], wraps=("quantity",), plain=headers).without_empty_columns()


# the diagnosis


def diagnosis_section(diagnosis):
    """Return the section that names what explains the numbers."""
    if diagnosis.found:
        return Section("Diagnosis", words_of_found(diagnosis), table=table_of_found(diagnosis.found))
    if diagnosis.is_float32:
        words = ["Every number is a float32, and right as such: this is rounding, not a mistake."]
        words.append("Say --dtype float32, or compute in float64.")
    elif diagnosis.failed:
        words = words_of_failed(diagnosis)
    elif any(check.compared for check in diagnosis.checks):
        words = ["Nothing differs."]
    else:
        words = ["Nothing was compared, so there is nothing to explain."]
    return Section("Diagnosis", words)


def words_of_failed(diagnosis):
    """Return sentences about numbers that nothing in the catalogue explains."""
    first = diagnosis.failed[0].first
    words = [f"The first difference is at {first.name}, but nothing in the catalogue gives these numbers."]
    if diagnosis.ratio is not None:
        words.append(f"Every number of it is {diagnosis.ratio:.6g} times the right one.")
    several = len(diagnosis.checks) > 1
    stages = [
        f"{stage.name} of {check.case.id}" if several else stage.name
        for check in diagnosis.failed
        for stage in (check.stages or ())[: 3 if several else None]
    ]
    if stages:
        words.append("Wrong by themselves, from the program's own numbers, are: " + ", ".join(shortened(stages)) + ".")
    return words


def words_of_found(diagnosis):
    """Return sentences about the mistakes or conventions that explain the numbers."""
    first = diagnosis.found[0]
    one, several = (
        ("another convention", "other conventions") if is_convention(first) else ("a known mistake", "known mistakes")
    )
    what = one if len(first) == 1 else several
    if not diagnosis.failed:
        words = [f"All reported numbers are right, and the program stops where {what} makes one stop."]
    elif diagnosis.separately:
        words = [f"Each stage that is wrong by itself is explained by {what}."]
    else:
        words = [f"These numbers are those of {what}."]
    if len(diagnosis.found) > 1:
        words.append(
            "These explanations give the same numbers here; more quantities, or more cases, would tell them apart."
        )
    words.append(f"`purenet mistakes {first[0].id()}` explains " + ("it." if len(first) == 1 else "the first."))
    return words


def table_of_found(found):
    """Return the table of the mistakes in the first few explanations."""
    words = ("this program", "the case") if is_convention(found[0]) else ("wrong", "right")
    rows = [
        [mistake.id(), mistake.sentence, mistake.wrong, mistake.right] for mistakes in found[:5] for mistake in mistakes
    ]
    headers = ["id", "what", *words]
    return Table(headers, rows, [(0,), (1,), (2, 3)], wraps=headers[1:], plain=headers)


def is_convention(mistakes):
    return all(mistake.convention for mistake in mistakes)


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
