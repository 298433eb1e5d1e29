"""All files of the site. Pages are made by several processes, because most of them train and trace a network."""

import os
from concurrent.futures import ProcessPoolExecutor

from purenet.cases import case_names
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.lab.static import static_files
from purenet.site import chapter_pages, front_page, golden_pages, search, text_pages
from purenet.site.case_pages import case_index, case_pages
from purenet.site.code import TOKENS
from purenet.site.links import chapter_numbers
from purenet.site.mistake_pages import mistake_page, mistakes_page, unseen_page
from purenet.site.page import common_files, written

FIRST = {"do": "open", "case": "2x2x1"}  # what the lab opens
MOST_PROCESSES = 8


def site_files(pyodide=None, progress=lambda done, all: None):
    """Return the files of the site, a dictionary from names to texts or bytes; `progress` hears how many parts are made.

    `pyodide` is the folder of Pyodide's npm package, with which the site has the lab. Raises NetworkError if that is not
    whole.
    """
    lab = static_files(pyodide, FIRST) if pyodide else {}
    pages = all_pages(bool(lab), progress)
    pages += text_pages.source_pages(pages)
    return {
        **{page.name: written(page, bool(lab)) for page in pages},
        **{name: drawn for page in pages for name, drawn in page.pictures},
        **common_files(),
        "code.css": TOKENS,
        "search_index.js": search.index_file(pages),
        **golden_pages.golden_files(),
        **{f"lab/{name}": data for name, data in lab.items()},
    }


def all_pages(has_lab, progress):
    """Return all pages but those of source files."""
    parts = [("chapter", number) for number in chapter_numbers()]
    parts += [("case", name) for name in case_names()] + [("mistake", id) for id in CATALOGUE]
    pages = [
        front_page.front_page(has_lab),
        chapter_pages.chapters_page(),
        case_index(),
        mistakes_page(),
        *map(unseen_page, UNSEEN),
        *golden_pages.golden_pages(),
        *text_pages.document_pages(),
        text_pages.guides_page(),
        *text_pages.reference_pages(),
        text_pages.sources_page(),
        search.search_page(),
    ]
    with ProcessPoolExecutor(min(MOST_PROCESSES, os.cpu_count() or 1)) as processes:
        made = processes.map(pages_of, parts, [has_lab] * len(parts), chunksize=4)
        for done, found in enumerate(made, start=1):
            pages += found
            progress(done, len(parts))
    return pages


def pages_of(part, has_lab):
    """Return the pages of a chapter, a case or a mistake."""
    kind, name = part
    if kind == "chapter":
        return [chapter_pages.chapter_page(name)]
    return case_pages(name, has_lab) if kind == "case" else [mistake_page(name, has_lab)]
