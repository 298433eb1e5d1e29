"""Show a check and a diagnosis as pages of tables."""

import math

from purenet.arithmetic.notation import number_text
from purenet.document.formats import Section, notation_for, to_csv, to_json, write
from purenet.document.table import Table
from purenet.golden.diagnosis.check import ratio_text, worst_verdict
from purenet.golden.diagnosis.findings import diagnosis_data, diagnosis_section, shortened
from purenet.golden.diagnosis.first_difference import difference_section
from purenet.golden.diagnosis.hand_pages import hand_words, reasons_section, wrong_section


def check_sections(check, notation):
    """Return the sections that show a check."""
    if check.is_by_hand:
        return hand_sections(check, notation)
    values = check.values
    reported = len(check.rows) - len(check.unreported)
    if check.outcome == "nothing compared":
        words = ["Nothing was compared: no number was reported for which there is a bound. This is not a pass."]
    elif check.passed:
        words = words_of_agreement(check, reported)
    elif check.outcome == "too few digits":
        words = [f"Of {len(check.rows)} quantities {reported} are reported, and none differs as far as can be told."]
    else:
        words = [
            f"Of {len(check.rows)} quantities {reported} are reported, and {len(check.differing)} of those differ."
        ]
    words += [*words_of_types(values), *words_of_digits(check)]
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


def hand_sections(check, notation):
    """Return the sections that show a check of numbers computed by hand."""
    table = stage_table(check, notation, "units off") if check.compared else None
    sections = [Section(f"{check.case.id}: {check.case.title}", hand_words(check), table=table, level=1)]
    return [*sections, wrong_section(check, notation)] if check.differing else sections


def words_of_agreement(check, reported):
    """Return sentences about a check in which all that could be compared agrees."""
    without = [row.name for row in check.rows if row.verdict == "no bound"]
    if not without:
        return [f"All that is reported agrees: {reported} of {len(check.rows)} quantities."]
    return [
        f"All that could be compared agrees: {len(check.compared)} of {len(check.rows)} quantities.",
        f"There is no bound for {', '.join(shortened(without))}: neither right nor wrong.",
    ]


def words_of_types(values):
    """Return a sentence about the float type that numbers are compared as."""
    if len(values.types) > 1:
        types = " or ".join(values.types)
        return [f"By their digits, the numbers may be {types} (--dtype says which): they are compared as each."]
    guess = ", which is a guess from their digits: --dtype says what they are." if values.guessed else "."
    return [f"The numbers are compared as {values.dtype}{guess}"]


def words_of_digits(check):
    """Return sentences about numbers with few digits, and about stages that could not be judged."""
    words = []
    if any(check.values.are_few(number) for number in check.values.reported()):
        words.append("Numbers are compared to the digits that they are printed with.")
    if check.too_few:
        names = ", ".join(shortened([row.name for row in check.too_few]))
        words.append(f"Too few digits to tell: {names}; print 17, with %.17g.")
    unjudged = [row.name for row in check.rows if row.verdict != "not reported" and row.wrong_here is None]
    if check.stages and unjudged:
        words.append(f"Not judged by themselves: {', '.join(shortened(unjudged))}.")
    return words


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


def stage_table(check, notation, measure="difference in tolerances"):
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
        compared = len([row for row in rows if row.verdict != "no bound"])
        verdict = worst_verdict(row.verdict for row in rows)
        if not whole and compared > 1 and agreeing:
            verdict += f" ({agreeing} of {compared})"
        worst = max(row.ratio for row in rows)
        here = by_itself([row.wrong_here for row in rows]) if check.stages and not check.is_by_hand else ""
        where = "epoch 1" if step is None else f"step {step}" + (", whole" if whole else "")
        cells.append([where, what, verdict, ratio_text(worst), here])
    headers = ["where", "quantity", "verdict", measure, "by itself"]
    stacks, verdicts = [(0, 1), (2,), (3,), (4,)], ["verdict", "by itself"]
    table = Table(headers, cells, stacks, wraps=("quantity",), plain=headers, verdicts=verdicts)
    return table.without_empty_columns()


def by_itself(verdicts):
    """Return in words whether the rows of a stage are wrong by themselves."""
    if True in verdicts:
        return "wrong"
    judged = verdicts.count(False)
    return "not judged" if not judged else "right" + (f" ({judged} of {len(verdicts)})" if None in verdicts else "")


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
    elif check.is_by_hand:
        sections += reasons_section(check, notation_for(format, ascii))
    return write(sections, format, width, ascii)


def check_data(check, diagnosis=None):
    """Return a check as data for JSON."""
    data = {
        "case": check.case.id,
        "dtype": check.values.dtype,
        "outcome": check.outcome,
        "passed": check.passed,
        "compared": len(check.compared),
        "first": None if check.first is None else check.first.name,
        "quantities": [
            {
                "name": row.name,
                "verdict": row.verdict,
                "difference_in_tolerances": number_or_none(row.ratio),
                "wrong_by_itself": row.wrong_here,
            }
            for row in check.rows
        ],
    }
    if diagnosis is not None:
        data.update(diagnosis_data(diagnosis))
    return data


def number_or_none(ratio):
    return None if math.isinf(float(ratio)) else float(number_text(float(ratio), 3))
