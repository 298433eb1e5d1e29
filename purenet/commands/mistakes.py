"""`purenet mistakes`: the catalogue, one mistake explained, and which case shows which."""

from purenet.cases import load_case
from purenet.commands.common import add_command, add_output_options, emit
from purenet.document.formats import TEXT_FORMATS, Section, notation_for, write
from purenet.document.table import Table
from purenet.errors import NetworkError
from purenet.golden.diagnosis.lessons import lesson
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.values.case_files import golden_names


def add_commands(commands):
    command = add_command(commands, "mistakes", mistakes, "list known mistakes, or explain one on a case")
    command.add_argument("id", nargs="?", metavar="ID", help="the mistake to explain")
    command.add_argument("--case", metavar="CASE", help="on this case; default the smallest that shows it")
    command.add_argument("--matrix", action="store_true", help="show which golden case detects which mistake")
    add_output_options(command, TEXT_FORMATS)


def mistakes(options):
    """List the catalogue, explain a mistake, or show the matrix of detection."""
    if options.id is not None:
        if options.matrix:
            raise NetworkError("--matrix shows all mistakes: leave out the id")
        case = load_case(options.case) if options.case else None
        emit(options, lambda **layout: lesson(options.id, case, options.format, **layout))
        return 0
    if options.case:
        raise NetworkError("--case goes with the id of a mistake")
    emit(options, lambda **layout: (matrix if options.matrix else catalogue)(options.format, **layout))
    return 0


def catalogue(format, width, ascii):
    """Return the list of all mistakes."""
    notation = notation_for(format, ascii)
    groups = {}
    for id, mistake in CATALOGUE.items():
        groups.setdefault(type(mistake).__module__.rpartition(".")[2], []).append((id, mistake))
    sections = [Section("Known mistakes", ["`purenet mistakes ID` explains one on a case."], level=1)]
    headers = ["id", "what", "wrong", "right"]
    for group, members in groups.items():
        rows = [
            [id, notation.prose(mistake.sentence) + (" (A convention.)" if mistake.convention and group != "conventions" else ""),
             notation.rule(mistake.wrong), notation.rule(mistake.right)]
            for id, mistake in members
        ]  # fmt: skip
        table = Table(headers, rows, [(0,), (1,), (2, 3)], wraps=headers[1:], plain=headers[:2])
        sections.append(Section(group.capitalize(), table=table))
    rows = [[id, notation.prose(sentence), notation.prose(why)] for id, (sentence, why, _) in UNSEEN.items()]
    headers = ["id", "what", "why no values show it"]
    sections.append(
        Section(
            "Not to be seen in values", table=Table(headers, rows, [(0,), (1,), (2,)], wraps=headers[1:], plain=headers)
        )
    )
    return write(sections, format, width, ascii)


def matrix(format, width, ascii):
    """Return the table of mistakes and cases: a sign where the case detects the mistake."""
    cases = [load_case(name) for name in golden_names()]
    numbers = [str(number) for number in range(1, len(cases) + 1)]
    rows = [
        [id, *("." if id in case.blind_to else "x" for case in cases)] for id in CATALOGUE
    ]  # fmt: skip
    key = [[number, case.id, str(len(CATALOGUE) - len(case.blind_to))] for number, case in zip(numbers, cases)]
    headers = ["", "case", "mistakes detected"]
    sections = [
        Section("Which case detects which mistake", [f"Of {len(CATALOGUE)}."], level=1),
        Section("Cases", table=Table(headers, key, [(0,), (1,), (2,)], plain=headers)),
        Section(
            "Mistakes",
            table=Table(
                ["mistake", *numbers], rows, [(0,), tuple(range(1, len(numbers) + 1))], plain=["mistake", *numbers]
            ),
        ),
    ]
    return write(sections, format, width, ascii)
