"""SVG as text: elements that escape their text, and whole pictures. The colours are in palette.py."""

import re

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PAPER_STYLE = """svg{color-scheme:light dark;background:var(--paper)}
svg .paper{fill:var(--paper)}
"""


class Element:
    """An element with a dictionary of attributes and children, which are elements or text; `str()` gives its markup.

    >>> print(Element("text", {"x": 1.50, "class": "note"}, "a < b"))
    <text x="1.5" class="note">a &lt; b</text>
    """

    def __init__(self, name, attributes=None, *children):
        self.name = name
        self.attributes = dict(attributes or {})
        self.children = list(children)

    def add(self, *children):
        """Append children; None is left out."""
        self.children += [child for child in children if child is not None]
        return self

    def __str__(self):
        start = self.name + "".join(f' {name}="{escape(length_text(a))}"' for name, a in self.attributes.items())
        if not self.children:
            return f"<{start}/>"
        inside = "".join(escape(child) if isinstance(child, str) else str(child) for child in self.children)
        return f"<{start}>{inside}</{self.name}>"


def svg_picture(width, height, title, description, children, style="", prefix="picture"):
    """Return a whole picture as an element: its title, its description for those who cannot see it, paper, children.

    `style` is left out if it is empty, for a page that has it already. The ids of the picture begin with `prefix`,
    which must be unique in a page. Spaces are preserved, because librsvg drops those next to a subscript.
    """
    names = f"{prefix}-title {prefix}-description"
    size = {"width": width, "height": height, "viewBox": f"0 0 {length_text(width)} {length_text(height)}"}
    element = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img", "aria-labelledby": names})
    element.attributes["xml:space"] = "preserve"
    element.add(
        Element("title", {"id": f"{prefix}-title"}, title),
        Element("desc", {"id": f"{prefix}-description"}, description),
        Element("style", {}, style) if style else None,
        Element("rect", {"class": "paper", "width": "100%", "height": "100%"}),
    )
    return element.add(*children)


def escape(text):
    """Return text escaped for an element or a quoted attribute; characters that XML forbids become �."""
    text = FORBIDDEN.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def as_ascii(text):
    """Return XML or HTML with every sign beyond ASCII as a number."""
    return text.encode("ascii", "xmlcharrefreplace").decode()


def length_text(value):
    """Return an attribute as text: a length to a hundredth, without trailing zeros.

    >>> length_text(2.0), length_text(1 / 3), length_text(-0.001), length_text("none")
    ('2', '0.33', '0', 'none')
    """
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(value)
