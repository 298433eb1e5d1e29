"""The output of tables and pictures in a notebook: plain HTML and images. Elsewhere, only a `Picture` is needed.

A notebook that is not trusted drops scripts, style sheets, frames and SVG from an output, so none is needed: tables take the
font and the colours of their page, and a picture goes into an <img>. There it follows the light or dark scheme of the page,
and its style reaches nothing else. What has a page that answers shows it in a frame, with the same tables folded up below;
where the frame is dropped, those remain.
"""

import base64
import hashlib
import html
import re

from purenet.arithmetic.notation import HTML
from purenet.document.formats import html_body, write

MOST_BYTES = 2_000_000  # of a page in a frame; Jupyter refuses more than 3,000,000 within three seconds
TOO_LARGE = (
    '<p>The page that steps through it is too large for a notebook: write <code>trace.to("html")</code> to a file.</p>'
)
FRAME = "width:100%;height:45rem;border:0"
LEFT = ' style="text-align:left"'  # notebooks set tables flush right, which does not suit formulas


class Shown:
    """A base for a class with `sections(format)`, the parts of its `to(format)`: notebooks then show its tables."""

    def pictures(self):
        """Return the pictures that a notebook shows, a dictionary from the places of sections, from 0."""
        return {}

    def _repr_html_(self):
        return fragment(self.sections("html"), self.pictures())

    def _repr_markdown_(self):
        return write(self.sections("markdown"), "markdown")

    def _repr_latex_(self):
        return write(self.sections("latex"), "latex")


def fragment(sections, pictures=None):
    """Return sections as HTML for any page, with tables flush left; `pictures` are those of sections, by their places."""
    parts = []
    for place, section in enumerate(sections):
        body = html_body(section, HTML)
        if pictures and place in pictures:
            body.insert(len(body) - bool(section.table), f"<p>{pictures[place]._repr_html_().strip()}</p>")
        parts += [f"<p><strong>{html.escape(section.title)}</strong></p>", *body]
    text = "\n".join(["<div>", *parts, "</div>\n"])
    return re.sub("<t([dh])( [^>]*)?>", rf"<t\1{LEFT}>", text)


def stepper(page, title, sections):
    """Return a page that needs nothing else in a frame, or a sentence if it is too large; below it the sections, folded up."""
    title, source = html.escape(title), page.replace("&", "&amp;").replace("'", "&#39;")
    frame = f'<iframe title="{title}" style="{FRAME}" srcdoc=\'{source}\'></iframe>'
    first = frame if len(frame) <= MOST_BYTES else TOO_LARGE
    summary = f"<summary><strong>{title}: all tables</strong></summary>"
    return f"{first}\n<details>{summary}\n{fragment(sections)}</details>\n"


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
