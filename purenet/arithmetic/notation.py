"""How a formula is written: in Unicode, ASCII, LaTeX, Markdown, HTML or MathML. A `Symbol` is the name of one quantity, as in w_i1j1.

A notation knows the signs, the names and the numbers; `expression.py` knows the formulas.
"""

import html
import re
from decimal import Decimal

from purenet.arithmetic.sentence import parts_of
from purenet.errors import NetworkError, quoted

# the base of a symbol in Unicode, then its ASCII twin and its LaTeX form
BASES = {
    "x": ("x", "x"),
    "y": ("y", "y"),
    "t": ("t", "t"),
    "w": ("w", "w"),
    "b": ("b", "b"),
    "δ": ("delta", r"\delta"),
    "∇w": ("grad_w", r"\nabla w"),
    "∇b": ("grad_b", r"\nabla b"),
    "∂E/∂y": ("dE/dy", r"\frac{\partial E}{\partial y}"),
    "E": ("E", "E"),
    "Ω": ("Omega", r"\Omega"),
    "L": ("L", "L"),
    "v": ("v", "v"),
    "η": ("eta", r"\eta"),
    "μ": ("mu", r"\mu"),
    "λ": ("lambda", r"\lambda"),
    "m": ("m", "m"),
    "m̂": ("m_hat", r"\hat m"),
    "v̂": ("v_hat", r"\hat v"),
    "β₁": ("beta1", r"\beta_1"),
    "β₂": ("beta2", r"\beta_2"),
    "ε": ("epsilon", r"\varepsilon"),
}
BASE_OF = {spelling: base for base, (ascii_base, _) in BASES.items() for spelling in (base, ascii_base)}
BASE_OF.update({"β1": "β₁", "β2": "β₂"})  # as formulas are read
NAME = re.compile(f"({'|'.join(map(re.escape, sorted(BASE_OF, key=len, reverse=True)))})(?:_([a-z][a-z0-9]*))?")
HAT = "\u0302"  # a sign that is written above the one before it
AFTER = "⁺"  # marks a quantity after the update
RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺ⁿ", "0123456789()+n")
DIGITS = str.maketrans("₁₂", "12")
RAISED_SIGNS = re.compile("[⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺]{2,}")  # marks in a rule or a sentence
LONGEST_BAR = 30  # signs above or below a fraction bar in LaTeX; longer ones are written in a line, which can be broken
LONGEST_PIECE = 24  # signs of a sum that Markdown shows in one piece
MARKS = re.compile(r"(?s)(.*?)(?:⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾|\[([0-9]+)\])?(⁺+|⁺[⁰¹²³⁴⁵⁶⁷⁸⁹]+|_new[0-9]*)?")


class Symbol:
    """The printed name of one quantity: δ_k1 is Symbol("δ", "k1").

    `after` counts the steps after which it has its value: y_k1⁺, w_i1j1⁺⁺. `example` is the number of its example, where
    there are several: y_k1⁽³⁾.
    """

    __slots__ = ("base", "subscript", "after", "example", "text")

    def __init__(self, base, subscript="", after=0, example=None):
        self.base = base
        self.subscript = subscript
        self.after = after
        self.example = example
        self.text = UNICODE.symbol(self)  # here, because it is asked for again and again

    @classmethod
    def parse(cls, text):
        """Return the symbol that a text names, in Unicode (δ_k1, w_i1j1⁺) or in ASCII (delta_k1, w_i1j1_new)."""
        plain, raised, example, marks = MARKS.fullmatch(text.strip()).groups()
        example = example or (raised and raised.translate(LOWERED))
        name = NAME.fullmatch(plain)
        if name is None:
            raise NetworkError(f"{quoted(text)} is not the symbol of a quantity, such as y_j1, δ_k1, w_i1j1 or w_i1j1⁺")
        return cls(BASE_OF[name[1]], name[2] or "", after_of(marks), int(example) if example else None)

    @property
    def kind(self):
        """The symbol without neuron numbers, which names the quantity of a whole layer: y_j, w_ij, y_k⁺."""
        return Symbol(self.base, re.sub("[0-9]", "", self.subscript), self.after, self.example)

    @property
    def updated(self):
        """The symbol of the same quantity after one more step: w_i1j1⁺."""
        return Symbol(self.base, self.subscript, self.after + 1, self.example)

    def of(self, base):
        """Return the symbol of another quantity of the same neuron or weight, after as many steps, of the same example."""
        return Symbol(base, self.subscript, self.after, self.example)

    def __str__(self):
        return self.text

    def __eq__(self, other):
        return isinstance(other, Symbol) and self.text == other.text

    def __hash__(self):
        return hash(self.text)

    def __repr__(self):
        return f"Symbol({self.text!r})"


