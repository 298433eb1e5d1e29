"""Which kinds of numbers of a worksheet are left out, all of them or every second one. contents.py has what follows from it."""

from purenet.errors import NetworkError, quoted

KINDS = {
    "net-inputs": ("x",),
    "outputs": ("y",),
    "loss": ("E", "Ω", "L"),
    "deltas": ("δ",),
    "gradients": ("∇w", "∇b"),
    "weights": ("w", "b", "v"),
}
EVERY_SECOND = "every-second"


class Blanks:
    """The kinds of quantities that are left out, of `KINDS`; by default all, and with `alternate` every second number.

    >>> from purenet.arithmetic.notation import Symbol
    >>> symbols = [Symbol.parse(text) for text in ("y_k1", "δ_k1", "δ_j1")]
    >>> Blanks.named("deltas").chosen(symbols), Blanks.named("deltas,every-second").chosen(symbols)
    ([Symbol('δ_k1'), Symbol('δ_j1')], [Symbol('δ_j1')])
    """

    def __init__(self, kinds=tuple(KINDS), alternate=False):
        self.bases = {base for kind in kinds for base in KINDS[kind]}
        self.alternate = alternate

    @classmethod
    def named(cls, text):
        """Return the blanks that a text such as "deltas,gradients" or "every-second" names."""
        words = [word.strip() for word in text.split(",")]
        for word in words:
            if word not in (*KINDS, EVERY_SECOND):
                known = ", ".join(KINDS)
                raise NetworkError(f"there are no blanks {quoted(word)}: choose some of {known}, and {EVERY_SECOND}")
        kinds = tuple(word for word in words if word != EVERY_SECOND)
        return cls(kinds or tuple(KINDS), EVERY_SECOND in words)

    def chosen(self, symbols):
        """Return those of the symbols, in their order, whose numbers are left out."""
        found = [symbol for symbol in symbols if symbol.base in self.bases]
        return found[1::2] if self.alternate else found
