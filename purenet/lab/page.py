"""The page of the lab and its files: what is served, or written into a folder."""

import json

from purenet.drawing.axes import AXES_STYLE
from purenet.drawing.loss_curve import CURVE_STYLE
from purenet.drawing.network_diagram import WEIGHTS_STYLE
from purenet.drawing.neuron_maps import MAPS_STYLE
from purenet.drawing.palette import style_sheet
from purenet.drawing.svg import escape
from purenet.trace.step_html import file_text
from purenet.trace.step_pictures import STEP_STYLES


def page_files(carrier, first, policy=""):
    """Return the files of the page, a dictionary from names to texts."""
    return {
        "index.html": lab_page(carrier, first, policy),
        "lab.css": lab_style(),
        "lab.js": lab_script(),
        carrier: lab_file(carrier),
    }


def lab_page(carrier, first, policy=""):
    """Return the page: `carrier` is the script that carries requests, and `first` the first of them.

    `policy` is a Content-Security-Policy, for a page whose server sends none.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">' if policy else ""
    fields = {"POLICY": meta, "CARRIER": carrier, "FIRST": escape(json.dumps(first, default=str))}
    page = lab_file("lab.html")
    for name, text in fields.items():
        page = page.replace(name, text, 1)
    return page


def lab_script():
    """Return the script of the page, which computes no number of a network."""
    return file_text("step_view.js") + file_text("matrix_view.js") + lab_file("lab.js")


def lab_style():
    """Return the style sheet of the page."""
    styles = [*STEP_STYLES, AXES_STYLE, CURVE_STYLE, WEIGHTS_STYLE, MAPS_STYLE]
    return style_sheet(*styles, file_text("step_view.css"), file_text("matrix_view.css"), lab_file("lab.css"))


def lab_file(name):
    """Return the text of a file beside this one."""
    return file_text(name, __package__)
