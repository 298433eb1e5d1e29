"""Where a line may break in a formula in MathML: browsers break none, but they break between two <math> elements."""

import re

LONG = 12  # elements of a formula from which on it is broken
PARTS = re.compile(r"<(?:m[ino]|mtext)(?: [^>]*)?>[^<]*</m[a-z]+>|<[^>]+>")  # of MathML: leaves, and ends of containers
OPENING = ">(</mo>"


def math(text):
    """Return a formula as a <math> element, or, if it is long, as several; "" if it is empty.

    >>> math("<mi>a</mi><mo>+</mo><mi>b</mi>")
    '<math><mi>a</mi><mo>+</mo><mi>b</mi></math>'
    """
    pieces = [text] if text.count("</m") < LONG else Pieces(text).pieces
    return "".join(f"<math>{piece}</math>" for piece in pieces if piece)


class Pieces:
    """A formula cut before each + and −, before words, and after each ·, but neither in fractions nor in scripts.

    Parentheses in a row of their own are cut, too. Those of rules have no row, and stay whole.
    """

    def __init__(self, text):
        self.pieces = [""]
        self.ends = []  # of the containers around; "" for a row of parentheses, which is opened up
        self.kept = 0  # parentheses around that stay whole
        parts = PARTS.findall(text)
        for before, part, after in zip(["", *parts], parts, [*parts[1:], ""]):
            if part.startswith("</"):
                self.add(self.ends.pop())
            elif "</" not in part:
                self.open(part, after)
            else:
                self.leaf(part, before)

    def add(self, text):
        self.pieces[-1] += text

    def open(self, part, after):
        """Begin a container; a row that begins with a parenthesis is left out, but not in a script: y_k1⁽³⁾."""
        is_row = part == "<mrow>" and after.endswith(OPENING) and not any(self.ends)
        self.ends.append("" if is_row else f"</{part[1:-1].split()[0]}>")
        self.add("" if is_row else part)

    def leaf(self, part, before):
        if part.endswith(OPENING) and (self.kept or before != "<mrow>"):
            self.kept += 1
        elif part.endswith(">)</mo>") and self.kept:
            self.kept -= 1
        breaks = not any(self.ends) and not self.kept and "prefix" not in part
        if breaks and (part.startswith("<mtext") or part.endswith((">+</mo>", ">−</mo>"))):
            self.pieces.append("")
        is_sign = breaks and part.endswith((">+</mo>", ">−</mo>", ">·</mo>"))
        self.add(part.replace("<mo>", '<mo form="infix">') if is_sign else part)
        if is_sign and part.endswith(">·</mo>"):
            self.pieces.append("")
