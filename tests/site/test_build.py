"""The site as it is on disk: every link leads somewhere, nothing is loaded from elsewhere, and it is small enough."""

import re

import pytest

from purenet.cases import case_names
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.values.case_files import golden_names
from tests.site.conftest import pages, place, targets

pytestmark = pytest.mark.slow


def test_every_link_leads_to_a_file_and_every_anchor_to_an_element(site):
    texts = pages(site)
    ids = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in texts.items()}
    checked, broken = 0, []
    for name, text in texts.items():
        for target in targets(text):
            if re.match("https?:", target):
                continue
            checked += 1
            file, anchor = place(name, target)
            anchored = not anchor or file.startswith("lab") or anchor in ids.get(file, ())
            if not (site / file).is_file() or not anchored:
                broken.append(f"{name}: {target}")
    assert broken == []
    assert checked > 20_000


def test_no_page_loads_anything_from_elsewhere(site):
    for name, text in pages(site).items():
        loaded = re.findall(r'<(?:script|img|link|iframe|source) [^>]*?(?:href|src)="([^"]*)"', text)
        assert loaded and not [each for each in loaded if re.match("[a-z]+:|//", each)], name
        assert "default-src 'none'" in text, name
        assert not re.search(r"<[a-z]+ [^<>]*\bon[a-z]+=", text), name
        assert not re.search(r"<style|<script(?! src| type=\"application/json\")|<[a-z]+ [^<>]*\bstyle=", text), name


def test_no_style_or_script_loads_anything_from_elsewhere(site):
    for path in [*site.glob("*.css"), *site.glob("*.js"), *site.glob("pictures/*.svg")]:
        if path.name != "search_index.js":  # whose words nothing loads
            assert not re.search(
                r"url\((?!#)|@import|fetch\(|https?://(?!www\.w3\.org/)", path.read_text(encoding="utf-8")
            )


def test_each_page_has_one_title_one_heading_one_navigation_and_a_way_past_it(site):
    for name, text in pages(site).items():
        head = text.partition("</head>")[0]
        assert head.count("<title>") == 1 and len(re.findall("<h1[ >]", text)) == 1, name
        assert text.count('class="site-nav"') == 1 and 'href="#content"' in text and 'id="content"' in text, name


def test_no_id_is_used_twice_in_a_page(site):
    for name, text in pages(site).items():
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name


def test_each_case_and_each_mistake_has_a_page(site):
    assert {path.stem for path in site.glob("cases/*.html")} == {"index", *case_names()}
    assert {path.stem for path in site.glob("mistakes/*.html")} == {"index", *CATALOGUE, *UNSEEN}


def test_all_files_of_the_golden_export_are_there(site):
    names = {path.name for path in (site / "golden" / "files").iterdir()}
    cases = {f"{name}.{kind}" for name in golden_names() for kind in ("json", "tsv")}
    assert names == cases | {"manifest.json", "case.schema.json", "PROTOCOL.md"}


def test_the_site_is_smaller_than_20_megabytes(site):
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < 20_000_000


def test_a_mistake_has_its_place_in_a_picture_its_lines_and_its_cases(site):
    text = (site / "mistakes" / "hidden-derivative-missing.html").read_text(encoding="utf-8")
    drawn = re.search(r'src="\.\./(pictures/[^"]+)"', text)[1]
    picture = (site / drawn).read_text(encoding="utf-8")
    assert re.findall(r'class="first-wrong [^"]*" data-q="([^"]+)"', picture) == ["δ_j1⁽¹⁾"]
    # certified in purenet/cases/sigmoid-2-2-1.json, and the same divided by f′ = 0.162465·(1 − 0.162465)
    assert "It is 0.00109012493, and 0.00801149116 with the mistake." in text
    assert text.count('class="line new"') == 2  # elif l != last: and the line below it
    assert 'href="../cases/sigmoid-2-2-1.html"' in text


def test_a_case_has_its_source_its_published_numbers_and_its_files(site):
    text = (site / "cases" / "mazur.html").read_text(encoding="utf-8")
    assert "Matt Mazur, A Step by Step Backpropagation Example (2015)" in text
    assert "0.291027924" in text and "wrong, cause known" in text
    assert "<code>∇w<sub>j1k1</sub></code>" in text
    assert 'href="../golden/files/mazur.json"' in text and 'href="../steps/mazur.html"' in text
    assert 'href="../mistakes/updated-weights-in-hidden-delta.html"' in text


def test_a_case_that_is_too_large_to_step_through_says_so(site):
    assert not (site / "steps" / "wide.html").exists()
    assert "a page of more than 225 kB" in (site / "cases" / "wide.html").read_text(encoding="utf-8")
