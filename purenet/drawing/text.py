"""Text in pictures: sizes of fonts, symbols with subscripts, and words that fit into a width."""

import re
import textwrap

from purenet.drawing.svg import Element, text_width

MARGIN = 24
VALUE, CAPTION, LABEL = 14, 11, 12  # sizes of the fonts in boxes, above values, and on edges
SUBSCRIPT = 0.75  # size of a subscript over that of its symbol
TITLE, TEXT = 17, 13  # sizes of the fonts of the title and of the rule below it
SUBSCRIPT_IN_TEXT = r"_([a-z]+[0-9]*(?:[a-z]+[0-9]+)?)"  # of a symbol such as w_i1j1 or w_ij
NARROWEST = 600  # has room for the title, the rule and the foot
STYLE = f"""svg .caption{{font-size:{CAPTION}px;fill:var(--muted)}}
svg .value{{font-size:{VALUE}px;text-anchor:middle}}
svg .label text{{font-size:{LABEL}px}}
svg .sub{{font-size:{SUBSCRIPT}em}}
svg .title{{font-size:{TITLE}px;font-weight:600}}
svg .note,svg .rule{{font-size:{TEXT}px;fill:var(--muted)}}
svg .middle{{text-anchor:middle}}
svg .end{{text-anchor:end}}
svg .now{{--line:var(--now);--fill:var(--now-fill)}}
svg .operand{{--line:var(--operand);--fill:var(--operand-fill)}}
svg .done{{--line:var(--done);--fill:var(--done-fill)}}
svg .not-yet{{--line:var(--not-yet);--fill:var(--paper)}}
svg .cell rect,svg .label rect{{stroke:var(--line);fill:var(--fill)}}
svg .edge path{{stroke:var(--line);fill:none}}
svg .edge circle{{fill:var(--line)}}
svg .now rect,svg .now path{{stroke-width:2.8}}
svg .operand rect,svg .operand path{{stroke-width:2;stroke-dasharray:8 4}}
svg .done rect,svg .done path{{stroke-width:1.1}}
svg .not-yet rect,svg .not-yet path{{stroke-width:1.4;stroke-dasharray:1.4 4;stroke-linecap:round}}
svg .dense .edge.now path{{stroke-width:1.8}}
svg .dense .edge.operand path{{stroke-width:1.4}}
svg .dense .edge.done path{{stroke-width:.7}}
svg .label rect{{stroke-width:1.5;stroke-dasharray:none}}
svg .label.operand rect{{stroke-dasharray:4 2}}
svg .label.done rect,svg .label.not-yet rect{{stroke:none;fill:none}}
svg .now .value,svg .now text{{font-weight:700}}
"""


def symbol_width(symbol, size):
    """Return about how wide a symbol such as w_i1j1⁺ is, whose subscript is smaller."""
    base, _, subscript = symbol.partition("_")
    return text_width(base, size, mono=True) + text_width(subscript, size * SUBSCRIPT, mono=True)


def note(words, x, y):
    return text("note", x, y, words)


def text(kind, x, y, words):
    """Return a line of text; numbers are in a font of fixed width."""
    kind = f"mono {kind}" if kind in ("value", "number") else kind
    return Element("text", {"class": kind, "x": x, "y": y}, words)


def symbol_text(symbol, x, y, size, kind):
    """Return a symbol such as w_i1j1⁺ as a line of text."""
    return Element("text", {"class": f"mono {kind}", "x": x, "y": y}, *subscripted(symbol, size))


def subscripted(words, size):
    """Return the parts of a text with symbols in it: each subscript smaller and lower."""
    parts, drop = [], size * 0.2
    for n, part in enumerate(re.split(SUBSCRIPT_IN_TEXT, words)):
        if n % 2:
            parts.append(Element("tspan", {"class": "sub", "dy": drop}, part))
        elif part:
            parts.append(Element("tspan", {"dy": -drop}, part) if parts else part)
    return parts


def fitted(words, width, size):
    """Return a text as lines that are not wider than a picture."""
    widest = max((text_width(word, size) / len(word) for word in words.split()), default=1)
    return textwrap.wrap(words, max(20, int(width / widest)))
