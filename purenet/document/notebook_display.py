"""The output of tables and pictures in a notebook: plain HTML and images. Nothing here is needed elsewhere.

A notebook that is not trusted drops scripts, style sheets and SVG from an output, so none is used: tables take the font
and the colours of their page, and a picture goes into an <img>. There it follows the light or dark scheme of the page,
and its style reaches nothing else.
"""

import base64
import hashlib
import html
import re

from purenet.arithmetic.notation import HTML
from purenet.document.formats import html_body, write

LEFT = ' style="text-align:left"'  # notebooks set tables flush right, which does not suit formulas


class Shown:
    """A base for a class with `sections(format)`, the parts of its `to(format)`: notebooks then show its tables."""

    folds = False  # whether tables can be folded up, for a class that may have many

    def _repr_html_(self):
        return fragment(self.sections("html"), self.folds)

    def _repr_markdown_(self):
        return write(self.sections("markdown"), "markdown")

    def _repr_latex_(self):
        return write(self.sections("latex"), "latex")


def fragment(sections, folds=False):
    """Return sections as HTML for any page, with tables flush left."""
    parts = []
    for section in sections:
        title, body = f"<strong>{html.escape(section.title)}</strong>", html_body(section, HTML)
        if folds and section.table:
            parts += [f"<details open><summary>{title}</summary>", *body, "</details>"]
        else:
            parts += [f"<p>{title}</p>", *body]
    text = "\n".join(["<div>", *parts, "</div>\n"])
    return re.sub("<t([dh])( [^>]*)?>", rf"<t\1{LEFT}>", text)


class Picture(str):
    """The text of an SVG file, which a notebook shows as the picture that it is; `print` and files get the text."""

    @property
    def title(self):
        return html.unescape(self.part("title"))

    @property
    def description(self):
        return html.unescape(self.part("desc"))

    def part(self, name):
        found = re.search(f"<{name} [^>]*>(.*?)</{name}>", self, re.DOTALL)
        return found[1] if found else ""

    def _repr_html_(self):
        """Return the picture as an image with its data in it, so that nothing is fetched or left out."""
        data = base64.b64encode(self.encode("utf-8")).decode()
        words = html.escape(f"{self.title}. {self.description}")
        return f'<img alt="{words}" src="data:image/svg+xml;base64,{data}"/>\n'

    def _repr_svg_(self):
        """Return the picture for a page with others: with ids and a style of its own."""
        name = "purenet-" + hashlib.sha256(self.encode("utf-8")).hexdigest()[:12]
        text = re.sub(r"(?<=<style>).*?(?=</style>)", lambda style: scoped(style[0], name), self, flags=re.DOTALL)
        text = text.replace("<svg ", f'<svg class="{name}" ', 1)
        return re.sub('(?<=["# ])picture-(?=title|description|texture)', f"{name}-", text)

    def __repr__(self):
        return f"<Picture: {self.title}>"


def scoped(style, name):
    """Return a style sheet for pictures that applies only to the one of a class."""
    return re.sub(r"(?<![\w.-])svg(?=[\s{])", f".{name}", style)
