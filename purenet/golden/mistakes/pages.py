"""The catalogue of mistakes, and which golden case shows which, as pages."""

from purenet.cases import load_case
from purenet.document.formats import Section, notation_for, write
from purenet.document.table import Table
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.values.case_files import golden_names

MOST_OTHERS = 4  # cases that do not show a mistake, and are listed in place of those that do


def catalogue_page(format, width, ascii):
    """Return the list of all mistakes in a format; as text, without formulas."""
    notation = notation_for(format, ascii)
    groups = {}
    for mistake in CATALOGUE.values():
        groups.setdefault(mistake.group, []).append(mistake)
    words = ["`purenet mistakes ID` explains one; with `--program`, it writes a program that makes it."]
    sections = [Section("Known mistakes", words, level=1)]
    sections += [Section(group.capitalize(), table=group_table(groups[group], notation, format)) for group in groups]
    rows = [[id, notation.prose(sentence), notation.prose(why)] for id, (sentence, why, _) in UNSEEN.items()]
    headers = ["id", "what", "why no values show it"]
    table = Table(headers, rows, [(0,), (1,), (2,)], wraps=headers[1:], plain=headers)
    sections.append(Section("Not to be seen in values", table=table))
    return write(sections, format, width, ascii)


def group_table(mistakes, notation, format):
    """Return the table of the mistakes of a group."""
    headers, rows = ["id", "what", "wrong", "right"], []
    for mistake in mistakes:
        remark = " (A convention.)" if mistake.convention and mistake.group != "conventions" else ""
        formulas = [notation.rule(mistake.wrong), notation.rule(mistake.right)]
        rows.append([mistake.id, notation.prose(mistake.sentence) + remark, *formulas])
    if format == "text":  # formulas beside the sentences would make both too narrow
        return Table(headers[:2], [row[:2] for row in rows], [(0,), (1,)], wraps=headers[1:], plain=headers)
    return Table(headers, rows, [(0,), (1,), (2, 3)], wraps=headers[1:], plain=headers[:2])


def matrix_page(format, width, ascii):
    """Return in a format which mistakes each case shows, and which cases show each mistake."""
    cases = [load_case(name) for name in golden_names()]
    headers = ["", "case", "mistakes shown"]
    rows = [[str(n), case.id, str(len(CATALOGUE) - len(case.blind_to))] for n, case in enumerate(cases, start=1)]
    of_cases = Table(headers, rows, [(0,), (1,), (2,)], plain=headers)
    headers = ["mistake", "", "shown by the cases"]
    rows = []
    for id in CATALOGUE:
        numbers = [n for n, case in enumerate(cases, start=1) if id not in case.blind_to]
        rows.append([id, str(len(numbers)), short(numbers, len(cases))])
    of_mistakes = Table(headers, rows, [(0,), (1,), (2,)], wraps=headers[2:], plain=headers)
    sections = [
        Section("Which case shows which mistake", [f"Of {len(CATALOGUE)} mistakes."], level=1),
        Section("Cases", table=of_cases),
        Section("Mistakes", ["The number of cases, and their numbers from the table above."], table=of_mistakes),
    ]
    return write(sections, format, width, ascii)


def short(numbers, count):
    """Return some of the numbers from 1 to a count in words: all, all but 5, or 1-3, 7."""
    others = [number for number in range(1, count + 1) if number not in numbers]
    if not others:
        return "all"
    if len(others) <= MOST_OTHERS:
        return f"all but {ranges(others)}"
    return ranges(numbers)


def ranges(numbers):
    """Return ascending numbers as text, three or more in sequence as a range: 1-3, 7."""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
