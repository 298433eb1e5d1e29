"""SVG as text: elements that escape what they hold, and one palette for all pictures, light and dark.

A colour is named, never written into a drawing: `PALETTE` holds the pairs, `STYLE` makes them custom properties that
follow the reader's light or dark theme.
"""

import re

# name: (light, dark); text has a contrast of at least 4.5:1 with whatever it may stand on, lines have 3:1
PALETTE = {
    "paper": ("#ffffff", "#14171a"),
    "text": ("#1b1f24", "#f0f2f4"),
    "muted": ("#545b64", "#b4bcc5"),
    "now": ("#17722f", "#56d364"),
    "now-fill": ("#d8f5de", "#11391d"),
    "operand": ("#1b5dbf", "#80bcff"),
    "operand-fill": ("#e0ecff", "#12294a"),
    "done": ("#77620a", "#d9bf45"),
    "done-fill": ("#fdf6d7", "#2d2709"),
    "not-yet": ("#6f7781", "#8b949e"),
    "lit": ("#8b1fa9", "#f0a8ff"),
}
SANS = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
MONO_WIDTH = 0.605  # of a character over the size of the font: the widest of those fonts
SANS_WIDTHS = {"narrow": 0.36, "wide": 0.96, "other": 0.62}  # on the wide side, so that what is fitted does fit


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
        """Put children behind those that the element has; None is left out."""
        self.children += [child for child in children if child is not None]
        return self

    def __str__(self):
        start = self.name + "".join(f' {name}="{escape(length_text(a))}"' for name, a in self.attributes.items())
        if not self.children:
            return f"<{start}/>"
        inside = "".join(escape(child) if isinstance(child, str) else str(child) for child in self.children)
        return f"<{start}>{inside}</{self.name}>"


def svg_picture(width, height, title, description, children, style="", prefix="picture"):
    """Return a whole picture as an element: its paper, its title and description for who cannot see it, its children.

    `style` is put into the picture if it is not empty; a page that has it already leaves it out. `prefix` begins the
    ids of the picture, which must be the only ones in their page.
    """
    names = f"{prefix}-title {prefix}-description"
    size = {"width": width, "height": height, "viewBox": f"0 0 {length_text(width)} {length_text(height)}"}
    element = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img", "aria-labelledby": names})
    element.add(
        Element("title", {"id": f"{prefix}-title"}, title),
        Element("desc", {"id": f"{prefix}-description"}, description),
        Element("style", {}, style) if style else None,
        Element("rect", {"class": "paper", "width": "100%", "height": "100%"}),
    )
    return element.add(*children)


def escape(text):
    """Return text as it may stand in an element or, in double quotes, in an attribute; what XML forbids becomes �."""
    text = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def length_text(value):
    """Return an attribute as text: a length to a hundredth, without zeros at its end.

    >>> length_text(2.0), length_text(1 / 3), length_text(-0.001), length_text("none")
    ('2', '0.33', '0', 'none')
    """
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(value)


def text_width(text, size, mono=False):
    """Return about how wide a text is in a font of a size, rather too wide than too narrow."""
    if mono:
        return len(text) * MONO_WIDTH * size
    kinds = ["narrow" if c in "iljtfrI.,:;|!'()[] " else "wide" if c in "mwMW@%—…" else "other" for c in text]
    return sum(SANS_WIDTHS[kind] for kind in kinds) * size


def palette_style(selector=":root"):
    """Return the style sheet that makes the palette custom properties, --paper and so on, in light and in dark."""
    light, dark = ("".join(f"--{name}:{pair[n]};" for name, pair in PALETTE.items()) for n in (0, 1))
    return (
        f"{selector}{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{selector}{{{dark}}}}}\n"
    )


# `svg` is as specific as `:root`, so a picture in a page and a picture in a file look alike
STYLE = (
    palette_style()
    + f"""svg{{font-family:{SANS};background:var(--paper)}}
svg .paper{{fill:var(--paper)}}
svg text{{fill:var(--text);stroke:none}}
svg .muted{{fill:var(--muted)}}
svg .mono{{font-family:{MONO}}}
"""
)
