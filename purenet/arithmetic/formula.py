"""Formulas as people type them, of printed symbols: exp(−x_j1), w_i1j1·y_i1, y_j1·(1 − y_j1), η·∇w_i1j1.

Whatever a person computes of the quantities of a training can be named by its formula. It is read into an `Expression`
(expression.py), which writes it in the spelling of purenet, so two spellings of one formula are recognized.

>>> formula = read_formula("(y_k1 - t_k1)**2 / 2")
>>> str(formula), formula.evaluate({"y_k1": 0.75, "t_k1": 0.25})
('(y_k1 − t_k1)² / 2', 0.125)
"""

import re
from decimal import Decimal
from fractions import Fraction

from purenet import arithmetic
from purenet.arithmetic.expression import Expression, Writer, value_of
from purenet.arithmetic.notation import LOWERED, UNICODE
from purenet.arithmetic.other_names import NAME, SLOPE, Slope, is_symbol, negative, net_input, quantity, slope
from purenet.errors import NetworkError

MOST_CHARACTERS, MOST_PIECES, DEEPEST = 2000, 200, 10  # of a formula: it is read, written and computed by recursion
PIECE = re.compile(
    rf"\s*(?:(?P<slope>{SLOPE})|(?P<name>{NAME}[′'’]?)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?|½)|(?P<power>[⁰¹²³⁴-⁹]+)|(?P<sign>\*\*|[-+−–*·⋅×/^()|√]))\s*"
)
SIGNS = {"−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "**": "^"}
PLAINER = str.maketrans("₀₁₂₃₄₅₆₇₈₉∑∗{}‐‑", "0123456789Σ*()--")
FUNCTIONS = {"exp": "exp", "ln": "ln", "log": "ln", "tanh": "tanh", "abs": "abs", "sqrt": "sqrt"}
SIGMOID = ("σ", "sigmoid", "logistic", "logsig")
ACTIVATION = ("f", "g", "φ", "ϕ", *SIGMOID)  # with ′, its slope; both are of a net input
OPERATIONS = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "power": lambda base, exponent: base**exponent,
    "negative": lambda part: -part,
    "exp": arithmetic.exp,
    "ln": arithmetic.log,
    "tanh": arithmetic.tanh,
    "abs": abs,
    "sqrt": arithmetic.sqrt,
}


def read_formula(text):
    """Return the Formula that a text is, in Unicode or ASCII; a symbol alone is one. Raises NetworkError.

    exp, ln, tanh, abs, sqrt, powers, f′(x_j1) for the slope of an activation function, and the names of other_names.py
    are known. A formula may be of numbers alone, such as 0.5·0.1.

    >>> str(read_formula("eta*grad_w_i1j1")), str(read_formula("e^-x_j1")), str(read_formula("Δw_i1j1"))
    ('η·∇w_i1j1', 'exp(−x_j1)', 'w_i1j1⁺ − w_i1j1')
    """
    return Formula(FormulaReader(text).whole())


class Formula:
    """A formula of symbols, which can be computed; its text is the spelling of purenet."""

    def __init__(self, tree):
        self.tree = tree  # an Expression of symbols without values, and of constants

    @property
    def symbols(self):
        """The symbols in the formula, each once, in order."""
        found, waiting = {}, [self.tree]
        while waiting:
            part = waiting.pop()
            if part.symbol is not None:
                found[part.symbol.net_input if isinstance(part.symbol, Slope) else part.symbol] = None
            waiting.extend(reversed(part.operands))
        return list(found)

    def evaluate(self, numbers, slopes=None, written=None):
        """Return the value of the formula, computed from left to right.

        `numbers` has the number of each printed symbol, {"y_j1": 0.73}; `slopes`, where f′ is asked for, that of each
        neuron, {"j1": 0.19}. The numbers are of one kind: floats, Decimals, Fractions or Expressions of these. Where
        parts are rounded, `written` takes each with its value, and returns what is written down for it. Raises
        NetworkError if a number is missing or the formula has no value.
        """
        given = [value_of(numbers[name]) for name in map(str, self.symbols) if name in numbers]
        kind = next((type(number) for number in given if isinstance(number, (Decimal, Fraction))), float)
        try:
            return Evaluation(numbers, slopes or {}, kind, written).value(self.tree)
        except NetworkError:
            raise
        except (ArithmeticError, ValueError):
            raise NetworkError(f"{self} has no value for these numbers") from None

    def __str__(self):
        return Writer(UNICODE, None, lambda part: str(part.symbol)).text(self.tree)

    def __repr__(self):
        return f"read_formula({str(self)!r})"


