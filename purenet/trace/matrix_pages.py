"""The matrix view of a trace as a document, in every format, and what it shows of a single quantity."""

from purenet.document.formats import (
    DEFAULT_WIDTH,
    SHOWN_DIGITS,
    Section,
    check_options,
    to_csv,
    to_json,
    typeset_notation_for,
    write,
)
from purenet.document.table import Table
from purenet.drawing.svg import as_ascii
from purenet.errors import NetworkError
from purenet.trace.matrix import Operand, Scalar, Sums
from purenet.trace.matrix_entry import entry_text
from purenet.trace.matrix_html import matrix_page
from purenet.trace.matrix_layout import Equations
from purenet.trace.matrix_notation import PLAIN, PLAIN_ASCII, TEX, equation_text, shapes_text
from purenet.trace.row import Row
from purenet.trace.text_pages import given_numbers, rounding_words, row_data, rows_table


def matrix_text(view, format, steps=None, only=None, width=DEFAULT_WIDTH, ascii=False, digits=None, standalone=False):
    """Return a view, or the steps of it that are named by number, or one quantity, as text in a format."""
    check_options(format, width, digits)
    if standalone and format != "latex":
        raise NetworkError(f"only LaTeX is standalone, not {format}")
    if only is not None and format in ("json", "csv"):
        raise NetworkError(f"one quantity is shown in a format for people, not in {format}")
    if only is not None and steps is not None:
        raise NetworkError("a quantity has its own step: leave out the steps")
    chosen = chosen_steps(view, steps)
    if format == "json":
        return to_json(view_data(view, chosen, ascii), ascii)
    if format == "csv":
        return to_csv(*view_records(view, chosen, ascii), formulas=("equation", "shapes", "formula", "numbers"))
    if format == "html" and only is None:
        page = matrix_page(view, chosen, head_section(view, digits).sentences if steps is None else [], digits)
        return as_ascii(page) if ascii else page
    if only is not None:
        sections = only_sections(view, only, format, ascii, digits)
    else:
        sections = [step_section(step, digits) for step in chosen]
        sections = [*[head_section(view, digits)] * (steps is None), *sections]
    if ascii and format == "text":
        for section in sections:
            section.sentences = [PLAIN_ASCII.prose(sentence) for sentence in section.sentences]
    return write(sections, format, width, ascii, standalone)


def matrix_sections(view):
    """Return the sections of a view for a notebook."""
    return [head_section(view, None), *[step_section(step) for step in view.steps]]


def chosen_steps(view, numbers):
    """Return the steps with the given numbers; raise NetworkError for a number that the view does not have."""
    for number in numbers or ():
        if not 1 <= number <= len(view.steps):
            raise NetworkError(f"there is no step {number}: in matrices, the trace has steps 1 to {len(view.steps)}")
    return view.steps if numbers is None else [view.steps[number - 1] for number in numbers]


def head_section(view, digits=None):
    """Return the head of the document: what is given, and the convention."""
    trace, sentences = view.trace, [*given_numbers(view.trace), *view.convention]
    if trace.pencil:
        sentences.append(f"The numbers are those by hand: {rounding_words(trace)}, and used so from there on.")
    elif digits is None:
        sentences.append(
            f"Numbers are shown to {SHOWN_DIGITS} significant digits, without zeros at the end; the option --digits shows more."
        )
    return Section(view.title, sentences, level=1)


def step_section(step, digits=None):
    title = f"Step {step.number}. {step.title}"
    return Section(title, step.sentences, step.rule, Equations(step.equations, digits))


def view_data(view, steps, ascii):
    """Return the view as a dictionary for JSON."""
    writer = PLAIN_ASCII if ascii else PLAIN
    return {
        "title": view.title,
        "convention": [writer.prose(sentence) for sentence in view.convention],
        "weights": "neuron,input",
        "rows": view.rows,
        "steps": [step_data(step, view, writer) for step in steps],
    }


def step_data(step, view, writer):
    place = {} if step.training_step == "after" else {"training_step": step.training_step}
    return {
        "number": step.number,
        "title": step.title,
        **place,
        "examples": step.examples,
        "sentences": [writer.prose(sentence) for sentence in step.sentences],
        **({"rule": writer.notation.rule(step.rule)} if step.rule else {}),
        "equations": [equation_data(equation, writer) for equation in step.equations],
    }


