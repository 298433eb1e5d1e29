import re

import pytest

from purenet.cases import load_case
from purenet.site.page import Page, bare, common_files, written
from tests.site.conftest import NEEDS


def test_addresses_become_relative_and_the_section_is_marked():
    text = written(Page("/cases/a.html", "A < B", '<a href="/index.html">home</a> <a href="https://a.org/">x</a>'))
    assert '<a href="../index.html">home</a> <a href="https://a.org/">x</a>' in text
    assert '<a href="../cases/index.html" aria-current="true">Cases</a>' in text
    assert "<title>A &lt; B · purenet</title>" in text and '<link rel="stylesheet" href="../site.css">' in text
    assert written(Page("/index.html", "A", "")).count('href="cases/index.html"') == 1


def test_code_does_not_lead_to_the_page_that_it_is_on():
    body = '<a href="/a/b.html"><code>b</code></a> <a href="/a/c.html"><code>c</code></a>'
    assert '<code>b</code> <a href="../a/c.html"><code>c</code></a>' in written(Page("/a/b.html", "B", body))


def test_the_lab_is_in_the_navigation_only_if_the_site_has_it():
    page = Page("/index.html", "A", "")
    assert 'href="lab/index.html"' in written(page, has_lab=True) and "lab/" not in written(page)


def test_a_picture_leaves_its_style_to_the_page():
    assert bare("<svg><style>a{}</style><g/></svg>") == "<svg><g/></svg>"


def test_every_colour_of_a_style_has_a_value_in_light_and_in_dark():
    files = common_files()
    used = set(re.findall(r"var\(--([a-z-]+)\)", files["site.css"] + files["frame.css"]))
    light, dark = (set(re.findall(r"--([a-z-]+):#", part)) for part in files["frame.css"].split("@media", 1))
    assert used <= light == dark


def test_a_case_leads_to_the_lab_that_the_site_has():
    pytest.importorskip("markdown_it", reason=NEEDS)
    pytest.importorskip("pygments", reason=NEEDS)
    from purenet.lab.state import State
    from purenet.site.case_pages import case_pages

    (page, *_), (without, *_) = case_pages("one-neuron", True), case_pages("one-neuron", False)
    assert f'href="/lab/index.html#{State(case="one-neuron").packed()}"' in page.body and "/lab/" not in without.body
    assert load_case("one-neuron").title == page.title


def test_a_case_leads_to_its_steps_in_numbers_and_in_matrices():
    pytest.importorskip("markdown_it", reason=NEEDS)
    pytest.importorskip("pygments", reason=NEEDS)
    from purenet.site.case_pages import case_pages

    case, steps, matrices = case_pages("2x2x1", False)
    assert [steps.address, matrices.address] == ["/steps/2x2x1.html", "/matrices/2x2x1.html"]
    assert all(f'href="{page.address}"' in case.body for page in (steps, matrices))
    assert matrices.scripts == ("stepping.js", "matrices.js") and "watchMatrices(" in common_files()["matrices.js"]
    assert 'data-q="∂E/∂y_j1" data-uses="w_j1k1 δ_k1"' in matrices.body
