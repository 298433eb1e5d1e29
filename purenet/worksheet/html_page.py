"""Worksheets, or their keys, as one page of HTML that needs no other file, and prints on as few sheets of paper as it can."""

from purenet.arithmetic.notation import MATHML, UNICODE
from purenet.document.formats import MOST_TERMS
from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import escape
from purenet.trace.given_picture import given_picture
from purenet.trace.line_breaks import math
from purenet.trace.page_head import own_policy, page_head
from purenet.trace.step_html import file_text, prose, step_head, step_table
from purenet.trace.step_pictures import STEP_STYLES, Pictures, spoken


def worksheet_page(worksheets, keys=False):
    """Return the page of worksheets, or of their keys."""
    shown = [key_article(each) if keys else sheet_article(each) for each in worksheets]
    style = style_sheet(*STEP_STYLES, file_text("step_view.css"), file_text("worksheet.css", __package__))
    first = worksheets[0].key_title if keys else worksheets[0].title
    more = f" and {len(worksheets) - 1} more" if len(worksheets) > 1 else ""
    parts = [
        page_head(first + more, own_policy([style]), f"<style>{style}</style>"),
        "<main>",
        *shown,
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def sheet_article(worksheet):
    """Return one worksheet: its head, the picture with the given numbers, and each step with its blanks."""
    name = worksheet.name
    steps = [blank_step(worksheet, step, rows) for step, rows in worksheet.sheet_steps]
    picture = f'<figure class="given">\n{given_picture(worksheet.trace, f"given-{name}")}\n</figure>'
    return article(worksheet.title, True, worksheet.sheet_words, picture, steps)


def key_article(worksheet):
    """Return the key to one worksheet: its head, and each step with its numbers, by hand and in full precision."""
    pictures = Pictures(worksheet.trace)
    steps = [
        step_article(worksheet, step, step_table(pictures, step, worksheet.key_digits)) for step in worksheet.steps
    ]
    return article(worksheet.key_title, False, worksheet.key_words, "", steps)


def article(title, has_name, sentences, picture, steps):
    words = "\n".join(f"<p>{prose(sentence)}</p>" for sentence in sentences)
    person = '<p class="person">Name</p>' if has_name else ""
    kind = "sheet" if has_name else "key"
    head = f"<header>\n<h1>{escape(title)}</h1>\n{person}\n{words}\n</header>"
    return (
        f'<article class="{kind}">\n{head}\n{picture}\n<div class="steps">\n'
        + "\n".join(steps)
        + "\n</div>\n</article>"
    )


def step_article(worksheet, step, table):
    name = f"step-{worksheet.name}-{step.number}"
    head = step_head(step, name)
    return f'<section class="step" aria-labelledby="{name}-title">\n{head}\n{table}\n</section>'


def blank_step(worksheet, step, shown):
    """Return one step with a line to write on for each number that is left out."""
    rows = "\n".join(blanks_row(worksheet, row) for row in shown)
    quantity = '<span class="spoken">quantity</span>'
    heads = "".join(f'<th scope="col">{header}</th>' for header in (quantity, "numbers", "result"))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    return step_article(worksheet, step, f'<div class="numbers">{table}</div>')


def blanks_row(worksheet, row):
    symbol = f'<math aria-hidden="true">{MATHML.symbol(row.quantity.symbol)}</math>'
    name = f'<th scope="row"><span class="spoken">{spoken(row.symbol)}</span>{symbol}</th>'
    if worksheet.is_asked(row):
        return f'<tr>{name}<td class="blank"></td><td class="blank result"></td></tr>'
    numbers = "" if worksheet.is_bare(row) else math(row.numbers_in(MATHML, MOST_TERMS))
    return f'<tr>{name}<td>{numbers}</td><td class="number">{escape(row.by_hand_in(UNICODE))}</td></tr>'
