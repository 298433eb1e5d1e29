"""Pages made of texts that exist already: Markdown files, source files and docstrings."""

import re
from importlib.resources import files

from purenet.drawing.svg import escape
from purenet.errors import count
from purenet.site.code import code_box, markdown, numbered_lines, words
from purenet.site.documents import DOCUMENTS, GUIDES
from purenet.site.links import source_address
from purenet.site.page import Page
from purenet.site.reference import CORE_FILES, doc_blocks, public_entries

WITHOUT_SECTIONS = ("worked_examples",)  # whose sections the pages of the cases have already


def document_pages():
    """Return the pages of the Markdown files that are there."""
    found = []
    for each in filter(lambda each: each.is_there, DOCUMENTS):
        indexed = "" if each.name in WITHOUT_SECTIONS else "sections"
        found.append(Page(each.address, each.title, markdown(each.text(), each.file), (), indexed))
    return found


def guides_page():
    items = [
        f'<li><a href="{each.address}">{each.title}</a><p>{escape(each.words[0].upper() + each.words[1:])}.</p></li>'
        for each in [*GUIDES, *DOCUMENTS[len(GUIDES) :]]
        if each.is_there
    ]
    body = f'<h1>Guides</h1>\n<p class="lead">Pages to look things up in.</p>\n<ul class="cards">{"".join(items)}</ul>'
    return Page("/guides/index.html", "Guides", body, (), "")


def source_pages(pages):
    """Return the pages of the core's source files, and of the others to which some pages have a link."""
    linked = {match for page in pages for match in re.findall(r'href="(/source/[\w-]+\.html)', page.body)}
    paths = {source_address(path): path for path in package_paths(files("purenet"), "purenet")}
    core = {source_address(path) for path in CORE_FILES}
    return [source_page(paths[address], address) for address in sorted(core | (linked & set(paths)))]


def package_paths(folder, path):
    """Yield the paths of the source files of the package, as in purenet/neuron.py."""
    for item in folder.iterdir():
        if item.is_dir() and not item.name.startswith(("_", ".")):
            yield from package_paths(item, f"{path}/{item.name}")
        elif item.name.endswith(".py"):
            yield f"{path}/{item.name}"


def source_page(path, address):
    text = source_text(path)
    body = f"<h1><code>{path}</code></h1>\n<p>{count(text.count(chr(10)), 'line')}.</p>\n{numbered_lines(text)}"
    return Page(address, path, body, (), "whole" if path in CORE_FILES else "")


def source_text(path):
    return files("purenet").joinpath(path[len("purenet/") :]).read_text(encoding="utf-8")


def sources_page():
    """Return the list of the core's files, each with the sentence that it begins with."""
    items = []
    for path in CORE_FILES:
        first = re.match(r'"""(.*?)(?:\n\n|""")', source_text(path), re.DOTALL)
        said = words(" ".join(first[1].split())) if first else ""
        items.append(f'<li><a href="{source_address(path)}"><code>{path}</code></a><p>{said}</p></li>')
    body = (
        '<h1>Source</h1>\n<p class="lead">The first three files are backpropagation, all of it. They take twenty minutes.</p>'
        f'\n<ol class="cards">{"".join(items)}</ol>'
    )
    return Page("/source/index.html", "Source", body, (), "")


def reference_pages():
    """Return a page for each module with public names, and the list of all."""
    groups = {}
    for entry in public_entries():
        groups.setdefault(entry.page, []).append(entry)
    pages = [reference_page(name, entries) for name, entries in groups.items()]
    parts = [
        "<h1>Reference</h1>",
        f'<p class="lead">{words("What a program imports from purenet. Names without a module are in `purenet` itself.")}</p>',
    ]
    for name, entries in groups.items():
        items = [
            f"<li>{code_link(each)}<p>{words(first_sentence(each.doc))}</p></li>"
            for each in entries
            if "." not in each.name
        ]
        parts.append(f'<h2><code>{entries[0].file}</code></h2>\n<ul class="cards">{"".join(items)}</ul>')
    return [Page("/reference/index.html", "Reference", "\n".join(parts), (), ""), *pages]


def code_link(entry):
    return f'<a href="{entry.address}"><code>{entry.name}</code></a>'


def first_sentence(doc):
    return re.split(r"(?<=\.)\s", " ".join(doc.split("\n\n")[0].split()))[0]


def reference_page(name, entries):
    title = entries[0].file
    link = f'<a href="{source_address(title)}">{title}</a>'
    parts = [f"<h1><code>{title}</code></h1>\n<p>The source: {link}.</p>", *map(entry_html, entries)]
    return Page(f"/reference/{name}.html", f"{title}, reference", "\n".join(parts), (), "sections")


def entry_html(entry):
    """Return the signature, the docstring and the place in the source of a public name."""
    level = 3 if "." in entry.name else 2
    own = f"<code>{entry.name}</code>" + (f"<code>{escape(entry.signature)}</code>" if entry.signature else "")
    imported = f"from {entry.module} import {entry.name}"
    place = f'<a href="{source_address(entry.file, entry.line)}">line {entry.line}</a>'
    head = f'<h{level} id="{entry.name}" class="signature">{own}</h{level}>'
    facts = f'<p class="kind">{entry.kind}, {place}' + ("" if level == 3 else f" · <code>{imported}</code>") + "</p>"
    shown = {"prose": lambda text: f"<p>{words(text)}</p>", "doctest": lambda text: code_box(text, "pycon")}
    body = [shown.get(kind, lambda text: code_box(text, "text"))(text) for kind, text in doc_blocks(entry.doc)]
    return "\n".join([head, facts, *body])
