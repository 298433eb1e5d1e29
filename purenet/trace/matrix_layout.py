"""Equations between matrices as a part of a document, where a table could be: as text, Markdown, LaTeX or HTML.

In text, each matrix has its name and its shape above its numbers, and signs are on all three levels.
"""

import textwrap

from purenet.arithmetic.notation import ASCII, HAT, UNICODE, number_text
from purenet.document.colour import TerminalText
from purenet.document.formats import SHOWN_DIGITS
from purenet.drawing.svg import escape
from purenet.trace.matrix import GAP, Scalar
from purenet.trace.matrix_notation import PLAIN, PLAIN_ASCII, TAGS, TEX, equation_text, named, shaped, shapes_text
from purenet.trace.row import Row

BRACKETS = {False: ("[]", "⎡⎤", "⎢⎥", "⎣⎦"), True: ("[]", "[]", "[]", "[]")}  # a single line; the first, middle, last
INDENT = 4
WIDEST_LATEX = 8  # columns of a matrix in small print, with six digits each


def entry_text(entry, digits=None):
    """Return an entry as it is shown: by hand where there is rounding, else to some significant digits."""
    if not isinstance(entry, Row):
        return entry
    return UNICODE.number(entry.digits_by_hand or number_text(entry.value, digits or SHOWN_DIGITS))


class Equations:
    """Some equations, and the significant digits of their numbers."""

    def __init__(self, equations, digits=None):
        self.equations = equations
        self.digits = digits

    # text

    def text(self, width, ascii=False):
        """Return them as lines of at most so many columns."""
        writer = PLAIN_ASCII if ascii else PLAIN
        return TerminalText("\n\n".join(self.equation_lines(equation, width, writer) for equation in self.equations))

    def equation_lines(self, equation, width, writer):
        rows = in_rows(self.blocks(equation, writer), width - INDENT)
        lines = []
        if len(rows) > 1:  # then the equation is whole in a line of its own
            for text in (equation_text(equation, writer), shapes_text(equation, writer)):
                lines += textwrap.wrap(text, width - INDENT, subsequent_indent="    ", break_on_hyphens=False)
        lines += [line for blocks in rows for line in side_by_side(blocks, width - INDENT, with_shapes=len(rows) == 1)]
        if equation.rule:
            lines += textwrap.wrap(writer.notation.rule(equation.rule), width - INDENT)
        return "\n".join((" " * INDENT + line).rstrip() for line in lines)

    def blocks(self, equation, writer):
        """Return the parts as blocks; a sign is one with the matrix after it, so that a line never ends with it."""
        found, signs = [], ""
        parts = equation.parts if equation.right else [equation.left]
        for part in parts:
            if isinstance(part, str):
                signs += writer.sign(part)
            else:
                found.append(self.block(signs, part, writer))
                signs = ""
        if signs:
            found[-1].end = signs
        return found

    def block(self, signs, part, writer):
        lines = [[entry_text(part.row, self.digits)]] if isinstance(part, Scalar) else self.entries(part)
        if writer is PLAIN_ASCII:
            lines = [[ASCII.prose(entry) for entry in line] for line in lines]
        columns = [aligned(column) for column in zip(*lines)]
        lines = [" ".join(line) for line in zip(*columns)]
        if not isinstance(part, Scalar):
            lines = bracketed(lines, BRACKETS[writer is PLAIN_ASCII])
        return Block(signs, named(part, writer), shaped(part, writer), lines)

    def entries(self, matrix):
        return [[entry_text(entry, self.digits) for entry in line] for line in matrix.entries]

    # other formats

    def markdown(self):
        """Return them in TeX for Markdown: names with their shapes, then the numbers."""
        parts = []
        for equation in self.equations:
            for line in self.tex_lines(equation, r"\underset{{{below}}}{{{above}}}", r" \cr "):
                parts.append(f"$${line}$$")
        return "\n\n".join(parts)

    def latex(self):
        """Return them for LaTeX, each part a formula of its own, so that a line can be broken before it."""
        parts = []
        for equation in self.equations:
            size = r"\tiny\arraycolsep=2pt" if self.is_wide(equation) else r"\small"
            for line in self.tex_lines(equation, r"\underbrace{{{above}}}_{{{below}}}", r" \\ ", "$ $\\displaystyle "):
                parts.append(rf"\begin{{center}}{size} $\displaystyle {line}$\end{{center}}")
        return "\n\n".join(parts)

    def is_wide(self, equation):
        """Return whether a matrix is wider than a page of LaTeX in small print."""
        return any(len(part.entries[0]) > WIDEST_LATEX for part in equation.parts if hasattr(part, "shape"))

    def tex_lines(self, equation, pair, end, between=""):
        """Return the equation with shapes, that with numbers, and its rule, in TeX."""

        def written(operand):
            pieces = []
            for part in equation.parts if equation.right else [equation.left]:
                if isinstance(part, str):
                    pieces.append(between * bool(pieces) * part.startswith(" ") + TEX.sign(part).lstrip())
                else:
                    pieces.append(operand(part))
            return " ".join(" ".join(pieces).split())

        yield written(lambda part: self.tex_name(part, pair))
        yield written(lambda part: self.tex_numbers(part, end))
        if equation.rule:
            yield TEX.notation.rule(equation.rule)

    def tex_name(self, part, pair):
        if isinstance(part, Scalar):
            return named(part, TEX)
        return pair.format(above=named(part, TEX), below=TEX.shape(part.shape))

    def tex_numbers(self, part, end):
        if isinstance(part, Scalar):
            return tex_number(entry_text(part.row, self.digits))
        lines = [" & ".join(map(tex_number, line)) for line in self.entries(part)]
        columns = "r" * len(part.entries[0])
        return rf"\left[\begin{{array}}{{{columns}}} {end.join(lines)} \end{{array}}\right]"

    def html(self):
        """Return them as tables side by side, for a notebook."""
        parts = []
        for equation in self.equations:
            shapes = shapes_text(equation, TAGS)
            parts.append(f"<p>{equation_text(equation, TAGS)}<br>\n<small>{shapes}</small></p>")
            cells = [
                f"<td>{TAGS.sign(part)}</td>" if isinstance(part, str) else f"<td>{self.html_numbers(part)}</td>"
                for part in (equation.parts if equation.right else [equation.left])
            ]
            parts.append(f"<table><tr>{''.join(cells)}</tr></table>")
            parts += [f"<p>{TAGS.notation.rule(equation.rule)}</p>"] if equation.rule else []
        return "\n".join(parts)

    def html_numbers(self, part):
        if isinstance(part, Scalar):
            return escape(entry_text(part.row, self.digits))
        lines = ["".join(f"<td>{escape(entry)}</td>" for entry in line) for line in self.entries(part)]
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def tex_number(text):
    """Return a number, or what is left out, in TeX."""
    return {GAP: r"\dots"}.get(text) or TEX.notation.number(text.replace("−", "-").replace("–", r"\cdot"))


