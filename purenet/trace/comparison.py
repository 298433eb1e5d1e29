"""Published numbers beside those of a trace, each with a verdict (see purenet/arithmetic/published.py)."""

from decimal import Context, localcontext

from purenet.arithmetic.expression import Expression, expression
from purenet.arithmetic.formula import read_formula
from purenet.arithmetic.notation import Symbol
from purenet.arithmetic.other_names import is_symbol, renamed
from purenet.arithmetic.pencil import PENCIL_PRECISION, as_decimal
from purenet.arithmetic.published import BY_HAND, CUT_OFF, LAST_BIT, RIGHT, WRONG, decimal_of, verdict_of
from purenet.errors import NetworkError

CAUSE_KNOWN, CAUSE_UNKNOWN, UNREPRODUCIBLE = "wrong, cause known", "wrong, cause unknown", "cannot be reproduced"
UNKNOWN = "unknown"  # stated as the cause of a number that is wrong, it says that nobody knows
OF_ERRORS = ("δ", "∂E/∂y", "∇w", "∇b", "t")  # quantities with the other sign where a text has t − y for y − t


class Comparison:
    """A published number, `digits`, and the computed one: in full precision and, where there is rounding, by hand.

    symbol    what is published: a symbol or a formula, after the heading under which it is
    verdict   one of the constants; `problem` says what the case states wrongly about it, None if nothing
    """

    def __init__(self, group, number, full, by_hand=None):
        self.group, self.number = group, number
        self.heading, self.key = group.heading, number.key
        self.symbol = f"{group.heading}: {number.key}" if group.heading else number.key
        self.digits, self.right, self.cause = number.digits, number.right, number.cause
        self.note = number.note or (number.cause if number.cause != UNKNOWN else None) or number.unreproducible
        self.full, self.by_hand = full, by_hand
        self.verdict = WRONG if self.is_stated_wrong(number) else verdict_of(self.digits, full, by_hand)
        self.problem = self.contradiction(number)
        if self.verdict == WRONG and not self.problem:
            self.verdict = verdict_stated(number)
        is_negated = verdict_of(self.digits, -full, by_hand and -by_hand) != WRONG
        if self.verdict == WRONG and is_negated and group.until is None:
            self.note = "; ".join(filter(None, [self.note, other_sign(self.key)]))

    def is_stated_wrong(self, number):
        """Return whether the case states a cause and the right digits, which are the computed ones, and others.

        The digits of a misprint may happen to be those that cutting off or rounding by hand gives.
        """
        if not (number.cause and number.right) or decimal_of(number.right) == decimal_of(self.digits):
            return False
        return RIGHT == verdict_of(number.right, self.full) != verdict_of(self.digits, self.full)

    def contradiction(self, number):
        """Return what the case says of the number that is not so."""
        stated = next((word for word in ("cause", "right") if getattr(number, word)), None)
        if stated and self.verdict != WRONG:
            return f'"{stated}" is stated, but {self.digits} is {self.verdict}'
        if number.right and verdict_of(number.right, self.full, self.by_hand) not in (RIGHT, BY_HAND):
            return f"{number.right} is stated to be right, but {self.full} is computed"
        return None

    @property
    def is_right(self):
        """Whether the digits are those computed, rounded in one way or another."""
        return self.verdict in (RIGHT, BY_HAND, CUT_OFF, LAST_BIT) and not self.problem

    @property
    def agrees(self):
        """Whether the digits are those computed, or the case says why not, or that nobody knows."""
        return self.verdict != WRONG and not self.problem

    def __repr__(self):
        return f"<Comparison {self.symbol} = {self.digits}: {self.verdict}>"


def other_sign(key):
    """Return the words for digits that are those of the computed number with the other sign."""
    is_of_errors = any(symbol.base in OF_ERRORS for symbol in read_formula(key).symbols)
    return "it has the other sign" + (": perhaps it is of t − y" if is_of_errors else "")


def verdict_stated(number):
    """Return the verdict on a number that differs from the computed one, by what the case says of it."""
    if number.unreproducible:
        return UNREPRODUCIBLE
    return {None: WRONG, UNKNOWN: CAUSE_UNKNOWN}.get(number.cause, CAUSE_KNOWN)


def compared(trace, groups):
    """Return the comparisons of the published numbers in some groups, which belong to the beginning of a trace."""
    return [comparison for group in groups for comparison in compared_group(trace, group)]


def compared_group(trace, group):
    place = place_of(trace, group)
    for number in group.numbers:
        check_marks(group, number.key)
        row = trace.rows.get(str(place.placed(Symbol.parse(number.key)))) if is_symbol(number.key) else None
        if row is not None:
            row.publish(number.digits)
        yield Comparison(group, number, *values(trace, place, number.key))


def check_marks(group, key):
    """Raise NetworkError for ⁺⁺ under the heading of a step or an example: ⁺ means after that step there."""
    for symbol in read_formula(key).symbols:
        if (group.step or group.example) and symbol.after > 1 and symbol.example is None:
            raise NetworkError(f"{group.heading}: {key}: under a heading, ⁺ means after this step: write one ⁺")


def place_of(trace, group):
    """Return the place in a trace that a heading names; without a step or an example, it is the first of each."""
    if group.step is None and group.example is None:
        return trace.place(None, 1)
    return trace.place(group.step, group.example)


def values(trace, place, key):
    """Return the value of a formula in full precision and by hand; the latter is None where nothing is rounded."""
    formula = read_formula(key)
    rows = {str(symbol): trace.rows.get(str(place.placed(symbol))) for symbol in formula.symbols}
    for name, row in rows.items():
        if row is None:
            raise NetworkError(f"there is no quantity {name} {place.words}")
    full = formula.evaluate({name: row.value for name, row in rows.items()}, slopes(trace, place, formula, False))
    if trace.pencil is None:
        return full, None
    with localcontext(Context(prec=PENCIL_PRECISION)):
        numbers = {name: as_decimal(row.shown_value) for name, row in rows.items()}

        def written(part, value):
            return trace.pencil.write_part(renamed(part, place.placed), value)

        return full, as_decimal(formula.evaluate(numbers, slopes(trace, place, formula, True), written))


def slopes(trace, place, formula, by_hand):
    """Return the slopes f′(x_j1) that a formula may ask for, by j1 and the marks after it, computed by their activations."""
    found = {}
    for symbol in formula.symbols:
        neuron = trace.neurons.get(symbol.subscript)
        if symbol.base == "x" and neuron is not None and hasattr(neuron.activation, "derivative"):
            output = Symbol("y", symbol.subscript, symbol.after, symbol.example)
            rows = [trace.rows.get(str(place.placed(each))) for each in (symbol, output)]
            if None in rows:
                continue
            numbers = [row.value for row in rows]
            if by_hand:
                numbers = [Expression(as_decimal(row.shown_value), row.quantity.symbol) for row in rows]
            try:
                slope = neuron.activation.derivative(*numbers)
            except TypeError:  # softmax, whose slope is not that of one neuron
                continue
            found[str(symbol)[len("x_") :]] = trace.pencil.written_value(expression(slope)) if by_hand else slope
    return found
