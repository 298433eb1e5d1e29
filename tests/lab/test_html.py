"""The page is well formed, everything in it has a label, and nothing from a file is markup."""

import pytest

from purenet.lab import html
from purenet.lab.page import lab_page
from purenet.lab.state import TABS
from tests.lab.pages import Checker, Page
from tests.sampling import one_in

MARKUP = '<script>alert("&")</script><p>'


def pages(case):
    """Yield pages of all tabs, with what can be on them."""
    page = Page(case)
    if len(page.lab.numbers["examples"]) > 1:
        page.do("hold", "2")
    page.do("set", "w_i1j1", "0.35").do("mistake", "mistake", "hidden-derivative-missing")
    for tab in TABS:
        yield page.do("tab", tab).do("step", "", "1").last["parts"]
        yield page.do("step", "", "9").last["parts"]
        if tab == "learn":
            yield page.do("train", "", "20").last["parts"]
            yield page.do("look", "", "10").last["parts"]
        if tab == "answer":
            for row in page.lab.trace().steps[page.lab.step - 1].rows:
                if f'id="answer-{row.symbol}"' in page.html:
                    page.do("answer", row.symbol, "0.1156")
                    page.do("hint", row.symbol).do("hint", row.symbol).do("hint", row.symbol)
            yield page.last["parts"]


@pytest.mark.parametrize("case", one_in(5, ["2x2x1", "xor-2-4-1", "momentum-batches", "prakash", "deep-narrow"]))
def test_each_page_is_well_formed_and_each_id_in_it_is_unique(case):
    shell = [attributes["id"] for _, attributes in Checker(shell_of_page()).elements if "id" in attributes]
    for parts in pages(case):
        elements = Checker("".join(parts.values())).elements
        ids = shell + [attributes["id"] for _, attributes in elements if "id" in attributes]
        assert len(ids) > 20
        assert sorted(ids) == sorted(set(ids))
        for tag, attributes in elements:
            assert tag not in ("script", "style")
            assert not [name for name in attributes if name == "style" or name.startswith("on")]
            if tag in ("input", "select"):
                assert attributes.get("aria-label"), attributes
            for name in attributes.get("aria-labelledby", "").split():
                assert name in ids, name


def shell_of_page():
    page = lab_page("carry_http.js", {})
    return page[page.index("<body") : page.index("</body>")].partition(">")[2]


def test_markup_in_a_file_is_shown_as_text():
    data = {
        "title": MARKUP,
        "network": {"layers": [{"activation": "tanh", "weights": [[0.5]], "biases": None}]},
        "examples": [{"inputs": [1], "targets": [0]}],
        "learning_rate": 0.1,
    }
    page = Page(data=data).do("mistake", "mistake", "hidden-derivative-missing")
    for tab in TABS:
        page.do("tab", tab)
        assert "<script" not in page.html
        assert MARKUP in page.text
        Checker(page.html)


def test_everything_but_ready_markup_is_escaped():
    assert str(html.button(MARKUP, "set", '"')).startswith('<button type="button" data-do="set" id="set-&quot;" name=')
    assert "<script" not in str(html.choice("x", "y", [(MARKUP, MARKUP), (MARKUP, [(MARKUP, MARKUP)])], MARKUP, MARKUP))
    assert "<script" not in str(html.number_field("w_i1j1", MARKUP, placeholder=MARKUP))
    assert "<script" not in str(html.table(MARKUP, [MARKUP], [[MARKUP, MARKUP]]))
    assert str(html.Markup(MARKUP)) == MARKUP


def test_an_element_without_content_is_not_closed_like_xml_unless_it_is_void():
    assert str(html.html("p")) == "<p></p>"
    assert str(html.html("br")) == "<br/>"


def test_an_id_is_the_same_each_time_and_has_no_spaces():
    assert html.identifier("choose", "activation 0") == "choose-activation-0"
    assert html.identifier("draw", "") == "draw"


def test_a_list_shows_what_is_chosen_also_in_a_group():
    shown = str(html.choice("do", "name", [("", "none"), ("group", [("a", "A"), ("b", "B")])], "b", "label"))
    assert shown.count("selected") == 1
    assert '<option value="b" selected="">B</option>' in shown
