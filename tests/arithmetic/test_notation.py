import time
from decimal import Decimal
from fractions import Fraction

import pytest

from purenet import NetworkError
from purenet.arithmetic.notation import ASCII, BASES, HTML, LATEX, MARKDOWN, MATHML, Symbol, number_text


@pytest.mark.parametrize(
    "symbol, unicode, ascii, latex",
    [
        (Symbol("x", "j1"), "x_j1", "x_j1", "x_{j1}"),
        (Symbol("δ", "k12"), "δ_k12", "delta_k12", r"\delta_{k12}"),
        (Symbol("w", "i1j1", after=True), "w_i1j1⁺", "w_i1j1_new", "w_{i1j1}^{+}"),
        (Symbol("∇w", "i1j1"), "∇w_i1j1", "grad_w_i1j1", r"\nabla w_{i1j1}"),
        (Symbol("∇b", "j2"), "∇b_j2", "grad_b_j2", r"\nabla b_{j2}"),
        (Symbol("∂E/∂y", "k1", after=True), "∂E/∂y_k1⁺", "dE/dy_k1_new", r"\frac{\partial E}{\partial y_{k1}^{+}}"),
        (Symbol("E"), "E", "E", "E"),
        (Symbol("E", after=True), "E⁺", "E_new", "E^{+}"),
        (Symbol("η"), "η", "eta", r"\eta"),
    ],
)
def test_every_symbol_has_three_forms_and_is_found_by_two(symbol, unicode, ascii, latex):
    assert (str(symbol), ASCII.symbol(symbol), LATEX.symbol(symbol)) == (unicode, ascii, latex)
    assert Symbol.parse(unicode) == symbol
    assert Symbol.parse(ascii) == symbol


@pytest.mark.parametrize(
    "text", ["", "z_j1", "x_", "w_1", "y_k1++", "delta", "δ_k1 ⁺", "x_j1\n_new", "y_" + "a" * 1000 + "!"]
)
def test_other_texts_are_no_symbols(text):
    if text == "delta":
        assert Symbol.parse(text) == Symbol("δ")
    else:
        with pytest.raises(NetworkError, match="is not the symbol of a quantity"):
            Symbol.parse(text)


@pytest.mark.parametrize(
    "value, digits, text",
    [
        (1.0, None, "1.0"),
        (1, None, "1.0"),
        (0, None, "0.0"),
        (-3, 6, "-3.0"),
        (0.1 + 0.2, None, "0.30000000000000004"),
        (0.1 + 0.2, 6, "0.3"),
        (0.0227144369, 3, "0.0227"),
        (1e-9, None, "1e-09"),
        (123456789.0, 3, "123000000.0"),
        (Decimal("1.0"), None, "1.0"),
        (Decimal("1.00"), None, "1.0"),
        (Decimal("0.49831139"), 17, "0.49831139"),
        (Decimal("0.00168861"), None, "0.00168861"),
        (Decimal("120"), None, "120.0"),
        (Decimal("1E-9"), None, "1e-9"),
        (Decimal("0.12345678901234567890"), 17, "0.12345678901234568"),
        (Decimal(0), None, "0.0"),
        (Decimal("-0.00"), 6, "0.0"),
        (-0.0, None, "0.0"),
        (-0.0, 6, "0.0"),
        (Fraction(1, 3), None, "1/3"),
    ],
)
def test_numbers_are_shown_as_python_prints_them_with_a_point(value, digits, text):
    assert number_text(value, digits) == text


def test_the_symbol_after_the_update():
    assert str(Symbol("w", "i1j1").updated) == "w_i1j1⁺" and Symbol("E").updated == Symbol("E", after=True)


@pytest.mark.parametrize(
    "sentence, latex, markdown",
    [
        ("the loss function gives ∂E/∂y_k.", r"the loss function gives $\partial E / \partial y_{k}$.", None),
        ("η = 0.5, w_i1j1 = −1e−05.", r"$\eta = 0.5$, $w_{i1j1} = -1\cdot 10^{-5}$.", None),
        ("t_k1 − y_k1⁺: published", "$t_{k1} - y_{k1}^{+}$: published", None),
        ("exp(−x_j) to 4 decimals", "$e^{-x_{j}}$ to 4 decimals", None),
        ("y_j1⁽²⁾, then w_i1j1⁺⁺", "$y_{j1}^{(2)}$, then $w_{i1j1}^{++}$", None),
        ("y to 3 decimals; δ to 4", r"y to 3 decimals; $\delta$ to 4", None),
        ("y⁺ and (y_k1 − t_k1)²", "$y^{+}$ and $(y_{k1} - t_{k1})^2$", None),
        ("2·(E⁽¹⁾ + E⁽²⁾): 0.5", r"$2\cdot (E^{(1)} + E^{(2)})$: 0.5", None),
        (
            "its L = (a·b + c)·f, d = x + y",
            r"its L = (a$\cdot$b + c)$\cdot$f, d = x + y",
            "its L = (a·b + c)·f, d = x + y",
        ),
        ("λ times itself", r"$\lambda$ times itself", None),
        ("1 − y_j1²: 0.8", "$1 - y_{j1}^2$: 0.8", None),
        ("1 of 2 x-rays, don't", "1 of 2 x-rays, don't", None),
        ("costs $5", r"costs \$5", None),
        ("50% of a_b", r"50\% of a\_b", "50% of a_b"),
        ("except ⁺", "except $^+$", "except ⁺"),
        ("https://a.org/y_k1", r"https://a.org/y\_k1", "https://a.org/y_k1"),
        ("type `y_k1 --all`", r"type `y\_k1 --all`", "type `y_k1 --all`"),
    ],
)
def test_formulas_in_a_sentence_are_tex_and_other_words_are_not(sentence, latex, markdown):
    assert LATEX.prose(sentence) == latex
    assert MARKDOWN.prose(sentence) == (markdown or latex)


