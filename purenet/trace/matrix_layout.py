"""Equations between matrices as a part of a document, where a table could be: as text, Markdown, LaTeX or HTML.

In text, each matrix has its name and its shape above its numbers, and signs are on all three levels.
"""

import re
import textwrap

from purenet.arithmetic.notation import ASCII, HAT
from purenet.document.colour import TerminalText
from purenet.drawing.svg import escape
from purenet.trace.entrywise import joined
from purenet.trace.matrix import GAP, Scalar
from purenet.trace.matrix_entry import entry_text, written_out
from purenet.trace.matrix_notation import PLAIN, PLAIN_ASCII, TAGS, TEX, equation_text, named, shaped, shapes_text

BRACKETS = {False: ("[]", "⎡⎤", "⎢⎥", "⎣⎦"), True: ("[]", "[]", "[]", "[]")}  # a single line; the first, middle, last
INDENT = 4
CLOSING = re.compile("(?:[²ᵗ]?\\))*[²ᵗ]?")  # of parentheses, and squares
WIDEST_LATEX = 8  # columns of a matrix in small print, with six digits each


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
        width -= INDENT
        blocks = self.blocks(equation, writer)
        lines = []
        if max(block.width for block in blocks) > width - INDENT:  # then the equation is whole in a line of its own
            for text in (equation_text(equation, writer), shapes_text(equation, writer)):
                lines += wrapped(text, width)
        for n, row in enumerate(in_rows(blocks, width)):
            indent = " " * INDENT * bool(n)  # of what goes on
            lines += [indent + line for line in side_by_side(row, width - len(indent))]
        if equation.rule:
            lines += textwrap.wrap(writer.notation.rule(equation.rule), width)
        lines += wrapped(" = ".join(written_out(equation, writer.notation, self.digits)), width)
        return "\n".join((" " * INDENT + line).rstrip() for line in lines)

    def blocks(self, equation, writer):
        """Return the parts as blocks, each with the signs before it; what closes parentheses is at the end of a block."""
        return [
            self.block(writer.sign(signs), part, writer, writer.sign(end))
            for signs, part, end in with_signs(equation.parts if equation.right else [equation.left])
        ]

    def block(self, signs, part, writer, end):
        lines = [[entry_text(part.row, self.digits)]] if isinstance(part, Scalar) else self.entries(part)
        if writer is PLAIN_ASCII:
            lines = [[ASCII.prose(entry) for entry in line] for line in lines]
        columns = [aligned(column) for column in zip(*lines)]
        lines = [" ".join(line) for line in zip(*columns)]
        if not isinstance(part, Scalar):
            lines = bracketed(lines, BRACKETS[writer is PLAIN_ASCII])
        return Block(signs, named(part, writer), shaped(part, writer), lines, end)

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
        if equation.is_written_out:
            yield f"{between or ' '}= ".join(written_out(equation, TEX.notation, self.digits))

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
            written = " = ".join(written_out(equation, TAGS.notation, self.digits))
            parts += [f"<p>{written}</p>"] if written else []
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
    """The lines of a matrix in text: its name, its shape and its numbers, with signs before them, and at their end."""

    def __init__(self, signs, name, shape, lines, end):
        self.signs, self.name, self.shape, self.lines, self.end = signs, name, shape, lines, end
        self.is_inside = False  # whether its signs are in parentheses that were opened before

    @property
    def width(self):
        return len(self.signs) + max(map(columns, [self.name, self.shape, *self.lines])) + len(self.end)

    def drawn(self, height):
        """Return the block as lines, of which so many are for the numbers."""
        inner = self.width - len(self.signs)
        empty = (height - len(self.lines)) // 2
        numbers = [""] * empty + self.lines + [""] * (height - len(self.lines) - empty)
        tight = closing(self.end)
        rest = self.end[len(tight) :]
        found = [
            signs + filled(label + end, inner - len(rest)) + rest
            for signs, label, end in (
                (self.signs, self.name, tight),
                (self.signs, self.shape, tight.replace("²", "")),  # a shape is not squared
            )
        ]
        for n, text in enumerate(numbers):
            middle = n == (height - 1) // 2
            signs, end = (text if middle else " " * len(text) for text in (self.signs, self.end))
            found.append(signs + filled(text.ljust(inner - len(self.end)) + end, inner))
        return found


def with_signs(parts):
    """Yield each matrix or scalar with the signs before it, and those after it that close parentheses, or belong to it.

    >>> for part in with_signs([["D"], " = (", ["W"], " · ", ["K"], ") ⊙ (1 − ", ["Y"], "²)"]):
    ...     print(part)
    ('', ['D'], '')
    (' = (', ['W'], '')
    (' · ', ['K'], ')')
    (' ⊙ (1 − ', ['Y'], '²)')
    """
    parts = joined(parts)
    for n, part in enumerate(parts):
        if isinstance(part, str):
            continue
        before, after = (parts[m] if 0 <= m < len(parts) and isinstance(parts[m], str) else "" for m in (n - 1, n + 1))
        yield before[len(closing(before)) * (n > 1) :], part, closing(after) if n + 2 < len(parts) else after


def closing(signs):
    """Return the signs at the beginning that belong to what is before them."""
    return CLOSING.match(signs)[0]


def columns(text):
    """Return how many columns a text takes: a hat is above the letter before it."""
    return len(text.replace(HAT, ""))


def filled(text, width):
    """Return a text in so many columns."""
    return text + " " * (width - columns(text))


def wrapped(text, width):
    return textwrap.wrap(text, width, subsequent_indent=" " * INDENT, break_on_hyphens=False)


def in_rows(blocks, width):
    """Return blocks in rows of at most so many columns, those from the second on of fewer, as they have an indent."""
    rows, left = [[]], width
    for group in groups(blocks, width - INDENT):
        used = sum(block.width for block in group)
        if rows[-1] and used > left:
            rows.append([])
            left = width - INDENT
        rows[-1] += group
        left -= used
    return rows


def groups(blocks, width):
    """Return blocks in lists that stay side by side where they fit: a number with its matrix, and what is in parentheses."""
    depth = 0
    for block in blocks:
        block.is_inside = depth > 0
        depth += sum(signs.count("(") - signs.count(")") for signs in (block.signs, block.end))
    pieces = together([[block] for block in blocks], lambda block: not block.signs.startswith(" "), width)
    return together(pieces, lambda block: block.is_inside, width)


def together(pieces, joins, width):
    """Return lists of blocks, each of which goes on with the next where that joins it and fits."""
    found = []
    for piece in pieces:
        if found and joins(piece[0]) and sum(block.width for block in [*found[-1], *piece]) <= width:
            found[-1] = found[-1] + piece
        else:
            found.append(piece)
    return found


def side_by_side(blocks, width):
    """Return blocks as lines; a single one that is too wide has its numbers row by row."""
    if len(blocks) == 1 and blocks[0].width > width:
        block = blocks[0]
        lines = [f"{block.signs}{block.name}{block.end}, {block.shape}:"]
        return lines + [part for line in block.lines for part in wrapped(line, width)]
    height = max(len(block.lines) for block in blocks)
    return ["".join(parts) for parts in zip(*(block.drawn(height) for block in blocks))]


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
