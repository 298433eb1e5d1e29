"""Code in colours, by Pygments, and Markdown as HTML, by markdown-it: the extra `site` of purenet holds both."""

import re
from importlib.util import find_spec

from purenet.drawing.svg import escape
from purenet.errors import NetworkError
from purenet.site.links import file_address, link
from purenet.trace.step_html import prose

# pytest, because purenet.golden.testing, which is in the reference, imports it
NEEDED = {"markdown_it": "markdown-it-py", "pygments": "Pygments", "pytest": "pytest"}
LANGUAGES = {"console": "console", "python": "pycon"}  # of the blocks of Markdown, in which Python is a session
PLAIN = re.compile('<span class="(?:n|p|o|w|nn|go|nb|ne|vm|err)">([^<]*)</span>')  # words without a colour
TOKENS = """
.code .k, .code .ow, .code .kn, .code .kc { color: var(--operand) }
.code .s, .code .s1, .code .s2, .code .sa, .code .sd, .code .se, .code .si { color: var(--now) }
.code .c, .code .c1, .code .gp, .code .cm, .code .ch { color: var(--muted) }
.code .c, .code .c1 { font-style: italic }
.code .mi, .code .mf, .code .mh, .code .bp { color: var(--done) }
.code .nf, .code .nc, .code .nd, .code .fm, .code .nt { color: var(--lit) }
"""


def check_installed():
    """Raise NetworkError if a package is missing that the site takes."""
    missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
    if missing:
        listed = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
        them = "it" if len(missing) == 1 else "them"
        raise NetworkError(f"purenet site needs {listed}: pip install {' '.join(missing)} installs {them}")


def highlighted(text, language="python"):
    """Return code as markup with the kinds of those words that have a colour; without any in a language that is not known."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return escape(text)
    return PLAIN.sub(r"\1", highlight(text, lexer, HtmlFormatter(nowrap=True)))


def code_box(text, language="python"):
    """Return code in a box that scrolls by itself."""
    return f'<pre class="code" tabindex="0"><code>{highlighted(text, language)}</code></pre>'


def numbered_lines(text):
    """Return the text of a Python file with a number before each line, which is its own link: #L42."""
    lines = highlighted(text).split("\n")
    shown = [
        f'<span class="line" id="L{n}"><a href="#L{n}">{n}</a>{line or " "}</span>'
        for n, line in enumerate(lines[:-1] if not lines[-1] else lines, start=1)
    ]
    return f'<pre class="code numbered" tabindex="0"><code>{"".join(shown)}</code></pre>'


def changed_lines(lines):
    """Return lines of a program with their marks, "-" for one that is replaced and "+" for one in its place."""
    kinds = {"-": "old", "+": "new", " ": "same"}
    shown = []
    for mark, text in lines:
        words = highlighted(text).rstrip("\n")
        shown.append(f'<span class="line {kinds[mark]}"><span class="mark">{mark}</span>{words or " "}</span>')
    return f'<pre class="code changed" tabindex="0"><code>{"".join(shown)}</code></pre>'


def code_words(text):
    """Return what is between backticks, as a link if it has an address."""
    address, shown = link(text), f"<code>{escape(text)}</code>"
    return f'<a href="{address}">{shown}</a>' if address else shown


def words(text):
    """Return a sentence of purenet, with its symbols set, its code linked and its addresses as links."""
    parts = re.split(r"`([^`]+)`", text)
    shown = [code_words(part) if n % 2 else web_links(prose(part)) for n, part in enumerate(parts)]
    return "".join(shown)


def web_links(markup):
    return re.sub(r"(https?://[^\s<>\"]*[\w/])", r'<a href="\1">\1</a>', markup)


def markdown(text, file):
    """Return Markdown of a file of the repository as HTML: its links lead to pages, or are none where there is no page."""
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML

    class Renderer(RendererHTML):
        """The usual one, with symbols, code and tables as other pages have them."""

        def text(self, tokens, n, options, env):
            return prose(tokens[n].content)

        def code_inline(self, tokens, n, options, env):
            code = tokens[n].content
            return f"<code>{escape(code)}</code>" if inside_link(tokens, n) else code_words(code)

        def fence(self, tokens, n, options, env):
            return code_box(tokens[n].content, LANGUAGES.get(tokens[n].info, tokens[n].info))

        def code_block(self, tokens, n, options, env):
            return code_box(tokens[n].content, "text")

        def table_open(self, tokens, n, options, env):
            return '<div class="scroll" role="group" tabindex="0" aria-label="Table">\n<table>'

        def table_close(self, tokens, n, options, env):
            return "</table>\n</div>\n"

    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer).enable("table")
    tokens, used = parser.parse(text), {}
    for token, content in zip(tokens, tokens[1:]):
        if token.type == "heading_open":
            token.attrs["id"] = unique(slug(content.content), used)
    for token in tokens:
        lead(token.children or [], file)
    return parser.renderer.render(tokens, parser.options, {})


def inside_link(tokens, n):
    """Return whether a token is between the beginning and the end of a link."""
    return sum((t.type == "link_open") - (t.type == "link_close") for t in tokens[:n]) > 0


def lead(tokens, file):
    """Let the links among tokens lead to pages of the site; those to files that have no page become words."""
    ends = []
    for token in tokens:
        if token.type == "link_open":
            target = str(token.attrs["href"])
            is_web = re.match("https?:|#", target)
            address = target if is_web else file_address(target, file.rpartition("/")[0])
            token.attrs = {"href": address} if address else {}
            token.tag = "a" if address else "span"
            ends.append(token.tag)
        elif token.type == "link_close":
            token.tag = ends.pop()


def slug(text):
    """Return the id of a heading as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")


def unique(name, used):
    """Return a name, with a number after it where it was used before."""
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}-{used[name] - 1}"