def after_of(marks):
    """Return the number of steps that marks such as ⁺⁺, ⁺⁴, _new or _new2 count."""
    if not marks:
        return 0
    number = marks.replace("_new", "").replace(AFTER, "").translate(LOWERED)
    return int(number) if number else max(1, marks.count(AFTER))


class Unicode:
    """The notation of a textbook, as far as a line of text can show it."""

    equal, about, ellipsis = "=", "≈", "…"
    plus, minus, times, negative = " + ", " − ", "·", "−"
    bar = False  # whether a division is drawn, so that its sides need no parentheses

    def symbol(self, symbol):
        """Write the name of a quantity."""
        return symbol.base + (f"_{symbol.subscript}" if symbol.subscript else "") + self.marks(symbol)

    def marks(self, symbol):
        """Write the marks of an example and of the steps after which a quantity has its value."""
        if not symbol.after and symbol.example is None:
            return ""
        example = "" if symbol.example is None else f"({symbol.example})".translate(RAISED)
        return example + (AFTER * symbol.after if symbol.after < 4 else AFTER + str(symbol.after).translate(RAISED))

    def number(self, text):
        """Write a number that is given as Python prints it: only the sign differs."""
        return self.negative + text[1:] if text.startswith("-") else text

    def is_product(self, text):
        """Return whether a number or a symbol, as it is written, needs parentheses wherever a product does."""
        return "/" in text or self.times in text

    def fraction(self, above, below):
        """Write a division; both sides already have the parentheses that they need."""
        return f"{above} / {below}"

    def power(self, factor, exponent=2):
        """Write a square, or a power with another whole exponent."""
        factor = self.parentheses(factor) if factor[-1] in "⁾⁺⁰¹²³⁴⁵⁶⁷⁸⁹" else factor
        return factor + str(exponent).translate(RAISED)

    def function(self, name, argument):
        """Write a function of one argument."""
        return f"{name}({argument})"

    def parentheses(self, text):
        """Write parentheses."""
        return f"({text})"

    def prose(self, text):
        """Write a sentence that is given in Unicode."""
        return text

    def words(self, text):
        """Write text without formulas that is given in Unicode, such as a title."""
        return self.prose(text)

    def in_formula(self, text):
        """Write text without formulas where a formula could be."""
        return self.words(text)

    def rule(self, text):
        """Write a rule that is given in Unicode, such as x_j = Σ_i w_ij·y_i."""
        return self.prose(text)


class Ascii(Unicode):
    """The same for a terminal that shows nothing beyond ASCII."""

    about, ellipsis = "~=", "..."
    minus, times, negative = " - ", "*", "-"
    signs = str.maketrans({
        "δ": "delta", "η": "eta", "∇": "grad_", "Σ": "sum", "½": "1/2", "∂": "d", "′": "'", "²": "^2", "·": "*", "−": "-",
        "←": "<-", "→": "->", "≈": "~=", "μ": "mu", "λ": "lambda", "Ω": "Omega", AFTER: "_new", "…": "...", "–": "-", "—": "-", "×": "x", "’": "'",
        "≤": "<=", "≥": ">=", "±": "+-", "√": "sqrt",
        "β": "beta", "₁": "1", "₂": "2", "ε": "epsilon", HAT: "_hat", "ᵗ": "^t",
        "ᵀ": "^T", "⊙": "(*)", "Δ": "Delta",
    })  # fmt: skip

    def symbol(self, symbol):
        ascii_base, _ = BASES[symbol.base]
        return ascii_base + (f"_{symbol.subscript}" if symbol.subscript else "") + self.marks(symbol)

    def marks(self, symbol):
        example = "" if symbol.example is None else f"[{symbol.example}]"
        return example + (f"_new{symbol.after if symbol.after > 1 else ''}" if symbol.after else "")

    def power(self, factor, exponent=2):
        return f"{factor}^{exponent}"

    def prose(self, text):
        text = RAISED_SIGNS.sub(self.lowered, text).translate(self.signs)
        return text.encode("ascii", "backslashreplace").decode("ascii")

    def lowered(self, match):
        """Write the marks that were matched: [3]_new2."""
        example, after = re.fullmatch("(⁽.*⁾)?(.*)", match[0]).groups()
        example = f"[{example[1:-1].translate(LOWERED)}]" if example else ""
        steps = after_of(after)
        return example + (f"_new{steps if steps > 1 else ''}" if steps else "")


