"""What a chapter consists of, block by block, as text and as Markdown; prose_html.py and page.py make pages of them.

A block is prose, a `Table`, a picture, steps of a trace, the output of a program, or anything that has `to` and `sections`,
such as a summary. Prose is a small part of Markdown, wrapped by hand: paragraphs; lines that begin with four spaces and are
shown as they are; items that begin with "  - "; a line underlined with hyphens, which is a heading; code between backticks.
"""

import textwrap

from purenet.arithmetic.notation import ASCII
from purenet.document.notebook_display import Picture
from purenet.document.table import WIDE, Table
from purenet.trace.matrix_pages import step_section

WIDTH = 80  # columns of text


class Steps:
    """Some steps of a trace, by number: their words, rules and tables and, on a page, their pictures."""

    def __init__(self, trace, numbers, picture=True):
        self.trace = trace
        self.numbers = numbers
        self.picture = picture

    def to(self, format, width=WIDTH, ascii=False):
        return self.trace.to(format, steps=self.numbers, width=width, ascii=ascii)


class Matrices:
    """Some steps of the matrix view of a trace, by number, as `trace.matrices()` returns it."""

    def __init__(self, view, numbers):
        self.view = view
        self.numbers = numbers

    @property
    def steps(self):
        return [self.view.steps[number - 1] for number in self.numbers]

    def sections(self, format):
        """Return the steps as sections for a notebook."""
        return [step_section(step) for step in self.steps]

    def to(self, format, width=WIDTH, ascii=False):
        return self.view.to(format, steps=self.numbers, width=width, ascii=ascii)


class Output:
    """What a command or a program prints, as it is."""

    def __init__(self, text):
        self.text = text


def block_text(block, format="text", ascii=False):
    """Return a block as text or Markdown, without line ends around it."""
    if isinstance(block, Picture):
        title = block.title.rstrip(".")
        block = textwrap.fill(f"(On the page of this chapter, a picture: {title}.)", WIDTH)
    if isinstance(block, str):
        return (ASCII.prose(block) if ascii else block).strip("\n")
    if isinstance(block, Table):
        text = block.markdown() if format == "markdown" else table_text(block, ascii)
    elif isinstance(block, Output):
        shown = ASCII.prose(block.text) if ascii else block.text
        text = f"```text\n{shown.rstrip()}\n```" if format == "markdown" else shown
    else:
        text = block.to(format, width=WIDTH, ascii=ascii)
    return text.strip("\n")


def table_text(table, ascii):
    """Return a table as text, without lines between its rows if it is then narrow enough."""
    table = ascii_table(table) if ascii else table
    text = table.text(WIDE, ascii)
    return text if max(map(len, text.splitlines())) <= WIDTH else table.text(WIDTH, ascii)


def ascii_table(table):
    """Return a table with the symbols in it spelled in ASCII."""
    rows = [[cell and ASCII.prose(cell) for cell in row] for row in table.rows]
    return Table(
        [ASCII.prose(header) for header in table.headers],
        rows,
        table.stacks,
        [ASCII.prose(each) for each in table.wraps],
    )
