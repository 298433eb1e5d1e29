"""Worksheets in a real browser: how many sheets of paper they take, and whether anything sticks out of a narrow screen."""

import pytest

from purenet.cases import read_case
from purenet.worksheet.blanks import Blanks
from purenet.worksheet.kindness import Kindness
from purenet.worksheet.pages import keys_to, sheets_to
from purenet.worksheet.sequence import drawn_worksheets
from purenet.worksheet.template import data_of_case, empty_data
from purenet.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drawn():
    kindness = Kindness(empty_data([2, 2, 1], "sigmoid", "sigmoid", "half squared error"), Blanks())
    return list(drawn_worksheets(kindness, 7, 2))


@pytest.fixture
def opened(browser, tmp_path):
    contexts = []

    def open_page(text, **options):
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        troubles = []
        page.on("console", lambda message: troubles.append(message.text))
        page.goto((tmp_path / "page.html").as_uri())
        assert troubles == []
        return page

    yield open_page
    for context in contexts:
        context.close()


def printed_pages(page):
    pdf = page.pdf(prefer_css_page_size=True)
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/")


def test_2x2x1_prints_on_two_pages_and_so_do_drawn_ones(opened, drawn):
    data, where = read_case("2x2x1")
    data = data_of_case(data, where, data["rounding"])
    sheet = Worksheet(data, Kindness(data, Blanks()))
    for each, pages in (([sheet], 2), (drawn[:1], 2), (drawn, 4)):
        assert printed_pages(opened(sheets_to(each, "html"))) == pages
        assert printed_pages(opened(keys_to(each, "html"))) == pages


def test_a_blank_on_paper_is_wide_and_high_enough_to_write_in(opened, drawn):
    page = opened(sheets_to(drawn[:1], "html"), viewport={"width": 710, "height": 1000})  # 188 mm, as wide as the print
    page.emulate_media(media="print")
    sizes = page.eval_on_selector_all(
        "td.blank", "cells => cells.map(c => [c.getBoundingClientRect().width, c.getBoundingClientRect().height])"
    )
    assert len(sizes) == 2 * 28
    assert min(width for width, _ in sizes) >= 75 and min(height for _, height in sizes) >= 28  # 20 mm by 7.5 mm


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_makes_the_page_scroll_aside(opened, drawn, width):
    for text in (sheets_to(drawn[:1], "html"), keys_to(drawn[:1], "html")):
        page = opened(text, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pages_have_no_accessibility_violations(opened, drawn):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    for scheme in ("light", "dark"):
        for text in (sheets_to(drawn[:1], "html"), keys_to(drawn[:1], "html")):
            found = axe.Axe().run(opened(text, color_scheme=scheme))
            assert found.violations_count == 0, found.generate_report()
