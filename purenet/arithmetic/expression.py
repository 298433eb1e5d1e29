"""Numbers that remember how they were computed.

Run the core on expressions, give quantities their symbols afterwards, and each one can write its own formula, the same
formula with numbers in it, and its value. The formulas come out of the code that ran, so they cannot differ from it.

>>> from purenet.arithmetic.notation import Symbol
>>> w, y, b = Expression(0.5, Symbol("w", "i1j1")), Expression(3.0, Symbol("y", "i1")), Expression(-1.0, Symbol("b", "j1"))
>>> x = w * y + b
>>> x.formula(), x.numbers(), x.value
('w_i1j1·y_i1 + b_j1', '0.5·3.0 + (−1.0)', 0.5)
"""

from numbers import Number

from purenet import arithmetic
from purenet.arithmetic.notation import UNICODE, elided, number_text

# how tightly each kind of term binds: a part that binds less tightly than its place demands is put in parentheses
SUM, SIGN, PRODUCT, POWER, ATOM = 1, 2, 3, 4, 5
FUNCTIONS = ("exp", "ln", "tanh", "abs", "sqrt")  # operations of one operand, written with their names


class Expression:
    """A value, the operation and the operands that gave it, and the symbol of the quantity that it is, if it is one.

    An expression with a symbol is written as that symbol wherever it is an operand. Without an operation it is a
    number that was given.
    """

    __slots__ = ("value", "symbol", "operation", "operands")
    __hash__ = None  # equality is that of the values, which may be of any kind

    def __init__(self, value, symbol=None, operation=None, operands=()):
        self.value = value
        self.symbol = symbol
        self.operation = operation
        self.operands = operands

    def written_down(self, symbol, value):
        """Return this expression as the quantity that a symbol names, with the value written down for it."""
        return Expression(value, symbol, "written down", (self,))

    @property
    def computed(self):
        """The value as it came out of the operation, before it was rounded to be written down."""
        return self.operands[0].value if self.operation == "written down" else self.value

    # arithmetic

    def __add__(self, other):
        return Expression(self.value + value_of(other), None, "+", (self, expression(other)))

    def __radd__(self, other):
        return Expression(value_of(other) + self.value, None, "+", (expression(other), self))

    def __sub__(self, other):
        return Expression(self.value - value_of(other), None, "-", (self, expression(other)))

    def __rsub__(self, other):
        return Expression(value_of(other) - self.value, None, "-", (expression(other), self))

    def __mul__(self, other):
        return Expression(self.value * value_of(other), None, "*", (self, expression(other)))

    def __rmul__(self, other):
        return Expression(value_of(other) * self.value, None, "*", (expression(other), self))

    def __truediv__(self, other):
        return Expression(self.value / value_of(other), None, "/", (self, expression(other)))

    def __rtruediv__(self, other):
        return Expression(value_of(other) / self.value, None, "/", (expression(other), self))

    def __pow__(self, exponent):
        return Expression(self.value**exponent, None, "power", (self, Expression(exponent)))

    def __neg__(self):
        return Expression(-self.value, None, "negative", (self,))

    def __abs__(self):
        return Expression(abs(self.value), None, "abs", (self,))

    def exp(self):
        return Expression(arithmetic.exp(self.value), None, "exp", (self,))

    def tanh(self):
        return Expression(arithmetic.tanh(self.value), None, "tanh", (self,))

    def log(self):
        return Expression(arithmetic.log(self.value), None, "ln", (self,))

    def hundredth(self):
        return Expression(arithmetic.hundredth(self.value))

    def sqrt(self):
        return Expression(arithmetic.sqrt(self.value), None, "sqrt", (self,))

    # comparison, by value

    def __eq__(self, other):
        return self.value == value_of(other)

    def __lt__(self, other):
        return self.value < value_of(other)

    def __le__(self, other):
        return self.value <= value_of(other)

    def __gt__(self, other):
        return self.value > value_of(other)

    def __ge__(self, other):
        return self.value >= value_of(other)

    # writing

    def formula(self, notation=UNICODE, longest=None):
        """Return the formula in symbols, or "" for a given number. A sum of more than `longest` terms is elided."""
        return self.written(notation, longest, lambda part: notation.symbol(part.symbol))

    def numbers(self, notation=UNICODE, longest=None, digits=None):
        """Return the formula with each symbol replaced by its number, to so many significant digits, or in full."""
        return self.written(notation, longest, lambda part: notation.number(number_text(part.value, digits)))

    def quantities(self):
        """Return the named quantities in the formula, a dictionary from each printed symbol to its value, in order."""
        found, waiting = {}, list(reversed(self.operands))
        while waiting:
            part = waiting.pop()
            if part.symbol is not None:
                found[str(part.symbol)] = part.value
            else:
                waiting.extend(reversed(part.operands))
        return found

    def written(self, notation, longest, named):
        """Return the formula in a notation; `named` is a function that writes a part that has a symbol."""
        root = self.operands[0] if self.operation == "written down" else self
        if not self.operands:
            return ""
        return Writer(notation, longest, named).text(root)

    def __str__(self):
        return str(self.value)  # for messages

    def __repr__(self):
        name = f"{self.symbol} = " if self.symbol is not None else ""
        formula = self.formula()
        return f"<{name}{formula + ' = ' if formula else ''}{self.value}>"