def computed_by_parts(tree, written):
    """Return the value of an Expression of Decimals, computed again from its parts, each as it is written down."""
    if tree.symbol is not None or not tree.operands:
        return tree.value
    return Evaluation({}, {}, Decimal, written).operation(tree)[0]


class Evaluation:
    """The numbers that go into a formula: those of symbols and slopes, the kind of its constants, and what is written."""

    def __init__(self, numbers, slopes, kind, written=None):
        self.numbers = numbers
        self.slopes = slopes
        self.kind = kind
        self.written = written

    def value(self, part):
        """Return the value of a part of the formula."""
        if isinstance(part.symbol, Slope):
            return self.number(self.slopes, str(part.symbol.net_input)[len("x_") :], part.symbol)
        if part.symbol is not None:
            return self.number(self.numbers, str(part.symbol), part.symbol) if part.value is None else part.value
        if not part.operands:
            return self.kind(part.value)
        value, operands = self.operation(part)
        is_plain = self.written is None or part.operation == "negative" or value in operands  # −x, 0 + x, 1 · x
        return value if is_plain else self.written(part, value)

    def operation(self, part):
        """Return the value of an operation, and those of its operands."""
        if part.operation in ("+", "-"):
            return self.sum(part)
        first, last = part.operands[0], part.operands[-1]
        values = [self.value(first)]
        if len(part.operands) == 2:
            values.append(values[0] if last is first else self.value(last))  # a square is of one number
        return OPERATIONS[part.operation](*values), values

    def sum(self, part):
        """Return the value of a sum, and those of its terms, found in a loop: it may have thousands."""
        later = []
        while part.symbol is None and part.operation in ("+", "-"):
            first, term = part.operands
            later.append((part.operation, term))
            part = first
        total = self.value(part)
        values = [total]
        for sign, term in reversed(later):
            values.append(self.value(term))
            total = OPERATIONS[sign](total, values[-1])
        return total, values

    def number(self, numbers, name, symbol):
        """Return the number of a name."""
        if name not in numbers:
            raise NetworkError(f"there is no quantity {symbol} here")
        return numbers[name]


