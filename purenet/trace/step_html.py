"""One step of a trace as HTML: its head, its picture and its table, for the page of a trace and for any other page.

Each symbol and each number of a quantity says which it is: `data-q` has the symbol of the quantity, and `data-kind`, in
rules and sentences, that of a whole layer, such as δ_j. step_view.js lights them; step_view.css is the style.
"""

import pkgutil
import re

from purenet.arithmetic.notation import MATHML, UNICODE, MathMl, Symbol, number_text
from purenet.document.formats import FULL_DIGITS, MOST_TERMS, SHOWN_DIGITS
from purenet.drawing.svg import escape
from purenet.drawing.text import SUBSCRIPT_IN_TEXT
from purenet.errors import NetworkError
from purenet.trace.line_breaks import math
from purenet.trace.quantities import SETTINGS
from purenet.trace.step_pictures import spoken

WITHOUT_SUBSCRIPT = ("E", "Ω", "L", *SETTINGS)  # symbols that name a quantity by themselves
LAYER_IN_TEXT = "_[A-Z](?![A-Za-z0-9_])"  # of a matrix such as W_J
SYMBOL_IN_TEXT = (
    rf"(?<![a-z])(?:∂[Ee]/∂[yY]|∇[wbW]|[^\W\d_])(?:{SUBSCRIPT_IN_TEXT}|_[0-9]+|{LAYER_IN_TEXT})"  # no end of a name
)
MARK = re.compile('<mrow data-[a-z]+="[^"]*">')  # the beginning of a marked symbol


def step_head(step, name):
    """Return the title, the words and the rule of a step; `name` is the id that the title's own begins with."""
    parts = [
        f'<h2 id="{name}-title">Step {step.number}. {escape(step.title)}</h2>',
        f"<p>{prose(step.words, step.place)}</p>",
        step_rule(step),
    ]
    return '<div class="head">\n' + "\n".join(part for part in parts if part) + "\n</div>"


def step_rule(step):
    """Return the rule of a step, or "" if it has none."""
    marked = Marked(step.place)
    rule = [f"<span>{math(marked.rule(part))}</span>" for part in re.split(", (?!else|for)", step.rule) if part]
    return scrolled(f"Rule of step {step.number}", "div", "rule", "".join(rule)) if rule else ""


def step_picture(pictures, step, name, upright_name=None):
    """Return the picture of a step; the ids in it begin with a name, which must be unique in its page.

    For narrow screens it has an upright one as well, in a template, or, where several steps share one, the id of that.
    """
    content = str(pictures.page_element(step, f"{name}-picture"))
    if upright_name is None:
        upright_name = f"{name}-upright"
        content += "\n" + template(upright_name, pictures.upright_element(step.place))
    return picture_box(step, content, upright_name)


def picture_box(step, content, upright_name):
    """Return the box of a picture of a step; the template of its upright picture has an id, anywhere in the page."""
    names = f'figure data-upright="{upright_name}"'
    return scrolled(f"Picture of step {step.number}", names, "picture", content)


def template(name, element):
    """Return an element in a template with an id, which is not shown until a script takes it."""
    return f'<template id="{name}">{element}</template>'


def step_table(pictures, step, digits=None):
    """Return the table of a step, with a count of the rows that are left out."""
    by_hand = any(row.by_hand_quantity for row in step.rows)
    headers = ["quantity", "formula", "numbers", *(["by hand", "full precision"] if by_hand else ["value"])]
    if not any(row.formula for row in step.rows):
        headers = [header for header in headers if header not in ("formula", "numbers")]
    lines = ["<tr>" + "".join(f'<th scope="col">{header}</th>' for header in headers) + "</tr></thead><tbody>"]
    for n, row in enumerate([*step.rows, None]):
        if n in step.gaps:
            lines.append(f'<tr class="more"><td colspan="{len(headers)}">… {step.gaps[n]} more</td></tr>')
        if row is not None:
            lines.append(table_row(row, headers, pictures.shown_symbols, digits))
    table = "<table><thead>" + "\n".join(lines) + "</tbody></table>"
    return scrolled(f"Numbers of step {step.number}", "div", "numbers", table)


