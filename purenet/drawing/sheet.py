"""The sheet on which a picture is drawn, with its title and a few words above it."""

from purenet.document.notebook_display import Picture
from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import PAPER_STYLE, Element, length_text, svg_picture
from purenet.drawing.text import TEXT, TEXT_STYLE, TITLE, fitted, subscripted, text

MARGIN = 24
NARROWEST = 600  # has room for the title and the words


def sheet(title, lines, description, size, elements, styles):
    """Return a picture: its title, lines of words, and below them elements in a space of (width, height).

    `styles` are those of the elements; the ones of paper and text are added.
    """
    width, height = size
    full = max(width, NARROWEST)
    words, y = heading(title, lines, full)
    y += MARGIN
    place = {"transform": f"translate({length_text(MARGIN + (full - width) / 2)} {length_text(y)})"}
    children = [*words, Element("g", place, *elements)]
    style = style_sheet(PAPER_STYLE, TEXT_STYLE, *styles)
    return Picture(f"{svg_picture(full + 2 * MARGIN, y + height + MARGIN, title, description, children, style)}\n")


def heading(title, lines, width):
    """Return a title and lines of words as elements not wider than a width, and the y at which they end."""
    elements, y = [], MARGIN / 2
    for kind, font, words in [("title", TITLE, title), *[("rule", TEXT, line) for line in lines]]:
        for line in fitted(words, width, font):
            y += 1.5 * font
            elements.append(text(kind, MARGIN, y, *subscripted(line, font)))
    return elements, y
