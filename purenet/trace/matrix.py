"""A matrix of a trace, and an equation between matrices: which rows and columns an entry of the result comes from.

Nothing is computed here: each entry is a `Row` of the trace, which has its own sum.
"""

from collections import namedtuple

from purenet.trace.row import Row

GAP = "…"  # an entry, a row or a column that is left out, of a wide layer
NONE = "–"  # the bias of a neuron that has none
Sums = namedtuple(
    "Sums", "number rows gaps", defaults=({},)
)  # rows of a trace that are shown as those of one of its steps


class Name(namedtuple("Name", "base subscript after example transposed", defaults=("", 0, None, False))):
    """The printed name of a matrix: W_J⁺ is Name("W", "J", 1), and y_Kᵀ is Name("y", "K", transposed=True)."""


class Matrix:
    """A name, and a list of rows of entries; `shape` counts those that are left out, too.

    An entry is a `Row` of the trace, or a text: a constant, `GAP` or `NONE`.
    """

    def __init__(self, name, entries, shape=None):
        self.name = name
        self.entries = entries
        self.shape = shape or (len(entries), len(entries[0]))

    @property
    def transposed(self):
        """The same with rows and columns exchanged."""
        name = self.name._replace(transposed=not self.name.transposed)
        return Matrix(name, [list(column) for column in zip(*self.entries)], self.shape[::-1])

    def at(self, row, column):
        """Return the entry at a place, which a single row, or column, has for every row, or column."""
        line = self.entries[row if len(self.entries) > 1 else 0]
        return line[column if len(line) > 1 else 0]

    @property
    def numbers(self):
        """The numbers, from 1, of its rows, and of its columns, of which some are left out."""
        counts = (len(self.entries), len(self.entries[0]))
        return [
            [n + 1 if n < 3 else whole - shown + n + 1 for n in range(shown)]
            for shown, whole in zip(counts, self.shape)
        ]

    def rows(self):
        """Return the rows of the trace that it shows, in order."""
        return [entry for line in self.entries for entry in line if isinstance(entry, Row)]

    def __repr__(self):
        return f"<Matrix {self.name.base}_{self.name.subscript}, {self.shape[0]}×{self.shape[1]}>"


class Scalar:
    """A single number that is no matrix, such as η."""

    def __init__(self, row):
        self.row = row


class Operand(namedtuple("Operand", "matrix role")):
    """A matrix on the right of an equation, and which of its entries an entry of the result is made of.

    The role is "row" or "column", that of the result, "entry" for that at the same place, or "all".
    """

    def used(self, row, column):
        """Return the entries that one of the result is made of, and what to call them: "row 2"."""
        matrix = self.matrix
        if self.role == "row":
            return matrix.entries[row], f"row {matrix.numbers[0][row]}"
        if self.role == "column":
            return [line[column] for line in matrix.entries], f"column {matrix.numbers[1][column]}"
        if self.role == "entry":
            return [matrix.at(row, column)], "the entry"
        return [entry for line in matrix.entries for entry in line], "all"


class Equation:
    """A matrix, and on the right of the sign = a list of operands, scalars and signs, which are texts.

    `rule` is a formula for all entries, f(x) = …; "" where there is none. Of a product that `is_written_out`, the sum of the
    first entry is shown, too. An equation goes `through` another one if that has its entries before a last factor: what an
    entry there is made of, the one here at the same place is made of as well.
    """

    def __init__(self, left, right, rule="", is_written_out=False, through=None):
        self.left = left
        self.right = right
        self.rule = rule
        self.is_written_out = is_written_out
        self.through = through

    @property
    def whole(self):
        """The equations that it goes through, and itself."""
        return [*(self.through.whole if self.through else []), self]

    @property
    def operands(self):
        return [part for part in self.right if isinstance(part, Operand)]

    @property
    def parts(self):
        """All parts from left to right: matrices, scalars and signs."""
        right = [part.matrix if isinstance(part, Operand) else part for part in self.right]
        return [self.left, " = ", *right]

    def place(self, symbol):
        """Return the row and the column of the entry with a symbol in the result, None if it is not there."""
        for r, line in enumerate(self.left.entries):
            for c, entry in enumerate(line):
                if isinstance(entry, Row) and entry.symbol == symbol:
                    return r, c
        return None

    def uses(self, row, column):
        """Return the rows of the trace that an entry of the result is made of, each once."""
        used = [entry for operand in self.operands for entry in operand.used(row, column)[0]]
        used += [part.row for part in self.right if isinstance(part, Scalar)]
        used += self.through.uses(row, column) if self.through else []
        return list({entry.symbol: entry for entry in used if isinstance(entry, Row)}.values())

    def sums(self, trace, row, column):
        """Return the row of an entry and, after it, those of its parts that no matrix of the equation shows."""
        found, used, own = [], self.uses(row, column), self.left.entries[row][column]
        inside = [part for part in used if part.symbol not in own.quantities]  # as ∂E/∂y is in the formula of δ
        shown = {part.symbol for part in used}.union(*(part.quantities for part in inside))
        waiting = [own]
        while waiting:
            found.append(waiting.pop(0))
            parts = [symbol for symbol in found[-1].quantities if symbol not in shown and symbol in trace.rows]
            waiting += [trace.rows[symbol] for symbol in parts]
            shown.update(parts)
        return [found[0], *[part for part in found[1:] if part.formula]]


class MatrixStep:
    """A step of the matrix view: its number, from 1, part, title and sentences, and its equations.

    `training_step` and `examples` say where in the training it belongs. `rule` is that of the trace where an update goes
    entry by entry, and no equation says it.
    """

    def __init__(self, number, place, part, title, sentences, equations, rule=""):
        self.number = number
        self.training_step, self.examples = place
        self.part = part
        self.title = title
        self.sentences = sentences
        self.equations = equations
        self.rule = rule
