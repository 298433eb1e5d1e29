"""A trace as one page that needs nothing else: every step with its picture and its table.

The page contains its style and script, page.css and page.js. Its Content-Security-Policy allows their hashes alone, so
nothing that comes from a case file can run or be fetched. Without script all steps are shown.
"""

import base64
import hashlib
import os
import re

from purenet.arithmetic.notation import MATHML, UNICODE, number_text
from purenet.document.formats import MOST_TERMS, SHOWN_DIGITS
from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import escape
from purenet.drawing.text import SUBSCRIPT_IN_TEXT
from purenet.trace.step_pictures import STEP_STYLES, Pictures, spoken

FOLDER = os.path.dirname(os.path.abspath(__file__))
CONTROLS = """<nav class="controls" aria-label="Steps" hidden="">
<button type="button">Previous</button>
<input type="range" min="1" max="1" value="1" step="1" aria-label="Step" aria-valuetext="Step 1"/>
<button type="button">Next</button>
<button type="button" aria-pressed="false">All steps</button>
<span class="place" aria-hidden="true"></span>
<span class="spoken" role="status"></span>
</nav>"""


def trace_page(trace, steps, sections, digits=None):
    """Return the page of some steps of a trace; `sections` are those before and those after the steps."""
    before, after = sections
    pictures = Pictures(trace)
    style = style_sheet(*STEP_STYLES, file_text("page.css"), sizes(pictures))
    script = file_text("page.js")
    policy = (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; base-uri 'none'; "
        f"form-action 'none'"
    )
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(trace.title)}</title>\n<style>{style}</style>\n</head>\n<body>",
        f"<header>\n<h1>{escape(trace.title)}</h1>",
        *[f"<p>{prose(sentence)}</p>" for section in before for sentence in section.sentences],
        f"</header>\n{CONTROLS}\n<main>",
        *[step_section(pictures, step, digits) for step in steps],
        *[closing_section(section) for section in after],
        f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def file_text(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def digest(text):
    """Return the hash by which a Content-Security-Policy allows a style or a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def sizes(pictures):
    """Return the style that keeps the pictures large enough to read, larger on a phone, and no larger than useful."""
    smallest, on_phones, largest = pictures.width * 0.75, pictures.width * 0.9, pictures.width * 1.3
    return (
        f"@media screen {{ .picture svg {{ min-width: {smallest:.0f}px; max-width: {largest:.0f}px }} }}\n"
        f"@media screen and (max-width: 40rem) {{ .picture svg {{ min-width: {on_phones:.0f}px }} }}\n"
    )


def step_section(pictures, step, digits):
    """Return one step: its title, words and rule, its picture, its table."""
    name = f"step-{step.number}"
    rule = [f"<math>{MATHML.rule(part)}</math>" for part in re.split(", (?!else|for)", step.rule) if part]
    parts = [
        f'<section class="step" id="{name}" aria-labelledby="{name}-title">',
        f'<h2 id="{name}-title">Step {step.number}. {escape(step.title)}</h2>',
        f"<p>{prose(step.words)}</p>",
        scrolled(f"Rule of step {step.number}", "div", "rule", "".join(rule)) if rule else "",
        scrolled(f"Picture of step {step.number}", "figure", "picture", str(pictures.element(step, f"{name}-picture"))),
        scrolled(f"Numbers of step {step.number}", "div", "numbers", rows_table(step, digits)),
        "</section>",
    ]
    return "\n".join(part for part in parts if part)


def scrolled(label, tag, name, content):
    """Return an element that scrolls aside by itself where the page is too narrow for it, with the keyboard, too."""
    return f'<{tag} class="{name} scroll" role="group" tabindex="0" aria-label="{label}">\n{content}\n</{tag}>'


def closing_section(section):
    sentences = "".join(f"<p>{prose(sentence)}</p>" for sentence in section.sentences)
    return f"<section><h2>{escape(section.title)}</h2>{sentences}</section>"


def prose(words):
    """Return a sentence, escaped, with the subscripts of its symbols."""
    return re.sub(SUBSCRIPT_IN_TEXT, r"<sub>\1</sub>", escape(words))


def rows_table(step, digits):
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
            lines.append(table_row(row, headers, digits))
    return "<table><thead>" + "\n".join(lines) + "</tbody></table>"


def table_row(row, headers, digits):
    cells = {
        "formula": f"<td>{math(row.quantity.formula(MATHML, MOST_TERMS))}</td>",
        "numbers": f"<td>{math(row.numbers_in(MATHML, MOST_TERMS, digits or SHOWN_DIGITS))}</td>",
        "by hand": f'<td class="number">{escape(row.by_hand)}</td>',
    }
    value = f'<td class="number">{escape(UNICODE.number(number_text(row.value, digits)))}</td>'
    symbol = f'<math aria-hidden="true">{MATHML.symbol(row.quantity.symbol)}</math>'
    name = f'<th scope="row"><span class="spoken">{spoken(row.symbol)}</span>{symbol}</th>'
    return f'<tr data-q="{row.symbol}">{name}' + "".join(cells.get(header, value) for header in headers[1:]) + "</tr>"


def math(text):
    return f"<math>{text}</math>" if text else ""