class FormulaReader:
    """Reads a formula from left to right, with a method for each way of binding, the loosest first."""

    def __init__(self, text):
        self.text = text
        self.pieces = list(pieces_of(text))
        self.depth = 0

    def whole(self):
        """Return the whole formula as an Expression."""
        tree = self.sum()
        if self.kind != "end":
            self.fail("an operator is missing")
        return tree

    def sum(self):
        """Read products with + and − between them."""
        part = self.product()
        while self.piece in ("+", "-"):
            part = Expression(None, None, self.take(), (part, self.product()))
        return part

    def product(self):
        """Read factors with · and / between them; a sign in front of them is that of the whole product."""
        if self.takes("-"):
            return negative(self.within(self.product))
        part = self.factor()
        while self.piece in ("*", "/") or self.is_factor:
            if self.is_factor and part.operation == "/" and part.operands[1].symbol is not None:
                self.fail("write · and parentheses, so that it is clear what is divided")
            operation = "*" if self.is_factor else self.take()
            part = Expression(None, None, operation, (part, self.signed(self.factor)))
        return part

    @property
    def is_factor(self):
        """Whether the next piece is a factor without a sign of multiplication, as in η δ_k1 or y_j1(1 − y_j1)."""
        return self.kind in ("name", "slope") or self.piece == "("

    def signed(self, read):
        """Read something that may have a sign."""
        if self.takes("-"):
            return negative(self.within(lambda: self.signed(read)))
        return read()

    def factor(self):
        """Read an atom, or a power of it."""
        part = self.atom()
        if self.kind != "power" and not self.takes("^"):
            return part
        exponent = self.piece.translate(LOWERED)
        if not re.fullmatch("[1-9][0-9]?", exponent):
            self.fail("a power has a whole number of 1 to 99")
        self.take()
        if exponent == "2":
            return Expression(None, None, "*", (part, part))
        return Expression(None, None, "power", (part, Expression(int(exponent))))

    def atom(self):
        """Read a number, a quantity, a function, or a sum in parentheses."""
        if self.takes("("):
            return self.rest_of_parentheses()
        if self.takes("√"):
            return Expression(None, None, "sqrt", (self.within(self.atom),))
        if self.takes("|"):
            return Expression(None, None, "abs", (self.close(self.within(self.sum), "|"),))
        if self.kind == "number":
            return Expression(constant(self.take()))
        if self.kind == "slope":
            return quantity(self.take())
        if self.kind != "name":
            self.fail("a quantity or a number is missing")
        if self.pieces[1][1] == "(" and not is_symbol(self.piece):
            return self.function()
        name = self.take()
        if name == "e" and self.takes("^"):
            return Expression(None, None, "exp", (self.signed(self.atom),))
        return quantity(name)

    def function(self):
        """Read a function and its argument."""
        name, symbol = self.piece, net_input(self.pieces[2][1])
        if name in FUNCTIONS:
            del self.pieces[:2]
            return Expression(None, None, FUNCTIONS[name], (self.rest_of_parentheses(),))
        if name.rstrip("′'’") in ACTIVATION and symbol is not None and self.pieces[3][1] == ")":
            del self.pieces[:4]
            return Expression(None, symbol.of("y")) if name in ACTIVATION else slope(symbol)
        if name in SIGMOID:
            del self.pieces[:2]
            power = Expression(None, None, "exp", (negative(self.rest_of_parentheses()),))
            return Expression(None, None, "/", (Expression(1), Expression(None, None, "+", (Expression(1), power))))
        self.fail("the functions are exp, ln, tanh, abs, sqrt, σ, f(x_j1) and f′(x_j1)")

    def rest_of_parentheses(self):
        """Read a sum and the parenthesis that closes it."""
        return self.close(self.within(self.sum))

    def close(self, part, sign=")"):
        """Return the part before a closing parenthesis, or another sign."""
        if not self.takes(sign):
            self.fail("a closing parenthesis is missing" if sign == ")" else "a | is missing")
        return part

    def within(self, read):
        """Read something within something else."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"there are more than {DEEPEST} parentheses or signs within each other")
        part = read()
        self.depth -= 1
        return part

    @property
    def kind(self):
        """The kind of the next piece."""
        return self.pieces[0][0]

    @property
    def piece(self):
        """The next piece."""
        return self.pieces[0][1]

    def take(self):
        """Return the next piece, and go on."""
        return self.pieces.pop(0)[1]

    def takes(self, piece):
        """Go on if the next piece is this one; return whether it is."""
        return self.piece == piece and bool(self.take())

    def fail(self, problem):
        """Raise NetworkError, which says what is wrong and where."""
        raise unreadable(self.text, self.pieces[0][2], problem)


def pieces_of(text):
    """Yield the kind, the text in one spelling and the place of each piece of a formula, and of its end."""
    if not isinstance(text, str) or len(text) > MOST_CHARACTERS:
        raise NetworkError(f"a formula must be a text of at most {MOST_CHARACTERS} characters, not {text!r:.60}")
    text = re.sub(r"_\{(\w+)\}", r"_\1", text).translate(PLAINER)
    place, end = 0, len(text.rstrip())
    for number in range(MOST_PIECES + 1):
        match = PIECE.match(text, place)
        if match is None:
            break
        piece = match[match.lastgroup]
        yield match.lastgroup, SIGNS.get(piece, piece), match.start(match.lastgroup)
        place = match.end()
    if place < end:
        raise unreadable(text, place, "this is no part of a formula" if match is None else "it is too long")
    for _ in range(3):  # a reader looks two pieces ahead
        yield "end", "", end


def constant(text):
    """Return a number of a formula: an int if it is whole, otherwise a Decimal, ½ being 0.5."""
    value = Decimal("0.5" if text == "½" else text).normalize()
    return int(value) if value < 10**15 and value == int(value) else value


def unreadable(text, place, problem):
    """Return the error of a formula that cannot be read from a place on."""
    where = f"from {text[place:]!r:.40} on" if text[place:].strip() else "at its end"
    return NetworkError(f"the formula {text!r:.80} cannot be read {where}: {problem}")
