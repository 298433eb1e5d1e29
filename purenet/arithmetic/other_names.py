"""The names that other texts give to quantities: understood where they can mean one thing only, otherwise asked about.

>>> str(quantity("∂E/∂w_i1j1").symbol), str(quantity("dE/dnet_k1").symbol), str(quantity("∂y_j1/∂x_j1").symbol)
('∇w_i1j1', 'δ_k1', 'f′(x_j1)')
>>> quantity("z_j1")
Traceback (most recent call last):
purenet.errors.NetworkError: 'z_j1' is not the symbol of a quantity: did you mean x_j1?
"""

import re
from collections import namedtuple

from purenet.arithmetic.expression import Expression
from purenet.arithmetic.notation import Symbol
from purenet.errors import NetworkError

# of example 2, after 3 steps: ⁽²⁾⁺⁺⁺, [2]_new3; a ² after ⁺ is a square
MARKS = r"(?:⁽[⁰¹²³⁴-⁹]+⁾|\[[0-9]+\])?(?:⁺(?:[⁴-⁹]|[¹²³⁴-⁹][⁰¹²³⁴-⁹]+)|⁺+|_new[0-9]*)?"
NAME = rf"[∇Δ∆]?[^\W\d_½⁰¹²³⁴-⁹]+[0-9]*(?:_[A-Za-z0-9]+)*{MARKS}"
SLOPE = rf"[∂d](?:[ELCJ]|[Ll]oss|y|a|out|o|h)(?:_[A-Za-z0-9]+)*{MARKS}/[∂d]{NAME}"

PARTS = re.compile(f"(.*?)(_[a-z]+[0-9][a-z0-9]*|_[a-z]{{1,2}})?({MARKS})")
LOSSES = ("E", "C", "J", "E_total", "Loss", "loss")
NET_INPUTS, OUTPUTS = ("x", "z", "net"), ("y", "a", "out", "o", "h")
CHANGES = {"Δw": "w", "∆w": "w", "Δb": "b", "∆b": "b", "Δθ": "θ", "∆θ": "θ", "Delta_w": "w", "Delta_b": "b"}
MEANT = {
    **dict.fromkeys(["z", "net", "in", "s"], ["x"]),
    **dict.fromkeys(["a", "out", "o", "h", "yhat", "y_hat", "ŷ"], ["y"]),
    **dict.fromkeys(["d", "target", "desired"], ["t"]),
    **dict.fromkeys(["err", "error", "Err", "Δ", "∆", "Delta"], ["δ"]),
    **dict.fromkeys(["dw", "dW", "db", "delta_w", "delta_b"], ["∇w", "Δw", "∇b", "Δb"]),
    "grad": ["∇w", "∇b"],
    **dict.fromkeys(["C", "J", "loss", "Loss", "cost", "MSE"], ["E"]),
    **dict.fromkeys(["lr", "alpha", "α", "learning_rate", "rate"], ["η"]),
    "velocity": ["v"],
    "momentum": ["μ"],
    "weight_decay": ["λ"],
}


class Slope(namedtuple("Slope", "net_input")):
    """The slope of a neuron's activation function, f′(x_j1), with the Symbol of the net input."""

    def __str__(self):
        return f"f′({self.net_input})"


def quantity(text):
    """Return the Expression, of symbols without values, that a name or a derivative stands for.

    Raises NetworkError if it could mean several things, or none.
    """
    base, subscript, marks = parts_of(text)
    if base == "E_total":
        return quantity("E" + subscript + marks)
    if base in ("θ", "theta") and subscript:  # a threshold is subtracted from the sum, a bias added to it
        return negative(quantity("b" + subscript + marks))
    if base in CHANGES and subscript:
        before = quantity(CHANGES[base] + subscript + marks)
        return Expression(None, None, "-", (updated(before), before))
    question = hint(text, base, subscript, marks) if base in MEANT else ""
    try:
        if not question:
            return Expression(None, Symbol.parse(text))
    except NetworkError as error:
        if "/" in text:
            return derivative(text)
        question = hint(text, base, subscript, marks) or str(error)
    raise NetworkError(question)


