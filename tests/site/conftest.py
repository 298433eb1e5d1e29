"""The site, built once for all tests that read it: from the folder on disk, as a browser would."""

import functools
import html
import os
import re

import pytest

NEEDS = "the extra `site` is not installed: pip install '.[site]'"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of the site."""
    return built(tmp_path_factory.getbasetemp())


@functools.lru_cache(maxsize=1)
def built(base):
    pytest.importorskip("markdown_it", reason=NEEDS)
    pytest.importorskip("pygments", reason=NEEDS)
    from purenet.site.build import site_files
    from purenet.storage.files import write_folder

    folder = base / "the site"
    write_folder(folder, site_files())
    return folder


def pages(folder):
    """Return the texts of all pages, a dictionary from their names."""
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}


def targets(text):
    """Return what the links of a page, and all that it loads, name."""
    return [html.unescape(target) for target in re.findall(r'<[a-z]+ [^<>]*?\b(?:href|src)="([^"]*)"', text)]


def place(name, target):
    """Return the name of the file that a link of a page leads to, and its anchor."""
    path, _, anchor = target.partition("#")
    return os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name, anchor
