"""The page of the matrix view in a browser: what an entry lights, by pointer and by keys, on a phone and in the dark."""

import pytest

from purenet import trace_case
from purenet.cases import load_case
from tests.browser.test_browser import axe_module, opened, page_file  # noqa: F401

pytestmark = pytest.mark.slow
CASES = ("2x2x1", "b-softmax-cross-entropy", "wide", "f-momentum-weight-decay")


@pytest.fixture(scope="module")
def matrix_pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("matrices")
    for name in CASES:
        (folder / f"{name}.html").write_text(trace_case(load_case(name)).matrices().to("html"), encoding="utf-8")
    return folder


def lit(page):
    """Return the entries that are lit, in matrices of the step that is shown, as pairs of a matrix and a quantity."""
    return page.eval_on_selector_all(
        "section.current .entries td.lit",
        "cells => cells.map(c => [c.closest('.matrix').querySelector('.name').textContent.trim(), c.dataset.q])",
    )


def test_the_focus_on_a_slope_or_a_delta_lights_its_row_and_its_column_and_writes_its_sum(opened, matrix_pages):  # noqa: F811
    page = opened("#step-9", matrix_pages / "b-softmax-cross-entropy.html")
    page.focus("section.current [data-uses][data-q='∂E/∂y_j2⁽³⁾']")
    slope = ["∂e/∂YJ 3×4", "∂E/∂y_j2⁽³⁾"]
    product = [[["WKT 3×3", f"w_j2k{k}"] for k in (1, 2, 3)], [["ΔK 3×4", f"δ_k{k}⁽³⁾"] for k in (1, 2, 3)]]
    assert lit(page) == [slope, *product[0], *product[1], slope]  # the last one is in the equation of the deltas
    page.focus("section.current [data-uses][data-q='δ_j2⁽³⁾']")
    assert lit(page) == [slope, *product[0], *product[1], ["ΔJ 3×4", "δ_j2⁽³⁾"], slope, ["YJ 3×4", "y_j2⁽³⁾"]]
    told = page.inner_text("section.current .the-sum").replace("\n", "")
    assert "0.15·(−0.469137)" in told and told.endswith("= −0.0851859822065422")


def test_pointing_does_the_same_and_a_gradient_of_a_batch_has_the_products_of_its_examples(opened, matrix_pages):  # noqa: F811
    page = opened("#step-10", matrix_pages / "b-softmax-cross-entropy.html")
    page.hover("section.current [data-uses][data-q='∇w_i3j1']")
    assert lit(page)[:9] == [  # after them, the same deltas in the equation of the biases
        ["∇WJ 3×3", "∇w_i3j1"],
        *[["ΔJ 3×4", f"δ_j1{n}"] for n in ("⁽¹⁾", "⁽²⁾", "⁽³⁾", "⁽⁴⁾")],
        *[["YIT 4×3", f"y_i3{n}"] for n in ("⁽¹⁾", "⁽²⁾", "⁽³⁾", "⁽⁴⁾")],
    ]
    assert page.locator("section.current .the-sum p").count() == 5  # the mean, and a product for each example


def test_the_tab_key_reaches_each_entry_of_a_result_and_no_other(opened, matrix_pages):  # noqa: F811
    page = opened("#step-9", matrix_pages / "2x2x1.html")
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.q || ''"))
    assert list(dict.fromkeys(q for q in reached if q)) == ["∂E/∂y_j1", "∂E/∂y_j2", "δ_j1", "δ_j2"]
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("#step-10")


def test_without_script_every_equation_is_there_and_the_sums_can_be_unfolded(opened, matrix_pages):  # noqa: F811
    page = opened(file=matrix_pages / "2x2x1.html", java_script_enabled=False)
    assert page.locator(".equation-line:visible").count() == 20
    page.click("#step-9 summary")
    assert "0.022714436918237105" in page.inner_text("#step-9 table:not(.entries)")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", CASES[:2])
def test_axe_finds_nothing(opened, matrix_pages, name, theme, width):  # noqa: F811
    page = opened("#step-9", matrix_pages / f"{name}.html", width=width, color_scheme=theme)
    page.focus("section.current [data-uses]")
    page.click("section.current summary")
    violations = axe_module.Axe().run(page).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == []


@pytest.mark.parametrize("name", CASES)
def test_on_a_phone_the_page_does_not_scroll_aside(opened, matrix_pages, name):  # noqa: F811
    page = opened(file=matrix_pages / f"{name}.html", width=360)
    for number in range(page.locator("section.step").count()):
        entries = page.locator("section.current [data-uses]")
        if entries.count():
            entries.first.focus()
        assert page.evaluate("document.documentElement.scrollWidth") == 360, number + 1
        page.keyboard.press("ArrowRight")
