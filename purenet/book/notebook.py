"""A chapter in a notebook: without scripts and style sheets, with pictures as images, and with what answers exercises."""

from purenet.book.blocks import Steps
from purenet.book.page import block_html, opening_html
from purenet.document.notebook_display import Picture, fragment


def notebook_html(chapter):
    """Return a chapter as HTML elements for a notebook."""
    parts = [*opening_html(chapter), *map(block_notebook, chapter.blocks())]
    return "\n".join([*parts, *[exercise._repr_html_() for exercise in chapter.exercise_list]])


def block_notebook(block):
    """Return a block as HTML elements for a notebook."""
    if isinstance(block, Picture):
        return block._repr_html_()
    if isinstance(block, Steps):
        return "\n".join(step_notebook(block.trace.steps[number - 1], block.picture) for number in block.numbers)
    return block_html(block, "block")


def step_notebook(step, picture):
    """Return a step of a trace, with its picture if that is asked for."""
    return step._repr_html_() if picture else fragment(step.sections("html"))
