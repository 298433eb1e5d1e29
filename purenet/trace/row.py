"""A row of a trace: one quantity, with its formula, and its number in full precision and by hand."""

import functools

from purenet.arithmetic.notation import LATEX, UNICODE, number_text
from purenet.arithmetic.pencil import as_decimal
from purenet.document.formats import FULL_DIGITS, MOST_TERMS, SHOWN_DIGITS


class Row:
    """One quantity of the step: its symbol, formula, numbers and value.

    symbol       "δ_j1"
    formula      the formula in symbols, all of it; "" for a given number
    numbers      the same with numbers: those written down by hand, where the case declares rounding
    by_hand      "= 0.168861", or "≈ 0.0227" where rounding changed the value; "" where the case declares no rounding
    value        the number itself in full precision
    quantities   a dictionary from each symbol in the formula to its number in full precision
    published    digits published for it elsewhere, a text, or a list if there are several; None where there are none
    """

    def __init__(self, quantity, by_hand=None):
        self.quantity = quantity
        self.by_hand_quantity = by_hand
        self.symbol = str(quantity.symbol)
        self.published = None

    @property
    def value(self):
        return self.quantity.value

    def publish(self, digits):
        """Remember digits that are published for it."""
        earlier = self.published
        self.published = digits if earlier is None else [*([earlier] if isinstance(earlier, str) else earlier), digits]

    @property
    def quantities(self):
        return self.quantity.quantities()

    @property
    def formula(self):
        return self.quantity.formula()

    @property
    def numbers(self):
        return self.numbers_in(UNICODE)

    @property
    def by_hand(self):
        return self.by_hand_in(UNICODE)

    def numbers_in(self, notation, longest=None, digits=None):
        """Return the numbers in a notation; floats to some significant digits."""
        if self.by_hand_quantity is None:
            return self.quantity.numbers(notation, longest, digits)
        return self.by_hand_quantity.numbers(notation, longest, FULL_DIGITS)

    def by_hand_in(self, notation):
        """Return the value by hand in a notation, with the sign = or ≈ before it."""
        if self.by_hand_quantity is None:
            return ""
        return f"{notation.about if self.rounded else notation.equal} {notation.number(self.digits_by_hand)}"

    @functools.cached_property
    def digits_by_hand(self):
        """The value by hand as it is written down, a text such as "0.0227"; None where the case declares no rounding."""
        return number_text(self.by_hand_quantity.value, FULL_DIGITS) if self.by_hand_quantity else None

    @functools.cached_property
    def in_a_picture(self):
        """The number as a picture shows it: as by hand, or else to six significant digits."""
        return UNICODE.number(self.digits_by_hand or number_text(self.value, SHOWN_DIGITS))

    @property
    def rounded(self):
        """Return whether rounding changed the value by hand when it was written down."""
        written = self.by_hand_quantity.value
        return written != self.by_hand_quantity.computed or as_decimal(self.digits_by_hand) != written

    @property
    def shown_quantity(self):
        """The quantity by hand where there is one, otherwise that in full precision."""
        return self.quantity if self.by_hand_quantity is None else self.by_hand_quantity

    @property
    def shown_value(self):
        """The value of that."""
        return self.shown_quantity.value

    def _repr_latex_(self):
        """Return the row as a line of mathematics: its symbol, formula, numbers and value, by hand where there is one."""
        value = self.by_hand_in(LATEX) or f"= {LATEX.number(number_text(self.value))}"
        parts = [self.quantity.formula(LATEX, MOST_TERMS), self.numbers_in(LATEX, MOST_TERMS, SHOWN_DIGITS)]
        middle = "".join(f" = {part}" for part in parts if part)
        return rf"$\displaystyle {LATEX.symbol(self.quantity.symbol)}{middle} {value}$"

    def __repr__(self):
        return f"<Row {self.symbol}: {self.formula or 'given'} = {self.value}>"
