"""Worksheets and keys as text, Markdown and LaTeX; html_page.py has their page."""

from purenet.arithmetic.notation import LATEX, MARKDOWN, UNICODE
from purenet.document.formats import MOST_TERMS, Section, typeset_notation_for, write_together
from purenet.document.table import Table
from purenet.drawing.svg import as_ascii
from purenet.trace.text_pages import step_section
from purenet.worksheet.html_page import worksheet_page

FORMATS = {"text": "txt", "markdown": "md", "latex": "tex", "html": "html"}  # and how the names of their files end
WIDTH = 14  # signs of a blank
LATEX_BLANK = r"\underline{\hspace{%s}}\rule{0pt}{7mm}"


def sheets_to(worksheets, format, width=100, ascii=False, pictures=None):
    """Return worksheets as one text in a format, each on a new page.

    `pictures` is a dictionary from the names of worksheets to names of files, for LaTeX and Markdown.
    """
    if format == "html":
        return html_of(worksheets, ascii)
    notation, pictures = typeset_notation_for(format, ascii), pictures or {}
    documents = [sheet_sections(each, notation, pictures.get(each.name, "")) for each in worksheets]
    return write_together(documents, format, width, ascii)


def keys_to(worksheets, format, width=100, ascii=False):
    """Return the keys to worksheets as one text in a format, each on a new page."""
    if format == "html":
        return html_of(worksheets, ascii, keys=True)
    notation = typeset_notation_for(format, ascii)
    return write_together([key_sections(each, notation) for each in worksheets], format, width, ascii)


def html_of(worksheets, ascii, keys=False):
    page = worksheet_page(worksheets, keys)
    return as_ascii(page) if ascii else page


def sheet_sections(worksheet, notation, picture=""):
    """Return the sections of a worksheet: its head, and each step with its table."""
    words = ["Name: " + "." * 60, *worksheet.sheet_words]
    head = Section(worksheet.title, words, level=1, picture=picture)
    steps = [
        Section(f"Step {step.number}. {step.title}", [step.words], step.rule, blanks_table(worksheet, rows, notation))
        for step, rows in worksheet.sheet_steps
    ]
    return [head, *steps]


def blanks_table(worksheet, rows, notation):
    """Return the table of a step, with a line to write on in place of each number that is left out."""
    rows = [blanks_cells(worksheet, row, notation) for row in rows]
    headers = ["", "numbers", "result"]
    tex = ("", "numbers") if notation is MARKDOWN else ()
    return Table(headers, rows, [(0,), (1,), (2,)], wraps=("numbers",), tex=tex)


def blanks_cells(worksheet, row, notation):
    of_numbers = UNICODE if notation is MARKDOWN else notation  # so that a number can be copied
    if worksheet.is_asked(row):
        return [notation.symbol(row.quantity.symbol), *blanks(notation)]
    return [
        notation.symbol(row.quantity.symbol),
        "" if worksheet.is_bare(row) else row.numbers_in(notation, MOST_TERMS),
        row.by_hand_in(of_numbers),
    ]


def blanks(notation):
    """Return two blanks, a wide one and one for a number."""
    if notation in (LATEX, MARKDOWN):
        wide = LATEX_BLANK % "70mm"
        return [wide, LATEX_BLANK % "30mm" if notation is LATEX else "_" * WIDTH]
    return ["_" * 3 * WIDTH, "_" * WIDTH]


def key_sections(worksheet, notation):
    """Return the sections of a key: its head, and the tables of the trace."""
    steps = [step_section(step, notation, worksheet.key_digits) for step in worksheet.steps]
    return [Section(worksheet.key_title, worksheet.key_words, level=1), *steps]
