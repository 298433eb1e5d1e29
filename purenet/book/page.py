"""A chapter as HTML: block by block, for any page, or as one page that needs nothing else."""

import html
import re
import textwrap

from purenet.arithmetic.notation import HTML
from purenet.book.blocks import Matrices, Output, Steps
from purenet.book.exercise_html import exercise_html
from purenet.book.prose_html import inline_html, no_link, prose_html
from purenet.document.formats import html_body
from purenet.document.notebook_display import Picture
from purenet.document.table import Table
from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import escape
from purenet.trace.matrix_html import matrix_body, matrix_head
from purenet.trace.page_head import own_policy, page_head
from purenet.trace.step_html import file_text, prose, scrolled, step_head, step_picture, step_table
from purenet.trace.step_pictures import STEP_STYLES, Pictures

STEPS_STYLES = ("step_view.css", "matrix_view.css")
# joined to step_view.js and matrix_view.js: the steps of the page answer
STEPS_SCRIPT = """for (const step of document.querySelectorAll("section.step")) {
  watchStep(step);
  watchMatrices(step);
}
"""
BETWEEN = re.compile(r"(?<=\S) (?=\S)")
WORD = re.compile(r"[^\W\d_]{2}")


def chapter_html(chapter, link=no_link):
    """Return a chapter as HTML elements; `link` returns the address of a name of the source, or None."""
    blocks = enumerate(chapter.blocks(), start=1)
    parts = [*opening_html(chapter, link), *[block_html(block, f"block-{place}", link) for place, block in blocks]]
    if chapter.exercise_list:
        parts += ['<h2 id="exercises">Exercises</h2>', *[exercise_html(each, link) for each in chapter.exercise_list]]
    return "\n".join(parts)


def opening_html(chapter, link=no_link):
    """Return a list of elements: the heading of a chapter, its question, and what it assumes."""
    return [
        f"<h1>{escape(chapter.heading)}</h1>",
        f'<p class="question">{inline_html(chapter.question, link)}</p>',
        f'<p class="assumes">You should know: {inline_html(chapter.assumes, link)}</p>',
    ]


def block_html(block, name, link=no_link):
    """Return a block as HTML elements, the ids in which begin with a name."""
    if isinstance(block, Picture):
        return picture_html(block)
    if isinstance(block, str):
        return prose_html(block, link)
    if isinstance(block, Table):
        return scrolled("Table", "div", "table", table_html(block))
    if isinstance(block, Steps):
        return steps_html(block, name)
    if isinstance(block, Matrices):
        return "\n".join(matrices_html(step, block.view.trace, f"{name}-{step.number}") for step in block.steps)
    if isinstance(block, Output):
        return f"<pre>{escape(textwrap.dedent(block.text).rstrip())}</pre>"
    return "\n".join(part for section in block.sections("html") for part in section_html(section))


def table_html(table):
    """Return a table, with the subscripts of the symbols in it."""
    return symbols_set(table.html())


def symbols_set(table):
    """Return the HTML of a table with the subscripts of its symbols; a cell without words remains on one line."""

    def cell(match):
        text = html.unescape(match[0])
        return prose(text if WORD.search(text) else BETWEEN.sub("\N{NO-BREAK SPACE}", text))

    return re.sub("(?<=>)[^<>\n]+(?=<)", cell, table)


def picture_html(picture):
    return scrolled(picture.title, "figure", "picture", picture._repr_svg_())


def section_html(section):
    """Return a list of the elements of a section of a document, with its title."""
    parts = html_body(section, HTML)
    if section.table:
        parts[-1] = scrolled(section.title, "div", "table", symbols_set(parts[-1]))
    return [f"<h2>{escape(section.title)}</h2>", *parts]


def steps_html(block, name):
    """Return steps of a trace: their words and rules, pictures and tables."""
    pictures, parts = Pictures(block.trace), []
    for number in block.numbers:
        step, own = block.trace.steps[number - 1], f"{name}-{number}"
        picture = step_picture(pictures, step, own) if block.picture else ""
        content = "\n".join([step_head(step, own), picture, step_table(pictures, step)])
        parts.append(f'<section class="step">{content}</section>')
    return "\n".join(parts)


def matrices_html(step, trace, name):
    """Return a step in matrices: its words and equations, and the sum of each entry; ids begin with a name."""
    content = "\n".join([matrix_head(step, name), *matrix_body(step, trace)])
    return f'<section class="step">{content}</section>'


def steps_script():
    """Return the script of a page with steps of traces."""
    return file_text("step_view.js") + file_text("matrix_view.js") + STEPS_SCRIPT


def whole_page(chapter):
    """Return a chapter as a page that needs nothing else; its Content-Security-Policy allows its own styles and script alone."""
    own = [file_text(name, __package__) for name in ("chapter.css", "exercise.css")]
    style = style_sheet(*STEP_STYLES, *map(file_text, STEPS_STYLES), *own)
    script = file_text("exercise.js", __package__) + steps_script()
    content = chapter_html(chapter)
    styles = dict.fromkeys([style, *re.findall("<style>(.*?)</style>", content, re.DOTALL)])  # pictures have their own
    head = page_head(chapter.heading, own_policy(styles, script), f"<style>{style}</style>")
    return f"{head}\n<main>\n{content}\n</main>\n<script>{script}</script>\n</body>\n</html>\n"
