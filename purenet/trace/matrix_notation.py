"""How names, signs and shapes of matrices are written: in text, ASCII, TeX or HTML."""

import re

from purenet.arithmetic.notation import ASCII, HAT, HTML, LATEX, UNICODE
from purenet.drawing.svg import escape

ASCII_BASES = {"δ": "delta", "Δ": "Delta", "∇W": "grad_W", "∇b": "grad_b", "Ω": "Omega"}
HATS = [f"{base}{HAT}" for base in "MVmv"]  # names of corrected moments
ASCII_BASES.update({base: f"{base[0]}_hat" for base in HATS})
ASCII_BASES.update({"∂E/∂y": "dE/dy", "∂e/∂y": "de/dy", "∂e/∂Y": "de/dY"})
TEX_BASES = {
    "δ": r"\delta",
    "Δ": r"\Delta",
    "∇W": r"\nabla W",
    "∇b": r"\nabla b",
    "Ω": r"\Omega",
    "ones": r"\mathrm{ones}",
}
TEX_BASES.update({base: rf"\hat {base[0]}" for base in HATS})
TEX_SIGNS = {
    "⊙": r"\odot", "·": r"\cdot ", "−": "-", "Σ": r"\sum", "½": r"\frac{1}{2}", "²": "^2", "′": "'", "ᵗ": "^{t}", "η": r"\eta ", "μ": r"\mu ", "λ": r"\lambda ",
}  # fmt: skip
TEX_WORDS = re.compile("softmax|diag|exp|ln|tanh|sqrt|abs")
TEX_FUNCTIONS = ("exp", "ln", "tanh")


class Plain:
    """Lines of text."""

    notation = UNICODE

    def name(self, name):
        """Write the name of a matrix: W_J⁺, y_Kᵀ."""
        return self.plain_name(name) + "ᵀ" * name.transposed

    def plain_name(self, name):
        return self.base(name.base) + (f"_{name.subscript}" if name.subscript else "") + self.notation.marks(name)

    def base(self, base):
        return base

    def shape(self, shape):
        """Write a shape: 2×1."""
        return "{}×{}".format(*shape)

    def sign(self, sign):
        """Write signs of an equation, with spaces as they are."""
        return sign

    def setting(self, symbol):
        """Write η, μ or λ."""
        return self.notation.symbol(symbol)

    def prose(self, sentence):
        """Write a sentence about equations."""
        return self.notation.prose(sentence)


class PlainAscii(Plain):
    """The same in ASCII, with * and @ as NumPy has them."""

    notation = ASCII

    def name(self, name):
        return self.plain_name(name) + "^T" * name.transposed

    def base(self, base):
        return ASCII_BASES.get(base, base)

    def shape(self, shape):
        return "{}x{}".format(*shape)

    def sign(self, sign):
        return ASCII.prose(sign.replace(" · ", " @ ").replace("⊙", "*"))

    def prose(self, sentence):
        return self.sign(sentence)


class Tex(Plain):
    """The same between dollar signs."""

    notation = LATEX

    def name(self, name):
        above = self.notation.marks(name)[2:-1] + r"\top" * name.transposed
        subscript = f"_{{{name.subscript}}}" if name.subscript else ""
        if name.base.startswith("∂"):
            return rf"\frac{{\partial {name.base[1]}}}{{\partial {name.base[-1]}{subscript}{f'^{{{above}}}' if above else ''}}}"
        return TEX_BASES.get(name.base, name.base) + subscript + (f"^{{{above}}}" if above else "")

    def shape(self, shape):
        return r"{} \times {}".format(*shape)

    def sign(self, sign):
        words = TEX_WORDS.sub(self.function, sign)
        return "".join(TEX_SIGNS.get(letter, letter) for letter in words)

    def function(self, match):
        return rf"\{match[0]}" if match[0] in TEX_FUNCTIONS else rf"\mathrm{{{match[0]}}}"


class Tags(Plain):
    """The same in HTML."""

    notation = HTML

    def name(self, name):
        """Write a name; ∂E/∂y is upright, as it is in the tables of pages."""
        base = re.sub(f"(?<![a-z])([A-Za-zδΔΩ]{HAT}?)(?![a-z])", r"<i>\1</i>", name.base)
        subscript = f"<sub>{name.subscript}</sub>" if name.subscript else ""
        above = self.notation.marks(name) + "<sup>T</sup>" * name.transposed
        return base + subscript + above

    def sign(self, sign):
        return escape(sign)


PLAIN, PLAIN_ASCII, TEX, TAGS = Plain(), PlainAscii(), Tex(), Tags()


def equation_text(equation, writer, operand=None):
    """Return an equation in one line; `operand` writes each matrix and scalar, by default its name."""
    operand = operand or (lambda part: named(part, writer))
    parts = equation.parts if equation.right else [equation.left]
    return "".join(writer.sign(part) if isinstance(part, str) else operand(part) for part in parts)


def shapes_text(equation, writer):
    """Return an equation with shapes in place of names: 2×1 = 2×2 · 2×1."""
    return equation_text(equation, writer, lambda part: shaped(part, writer)).replace(writer.sign("²"), "")


def named(part, writer):
    """Return the name of a matrix or a scalar."""
    return writer.name(part.name) if hasattr(part, "shape") else writer.setting(part.row.quantity.symbol)


def shaped(part, writer):
    """Return the shape of a matrix, or the name of a scalar, which has none."""
    return writer.shape(part.shape) if hasattr(part, "shape") else named(part, writer)
