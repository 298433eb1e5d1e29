"""The pictures of a trace as PDF files, which a LaTeX document includes."""

import re

from purenet.drawing.converted import converted
from purenet.drawing.palette import style_sheet
from purenet.trace.step_pictures import STEP_STYLES, Pictures


def picture_names(trace, stem, numbers=None):
    """Return a dictionary from the numbers of steps, default all, to names of files, of signs that LaTeX can read."""
    digits = max(2, len(str(len(trace.steps))))
    stem = re.sub("[^A-Za-z0-9-]", "-", stem)
    return {number: f"{stem}-step{number:0{digits}}.pdf" for number in numbers or range(1, len(trace.steps) + 1)}


def picture_files(trace, names):
    """Return the pictures, without headings, of the steps in such a dictionary: from names of files to their bytes."""
    pictures, style = Pictures(trace), style_sheet(*STEP_STYLES)
    drawn = {name: pictures.element(trace.steps[number - 1], "picture", style=style) for number, name in names.items()}
    return {name: converted(str(picture), "pdf") for name, picture in drawn.items()}