def table_row(row, headers, shown, digits):
    """Return a row; `data-uses` lists the operands that a picture shows."""
    cells = {
        "formula": f'<td class="formula">{math(row.quantity.formula(Marked(), MOST_TERMS))}</td>',
        "numbers": f'<td class="numbers-in">{math(marked_numbers(row, digits))}</td>',
        "by hand": f'<td class="number by-hand">{escape(row.by_hand)}</td>',
    }
    full = "full" if "by hand" in headers else "value"
    value = f'<td class="number {full}">{escape(UNICODE.number(number_text(row.value, digits)))}</td>'
    symbol = f'<math aria-hidden="true">{MATHML.symbol(row.quantity.symbol)}</math>'
    name = f'<th scope="row"><span class="spoken">{spoken(row.symbol)}</span>{symbol}</th>'
    uses = " ".join(symbol for symbol in row.quantities if symbol in shown)
    start = f'<tr data-q="{row.symbol}"' + (f' data-uses="{uses}">' if uses else ">")
    return start + name + "".join(cells.get(header, value) for header in headers[1:]) + "</tr>"


def marked_numbers(row, digits):
    """Return the formula of a row with numbers, each marked with the symbol of its quantity."""
    quantity = row.by_hand_quantity or row.quantity
    digits = FULL_DIGITS if row.by_hand_quantity else digits or SHOWN_DIGITS

    def number(part):
        text = MATHML.number(number_text(part.value, digits))
        return text if "<mfrac>" in text else text.replace("<mn>", f'<mn data-q="{part.symbol}">', 1)

    return quantity.written(MATHML, MOST_TERMS, number)


class Marked(MathMl):
    """MathML in which each symbol says which quantity it is; those of rules, which quantities of a place in the trace."""

    def __init__(self, place=None):
        self.place = place

    def symbol(self, symbol):
        return f'<mrow data-q="{symbol}">{super().symbol(symbol)}</mrow>'

    def power(self, factor, exponent=2):
        mark = MARK.match(factor)
        power = super().power(factor[mark.end() : -len("</mrow>")] if mark else factor, exponent)
        return f"{mark[0]}{power}</mrow>" if mark else power

    def piece(self, match):
        written, kind = super().piece(match), kind_at(self.place, match[0])
        return f'<mrow data-kind="{kind}">{written}</mrow>' if kind else written


def kind_at(place, text):
    """Return the symbol with which a trace names what a rule or a sentence names at a place, or None."""
    try:
        symbol = Symbol.parse(text)
    except NetworkError:
        return None
    return str(place.placed(symbol)) if symbol.subscript or symbol.base in WITHOUT_SUBSCRIPT else None


def prose(words, place=None):
    """Return a sentence, escaped, with the subscripts of its symbols; at a place, each says what it names."""

    def written(match):
        base, _, subscript = match[0].rpartition("_")
        inner = f"{base}<sub>{subscript}</sub>"
        kind = place and kind_at(place, match[0])
        return f'<span data-kind="{kind}">{inner}</span>' if kind else inner

    return re.sub(SYMBOL_IN_TEXT, written, escape(words)).replace("ᵀ", "<sup>T</sup>")


def scrolled(label, tag, name, content):
    """Return an element that scrolls aside by itself where the page is too narrow for it, with the keyboard, too."""
    end = tag.split()[0]
    return f'<{tag} class="{name} scroll" role="group" tabindex="0" aria-label="{label}">\n{content}\n</{end}>'


def file_text(name, package=__package__):
    """Return the text of a file in a package: by default a style or a script for a page with steps."""
    return pkgutil.get_data(package, name).decode("utf-8")