def derivative(text):
    """Return the Expression that a derivative stands for: ∂E/∂w_i1j1 is ∇w_i1j1, ∂y_j1/∂x_j1 is f′(x_j1)."""
    above, below = text[1:].split("/")
    loss, above_subscript, above_marks = parts_of(above)
    base, subscript, marks = parts_of(below[1:])
    rest = subscript + above_marks + marks
    if loss + above_subscript in LOSSES:
        if base in NET_INPUTS and subscript:
            return quantity("δ" + rest)
        if base in ("θ", "theta") and subscript:
            return negative(quantity("∇b" + rest))
        if base in ("w", "b", "y") and subscript:
            return quantity({"y": "∂E/∂y"}.get(base, "∇" + base) + rest)
        meant = "" if base in NET_INPUTS else hint(text, base, subscript, marks, "∂E/∂")
        if meant:
            raise NetworkError(meant)
    elif loss in OUTPUTS and base in NET_INPUTS and subscript and above_subscript == subscript:
        return slope(Symbol.parse("x" + rest))
    raise NetworkError(f"{text!r} is no derivative that has a name here, such as ∂E/∂w_i1j1 or ∂y_j1/∂x_j1")


def net_input(text):
    """Return the Symbol of the net input that a name means inside f′(…), as in f′(net_j1), or None."""
    base, subscript, marks = parts_of(text)
    return Symbol.parse("x" + subscript + marks) if base in NET_INPUTS and subscript else None


def slope(symbol):
    """Return f′(x_j1) as an Expression."""
    return Expression(None, Slope(symbol))


def negative(part):
    """Return −part as an Expression."""
    return Expression(None, None, "negative", (part,))


def updated(part):
    """Return the same Expression of the quantities after the update."""
    return renamed(part, lambda symbol: symbol.updated)


def renamed(part, rename):
    """Return the same Expression of other quantities; `rename` takes a Symbol and returns that of the other."""
    if part.symbol is not None:
        return part if isinstance(part.symbol, Slope) else Expression(None, rename(part.symbol))
    operands = [renamed(operand, rename) for operand in part.operands]
    if len(operands) == 2 and part.operands[0] is part.operands[1]:  # a square
        operands[1] = operands[0]
    return Expression(part.value, None, part.operation, tuple(operands))


def parts_of(text):
    """Return the base of a name, its subscript with the underscore, and its marks: ("w", "_i1j1", "⁺")."""
    return tuple(part or "" for part in PARTS.fullmatch(text).groups())


def hint(text, base, subscript, marks, before=""):
    """Return a message that asks about the name of a quantity, or "" if nothing like it is known."""
    wrong = f"{text!r} is not the symbol of a quantity: "
    joins = len(re.findall("[0-9]+", subscript)) == 2
    guesses = [
        meant + subscript + marks
        for meant in MEANT.get(base, [])
        if not subscript or meant[-1] not in "wb" or joins == (meant[-1] == "w")
    ]
    guesses += [text.lower(), re.sub("^(w_[a-z][0-9]+)_", r"\1", text), re.sub("^([a-zδ])([a-z][0-9])", r"\1_\2", text)]
    known = [before + guess for guess in dict.fromkeys(guesses) if guess != text and is_symbol(guess)]
    if known:
        return wrong + f"did you mean {' or '.join(known)}?"
    number = re.fullmatch(r"([^\W\d_]+)_?[0-9]+", base)
    if number is None:
        return ""
    if number[1] in ("w", "W"):
        return wrong + f"weights are named by the neurons they join, such as {before}w_j1k1"
    name = MEANT.get(number[1], [number[1]])[0]
    return wrong + f"neurons are named by the letter of their layer and a number, such as {before}{name}_j1"


def is_symbol(text):
    """Return whether a text is a symbol, or a change of one."""
    try:
        return bool(Symbol.parse(text.lstrip("Δ")))
    except NetworkError:
        return False