class Latex(Unicode):
    """The same between the dollar signs of LaTeX."""

    about, ellipsis = r"\approx", r"\dots"
    bar, drawn = True, r"\frac"
    minus, times, negative = " - ", r" \cdot ", "-"
    signs = str.maketrans({
        "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "δ": r"$\delta$", "∇": r"$\nabla$", "η": r"$\eta$",
        "μ": r"$\mu$", "λ": r"$\lambda$", "Ω": r"$\Omega$", "β": r"$\beta$", "₁": "$_1$", "₂": "$_2$", "ε": r"$\varepsilon$", "⁺": "$^+$", "→": r"$\to$", "·": r"$\cdot$", "−": "$-$", "½": r"$\frac12$", "²": "$^2$", "≈": r"$\approx$",
        "≤": r"$\le$", "≥": r"$\ge$", "±": r"$\pm$",
        "Σ": r"$\Sigma$", "∂": r"$\partial$", "′": "$'$", "…": r"\dots{}", "–": "--", "×": r"$\times$", "ᵀ": r"$^\top$", "⊙": r"$\odot$", "Δ": r"$\Delta$",
    })  # fmt: skip
    rule_signs = str.maketrans({
        "Σ": r"\sum", "·": r"\cdot ", "−": "-", "δ": r"\delta", "Δ": r"\Delta", "η": r"\eta ", "μ": r"\mu ", "λ": r"\lambda ", "Ω": r"\Omega ", "ε": r"\varepsilon ", "ᵗ": "^{t}", "∇": r"\nabla ", "′": "'", "½": r"\frac{1}{2} ",
        "≤": r"\le ", "≥": r"\ge ", "±": r"\pm ",
        "²": "^2", "⁺": "^{+}", "…": r"\dots ", "←": r"\leftarrow ", "≈": r"\approx ", "ᵀ": r"^{\top}",
    })  # fmt: skip

    def symbol(self, symbol):
        _, base = BASES[symbol.base]
        subscript = f"_{{{symbol.subscript}}}" if symbol.subscript else ""
        if symbol.base == "∂E/∂y":
            return base[:-1] + subscript + self.marks(symbol) + "}"
        return base + subscript + self.marks(symbol)

    def marks(self, symbol):
        example = "" if symbol.example is None else f"({symbol.example})"
        after = "+" * symbol.after if symbol.after < 4 else f"+{symbol.after}"
        return f"^{{{example}{after}}}" if example or after else ""

    def number(self, text):
        mantissa, e, exponent = text.partition("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else text

    def fraction(self, above, below):
        if max(map(self.length, (above, below))) <= LONGEST_BAR:
            return rf"{self.drawn}{{{above}}}{{{below}}}"
        above = self.parentheses(above) if " + " in above or " - " in above else above
        return f"{above} / {self.parentheses(below) if ' ' in below else below}"

    def length(self, text):
        """Return about how many signs a formula shows."""
        return len(re.sub(r"\\[a-zA-Z]+|[{}^_ ]", "", text))

    def power(self, factor, exponent=2):
        factor = self.parentheses(factor) if factor.endswith("}") and "^{" in factor else factor
        return f"{factor}^{exponent}" if exponent < 10 else f"{factor}^{{{exponent}}}"

    def function(self, name, argument):
        written = {
            "exp": f"e^{{{argument}}}",
            "sqrt": rf"\sqrt{{{argument}}}",
            "abs": rf"\left\vert {argument} \right\vert",
        }
        return written.get(name, rf"\{name}{self.parentheses(argument)}")

    def parentheses(self, text):
        return rf"\left( {text} \right)" if self.drawn in text else f"({text})"

    def prose(self, text):
        return "".join(f"${self.in_line(part)}$" if found else self.words(part) for part, found in parts_of(text))

    def words(self, text):
        pieces = re.split(f"({RAISED_SIGNS.pattern})", text)  # every second one is of raised signs
        return "".join(
            f"$^{{{piece.translate(LOWERED)}}}$" if n % 2 else piece.translate(self.signs)
            for n, piece in enumerate(pieces)
        )

    def in_formula(self, text):
        return rf"\mbox{{{self.words(text)}}}"

    def in_line(self, text):
        """Write a formula of a sentence, as high as its line."""
        return " ".join(self.rule(re.sub("∂([Ee])/∂", r"∂\1 / ∂", text)).replace("∂", r"\partial ").split())

    def rule(self, text):
        text = RAISED_SIGNS.sub(lambda match: f"^{{{match[0].translate(LOWERED)}}}", text)
        text = re.sub(r"∂(\w+)/∂(\w+)", r"\\frac{\\partial \1}{\\partial \2}", text)
        text = re.sub(r"_([a-z0-9]+|[A-Z])", r"_{\1}", text, flags=re.ASCII)
        text = re.sub(r"exp\(([^()]*)\)", r"e^{\1}", text)
        text = re.sub(r"sqrt\(([^()]*)\)", r"\\sqrt{\1}", text)
        text = re.sub(f"([a-z]){HAT}", r"\\hat \1", text).replace("β₁", r"\beta_1").replace("β₂", r"\beta_2")
        text = re.sub(r"([0-9])e([-−]?)0*([0-9]+)", r"\1·10^{\2\3}", text)
        text = re.sub(r" (for|else|or) ", r"\\mbox{ \1 }", text)
        text = text.translate(self.rule_signs).replace("tanh", r"\tanh").replace("ln(", r"\ln(")
        return text.replace(", ", r",\quad ").strip()


class Markdown(Latex):
    """TeX that Markdown leaves as it is, between dollar signs. Prose is Markdown with such formulas.

    GitHub reads a text as Markdown first. So no backslash comes before a sign, no _ after another sign than a letter or a
    digit, and there is no *, | or backtick; JupyterLab and pandoc do not know the backticks that GitHub allows.
    """

    drawn = r"\dfrac"

    def words(self, text):
        return text if text.startswith("`") else text.replace("$", r"\$")

    def cell(self, text):
        """Write a formula between dollar signs; a long sum in pieces, for a line cannot be broken within one."""
        if self.length(text) <= LONGEST_PIECE:
            return f"${text}$"
        pieces = [""]
        for part in re.split("( [-+] )", text):
            if part in (self.plus, self.minus) and all(
                pieces[-1].count(a) == pieces[-1].count(b) for a, b in ("()", "{}")
            ):
                pieces.append("{}")  # so that the sign has the space of one between terms
            pieces[-1] += part
        return " ".join(f"${piece}$" for piece in pieces)


class Html(Unicode):
    """The same in tags that a notebook keeps even if it is not trusted, and shows without any script: <i>, <sub>, <sup>."""

    def symbol(self, symbol):
        subscript = f"<sub>{symbol.subscript}</sub>" if symbol.subscript else ""
        return re.sub(f"([A-Za-zδημλβε]{HAT}?)", r"<i>\1</i>", symbol.base) + subscript + self.marks(symbol)

    def is_product(self, text):
        return super().is_product(self.text(text))

    def power(self, factor, exponent=2):
        power = super().power(self.text(factor), exponent)
        raised = str(exponent).translate(RAISED)
        return (self.parentheses(factor) if power.startswith("(") and factor[0] != "(" else factor) + raised

    def text(self, formula):
        """Return a formula without its tags."""
        return re.sub("<[^>]*>", "", formula)

    def function(self, name, argument):
        return f"<i>e</i><sup>{argument}</sup>" if name == "exp" else f"{name}({argument})"

    def prose(self, text):
        return "".join(self.rule(part) if found else html.escape(part, quote=False) for part, found in parts_of(text))

    def words(self, text):
        return text

    def rule(self, text):
        text = re.sub(r"exp\(([^()]*)\)", r"e^{\1}", text)
        text = re.sub(f"(?<![A-Za-z_])([A-Za-zδημλβε]{HAT}?)(?![A-Za-z{HAT}])", r"<i>\1</i>", text.replace("<", "&lt;"))
        text = re.sub(r"_([a-z0-9]+|[A-Z])", r"<sub>\1</sub>", text)
        return re.sub(r"\^\{([^{}]*)\}", r"<sup>\1</sup>", text)


class MathMl(Unicode):
    """The same as the content of <math> elements. Prose is plain text, which is escaped where it is used.

    Without a mathematical font, browsers stretch parentheses too far, and set names of one letter in another font than those
    of several: so only those around fractions stretch, and all subscripts and names of functions are upright.
    """

    plus, minus, times, negative = "<mo>+</mo>", "<mo>−</mo>", "<mo>·</mo>", '<mo form="prefix">−</mo>'
    equal, about, ellipsis = "<mo>=</mo>", "<mo>≈</mo>", "<mi>…</mi>"
    bar = True
    # the pieces of a rule: exp(−x), ∂E/∂y_k, w_ij⁺, a word, a number, a sign
    token = re.compile(
        r"exp\(([^()]*)\)|∂(\w+)/∂(\w+)"
        rf"|([a-z]{HAT}|[A-Za-zδημλΩΣβε]+[′₁₂]?|∇[wb])(?:_([a-z]+))?(⁺|⁽ⁿ⁾|ᵗ)?|([0-9.]+)|(\S)"
    )
    words = ("for", "else", "or")
    signs = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    functions = ("ln", "tanh", "sqrt", "abs")

    def symbol(self, symbol):
        if symbol.base == "∂E/∂y":
            return self.slope("E", f"y_{symbol.subscript}", self.marks(symbol))
        return self.name(symbol.base, symbol.subscript, self.marks(symbol))

    def marks(self, symbol):
        example = "" if symbol.example is None else f"<mo>(</mo><mn>{symbol.example}</mn><mo>)</mo>"
        after = "<mo>+</mo>" * symbol.after if symbol.after < 4 else f"<mo>+</mo><mn>{symbol.after}</mn>"
        marks = example + after
        return marks if marks in ("", "<mo>+</mo>") else f"<mrow>{marks}</mrow>"

    def name(self, base, subscript, above=""):
        """Write a name with its subscript, and above it its marks."""
        if base.startswith("∇"):
            return "<mo>∇</mo>" + self.name(base[1:], subscript, above)
        name, below = f"<mi>{base}</mi>", self.upright(subscript)
        if base.endswith(HAT):
            name = f'<mover accent="true"><mi>{base[0]}</mi><mo>^</mo></mover>'
        if base[-1] in "₁₂":
            name, below, subscript = f"<mi>{base[0]}</mi>", f"<mn>{base[-1].translate(DIGITS)}</mn>", base[-1]
        if base == "Σ":
            name = '<mo lspace="0" rspace=".15em">Σ</mo>'
        if above:
            return f"<msubsup>{name}{below}{above}</msubsup>" if subscript else f"<msup>{name}{above}</msup>"
        return f"<msub>{name}{below}</msub>" if subscript else name

    def upright(self, name):
        """Write a subscript, or the name of a function."""
        return f'<mi mathvariant="normal">{name}</mi>'

    def slope(self, above, below, marks=""):
        """Write ∂E/∂y_k."""
        base, _, subscript = below.partition("_")
        above = "<mo>∂</mo>" + self.name(*above.partition("_")[::2])
        return self.fraction(above, "<mo>∂</mo>" + self.name(base, subscript, marks))

    def number(self, text):
        mantissa, e, exponent = text.lstrip("-").partition("e")
        above, bar, below = mantissa.partition("/")
        written = f"<mfrac><mn>{above}</mn><mn>{below}</mn></mfrac>" if bar else f"<mn>{mantissa}</mn>"
        if e:
            power = f"<mn>{abs(int(exponent))}</mn>"
            power = f"<mrow><mo>−</mo>{power}</mrow>" if int(exponent) < 0 else power
            written += f"{self.times}<msup><mn>10</mn>{power}</msup>"
        return (self.negative if text.startswith("-") else "") + written

    def is_product(self, text):
        return self.times in text or text.startswith("<mfrac><mn>")

    def fraction(self, above, below):
        return f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>"

    def power(self, factor, exponent=2):
        if factor.startswith(("<msup>", "<msubsup>")):
            factor = self.parentheses(factor)
        return f"<msup><mrow>{factor}</mrow><mn>{exponent}</mn></msup>"

    def function(self, name, argument):
        if name == "exp":
            return f"<msup><mi>e</mi><mrow>{argument}</mrow></msup>"
        return self.upright(name) + self.parentheses(argument)

    def parentheses(self, text):
        if "<mfrac>" in text:
            return f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>"
        return f"<mrow>{self.sign('(')}{text}{self.sign(')')}</mrow>"

    def sign(self, sign):
        """Write a sign of a rule; parentheses are as high as the line."""
        return f'<mo stretchy="false">{sign}</mo>' if sign in "()" else f"<mo>{self.signs.get(sign, sign)}</mo>"

    def rule(self, text):
        pieces = []
        for match in self.token.finditer(text):
            before = pieces[-1] if pieces else "<mo>=</mo>"
            if match[0] == "²":
                pieces[-1] = self.power(before)
            elif match[0] == "−" and before in ("<mo>=</mo>", self.sign("(")):
                pieces.append(self.negative)
            else:
                pieces.append(self.piece(match))
        return "".join(pieces)

    def piece(self, match):
        """Write one piece of a rule."""
        power, above, below, name, subscript, after, number, sign = match.groups()
        if power:
            return self.function("exp", self.rule(power))
        if below:
            return self.slope(above, below)
        if name in self.words:
            return f"<mtext>\u00a0{name}\u00a0</mtext>"
        if name in self.functions:
            return self.upright(name)
        if name:
            return self.name(name, subscript, MATHML_MARKS.get(after, ""))
        return self.number(number or "1/2") if number or sign == "½" else self.sign(sign)


MATHML_MARKS = {"⁺": "<mo>+</mo>", "⁽ⁿ⁾": "<mrow><mo>(</mo><mi>n</mi><mo>)</mo></mrow>", "ᵗ": "<mi>t</mi>"}
UNICODE, ASCII, LATEX, MARKDOWN, HTML, MATHML = Unicode(), Ascii(), Latex(), Markdown(), Html(), MathMl()


def elided(pieces, ellipsis):
    """Return the first three and the last two of many pieces, with an ellipsis between them."""
    return [*pieces[:3], ellipsis, *pieces[-2:]]


def number_text(value, digits=None):
    """Return a number as Python would print it, in full or to some significant digits, always with a decimal point.

    A Decimal is written out plainly where that is short: 0.00168861, not 1.68861E-3. A Fraction stays one. Nobody writes
    −0: it is 0.0.

    >>> number_text(1), number_text(0.1 + 0.2), number_text(0.1 + 0.2, 6), number_text(Decimal("1.00")), number_text(-0.0)
    ('1.0', '0.30000000000000004', '0.3', '1.0', '0.0')
    """
    if value == 0:
        return "0.0"
    if isinstance(value, Decimal):
        value = +value if digits is None else Decimal(f"{value:.{digits - 1}e}")
        value = value.normalize()
        text = f"{value:f}" if -7 < value.adjusted() < 17 else f"{value:e}".replace("e+", "e")
    elif digits is None or not isinstance(value, float):
        text = str(value)
    else:
        text = str(float(f"{value:.{digits - 1}e}"))
    if text.lstrip("-").isdigit():
        text += ".0"
    return text