Number.register(Expression)


def expression(value):
    """Return value as an expression: itself if it is one, else a constant of the formula, such as the 1 in 1 − y."""
    return value if isinstance(value, Expression) else Expression(value)


def value_of(other):
    """Return the value of an expression, and a plain number as it is."""
    return other.value if isinstance(other, Expression) else other


class Writer:
    """Write one formula. What a person would not write (0 + …, 1 · …, one term of a sum alone) is left out."""

    def __init__(self, notation, longest, named):
        self.notation = notation
        self.longest = longest
        self.named = named

    def text(self, part, place=SUM):
        """Return a part of the formula, in parentheses if it binds less tightly than its place demands."""
        text, strength = self.write(part)
        return self.notation.parentheses(text) if strength < place else text

    def write(self, part):
        """Return a part of the formula and how tightly it binds."""
        if part.symbol is None and part.operands:
            if part.operation in FUNCTIONS:
                return self.notation.function(part.operation, self.text(*part.operands)), ATOM
            return self.rules[part.operation](self, *self.terms(part))
        text = self.notation.number(str(part.value)) if part.symbol is None else self.named(part)
        if text.startswith(self.notation.negative):
            return text, SIGN
        return text, PRODUCT if self.notation.is_product(text) else ATOM  # 1/3, and 1·10^−9 in LaTeX

    def terms(self, part):
        """Return the operands of a part; of a sum, its (sign, term) pairs, found in a loop: it may have thousands."""
        if part.operation not in ("+", "-"):
            return part.operands
        terms = []
        while part.symbol is None and part.operands and part.operation in ("+", "-"):
            left, right = part.operands
            terms.append((part.operation, right))
            part = left
        if not (is_constant(part, 0) and terms[-1][0] == "+"):
            terms.append(("+", part))
        terms.reverse()
        shown = [without_zero(sign, term) for sign, term in terms if not is_zero_times(term)]
        return shown or terms[:1]

    def sum(self, *terms):
        if len(terms) == 1 and terms[0][0] == "+":
            return self.write(terms[0][1])
        pieces = [
            self.sign(sign) + self.text(term, SIGN if n == 0 and sign == "+" else PRODUCT)
            for n, (sign, term) in enumerate(terms)
        ]
        if self.longest is not None and len(pieces) > self.longest:
            pieces = elided(pieces, self.notation.plus + self.notation.ellipsis)
        text = "".join(pieces)
        if terms[0][0] == "-":
            return self.notation.negative + text[len(self.notation.minus) :], SUM
        return text[len(self.notation.plus) :], SUM

    def sign(self, sign):
        return self.notation.plus if sign == "+" else self.notation.minus

    def product(self, left, right):
        if is_constant(left, 1):
            return self.write(right)
        if is_constant(right, 1):
            return self.write(left)
        if is_one_formula(left, right):
            return self.notation.power(self.text(left, ATOM)), POWER
        return self.text(left, PRODUCT) + self.notation.times + self.text(right, POWER), PRODUCT

    def power(self, base, exponent):
        if exponent.value == 1:
            return self.write(base)
        return self.notation.power(self.text(base, ATOM), exponent.value), POWER

    def fraction(self, above, below):
        if self.notation.bar:
            return self.notation.fraction(self.text(above), self.text(below)), PRODUCT
        return self.notation.fraction(self.text(above, PRODUCT), self.text(below, POWER)), PRODUCT

    def negative(self, part):
        return self.notation.negative + self.text(part, PRODUCT), SIGN

    rules = {"+": sum, "-": sum, "*": product, "/": fraction, "negative": negative, "power": power}


def is_one_formula(left, right):
    """Return whether two expressions are one formula of the same quantities: y − t, written twice."""
    if left is right:
        return True
    if not left.operands or left.operation != right.operation or len(left.operands) != len(right.operands):
        return False
    return left.symbol is right.symbol is None and all(map(is_one_formula, left.operands, right.operands))


def is_constant(part, value):
    """Return whether a part is a constant of the formula, such as the 1 in 1 − y, with this value."""
    return part.symbol is None and not part.operands and part.value == value


def without_zero(sign, term):
    """Return a term of a sum and its sign, simpler if it is a difference from 0: instead of + (0 − a), − a."""
    if term.symbol is None and term.operation == "-":
        zero, other = term.operands
        if is_constant(zero, 0) or is_zero_times(zero):
            return "-" if sign == "+" else "+", other
    return sign, term


def is_zero_times(part):
    """Return whether a part is a product with the constant 0: λ·w where weights do not decay, … · ∂E/∂y for a target of 0."""
    return part.operation == "*" and part.symbol is None and any(is_constant(factor, 0) for factor in part.operands)
