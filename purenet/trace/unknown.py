"""Numbers without a value: run the core on them, and what comes out is its formulas, for any numbers at all.

An `Unknown` is an Expression whose value nobody knows. So a comparison has no answer, and both answers must be followed:
see branches.py.

>>> from purenet.activations import Sigmoid
>>> from purenet.arithmetic.notation import Symbol
>>> Unknown(Symbol("y", "k1")) * 2 - 1
<y_k1·2 − 1 = ?>
"""

from contextvars import ContextVar

from purenet.arithmetic.expression import Expression, expression
from purenet.errors import INFINITY, NetworkError

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


def of_one(operation):
    """Return the method of an operation with one operand."""
    return lambda self: Unknown(None, operation, (self,))


def of_two(operation):
    """Return the method of an operation with two operands, and that for an unknown on its right."""
    return (
        lambda self, other: Unknown(None, operation, (self, expression(other))),
        lambda self, other: Unknown(None, operation, (expression(other), self)),
    )


def compared(sign):
    """Return the method of a comparison."""
    return lambda self, other: answer(Unknown(None, sign, (self, expression(other))))


class Unknown(Expression):
    """An expression without a value: a given or a named quantity or, with an operation, what it makes of its operands."""

    __slots__ = ()
    __hash__ = None

    def __init__(self, symbol=None, operation=None, operands=()):
        super().__init__("?", symbol, operation, operands)

    __add__, __radd__ = of_two("+")
    __sub__, __rsub__ = of_two("-")
    __mul__, __rmul__ = of_two("*")
    __truediv__, __rtruediv__ = of_two("/")
    __pow__, __rpow__ = of_two("power")
    __neg__, __abs__ = of_one("negative"), of_one("abs")
    exp, log, tanh, sqrt = of_one("exp"), of_one("ln"), of_one("tanh"), of_one("sqrt")
    __lt__, __le__, __gt__, __ge__, __eq__, __ne__ = map(compared, COMPARISONS)

    def __bool__(self):
        return self != 0


class Answers:
    """While it is in use, its function answers each comparison; what was asked is kept, with the answers, in order."""

    current = ContextVar("current", default=None)

    def __init__(self, decide):
        self.decide = decide
        self.asked = {}  # from the key of a condition to the condition and its answer

    def __enter__(self):
        self.before = self.current.set(self)
        return self

    def __exit__(self, *_):
        self.current.reset(self.before)

    def __call__(self, condition):
        which = key(condition)
        if which not in self.asked:
            self.asked[which] = condition, self.decide(condition)
        return self.asked[which][1]


def answer(condition):
    """Return the answer to a comparison; raise NetworkError where nobody is there to follow both."""
    answers = Answers.current.get()
    if answers is not None:
        return answers(condition)
    if condition.operation == "<" and condition.operands[1].value == INFINITY:
        return True  # the core asks whether the loss is finite
    raise NetworkError(
        "something other than an activation or a loss compares numbers, which is not written as a formula"
    )


def key(part):
    """Return what two formulas have in common that are the same one of the same quantities and constants."""
    if part.symbol is not None:
        return part.symbol.text
    if not part.operands:
        return id(part) if isinstance(part, Unknown) else repr(part.value)
    return (part.operation, *map(key, part.operands))


def is_same_formula(left, right):
    """Return whether two formulas have one key, found faster: sums differ in their last operands."""
    if left is right:
        return True
    if left.symbol is not None or right.symbol is not None:
        return key(left) == key(right)
    if left.operation != right.operation or len(left.operands) != len(right.operands):
        return False
    if not left.operands:
        return key(left) == key(right)
    return all(map(is_same_formula, reversed(left.operands), reversed(right.operands)))


def quantities(part):
    """Return the ids of the unknown quantities in a formula; a plain number has none."""
    found, waiting = set(), [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Unknown):
            waiting.extend(part.operands)
            if not part.operands:
                found.add(id(part))
    return found