def equation_data(equation, writer):
    matrices = {writer.name(part.name): part for part in equation.parts if hasattr(part, "shape")}
    return {
        "equation": equation_text(equation, writer),
        "shapes": shapes_text(equation, writer),
        **({"rule": writer.notation.rule(equation.rule)} if equation.rule else {}),
        "matrices": [matrix_data(name, matrix, writer) for name, matrix in matrices.items()],
    }


def matrix_data(name, matrix, writer):
    """Return a matrix as a dictionary: its symbols, its numbers in full and, where there is rounding, by hand."""

    def entries(of_row):
        return [
            [of_row(e) if isinstance(e, Row) else writer.notation.prose(e) for e in line] for line in matrix.entries
        ]

    by_hand = any(row.by_hand_quantity for row in matrix.rows())
    return {
        "name": name,
        "shape": list(matrix.shape),
        "symbols": entries(lambda row: writer.notation.symbol(row.quantity.symbol)),
        **({"by_hand": entries(lambda row: row.digits_by_hand)} if by_hand else {}),
        "values": entries(lambda row: row.value),
    }


def view_records(view, steps, ascii):
    """Return headers and records for CSV: one for each entry of the result of each equation."""
    fields = "symbol formula numbers by_hand rounded value name".split()
    writer, names, records = PLAIN_ASCII if ascii else PLAIN, view.trace.names(), []
    for step in steps:
        for equation in step.equations:
            where = [equation_text(equation, writer), shapes_text(equation, writer)]
            for r, line in enumerate(equation.left.entries):
                for c, row in enumerate(line):
                    if isinstance(row, Row):
                        data = row_data(row, names, writer.notation)
                        at = [numbers[n] for numbers, n in zip(equation.left.numbers, (r, c))]
                        place = [step.number, step.title, *where, writer.name(equation.left.name), *at]
                        records.append(place + [data.get(field, "") for field in fields])
    return ["step", "title", "equation", "shapes", "matrix", "row", "column", *fields], records


# one quantity


def only_sections(view, symbol, format, ascii=False, digits=None):
    """Return what shows of a quantity the entry that it is, the rows and columns that it is made of, and its sum."""
    symbol, found = view.of(symbol)
    sections = []
    for step, equation in found:
        r, c = equation.place(symbol)
        writer = writer_for(format, ascii)
        row, column = equation.left.numbers[0][r], equation.left.numbers[1][c]
        title = f"{symbol}: row {row}, column {column} of {PLAIN.name(equation.left.name)}"
        made = Section(title, step.sentences, step.rule, Equations(equation.whole, digits), level=2)
        sections += [made, Section("What it is made of", table=parts_table(equation, r, c, writer, digits))]
        rows = equation.sums(view.trace, r, c)
        table = rows_table(Sums(step.number, rows), typeset_notation_for(format, ascii), digits)
        sections.append(Section("The formula", table=table))
    return sections


def writer_for(format, ascii):
    return PLAIN_ASCII if ascii else TEX if format in ("latex", "markdown") else PLAIN


def parts_table(equation, r, c, writer, digits):
    """Return a table with the row, the column or the entry of each matrix that a quantity is made of."""
    cells = []
    for part in (part for each in equation.whole for part in each.right):
        if isinstance(part, Operand):
            entries, which = part.used(r, c)
            of = writer.name(part.matrix.name)
            symbols = [writer.notation.symbol(e.quantity.symbol) if isinstance(e, Row) else e for e in entries]
            cells.append([which, of, ", ".join(symbols), ", ".join(entry_text(e, digits) for e in entries)])
        elif isinstance(part, Scalar):
            cells.append(["the number", writer.setting(part.row.quantity.symbol), "", entry_text(part.row, digits)])
    cells = list(map(list, dict.fromkeys(map(tuple, cells))))
    columns = {"plain": ("which",), "wraps": ("entries", "numbers"), "tex": ("matrix", "entries")}
    return Table(["which", "matrix", "entries", "numbers"], cells, [(0, 1), (2, 3)], **columns).without_empty_columns()
