"""How things show themselves in a notebook: tables as plain HTML, pictures as images. Nothing here is needed elsewhere.

A notebook that is not trusted keeps no script, no style sheet and no SVG of an output, so none is used: tables take the
font and the colours of their page, and a picture goes into an <img>, where it is an image of its own, which follows the
light or dark scheme of its page, and whose style reaches nothing else.
"""

import base64
import hashlib
import html
import re

from purenet.document.formats import write

LEFT = ' style="text-align:left"'  # notebooks set tables flush right, which suits numbers and no formula


class Shown:
    """What is added to a class with `sections(format)`, the parts of its `to(format)`, so that notebooks show it."""

    folds = False  # whether its tables can be folded up, because they may be many

    def _repr_html_(self):
        return fragment(self.sections("html"), self.folds)

    def _repr_markdown_(self):
        return write(self.sections("markdown"), "markdown")

    def _repr_latex_(self):
        return write(self.sections("latex"), "latex")


def fragment(sections, folds=False):
    """Return sections as HTML that may stand in any page."""
    parts = []
    for section in sections:
        title = f"<strong>{html.escape(section.title)}</strong>"
        body = [f"<p>{html.escape(sentence)}</p>" for sentence in section.sentences]
        body += [f"<p><code>{html.escape(section.rule)}</code></p>"] if section.rule else []
        body += [flush_left(section.table.html())] if section.table else []
        if folds and section.table:
            parts.append(f"<details open><summary>{title}</summary>\n" + "\n".join(body) + "\n</details>")
        else:
            parts.append("\n".join([f"<p>{title}</p>", *body]))
    return "<div>\n" + "\n".join(parts) + "\n</div>\n"


def flush_left(table):
    return re.sub("<t([dh])( [^>]*)?>", rf"<t\1{LEFT}>", table)


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
        """Return the picture as an image that carries its text along, so that nothing of it is fetched or left out."""
        data = base64.b64encode(self.encode("utf-8")).decode()
        words = html.escape(f"{self.title}. {self.description}")
        return f'<img alt="{words}" src="data:image/svg+xml;base64,{data}"/>\n'

    def _repr_svg_(self):
        """Return the picture so that it can stand in a page with others: with ids and a style that are its own."""
        name = "purenet-" + hashlib.sha256(self.encode("utf-8")).hexdigest()[:12]
        text = re.sub(r"(?<=<style>).*?(?=</style>)", lambda style: scoped(style[0], name), self, flags=re.DOTALL)
        text = text.replace("<svg ", f'<svg class="{name}" ', 1)
        return re.sub('(?<=["# ])picture-(?=title|description|texture)', f"{name}-", text)

    def __repr__(self):
        return f"<Picture: {self.title}>"


def scoped(style, name):
    """Return a style sheet for pictures that holds for the one with a class alone."""
    return re.sub(r"(?<![\w.-])svg(?=[\s{])", f".{name}", style)
