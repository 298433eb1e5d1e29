"""The matrix view as a page: one step at a time, as in html_page.py, each entry with what it is made of.

An entry of a result that has the focus, or is under the pointer, lights its row, its column and its sum: matrix_view.js
does so. Without script every sum is in a table, which can be unfolded.
"""

import re
from collections import namedtuple

from purenet.arithmetic.notation import MATHML
from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import escape
from purenet.trace.html_page import CONTROLS, given, page_script
from purenet.trace.line_breaks import math
from purenet.trace.matrix import Scalar, Sums
from purenet.trace.matrix_entry import entry_text, written_out
from purenet.trace.matrix_layout import with_signs
from purenet.trace.matrix_notation import TAGS, equation_text, named, shapes_text
from purenet.trace.page_head import whole_page
from purenet.trace.row import Row
from purenet.trace.step_html import file_text, prose, scrolled, step_table
from purenet.trace.step_pictures import STEP_STYLES, spoken

Lit = namedtuple("Lit", "shown_symbols")  # the symbols that a row of a table lights, as `step_table` takes them


def matrix_page(view, steps, sentences, digits=None):
    """Return the page of some steps of a view; `sentences` are about what is given, and about the view."""
    style = style_sheet(*STEP_STYLES, *map(file_text, ("step_view.css", "matrix_view.css", "page.css")))
    return whole_page(
        view.title, style, page_script() + matrix_script(), matrix_page_body(view, steps, sentences, digits)
    )


def matrix_page_body(view, steps, sentences, digits=None):
    """Return what the page of some steps shows, for a page that has its style and its scripts already."""
    parts = [
        f"<header>\n<h1>{escape(view.title)}</h1>",
        given(sentences),
        f"</header>\n{CONTROLS}\n<main>",
        *[matrix_section(step, view.trace, digits) for step in steps],
        "</main>",
    ]
    return "\n".join(parts)


def matrix_script():
    """Return the script of the page beside that of html_page.py."""
    return file_text("matrix_view.js") + "watchMatrices(document.body);\n"


def matrix_section(step, trace, digits=None):
    """Return one step: its title and words, its equations, and the sums of all entries of their results."""
    name = f"step-{step.number}"
    parts = [
        f'<section class="step" id="{name}" aria-labelledby="{name}-title" data-part="{step.part}">',
        matrix_head(step, name),
        *matrix_body(step, trace, digits),
        "</section>",
    ]
    return "\n".join(parts)


def matrix_head(step, name):
    """Return the title, the words and the rule of a step."""
    words = "\n".join(f"<p>{matrix_prose(sentence)}</p>" for sentence in step.sentences)
    rule = f'<p class="entrywise">{math(MATHML.rule(step.rule))}</p>' if step.rule else ""
    return f'<div class="head">\n<h2 id="{name}-title">Step {step.number}. {escape(step.title)}</h2>\n{words}{rule}\n</div>'


def matrix_body(step, trace, digits=None):
    """Return the equations of a step, the line for a sum, and the table of all sums."""
    places = range(1, len(step.equations) + 1)
    found = [equation_html(step, n, equation, digits) for n, equation in zip(places, step.equations)]
    rows = sums_of(step, trace)
    if rows:
        table = step_table(Lit(trace.rows), Sums(step.number, rows), digits)
        found.append('<div class="the-sum scroll" role="status" tabindex="0" aria-label="The sum of an entry"></div>')
        found.append(f"<details><summary>The sum of each entry</summary>\n{table}\n</details>")
    return found


def sums_of(step, trace):
    """Return the rows of all sums of a step."""
    found = {}
    for equation in step.equations if any(equation.right for equation in step.equations) else ():
        for r, line in enumerate(equation.left.entries):
            for c, entry in enumerate(line):
                if isinstance(entry, Row):
                    found.update((row.symbol, row) for row in equation.sums(trace, r, c))
    return list(found.values())


def equation_html(step, number, equation, digits):
    """Return an equation: each matrix with its name and its shape above its numbers."""
    parts = list(with_signs(equation.parts if equation.right else [equation.left]))
    terms = [term_html(*part, equation if n == 0 and equation.right else None, digits) for n, part in enumerate(parts)]
    rule = f'<p class="entrywise">{math(MATHML.rule(equation.rule))}</p>' if equation.rule else ""
    written = math(MATHML.equal.join(written_out(equation, MATHML, digits)))
    rule += (
        scrolled(f"First entry of equation {number} of step {step.number}", "div", "entrywise", written)
        if written
        else ""
    )
    shapes = shapes_text(equation, TAGS)
    names = f'<p class="equation-line">{equation_text(equation, TAGS)}</p><p class="shapes">{shapes}</p>'
    label = f"Equation {number} of step {step.number}"
    return names + scrolled(label, "div", "equation", "".join(terms)) + rule


def sign_html(signs):
    """Return signs; those that close parentheses after a matrix have no space before them."""
    tight = " end" if signs[0] in ")²" else ""
    return f'<span class="sign{tight}">{escape(signs.strip())}</span>'


def term_html(signs, part, end, equation, digits):
    """Return a matrix or a number with its signs; of the result of an equation, each entry says what it uses."""
    sign, end = (sign_html(signs) if signs.strip() else "" for signs in (signs, end))
    if isinstance(part, Scalar):
        row = part.row
        content = f'<span class="scalar" data-q="{row.symbol}">{escape(entry_text(row, digits))}</span>'
    else:
        content = matrix_table(part, equation, digits)
    name = named(part, TAGS)
    shape = "" if isinstance(part, Scalar) else f' <span class="shape">{TAGS.shape(part.shape)}</span>'
    return (
        f'<div class="term">{sign}<div class="matrix"><div class="name">{name}{shape}</div>{content}</div>{end}</div>'
    )


def matrix_table(matrix, equation, digits):
    lines = []
    for r, line in enumerate(matrix.entries):
        cells = [entry_html(entry, equation.uses(r, c) if equation else None, digits) for c, entry in enumerate(line)]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table class="entries"><tbody>{"".join(lines)}</tbody></table>'


def entry_html(entry, uses, digits):
    """Return an entry as a cell, with its symbol for those who hear it."""
    if not isinstance(entry, Row):
        return f"<td>{escape(entry)}</td>"
    used = "" if uses is None else f' data-uses="{" ".join(row.symbol for row in uses)}"'
    name = f'<span class="spoken">{spoken(entry.symbol)} </span>'
    return f'<td data-q="{entry.symbol}"{used}>{name}{escape(entry_text(entry, digits))}</td>'


def matrix_prose(words):
    """Return a sentence with the subscripts of its symbols and matrices, and what is to be typed as code."""
    return re.sub("`([^`]*)`", r"<code>\1</code>", prose(words))
