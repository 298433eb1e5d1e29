"""A formula of one number, such as y·(1 − y), written for matrices, entry by entry: y_J ⊙ (1 − y_J)."""

import re

PIECE = re.compile("[a-zΣ]+(?:_[a-z])?|[^a-zΣ]")
FUNCTIONS = ("exp", "ln", "tanh", "sqrt", "abs")


def entrywise(formula, operands, count=None):
    """Return the parts of a formula, signs and operands, or None if it has other words, such as "x for x > 0, else 0".

    `operands` is a dictionary from names to operands, {"y": …}; `count` is the number that n stands for. Σ_k adds up the
    entries of each example.

    >>> entrywise("y·(1 − y)", {"y": ["Y"]})
    [['Y'], ' ⊙ (1 − ', ['Y'], ')']
    >>> entrywise("½ Σ_k (y_k − t_k)²", {"y_k": ["Y"], "t_k": ["T"]})
    ['½ Σ (', ['Y'], ' − ', ['T'], ')²']
    """
    found, before = [], ""
    for piece in PIECE.findall(formula):
        if piece in operands:
            found.append(operands[piece])
        elif piece == "·":
            found.append("·" if before.isnumeric() else " ⊙ ")
        elif piece == "n" and count is not None:
            found.append(str(count))
        elif piece in FUNCTIONS or not piece[0].isalpha() or piece == "Σ_k":
            found.append(piece.replace("_k", ""))
        else:
            return None
        before = piece
    return joined(found)


def joined(parts):
    """Return parts of an equation with signs that are side by side as one, without empty ones."""
    found = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return found


def as_factor(parts):
    """Return the parts of a formula in parentheses, if it is a sum."""
    depth, text = 0, "".join(part if isinstance(part, str) else "m" for part in parts)
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0 and sign in "+−":
            return joined(["(", *parts, ")"])
    return parts
