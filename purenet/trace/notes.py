"""Note-takers: a `Recording` tells them each number, with its quantity, and goes on with their answer.

A pencil, where there is one, is a function of a quantity, a place and a number: it returns the number that is written
down there instead, which may be a rounded one, or somebody else's own. Where it rounds parts of formulas as well, the
number is computed again from these by `compute`, a function of an Expression.
"""

from purenet.arithmetic.expression import Expression, expression, is_constant
from purenet.drawing.columns import drawn_places
from purenet.errors import INFINITY, NetworkError
from purenet.trace.quantities import BASES

HIDDEN, NAMED, SHOWN = 0, 1, 2  # a number is not named, only named in the formulas of others, or has a formula itself
WORDS = {"x": "the net input", "y": "the output", "δ": "the delta", "∇b": "the bias gradient", "b": "the new bias"}


class Numbers:
    """Keeps numbers as they were computed: `values` is a dictionary from the names of quantities to flat lists."""

    def __init__(self, pencil=None):
        self.values = {}
        self.pencil = pencil

    def given(self, value, quantity, place):
        return value

    def note(self, value, quantity, place):
        name = quantity.name
        if name not in self.values:
            self.values[name] = [None] * quantity.size
        self.values[name][place] = value
        return value if self.pencil is None else self.pencil(quantity, place, value)


class Formulas:
    """Keeps numbers as expressions, each with its symbol, so that each can write its formula.

    `named` is a dictionary from printed symbols to expressions. `number` makes the numbers of the kind that is to be
    computed with. `shown` says which are named, and which have formulas: of a wide network, not all.
    """

    def __init__(self, number=lambda value: value, shown=None, pencil=None, compute=lambda tree: tree.value):
        self.named = {}
        self.number = number
        self.pencil = pencil
        self.compute = compute
        self.shown = shown or (lambda quantity, place: SHOWN)

    def given(self, value, quantity, place):
        """Return a given number as an expression with a symbol."""
        if isinstance(value, Expression):
            return value
        shown = self.shown(quantity, place)
        if not shown:
            return self.number(value)
        given = Expression(self.number(value), quantity.symbol(place))
        if shown == SHOWN:
            self.named[str(given.symbol)] = given
        return given

    def note(self, value, quantity, place):
        """Return a computed number as an expression with a symbol, as it is written down."""
        shown = self.shown(quantity, place)
        computed = expression(value)
        if not -INFINITY < computed.value < INFINITY:
            raise NetworkError(overflow(quantity.symbol(place), computed.value))
        written = computed.value
        if self.pencil is not None:
            computed_number = self.number(self.compute(computed))
            written = self.pencil(quantity, place, computed_number)
            pencilled = written is not computed_number
        if shown != SHOWN:
            return Expression(written, quantity.symbol(place)) if shown else written
        symbol = quantity.symbol(place)
        earlier = self.named.get(str(symbol))
        if earlier is not None:
            if is_same(computed, earlier):
                return earlier
            forget(earlier)
        self.named[str(symbol)] = noted = computed.written_down(symbol, written)
        if quantity.kind in ("weights", "biases"):
            name_in_place(computed, noted)
        if quantity.kind == "output_gradient" and not (self.pencil and pencilled):
            return value  # so that the formula of a delta goes on to the deltas after it
        return noted


def is_same(computed, earlier):
    """Return whether a number is the earlier one with another name: that of a step with one example, (0 + E) / 1."""
    while computed is not earlier and computed.symbol is None and computed.operation in ("+", "/"):
        left, right = computed.operands
        if computed.operation == "+" and is_constant(left, 0):
            computed = right
        elif computed.operation == "/" and is_constant(right, 1):
            computed = left
        else:
            return False
    return computed is earlier


def name_in_place(computed, noted):
    """Let a computed expression have its name wherever it was used: a mistake uses new weights before their step is over."""
    if computed.symbol is None and computed.operands:
        noted.operands = (Expression(computed.value, None, computed.operation, computed.operands),)
        computed.symbol, computed.operation, computed.operands = noted.symbol, noted.operation, noted.operands


def forget(noted):
    """Take the symbol from an expression, in place: a mistake computes a number twice, and the later one has the name."""
    inner = noted.operands[0]
    noted.symbol, noted.operation, noted.operands = inner.symbol, inner.operation, inner.operands


def overflow(symbol, value):
    """Return the sentence about a number that is infinite or none."""
    where = f"{WORDS[symbol.base]} of neuron {symbol.subscript}" if symbol.base in WORDS else f"the quantity {symbol}"
    return f"{where} overflows: {symbol} is {value}; make inputs, weights or learning rate smaller"


class Drawn:
    """Which numbers of a wide network are shown: those of the neurons that pictures draw, and some others.

    These are a set of bases and subscripts of symbols, {("w", "i500j77")}.
    """

    def __init__(self, sizes, symbols=()):
        self.places = [set(drawn_places(size)) for size in sizes]
        self.symbols = symbols

    def __call__(self, quantity, place):
        if quantity.layer is None:
            return SHOWN
        if len(quantity.shape) == 1:
            shown = place in self.places[quantity.layer + 1]
            return SHOWN if shown or self.is_asked(quantity, place) else NAMED
        j, i = divmod(place, quantity.shape[1])
        drawn = (j in self.places[quantity.layer + 1]) + (i in self.places[quantity.layer])
        if drawn < SHOWN and self.is_asked(quantity, place):
            return SHOWN
        return drawn if drawn == SHOWN or quantity.kind == "weights" else HIDDEN

    def is_asked(self, quantity, place):
        """Return whether the symbol of a number, without its marks, is among those that are asked for."""
        return bool(self.symbols) and (BASES[quantity.kind], quantity.subscript(place)) in self.symbols
