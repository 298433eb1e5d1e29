"""A table of text, laid out with tabulate for a page of any width, or for another program.

tabulate would print "0.16891735" as 0.168917, because it looks like a number, so its parsing of numbers is off; then it
cannot wrap cells, so that is done here. It is imported where it is used: importing it takes longer than all of purenet.
"""

import html
import re
import textwrap

from purenet.arithmetic.notation import LATEX, MARKDOWN
from purenet.document.colour import BOLD, TerminalText, coloured, judged
from purenet.document.foreign import in_markdown_cell, visible

WIDE, MEDIUM = 100, 60  # columns of text from which a table has all its columns, or stacked ones; below it is a list
PADDING = 2  # columns that tabulate adds to each header
LATEX_ROWS = 4  # of a tabular in a LaTeX table of several
INDENT = "  "  # before the later lines of a cell that is broken between words
NUMBER = re.compile(
    r"([=≈~]* ?)([−-]?[0-9]+(?:,[0-9]{3})*)((?:\.[0-9]+)?(?:e[−+-]?[0-9]+)?(?: %)?)"
)  # what is said before it, sign, rest
BLANK = "\u2800"  # a space before a number, for tabulate removes real ones
HATTED = {"m̂": "\ue000", "v̂": "\ue001"}  # signs of two characters and one column, each with one in its place meanwhile


class Table:
    """Headers and rows of text.

    `wraps` names the columns whose cells may be broken between words; `stacks` groups, by index, the columns that share
    one column on a narrower page; `plain` names the columns that hold neither formulas nor numbers, and `tex` those with
    formulas that are TeX in Markdown, and tags in HTML. On a terminal, `colours` says which columns have which, and
    `verdicts` names those whose cells are green or red by what they say.
    """

    def __init__(self, headers, rows, stacks, wraps=(), plain=(), tex=(), colours=None, verdicts=()):
        self.headers = [visible(header) for header in headers]
        self.rows = [[cell and visible(cell) for cell in row] for row in rows]
        self.stacks = stacks
        self.wraps = wraps
        self.plain = plain
        self.tex = tex
        self.colours = colours or {}
        self.verdicts = verdicts

    def without_empty_columns(self):
        """Return the table without the columns in which every cell is empty."""
        kept = [c for c in range(len(self.headers)) if any(row[c] for row in self.rows)]
        place = {c: n for n, c in enumerate(kept)}
        stacks = [tuple(place[c] for c in stack if c in place) for stack in self.stacks]
        headers, rows = [self.headers[c] for c in kept], [[row[c] for c in kept] for row in self.rows]
        stacks = [stack for stack in stacks if stack]
        return Table(headers, rows, stacks, self.wraps, self.plain, self.tex, self.colours, self.verdicts)

    def text(self, width, ascii=False):
        """Return the table as lines of at most `width` columns, in a narrower layout if need be; nothing is cut off.

        They are a `TerminalText`, which has bold headers and coloured results for a terminal.
        """
        if any(sign in cell for row in self.rows for cell in row for sign in HATTED):
            rows = [[replaced(cell, HATTED) for cell in row] for row in self.rows]
            table = Table(
                self.headers, rows, self.stacks, self.wraps, self.plain, self.tex, self.colours, self.verdicts
            )
            return TerminalText(replaced(table.text(width, ascii), {there: sign for sign, there in HATTED.items()}))
        if width >= WIDE:
            singles = [(c,) for c in range(len(self.headers))]
            lines = self.grid(width, singles, "simple", 2)
            if lines is not None:
                return TerminalText(lines)
        if width >= MEDIUM:
            lines = self.grid(width, self.stacks, "grid" if ascii else "simple_grid", 3)
            if lines is not None:
                return TerminalText(lines)
        return TerminalText(self.list(width))

    def grid(self, width, groups, style, gap):
        """Return the table with a column for each group of columns, or None if that cannot be as narrow as the page."""
        from tabulate import tabulate

        headers = ["\n".join(self.headers[c] for c in group) for group in groups]
        aligned = [self.aligned(group) for group in groups]
        rows = [[[column[n] for column in group] for group in aligned] for n in range(len(self.rows))]
        columns = list(zip(map(padded, headers), *[["\n".join(cells) for cells in row] for row in rows]))
        widths = [max(map(longest_line, column)) for column in columns]
        narrowest = [len(INDENT) + max(map(longest_word, column)) for column in columns]
        wrappable = [n for n, group in enumerate(groups) if any(self.headers[c] in self.wraps for c in group)]
        room = width - gap * (len(groups) - 1) - (4 if gap == 3 else 0)
        while sum(widths) > room:
            widest = max(wrappable, key=lambda n: widths[n] - narrowest[n], default=None)
            if widest is None or widths[widest] <= narrowest[widest]:
                return None
            widths[widest] -= 1
        cells = [[self.drawn(*each) for each in zip(row, groups, widths)] for row in rows]
        headers = [coloured(wrapped(text, max(1, width - PADDING)), BOLD) for text, width in zip(headers, widths)]
        text = tabulate(cells, headers, tablefmt=style, disable_numparse=True)
        return "\n".join(line.rstrip() for line in text.replace(BLANK, " ").splitlines())

    def aligned(self, group):
        """Return the columns of a group as lists of cells; those that hold only numbers have their points in one line."""
        columns = [[row[c] for row in self.rows] for c in group]
        numeric = [column for column in columns if all(NUMBER.fullmatch(cell) for cell in column if cell)]
        parts = [NUMBER.fullmatch(cell).groups() for column in numeric for cell in column if cell]
        before, whole = (max((len(part[n]) for part in parts), default=0) for n in (0, 1))
        return [[pointed(cell, before, whole) for cell in c] if c in numeric else c for c in columns]

    def drawn(self, cells, group, width):
        """Return the cells of a row that share a column, one below the other, each in its colour."""
        return "\n".join(self.painted(wrapped(cell, width), self.headers[c]) for cell, c in zip(cells, group))

    def painted(self, text, header):
        """Return the text of a cell below a header in its colour."""
        if header in self.verdicts:
            return judged(text)
        return coloured(text, self.colours[header]) if header in self.colours else text

    def list(self, width):
        """Return the table as a list: the first column of each row, and the others indented below it."""
        lines = []
        indents = {"initial_indent": "  ", "subsequent_indent": "      "}
        for row in self.rows:
            lines += [coloured(line, BOLD) for line in textwrap.wrap(row[0], width)] or [""]
            for header, cell in zip(self.headers[1:], row[1:]):
                for line in cell.split("\n") if cell else ():
                    wrapped = textwrap.wrap(f"{header}: {line}", width, break_on_hyphens=False, **indents)
                    lines += [self.painted(line, header) for line in wrapped]
        return "\n".join(lines)

    def markdown(self):
        """Return the table in GitHub's Markdown, with formulas and numbers in code spans, or in TeX."""
        return self.other("github", code_span, in_markdown_cell, MARKDOWN.cell)

    def latex(self):
        """Return the table in LaTeX, with formulas and numbers between dollar signs, as narrow as a page if it has any.

        Then columns are one above the other, as on a narrower page of text, and there is a tabular for every few rows,
        so that a page can end after each.
        """
        wrapped = [
            any(self.headers[c] in self.wraps and self.headers[c] not in self.plain for c in g) for g in self.stacks
        ]
        if not any(wrapped):
            return self.other("latex_raw", lambda text: f"${text}$", LATEX.prose)
        widths = [0.5 / sum(wrapped) if wraps else 0.29 for wraps in wrapped]
        widths[0] = widths[0] if self.headers[0] else 0.12  # of symbols
        columns = "".join(rf"p{{{width:.3g}\linewidth}}" for width in widths)
        rows = [self.latex_row(map(self.latex_cell, self.headers, row)) for row in self.rows]
        rows = [rf"\hline {self.latex_row(map(LATEX.prose, self.headers))} \hline \noalign{{\smallskip}}", *rows]
        rows[-1] += r" \hline"
        begin, end = rf"\begin{{tabular}}{{@{{}}{columns}@{{}}}}", r"\end{tabular}"
        parts = [[begin, *rows[n : n + LATEX_ROWS], end] for n in range(0, len(rows), LATEX_ROWS)]
        tabulars = "\n\n\\noindent ".join("\n".join(part) for part in parts)
        space = r"\lineskiplimit=3pt \normallineskip=3pt "  # between two fractions
        return rf"{{\footnotesize {space}\renewcommand{{\arraystretch}}{{1.3}}\noindent {tabulars}\par}}"

    def latex_cell(self, header, cell):
        """Return a cell in LaTeX; its parentheses have fixed sizes, because lines do not break between others."""
        if header in self.plain:
            return LATEX.prose(cell)
        return cell and "$\\displaystyle {}$".format(cell.replace(r"\left(", r"\Bigl(").replace(r"\right)", r"\Bigr)"))

    def latex_row(self, cells):
        """Return cells as a row; those that share a column are one above the other."""
        cells = list(cells)
        texts = [r" \newline ".join(cells[c] for c in group if cells[c]) for group in self.stacks]
        return " & ".join(rf"\raggedright {text}" for text in texts) + r" \tabularnewline \noalign{\smallskip}"

    def html(self):
        """Return the table in HTML, escaped; formulas in tags stay."""
        return self.other("unsafehtml", html.escape, html.escape, str)

    def other(self, style, formula, prose, tex=None):
        """Return the table in a style of tabulate; `formula`, `prose` and, if different, `tex` write the sorts of cells."""
        from tabulate import tabulate

        of_tex = {header: tex or formula for header in self.tex}
        writers = [prose if header in self.plain else of_tex.get(header, formula) for header in self.headers]
        cells = [[cell and write(cell) for write, cell in zip(writers, row)] for row in self.rows]
        return tabulate(cells, [prose(header) for header in self.headers], tablefmt=style, disable_numparse=True)


