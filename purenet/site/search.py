"""The search of the site: an index that a script tag loads, so that no server is needed, and the page to search on."""

import html
import json
import re

from purenet.arithmetic.notation import ASCII
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.site.links import mistake_address
from purenet.site.page import Page

LONGEST = 1500  # characters of an entry
DROPPED = re.compile(
    r"<(svg|template|script|noscript|ul class=\"many\")\b.*?</(?:svg|template|script|noscript|ul)>", re.DOTALL
)
HEADING = re.compile(r'<h[1-3] [^>]*?\bid="([^"]+)"[^>]*>(.*?)</h[1-3]>', re.DOTALL)
KINDS = {
    "chapters": "chapter",
    "cases": "case",
    "mistakes": "mistake",
    "golden": "golden values",
    "guides": "guide",
    "reference": "reference",
    "source": "source",
}


def search_page():
    body = (
        "<h1>Search</h1>\n"
        '<form id="search" role="search"><label for="words">Words, symbols or names</label>'
        '<input id="words" type="search" autocomplete="off" spellcheck="false" autofocus></form>\n'
        '<p id="found" role="status">Such as <em>momentum</em>, <em>δ_j1</em> or <em>delta_j1</em>, <em>softmax jacobian</em>.'
        ' <span class="note">Arrow keys go through the results.</span></p>\n<ol id="results"></ol>\n'
        "<noscript><p>The search needs JavaScript; everything else does not.</p></noscript>"
    )
    return Page("/search.html", "Search", body, ("search_index.js", "search.js"), "")


def index_file(pages):
    """Return the index of some pages as a script: the signs with their ASCII twins, and all entries."""
    entries = [entry for page in pages for entry in entries_of(page)]
    twins = {chr(sign): twin.lower() for sign, twin in ASCII.signs.items()}
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    return f"const TWINS = {json.dumps(twins, ensure_ascii=False)};\nconst ENTRIES = {data};\n"


def entries_of(page):
    """Return the entries of a page, each a list of its title, its address, its kind and its words."""
    kind = KINDS.get(page.address.split("/")[1], "page")
    if not page.indexed:
        return [[page.title, page.name, kind, ""]]
    name = page.address.rpartition("/")[2][: -len(".html")]
    mistake = CATALOGUE.get(name) if page.address == mistake_address(name) else None
    rules = f"{mistake.wrong} {mistake.right}" if mistake else ""
    if page.indexed == "whole" or name in UNSEEN:
        return [[page.title, page.name, kind, shortened(f"{plain(page.body)} {rules}")]]
    parts = HEADING.split(page.body)
    found = [[page.title, page.name, kind, shortened(plain(parts[0]))]]
    for id, title, body in zip(parts[1::3], parts[2::3], parts[3::3]):
        words = id if kind == "reference" else plain(title)
        title = words if kind == "reference" or words in page.title else f"{page.title}: {words}"
        found.append([title, f"{page.name}#{id}", kind, shortened(plain(body))])
    return found


def plain(markup):
    """Return the words of some markup, a subscript as in δ_j1.

    >>> plain("<p>The <b>delta</b> δ<sub>j1</sub></p>")
    'The delta δ_j1'
    """
    text = DROPPED.sub(" ", markup).replace("<sub>", "_")
    text = re.sub(r"<msub><mi[^>]*>([^<]*)</mi><m[a-z]+[^>]*>([^<]*)</m[a-z]+></msub>", r"\1_\2", text)
    text = re.sub(r"</?(?:p|li|td|th|tr|div|h[1-6]|dt|dd|pre|br)\b[^>]*>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def shortened(text):
    return text.strip()[:LONGEST]
