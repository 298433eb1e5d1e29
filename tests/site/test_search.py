import json
import os
import re
import shutil
import subprocess

import pytest

import purenet
from tests.site.conftest import NEEDS

pytest.importorskip("markdown_it", reason=NEEDS)
pytest.importorskip("pygments", reason=NEEDS)

from purenet.site.page import Page
from purenet.site.search import entries_of, index_file


def test_a_page_is_one_entry_or_one_for_each_section():
    body = '<h1>Guide</h1><p>First</p><h2 id="more">More</h2><p>δ<sub>j1</sub> &amp; second</p>'
    assert entries_of(Page("/guides/a.html", "Guide", body)) == [
        ["Guide", "guides/a.html", "guide", "Guide First More δ_j1 & second"]
    ]
    assert entries_of(Page("/guides/a.html", "Guide", body, indexed="sections")) == [
        ["Guide", "guides/a.html", "guide", "Guide First"],
        ["Guide: More", "guides/a.html#more", "guide", "δ_j1 & second"],
    ]
    assert entries_of(Page("/guides/a.html", "Guide", body, indexed="")) == [["Guide", "guides/a.html", "guide", ""]]


def test_pictures_are_not_searched():
    assert entries_of(Page("/cases/a.html", "A", "a<svg><title>no</title></svg>b"))[0][3] == "a b"


def test_the_rules_of_a_mistake_are_searched():
    page = Page("/mistakes/hidden-derivative-missing.html", "hidden-derivative-missing", "")
    assert entries_of(page)[0][3] == "δ_j = Σ_k w_jk·δ_k δ_j = f′(x_j)·Σ_k w_jk·δ_k"


def test_the_index_is_a_script_with_the_ascii_of_signs():
    text = index_file([Page("/index.html", "purenet", 'δ "</script>')])
    twins, entries = re.fullmatch(r"const TWINS = (.*);\nconst ENTRIES = (.*);\n", text).groups()
    assert json.loads(twins)["δ"] == "delta" and json.loads(entries) == [["purenet", "index.html", "page", 'δ "']]


def test_an_entry_has_no_more_than_1500_characters():
    assert entries_of(Page("/cases/a.html", "A", "a" * 2000)) == [["A", "cases/a.html", "case", "a" * 1500]]


BROWSER = """
const element = () => ({ children: [], value: "", addEventListener() {}, append(...parts) { this.children.push(...parts); },
  replaceChildren(...parts) { this.children = parts; }, querySelectorAll: () => [] });
const elements = {};
const document = { getElementById: (id) => elements[id] ??= element(), createElement: element, addEventListener() {} };
const location = { hash: "", pathname: "/" }, history = { replaceState() {} };
"""
PAGES = [
    Page("/chapters/a.html", "Deltas", "The momentum, and δ<sub>j1</sub>."),
    Page("/cases/b.html", "Momentum and decay", "Nothing else."),
    Page("/reference/c.html", "Softmax", "The jacobian."),
]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
@pytest.mark.parametrize(
    "words, addresses",
    [
        ("momentum", ["cases/b.html", "chapters/a.html"]),  # titles before texts, even those of chapters
        ("δ_j1", ["chapters/a.html"]),
        ("Delta_J1", ["chapters/a.html"]),
        ("softmax jacobian", ["reference/c.html"]),
        ("softmax momentum", []),  # no page has both
        ("", []),
    ],
)
def test_the_search_finds_pages_that_have_all_words_the_best_first(words, addresses):
    with open(os.path.join(os.path.dirname(purenet.__file__), "site", "search.js"), encoding="utf-8") as file:
        script = BROWSER + index_file(PAGES) + file.read()
    script += f"field.value = {json.dumps(words)};\nsearch();\n"
    script += "console.log(JSON.stringify(results.children.map((row) => row.children[0].href)));"
    done = subprocess.run(["node", "-"], input=script, capture_output=True, check=True, timeout=60, encoding="utf-8")
    assert json.loads(done.stdout) == addresses


def test_what_a_script_judges_from_is_not_searched():
    page = Page(
        "/chapters/01.html", "One", 'Why?<script type="application/json">{"kind": 1}</script><noscript>no</noscript>'
    )
    assert entries_of(page)[0][3] == "Why?"


@pytest.mark.slow
@pytest.mark.parametrize("words", ["momentum", "δ_j", "softmax jacobian", "mazur", "gradientdescent"])
def test_the_index_has_the_words(site, words):
    text = (site / "search_index.js").read_text(encoding="utf-8").lower()
    assert all(word in text for word in words.split())