def replaced(text, signs):
    """Return a text in which signs have others in their place."""
    for sign, other in signs.items():
        text = text.replace(sign, other)
    return text


def pointed(cell, before, whole):
    """Return a number with blanks before its sign, so that its point is in the place after `before` and `whole` signs.

    >>> [pointed(cell, 2, 3).replace(BLANK, " ") for cell in ("≈ 0.25", "−12.5", "7", "")]
    ['≈   0.25', '  −12.5', '    7', '']
    """
    if not cell:
        return ""
    said, sign_and_whole, rest = NUMBER.fullmatch(cell).groups()
    return said.ljust(before, BLANK) + sign_and_whole.rjust(whole, BLANK) + rest


def code_span(text):
    """Return a formula or a number as a code span of a table in Markdown; one with backticks is prose."""
    return in_markdown_cell(text) if "`" in text else "`" + " ".join(text.split("\n")).replace("|", r"\|") + "`"


def padded(header):
    """Return a header as wide as tabulate makes it."""
    return "\n".join(line + "·" * PADDING for line in header.split("\n"))


def longest_line(text):
    return max(len(line) for line in text.split("\n"))


def longest_word(text):
    return max(map(len, text.split()), default=0)


def wrapped(text, width):
    """Return text broken between words into lines of at most width columns; line breaks in it stay."""
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, width, subsequent_indent=INDENT, break_on_hyphens=False) or [""]
    return "\n".join(lines)
