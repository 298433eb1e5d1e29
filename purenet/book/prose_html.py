"""Prose as HTML: the small part of Markdown that blocks.py describes, with symbols set and names of the source linked."""

import re

from purenet.drawing.svg import escape
from purenet.trace.step_html import prose

INDENT = " " * 4
LINKED = re.compile(r"`[^`]+`|https://[^\s)]*[\w/]|purenet/[a-z_/]+\.(?:py|md)|\b[Cc]hapter\s[0-9]+\b")


def no_link(name):
    """Return no address, for any name."""


def prose_html(text, link=no_link):
    """Return prose as HTML; `link` returns the address of what is named in it, or None.

    >>> print(prose_html("The delta δ_j1 of `Neuron.backward`:\\n\\n    δ_j1 = 0.5\\n", {"Neuron.backward": "#b"}.get))
    <p>The delta δ<sub>j1</sub> of <a href="#b"><code>Neuron.backward</code></a>:</p>
    <pre>δ<sub>j1</sub> = 0.5</pre>
    """
    return "\n".join(paragraph_html(part, link) for part in paragraphs(text.strip("\n")))


def paragraphs(text):
    """Return the parts of a text between its blank lines; lines that are shown as they are remain one part."""
    found = [""]
    for part in re.split(r"\n\s*\n", text):
        if found[-1].startswith(INDENT) and part.startswith(INDENT):
            found[-1] += f"\n\n{part}"
        else:
            found.append(part)
    return found[1:]


def paragraph_html(text, link):
    """Return one paragraph, list, heading or group of lines."""
    lines = text.split("\n")
    if lines[0].startswith("  - "):
        items = re.split(r"^  - ", text, flags=re.MULTILINE)[1:]
        return "<ul>" + "".join(f"<li>{inline_html(item, link)}</li>" for item in items) + "</ul>"
    if all(line.startswith(INDENT) or not line for line in lines):
        return "<pre>" + "\n".join(inline_html(line[len(INDENT) :], link) for line in lines) + "</pre>"
    if len(lines) == 2 and set(lines[1]) == {"-"}:
        return f"<h2>{inline_html(lines[0], link)}</h2>"
    return f"<p>{inline_html(text, link)}</p>"


def inline_html(text, link=no_link):
    """Return words with their symbols, their code and their links."""
    parts, end = [], 0
    for match in LINKED.finditer(text):
        parts += [prose(text[end : match.start()]), named_html(match[0], link)]
        end = match.end()
    return "".join([*parts, prose(text[end:])])


def named_html(name, link):
    """Return what has a name of its own, as a link if it has an address."""
    plain = " ".join(name.strip("`").split())
    shown = f"<code>{escape(plain)}</code>" if name.startswith("`") else escape(plain)
    address = name if name.startswith("https:") else link(plain)
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown
