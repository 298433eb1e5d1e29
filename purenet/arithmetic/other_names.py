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
from purenet.arithmetic.notation import HAT, Symbol
from purenet.errors import NetworkError, quoted

# of example 2, after 3 steps: ⁽²⁾⁺⁺⁺, [2]_new3; a ² after ⁺ is a square
MARKS = r"(?:⁽[⁰¹²³⁴-⁹]+⁾|\[[0-9]+\])?(?:⁺(?:[⁴-⁹]|[¹²³⁴-⁹][⁰¹²³⁴-⁹]+)|⁺+|_new[0-9]*)?"
NAME = rf"[∇Δ∆]?[^\W\d_½⁰¹²³⁴-⁹]+{HAT}?[0-9]*(?:_[A-Za-z0-9]+)*{MARKS}"
SLOPE = rf"[∂d](?:[ELCJ]|[Ll]oss|y|a|out|o|h|net|z|x)(?:_[A-Za-z0-9]+)*{MARKS}/[∂d]{NAME}"

PARTS = re.compile(f"(.*?)(_[a-z]+[0-9][a-z0-9]*|_[a-z]{{1,2}})?({MARKS})")
NET_INPUTS = ("x", "z", "net")
MEANING = {
    **dict.fromkeys(["E", "C", "E_total", "Loss", "loss"], "E"),
    **dict.fromkeys(NET_INPUTS, "x"),
    **dict.fromkeys(["y", "a", "out", "o", "h"], "y"),
    **dict.fromkeys(["θ", "theta"], "θ"),
    **{"w": "w", "b": "b", "L": "L", "J": "L"},
}
CHANGES = {"Δw": "w", "∆w": "w", "Δb": "b", "∆b": "b", "Δθ": "θ", "∆θ": "θ", "Delta_w": "w", "Delta_b": "b"}
MEANT = {
    **dict.fromkeys(["z", "net", "in", "s"], ["x"]),
    **dict.fromkeys(["a", "out", "o", "h", "yhat", "y_hat", "ŷ"], ["y"]),
    **dict.fromkeys(["d", "target", "desired"], ["t"]),
    **dict.fromkeys(["err", "error", "Err", "Δ", "∆", "Delta"], ["δ"]),
    **dict.fromkeys(["dw", "dW", "db", "delta_w", "delta_b"], ["∇w", "Δw", "∇b", "Δb"]),
    "grad": ["∇w", "∇b"],
    **dict.fromkeys(["C", "loss", "Loss", "cost", "MSE"], ["E"]),
    "J": ["E", "L"],
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
    is_error = base == "ε" and subscript  # of a neuron; by itself, it is that of Adam
    question = hint(text, base, subscript, marks) if base in MEANT or is_error else ""
    try:
        if not question:
            return Expression(None, Symbol.parse(text))
    except NetworkError as error:
        if "/" in text:
            return derivative(text)
        question = hint(text, base, subscript, marks) or str(error)
    raise NetworkError(question)


def derivative(text):
    """Return the Expression that a derivative stands for: ∂E/∂w_i1j1 is ∇w_i1j1, ∂y_j1/∂x_j1 is f′(x_j1).

    E_k1 is the part of the loss that the output y_k1 has, and L or J the loss with the penalty of weight decay.
    """
    (above, neuron, marks), (below, at, more_marks) = (parts_of(part[1:]) for part in text.split("/"))
    of, to = MEANING.get(above), MEANING.get(below)
    found = None
    if of and to and at:
        symbol = Symbol.parse("y" + at + marks + more_marks)
        found = (of_neuron(of, to, symbol, neuron[1:]) if neuron else of_loss(to, symbol, of == "L")) or None
    if found is None:
        hinted = "" if neuron or below in ("x", "z", "net") else hint(text, below, at, more_marks, "∂E/∂")
        raise NetworkError(
            hinted
            or f"{quoted(text)} is no derivative that has a name here, such as ∂E/∂w_i1j1, ∂y_j1/∂x_j1 or ∂x_j1/∂w_i1j1"
        )
    return found


def of_loss(to, symbol, is_penalized=False):
    """Return the derivative of the loss with respect to the kind of quantity `to`, with the subscript of a symbol."""
    if to == "θ":  # a threshold is subtracted from the sum, a bias added to it
        return negative(Expression(None, symbol.of("∇b")))
    slope = Expression(None, symbol.of({"x": "δ", "y": "∂E/∂y", "w": "∇w", "b": "∇b"}[to]))
    if not is_penalized or to != "w":
        return slope
    return Expression(None, None, "+", (slope, product(Symbol("λ"), Symbol("w", symbol.subscript, symbol.after))))


def of_neuron(of, to, symbol, neuron):
    """Return the derivative of something of a neuron: its net input, its output or its part of the loss, or None."""
    source = symbol.subscript[: -len(neuron)] if symbol.subscript.endswith(neuron) else None
    if to == "y" and symbol.subscript != neuron:
        factor = Symbol("w", symbol.subscript + neuron, symbol.after)
    elif to == "w" and source:
        factor = Symbol("y", source, symbol.after, symbol.example)
    elif source == "" and (of, to) != ("y", "y"):
        factor = None
    else:
        return None
    net_input = Symbol("x", neuron, symbol.after, symbol.example)
    if of in ("E", "L") and (factor is None or to == "w"):
        return of_loss(to, symbol)
    if of == "x":
        return {"b": Expression(1), "θ": Expression(-1)}.get(to) if factor is None else Expression(None, factor)
    own = slope(net_input) if of == "y" else Expression(None, net_input.of("δ"))
    if factor is None:
        return {"x": own, "b": own, "θ": negative(own)}[to]
    return Expression(None, None, "*", (own, Expression(None, factor)))


def product(left, right):
    """Return the product of two symbols as an Expression."""
    return Expression(None, None, "*", (Expression(None, left), Expression(None, right)))


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
    wrong = f"{quoted(text)} is not the symbol of a quantity: "
    if base in ("e", "ε"):
        neuron = subscript or "_k1"
        return wrong + f"did you mean t{neuron} − y{neuron} or y{neuron} − t{neuron}?"
    if base.startswith("Σ"):
        return wrong + "write a sum out, term by term, as in w_i1j1·y_i1 + w_i2j1·y_i2 + b_j1"
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
