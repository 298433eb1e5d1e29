"""Text in pictures: fonts and their sizes, symbols with subscripts, and lines of words that fit into a width."""

import re
import textwrap

from purenet.arithmetic.notation import UNICODE, number_text
from purenet.document.formats import SHOWN_DIGITS
from purenet.drawing.svg import Element

SANS = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
MONO_WIDTH = 0.605  # of a character over the size of the font: the widest of those fonts
SANS_WIDTHS = {"narrow": 0.36, "wide": 0.96, "other": 0.62}  # generous, so that text never overflows
VALUE, CAPTION, LABEL = 14, 11, 12  # sizes of the fonts in boxes, above values, and on edges
TITLE, TEXT = 17, 13  # sizes of the fonts of the title and of the words below it
SUBSCRIPT = 0.75  # size of a subscript over that of its symbol
SUBSCRIPT_IN_TEXT = r"_([a-z]+[0-9]*(?:[a-z]+[0-9]+)?)"  # of a symbol such as w_i1j1 or w_ij
TEXT_STYLE = f"""svg{{font-family:{SANS}}}
svg text{{fill:var(--text);stroke:none}}
svg .mono{{font-family:{MONO}}}
svg .caption{{font-size:{CAPTION}px;fill:var(--muted)}}
svg .value{{font-size:{VALUE}px;text-anchor:middle}}
svg .label text{{font-size:{LABEL}px}}
svg .sub{{font-size:{SUBSCRIPT}em}}
svg .title{{font-size:{TITLE}px;font-weight:600}}
svg .note,svg .rule{{font-size:{TEXT}px;fill:var(--muted)}}
svg .middle{{text-anchor:middle}}
svg .end{{text-anchor:end}}
"""


def text(kind, x, y, *parts):
    """Return a line of text of a kind, which is a class of the style; numbers are in a font of fixed width."""
    kind = f"mono {kind}" if kind in ("value", "number") else kind
    return Element("text", {"class": kind, "x": x, "y": y}, *parts)


def symbol_text(kind, x, y, symbol, size):
    """Return a symbol such as w_i1j1⁺ as a line of text."""
    return text(f"mono {kind}", x, y, *subscripted(symbol, size))


def subscripted(words, size):
    """Return the parts of a text with symbols in it: each subscript smaller and lower."""
    parts, drop = [], size * 0.2
    for n, part in enumerate(re.split(SUBSCRIPT_IN_TEXT, words)):
        if n % 2:
            parts.append(Element("tspan", {"class": "sub", "dy": drop}, part))
        elif part:
            parts.append(Element("tspan", {"dy": -drop}, part) if parts else part)
    return parts


def text_width(words, size, mono=False):
    """Return about how wide a text is in a font of a size, rather too wide than too narrow."""
    if mono:
        return len(words) * MONO_WIDTH * size
    kinds = ["narrow" if c in "iljtfrI.,:;|!'()[] " else "wide" if c in "mwMW@%—…" else "other" for c in words]
    return sum(SANS_WIDTHS[kind] for kind in kinds) * size


def symbol_width(symbol, size):
    """Return about how wide a symbol such as w_i1j1⁺ is, whose subscript is smaller."""
    base, _, subscript = symbol.partition("_")
    return text_width(base, size, mono=True) + text_width(subscript, size * SUBSCRIPT, mono=True)


def fitted(words, width, size):
    """Return a text as lines no wider than a width."""
    widest = max((text_width(word, size) / len(word) for word in words.split()), default=1)
    return textwrap.wrap(words, max(20, int(width / widest)))


def shown_number(value):
    """Write a number as a picture shows it: to six significant digits, with the minus sign of print."""
    return UNICODE.number(number_text(value, SHOWN_DIGITS))
