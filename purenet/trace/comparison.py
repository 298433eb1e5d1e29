"""Published numbers beside those of a trace, each with a verdict (see purenet/arithmetic/published.py)."""

import re
from decimal import Context, localcontext

from purenet.arithmetic.expression import Expression, expression
from purenet.arithmetic.formula import read_formula
from purenet.arithmetic.notation import Symbol, elided
from purenet.arithmetic.other_names import is_symbol, renamed
from purenet.arithmetic.pencil import PENCIL_PRECISION, as_decimal
from purenet.arithmetic.published import BY_HAND, CUT_OFF, LAST_BIT, RIGHT, WRONG, decimal_of, raise_all, verdict_of
from purenet.errors import NetworkError
from purenet.trace.recording import NotingLoss

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
        if self.verdict == WRONG and is_negated and group.goal is None:
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
    """Return the comparisons of the published numbers in some groups, which belong to the beginning of a trace.

    Raises NetworkError, which lists all that cannot be compared.
    """
    found, problems = [], []
    for group in groups:
        for number in group.numbers:
            try:
                found.append(compared_number(trace, group, number))
            except NetworkError as error:
                problems.append(f"{group.where}: {error}")
    raise_all(problems)
    return found


def compared_number(trace, group, number):
    """Return the comparison of a published number, which is kept in its row, too, if it has one."""
    place = place_of(trace, group)
    check_symbols(trace, group, number)
    full, by_hand = values(trace, place, number.key)
    row = trace.rows.get(str(place.placed(Symbol.parse(number.key)))) if is_symbol(number.key) else None
    if row is not None:
        row.publish(number.digits)
    return Comparison(group, number, full, by_hand)


def check_symbols(trace, group, number):
    """Raise NetworkError for ⁺⁺ under the heading of a step or an example, and for what may be of several without one."""
    for symbol in read_formula(number.key).symbols:
        if symbol.example is not None:
            continue
        if (group.step or group.example) and symbol.after > 1:
            raise NetworkError(f"{number.typed}: under a heading, ⁺ means after this step: write one ⁺")
        if (
            group.epochs
            and symbol == Symbol("E")
            and not (group.step or group.example)
            and trace.quantities.batch_sizes != [1]
        ):
            raise NetworkError(
                f'{number.typed} may be that of the epoch or that of its first example: write "{group.heading}, example 1"'
            )
        is_of_all = symbol.base in ("E", "∇w", "∇b") and not symbol.after
        if is_of_all and not (group.step or group.example) and trace.quantities.batch_sizes[0] > 1:
            raise NetworkError(
                f'{number.typed} may be that of one example or that of the training step: put it under "example 1" or '
                f'"step 1"'
            )


def place_of(trace, group):
    """Return the place in a trace that a heading names; without a step or an example, it is the first of each."""
    if group.step is None and group.example is None:
        return trace.place(None, 1)
    return trace.place(group.step, group.example)


def values(trace, place, key):
    """Return the value of a formula in full precision and by hand; the latter is None where nothing is rounded."""
    formula = read_formula(key)
    numbers = {str(symbol): number_of(trace, place, symbol) for symbol in formula.symbols}
    full = formula.evaluate({name: pair[0] for name, pair in numbers.items()}, slopes(trace, place, formula, False))
    if trace.pencil is None:
        return full, None
    with localcontext(Context(prec=PENCIL_PRECISION)):
        shown = {name: as_decimal(pair[1]) for name, pair in numbers.items()}

        def written(part, value):
            return trace.pencil.write_part(renamed(part, place.placed), value)

        return full, as_decimal(formula.evaluate(shown, slopes(trace, place, formula, True), written))


def number_of(trace, place, symbol):
    """Return the number of a symbol in full precision, and as it is written down."""
    row = row_of(trace, place, symbol)
    if row is not None:
        return row.value, row.shown_value
    if symbol.base in ("λ", "μ"):  # ∂L/∂w is ∇w + λ·w, with or without weight decay
        return 0, 0
    outputs = trace.network.layers[-1].neurons
    if symbol.base == "E" and symbol.subscript in [neuron.name for neuron in outputs]:
        rows = [row_of(trace, place, symbol.of(base)) for base in ("y", "t")]
        if None not in rows:
            if trace.network.loss.name == "mean squared error" and len(outputs) > 1:
                raise NetworkError(f"{symbol} may be divided by the number of outputs, or not: write its formula")
            return loss_of_one(trace, symbol, *rows)
    raise NetworkError(f"there is no quantity {symbol} {place.words}{other_names(trace, symbol)}")


def row_of(trace, place, symbol):
    """Return the row of a symbol at a place, or None. With one output, y is that, and what is of a step, Ω, has its place."""
    row = trace.rows.get(str(place.placed(symbol)))
    if row is None and symbol.base in ("Ω", "L") and not symbol.subscript:
        if (place.step, None) in trace.quantities.at:
            row = trace.rows.get(str(trace.place(place.step, None).placed(symbol)))
        return row_of(trace, place, symbol.of("E")) if row is None and symbol.base == "L" else row
    layers = trace.network.layers
    if row is None and not symbol.subscript and len(layers[-1].neurons) == 1:
        if symbol.base in ("y", "t", "∂E/∂y") or len(layers) == 1 and symbol.base in ("δ", "b", "∇b"):
            neuron = layers[-1].neurons[0].name
            return trace.rows.get(str(place.placed(Symbol(symbol.base, neuron, symbol.after, symbol.example))))
    return row


def loss_of_one(trace, symbol, output, target):
    """Return the part of the loss that one output has, E_k1, in full precision and as it is written down."""
    value = super(NotingLoss, trace.network.loss).value
    full = value([output.value], [target.value])
    if trace.pencil is None:
        return full, None
    with localcontext(Context(prec=PENCIL_PRECISION)):
        numbers = [Expression(as_decimal(row.shown_value), row.quantity.symbol) for row in (output, target)]
        written = trace.pencil.written_value(expression(value(numbers[:1], numbers[1:])))
        return full, trace.pencil.write(symbol, as_decimal(written))


def other_names(trace, symbol):
    """Return a hint where the neurons of a symbol are none of the network, or a penalty is none of the training."""
    if symbol == Symbol("x"):
        return ": write y_i1 for an input, and x_j1 for a net input"
    if symbol.base == "Ω":
        return ": there is no weight decay"
    names = [f"i{i + 1}" for i in range(trace.quantities.sizes[0])] + list(trace.neurons)
    named = re.findall("[a-z]+[0-9]+", symbol.subscript)
    if named and all(name in names for name in named):
        return ""
    return f": its neurons are {', '.join(names if len(names) <= 12 else elided(names, '…'))}"


def slopes(trace, place, formula, by_hand):
    """Return the slopes f′(x_j1) that a formula may ask for, by j1 and the marks after it, computed by their activations."""
    found = {}
    for symbol in formula.symbols:
        neuron = trace.neurons.get(symbol.subscript)
        if symbol.base == "x" and neuron is not None and hasattr(neuron.activation, "derivative"):
            rows = [row_of(trace, place, each) for each in (symbol, symbol.of("y"))]
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
