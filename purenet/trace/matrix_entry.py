"""An entry of a matrix as it is shown, and the sum of the first entry of a product, in symbols and in numbers."""

from fractions import Fraction

from purenet.arithmetic.notation import UNICODE, elided, number_text
from purenet.document.formats import MOST_TERMS, SHOWN_DIGITS
from purenet.trace.matrix import GAP
from purenet.trace.row import Row


def entry_text(entry, digits=None):
    """Return an entry as it is shown: by hand where there is rounding, else to some significant digits."""
    return UNICODE.number(digits_of(entry, digits)) if isinstance(entry, Row) else entry


def digits_of(row, digits=None):
    return row.digits_by_hand or number_text(row.value, digits or SHOWN_DIGITS)


def written_out(equation, notation, digits=None):
    """Return the parts between the signs = of the first entry of a product: its symbol, its sum, this in numbers, its value.

    An empty list for an equation that is not written out.
    """
    if not equation.is_written_out:
        return []
    row, (left, _, right, *mean) = equation.left.entries[0][0], equation.right
    pairs = list(zip(left.used(0, 0)[0], right.used(0, 0)[0]))
    in_numbers = lambda factor: negative_in_parentheses(digits_of(factor, digits), notation)  # noqa: E731
    found = [loss_of_one(notation.symbol(row.quantity.symbol), equation)]
    for written in (lambda factor: notation.symbol(factor.quantity.symbol), in_numbers):
        found.append(divided(terms_text(pairs, written, notation), mean, notation))
    value = notation.number(digits_of(row, digits))
    return [*found[:-1], f"{found[-1]} {sign_of(row, pairs, mean, notation)} {value}"]


def sign_of(row, pairs, mean, notation):
    """Return ≈ where a sum by hand, of numbers as they are written down, was rounded, otherwise =."""
    if not row.by_hand_quantity or any(GAP in pair for pair in pairs):
        return notation.equal
    exact = sum(Fraction(digits_of(left)) * Fraction(digits_of(right)) for left, right in pairs)
    exact /= int(mean[0].strip(" /")) if mean else 1
    return notation.equal if exact == Fraction(digits_of(row)) else notation.about


def terms_text(pairs, written, notation):
    terms = [notation.ellipsis if GAP in pair else notation.times.join(map(written, pair)) for pair in pairs]
    return notation.plus.join(elided(terms, notation.ellipsis) if len(terms) > MOST_TERMS else terms)


def divided(text, mean, notation):
    """Return a sum, divided where there is a mean: [" / 4"]."""
    if not mean:
        return text
    return notation.fraction(text if notation.bar else f"({text})", notation.number(mean[0].strip(" /")))


def negative_in_parentheses(text, notation):
    number = notation.number(text)
    return notation.parentheses(number) if text.startswith("-") else number


def loss_of_one(symbol, equation):
    """Return the symbol of ∂E/∂y with e for the loss of an example, where the equation has it."""
    return symbol.replace("E", "e", 1) if equation.left.name.base.startswith("∂e") else symbol
