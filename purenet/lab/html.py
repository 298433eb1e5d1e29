"""The elements of the lab's page, as text."""

import re

from purenet.arithmetic.notation import MATHML, Symbol
from purenet.drawing.svg import Element
from purenet.trace.step_html import prose
from purenet.trace.step_pictures import spoken

VOID = ("input", "br")


def html(name, attributes=None, *children):
    """Return an element of HTML: one without content is written <p></p>, as <p/> would not end it."""
    return Element(name, attributes, *(children or ([] if name in VOID else [""])))


def button(words, do, name="", value="", **more):
    """Return a button that sends a request when it is pressed."""
    kinds = {"type": "button", "data-do": do, "id": more.pop("id", None) or identifier(do, name or value)}
    return html("button", {**kinds, **filled(name=name, value=value, **more)}, words)


def number_field(symbol, value, do="set", **more):
    """Return a field for a number, which is sent when it has changed."""
    kinds = {"inputmode": "decimal", "autocomplete": "off", "spellcheck": "false", "data-do": do, "name": symbol}
    label = more.pop("label", None) or spoken(symbol)
    kinds["size"] = min(max(len(str(value)) + 1, 5), 12)
    return html(
        "input", {"id": identifier(do, symbol), **kinds, "value": str(value), "aria-label": label, **filled(**more)}
    )


def choice(do, name, options, chosen, label):
    """Return a list to choose from; `options` are pairs of a value and words, or of words and a list of such pairs."""

    def option(value, words):
        if isinstance(words, list):
            return html("optgroup", {"label": value}, *[option(*pair) for pair in words])
        return html("option", {"value": value, **({"selected": ""} if value == chosen else {})}, words)

    attributes = {"id": identifier(do, name), "data-do": do, "name": name, "aria-label": label}
    return html("select", attributes, *[option(*pair) for pair in options])


def slider(do, name, most, at, words, least=0):
    """Return a slider over whole numbers, which sends its place whenever it moves; `words` say what the place means."""
    places = {"min": least, "max": most, "value": at, "step": 1}
    attributes = {"type": "range", "id": identifier(do, "slider"), "data-do": do, "name": name, **places}
    return html("input", {**attributes, "aria-label": name, "aria-valuetext": words})


def identifier(*parts):
    """Return an id that is the same each time a control is written, by which the focus finds it again."""
    return re.sub(r"\s+", "-", "-".join(filter(None, parts)))


def filled(**attributes):
    """Return the attributes that have a value; those of data are written with an underscore."""
    return {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value not in ("", None, False)
    }


def symbol_html(symbol):
    """Return a printed symbol as mathematics, and in words for those who hear it."""
    symbol = Symbol.parse(str(symbol))
    return Markup(
        f'<span class="symbol" data-q="{symbol}"><span class="spoken">{spoken(str(symbol))}</span>'
        f'<math aria-hidden="true">{MATHML.symbol(symbol)}</math></span>'
    )


def table(caption, headers, rows, **attributes):
    """Return a table; cells are texts or elements, the first of each row its heading."""
    head = html("tr", {}, *[html("th", {"scope": "col"}, header) for header in headers])
    body = [
        html("tr", {}, html("th", {"scope": "row"}, row[0]), *[html("td", {}, cell) for cell in row[1:]])
        for row in rows
    ]
    hidden = html("caption", {"class": "spoken"}, caption)
    return html("table", filled(**attributes), hidden, html("thead", {}, head), html("tbody", {}, *body))


def number_table(caption, headers, rows):
    """Return a table of numbers, texts, in a box that scrolls."""
    return scrolled(caption, table(caption, headers, list(zip(*aligned(zip(*rows)))), class_="data"))


def scrolled(label, element, name="scroll", tabindex="0"):
    """Return a box that scrolls aside by itself where the page is too narrow; with fields in it, it needs no tabindex."""
    return html("div", filled(class_=name, role="group", tabindex=tabindex, aria_label=label), element)


def aligned(columns):
    """Return columns of numbers, texts, with spaces before them so that their points are below one another.

    >>> aligned([["0.5", "-12"]])
    [['  0.5', '-12']]
    """
    found = []
    for texts in columns:
        ends = [re.match("[^.e·]*", text).end() if re.search("[0-9]", text) else 0 for text in texts]
        found.append([" " * (max(ends) - end if end else 0) + text for end, text in zip(ends, texts)])
    return found


def rule_html(rule):
    """Return a rule of the catalogue: as mathematics, or as text where it is in words."""
    if re.search("[a-z]{3,} [a-z]{2,}", rule):
        return html("span", {}, Markup(prose(rule)))
    return Markup(f"<math>{MATHML.rule(rule)}</math>")


class Markup:
    """Markup that is ready, such as formulas; everything else is escaped."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text