class Block:
    """The lines of a matrix in text: its name, its shape and its numbers, with signs before them, and after the last."""

    def __init__(self, signs, name, shape, lines):
        self.signs, self.name, self.shape, self.lines = signs, name, shape, lines
        self.end = ""

    @property
    def width(self):
        return len(self.signs) + max(map(columns, [self.name, self.shape, *self.lines])) + len(self.end)

    def drawn(self, height, with_shapes=True):
        """Return the block as lines, of which so many are for the numbers."""
        inner = self.width - len(self.signs) - len(self.end)
        empty = (height - len(self.lines)) // 2
        numbers = [""] * empty + self.lines + [""] * (height - len(self.lines) - empty)
        found = [self.signs + self.name + " " * (inner - columns(self.name)) + self.end]
        if with_shapes:
            found.append(without_squares(self.signs) + self.shape.ljust(inner) + without_squares(self.end))
        for n, text in enumerate(numbers):
            middle = n == (height - 1) // 2
            signs, end = (text if middle else " " * len(text) for text in (self.signs, self.end))
            found.append(signs + text.ljust(inner) + end)
        return found


def columns(text):
    """Return how many columns a text takes: a hat is above the letter before it."""
    return len(text.replace(HAT, ""))


def without_squares(signs):
    """Return signs beside a shape: a shape is not squared."""
    return signs.replace("²", " ")


def in_rows(blocks, width):
    """Return blocks in rows of at most so many columns each."""
    rows, used = [[]], 0
    for block in blocks:
        if rows[-1] and used + block.width > width:
            rows.append([])
            used = 0
        rows[-1].append(block)
        used += block.width
    return rows


def side_by_side(blocks, width, with_shapes):
    """Return blocks as lines; a single one that is too wide has its numbers row by row."""
    if len(blocks) == 1 and blocks[0].width > width:
        block = blocks[0]
        indents = {"subsequent_indent": "    ", "break_on_hyphens": False}
        lines = [f"{block.signs}{block.name}, {block.shape}{block.end}:"]
        return lines + [part for line in block.lines for part in textwrap.wrap(line, width, **indents)]
    height = max(len(block.lines) for block in blocks)
    return ["".join(parts) for parts in zip(*(block.drawn(height, with_shapes) for block in blocks))]


def bracketed(lines, brackets):
    """Return lines between brackets."""
    single, first, middle, last = brackets
    pairs = [first, *[middle] * (len(lines) - 2), last] if len(lines) > 1 else [single]
    return [left + line + right for (left, right), line in zip(pairs, lines)]


def aligned(texts):
    """Return texts in one width, numbers with their points in one line.

    >>> aligned(["0.5", "−12.25", "…"])
    ['  0.5 ', '−12.25', '…     ']
    """
    wholes = [len(text.partition(".")[0]) for text in texts]
    moved = [" " * (max(wholes) - whole if "." in text else 0) + text for text, whole in zip(texts, wholes)]
    return [text.ljust(max(map(len, moved))) for text in moved]
