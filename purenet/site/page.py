"""What all pages of the site have in common: head, navigation and foot, style and script."""

import re
from collections import namedtuple

from purenet.book.page import STEPS_STYLES, steps_script
from purenet.document.notebook_display import Picture
from purenet.drawing.axes import AXES_STYLE
from purenet.drawing.loss_curve import CURVE_STYLE
from purenet.drawing.network_diagram import WEIGHTS_STYLE
from purenet.drawing.neuron_maps import MAPS_STYLE
from purenet.drawing.palette import PALETTE, style_sheet
from purenet.drawing.svg import escape
from purenet.trace.html_page import page_script
from purenet.trace.matrix_html import matrix_script
from purenet.trace.page_head import page_head
from purenet.trace.step_html import file_text
from purenet.trace.step_pictures import STEP_STYLES

# file: in a page that is opened without a server, where not every browser takes 'self' for that
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; "
    "form-action 'none'"
)
SECTIONS = [
    ("Chapters", "/chapters/index.html"),
    ("Cases", "/cases/index.html"),
    ("Mistakes", "/mistakes/index.html"),
    ("Golden values", "/golden/index.html"),
    ("Guides", "/guides/index.html"),
    ("Reference", "/reference/index.html"),
    ("Source", "/source/index.html"),
]
LAB = ("Lab", "/lab/index.html")
SEARCH = ("Search", "/search.html")
OWN_COLOURS = {"tint": ("#f4f5f7", "#1d2126"), "old": ("#ffe9e6", "#3d1a1a"), "new": ("#e2f5e6", "#12301c")}
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M8 8 24 16 8 24" fill="none" '
    'stroke="#1b5dbf" stroke-width="3"/><g fill="#1b5dbf"><circle cx="8" cy="8" r="5"/><circle cx="8" cy="24" r="5"/>'
    '<circle cx="24" cy="16" r="6"/></g></svg>\n'
)


class Page(namedtuple("Page", "address title body scripts indexed pictures", defaults=((), "whole", ()))):
    """A page: its address, its title, what is in it, the names of its scripts, and how the search takes it in.

    `indexed` is "whole", "sections" or "" for not at all; `pictures` are its own, pairs of the name of a file and SVG. A
    page that has stepping.js is laid out by page.css.
    """

    @property
    def name(self):
        return self.address[1:]

    @property
    def is_stepping(self):
        return "stepping.js" in self.scripts


def written(page, has_lab=False):
    """Return the text of the file of a page, its addresses relative."""
    styles = ["pictures.css", *(["stepping.css"] if page.is_stepping else ["site.css", "code.css"]), "frame.css"]
    elements = [
        '<link rel="icon" href="/icon.svg">',
        *[f'<link rel="stylesheet" href="/{style}">' for style in styles],
        *[f'<script src="/{script}" defer></script>' for script in page.scripts],
    ]
    parts = [
        page_head(full_title(page), POLICY, *elements),
        '<a class="skip" href="#content">Skip to the content</a>',
        navigation(page.address, has_lab),
        page.body if page.is_stepping else f'<main id="content">\n{page.body}\n</main>',
        '<footer class="site-foot"><p>purenet, MIT License. Golden values and cases: CC0.</p></footer>\n</body>\n</html>\n',
    ]
    text = "\n".join(parts).replace("<pre>", '<pre tabindex="0">')  # a box that scrolls is reached by keyboard
    text = re.sub(r"<th>\s*</th>", "<td></td>", text)
    text = re.sub(rf'<a href="{page.address}">(<code>[^<]*</code>)</a>', r"\1", text)  # no link to itself
    return relative(text, page.name)


def full_title(page):
    return page.title if page.address == "/index.html" else f"{page.title} · purenet"


def navigation(address, has_lab):
    """Return the navigation of a page; the section that it belongs to is marked."""
    folder = address[: address.rindex("/") + 1]
    links = []
    for words, target in [*SECTIONS, *([LAB] if has_lab else []), SEARCH]:
        here = target == address or folder != "/" and target.startswith(folder)
        mark = f' aria-current="{"page" if target == address else "true"}"' if here else ""
        links.append(f'<li><a href="{target}"{mark}>{words}</a></li>')
    home = '<a class="home" href="/index.html">purenet</a>'
    return f'<nav class="site-nav" aria-label="Site">{home}<ul>{"".join(links)}</ul></nav>'


def relative(text, name):
    """Return the text of a page in which addresses that begin with / lead there from the page.

    >>> relative('<a href="/cases/mazur.html">', "golden/index.html")
    '<a href="../cases/mazur.html">'
    """
    return re.sub(r'(<[a-z]+ [^<>]*?\b(?:href|src)=")/', r"\1" + "../" * name.count("/"), text)


def bare(picture):
    """Return a picture without its style, which the pages have already."""
    return re.sub("<style>.*?</style>", "", str(picture), flags=re.DOTALL)


def image(picture, name, words=""):
    """Return a picture that is a file of the site, of that name, as an element; `words` are for those who cannot see it."""
    shown = Picture(picture)
    size = re.search(r'width="([0-9.]+)" height="([0-9.]+)"', picture)
    alt = escape(words or f"{shown.title}. {shown.description}")
    return f'<img src="/{name}" alt="{alt}" width="{size[1]}" height="{size[2]}">'


def common_files():
    """Return the styles and scripts that pages share, a dictionary from names to texts."""
    pictures = [*STEP_STYLES, AXES_STYLE, CURVE_STYLE, WEIGHTS_STYLE, MAPS_STYLE, *map(file_text, STEPS_STYLES)]
    return {
        "pictures.css": style_sheet(*pictures),
        "stepping.css": style_sheet(file_text("page.css")),
        "frame.css": colours() + own("frame.css"),
        "site.css": own("site.css"),
        "steps.js": steps_script(),
        "stepping.js": page_script(),
        "matrices.js": matrix_script(),
        "search.js": own("search.js"),
        "exercise.js": file_text("exercise.js", "purenet.book"),
        "icon.svg": ICON,
    }


def own(name):
    return file_text(name, __package__)


def colours():
    """Return the colours of pictures as variables of a style sheet, with some of the site's own, in light and in dark."""
    light, dark = (
        ";".join(f"--{name}:{pair[theme]}" for name, pair in {**PALETTE, **OWN_COLOURS}.items()) for theme in (0, 1)
    )
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