def test_a_long_sum_of_markdown_is_in_pieces_with_the_signs_of_sums():
    assert MARKDOWN.cell("a + b") == "$a + b$"
    long = r"0.123456 \cdot (1 - 0.123456) - 0.5 \cdot e^{1 + 2} + 0.25"
    assert MARKDOWN.cell(long) == r"$0.123456 \cdot (1 - 0.123456)$ ${} - 0.5 \cdot e^{1 + 2}$ ${} + 0.25$"


@pytest.mark.parametrize(
    "rule, html",
    [
        (
            "f(x) = 1 / (1 + exp(−x))",
            "<i>f</i>(<i>x</i>) = 1 / (1 + <i>e</i><sup>−<i>x</i></sup>)",
        ),
        ("w_ij⁺ = w_ij − η·∇w_ij", "<i>w</i><sub>ij</sub>⁺ = <i>w</i><sub>ij</sub> − <i>η</i>·∇<i>w</i><sub>ij</sub>"),
        ("∂E/∂y_k", "∂<i>E</i>/∂<i>y</i><sub>k</sub>"),
        ("x for x < 0, else tanh(x)", "<i>x</i> for <i>x</i> &lt; 0, else tanh(<i>x</i>)"),
    ],
)
def test_rules_in_html_are_of_plain_tags(rule, html):
    assert HTML.rule(rule) == html


def test_sentences_in_html_are_escaped_but_for_their_formulas():
    assert HTML.prose("a < b, y_k1⁺ = 0.5, `y_k1`") == "a &lt; b, <i>y</i><sub>k1</sub>⁺ = 0.5, `y_k1`"


def test_squares_and_products_in_html_look_past_its_tags():
    y = HTML.symbol(Symbol("y", "j1", after=1))
    assert y == "<i>y</i><sub>j1</sub>⁺" and not HTML.is_product(y) and HTML.is_product("1/3")
    assert HTML.power(y) == f"({y})²" and HTML.power("<i>y</i><sub>j1</sub>") == "<i>y</i><sub>j1</sub>²"
    assert HTML.function("exp", y) == f"<i>e</i><sup>{y}</sup>" and HTML.function("ln", y) == f"ln({y})"


@pytest.mark.parametrize("piece", ["1 + ", "y_k1·", "(y_k1 + "])
def test_a_long_text_of_others_is_read_in_little_time(piece):
    text = piece * 20_000 + "z"
    start = time.perf_counter()
    MARKDOWN.prose(text)
    assert time.perf_counter() - start < 5


ADAM = "v̂_ij⁺ = v_ij⁺ / (1 − β₂ᵗ), w_ij⁺ = w_ij − η·m̂_ij⁺ / (sqrt(v̂_ij⁺) + ε)"


@pytest.mark.parametrize(
    "notation, rule",
    [
        (ASCII, "v_hat_ij_new = v_ij_new / (1 - beta2^t), w_ij_new = w_ij - eta*m_hat_ij_new / (sqrt(v_hat_ij_new) + epsilon)"),
        (
            LATEX,
            r"\hat v_{ij}^{+} = v_{ij}^{+} / (1 - \beta_2^{t}),\quad w_{ij}^{+} = w_{ij} - \eta \cdot \hat m_{ij}^{+} / "
            r"(\sqrt{\hat v_{ij}^{+}} + \varepsilon )",
        ),
        (
            HTML,
            "<i>v̂</i><sub>ij</sub>⁺ = <i>v</i><sub>ij</sub>⁺ / (1 − <i>β</i>₂ᵗ), <i>w</i><sub>ij</sub>⁺ = "
            "<i>w</i><sub>ij</sub> − <i>η</i>·<i>m̂</i><sub>ij</sub>⁺ / (sqrt(<i>v̂</i><sub>ij</sub>⁺) + <i>ε</i>)",
        ),
    ],
)  # fmt: skip
def test_the_rule_of_adam_has_hats_and_a_power(notation, rule):
    assert notation.rule(ADAM) == rule


def test_a_hat_is_above_its_letter_in_mathml_and_beta_has_its_number_below():
    hat = '<mover accent="true"><mi>m</mi><mo>^</mo></mover>'
    assert MATHML.symbol(Symbol("m̂", "j1")) == f'<msub>{hat}<mi mathvariant="normal">j1</mi></msub>'
    assert MATHML.symbol(Symbol("β₁")) == "<msub><mi>β</mi><mn>1</mn></msub>"
    assert "<msubsup><mi>β</mi><mn>2</mn><mi>t</mi></msubsup>" in MATHML.rule(ADAM)


@pytest.mark.parametrize("base", BASES)
def test_each_symbol_is_read_in_both_of_its_spellings(base):
    symbol = Symbol(base, "i1j1", 2)
    assert Symbol.parse(str(symbol)) == Symbol.parse(ASCII.symbol(symbol)) == symbol
    assert ASCII.symbol(symbol).isascii() and Symbol.parse(base).base == base


def test_signs_of_order_and_sign_are_written_in_every_notation():
    rule = "d for |d| ≤ 1, else ±1"
    assert ASCII.rule(rule) == "d for |d| <= 1, else +-1"
    assert LATEX.rule(rule) == r"d\mbox{ for }|d| \le  1,\mbox{ else }\pm 1"
