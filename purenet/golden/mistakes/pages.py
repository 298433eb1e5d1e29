"""The catalogue of mistakes, and which golden case shows which, as pages."""

from purenet.cases import load_case
from purenet.document.formats import Section, notation_for, write
from purenet.document.table import Table
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.values.case_files import golden_names


def catalogue_page(format, width, ascii):
    """Return the list of all mistakes in a format."""
    notation = notation_for(format, ascii)
    groups = {}
    for mistake in CATALOGUE.values():
        groups.setdefault(mistake.group, []).append(mistake)
    sections = [Section("Known mistakes", ["`purenet mistakes ID` explains one on a case."], level=1)]
    headers = ["id", "what", "wrong", "right"]
    for group, mistakes in groups.items():
        rows = []
        for mistake in mistakes:
            remark = " (A convention.)" if mistake.convention and group != "conventions" else ""
            formulas = [notation.rule(mistake.wrong), notation.rule(mistake.right)]
            rows.append([mistake.id, notation.prose(mistake.sentence) + remark, *formulas])
        table = Table(headers, rows, [(0,), (1,), (2, 3)], wraps=headers[1:], plain=headers[:2])
        sections.append(Section(group.capitalize(), table=table))
    headers = ["id", "what", "why no values show it"]
    rows = [[id, notation.prose(sentence), notation.prose(why)] for id, (sentence, why, _) in UNSEEN.items()]
    table = Table(headers, rows, [(0,), (1,), (2,)], wraps=headers[1:], plain=headers)
    sections.append(Section("Not to be seen in values", table=table))
    return write(sections, format, width, ascii)


def matrix_page(format, width, ascii):
    """Return in a format the table of mistakes and cases, with an x where the case detects the mistake."""
    cases = [load_case(name) for name in golden_names()]
    numbers = [str(number) for number in range(1, len(cases) + 1)]
    key = [[number, case.id, str(len(CATALOGUE) - len(case.blind_to))] for number, case in zip(numbers, cases)]
    key_headers = ["", "case", "mistakes detected"]
    rows = [[id, *("." if id in case.blind_to else "x" for case in cases)] for id in CATALOGUE]
    headers = ["mistake", *numbers]
    sections = [
        Section("Which case detects which mistake", [f"Of {len(CATALOGUE)}."], level=1),
        Section("Cases", table=Table(key_headers, key, [(0,), (1,), (2,)], plain=key_headers)),
        Section("Mistakes", table=Table(headers, rows, [(0,), tuple(range(1, len(headers)))], plain=headers)),
    ]
    return write(sections, format, width, ascii)
