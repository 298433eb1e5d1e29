import base64
import math
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from purenet import History, gradient_check, regions, structure, summary, trace_step
from purenet.training import Epoch
from tests.networks import INPUTS_2_3_2, TARGETS_2_3_2, example_2_3_2
from tests.trace.test_record import trace_2x2x1
from tests.trace.test_step_pictures import built

# what JupyterLab keeps of the output of a notebook that is not trusted (its sanitizer.ts), as far as it is used here
KEPT = {
    "div",
    "p",
    "strong",
    "code",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "img",
    "i",
    "sub",
    "sup",
}
KEPT_ATTRIBUTES = {"style", "alt", "src", "open"}


class Read(HTMLParser):
    """The elements of some HTML, whether they are closed in order, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open, self.texts = set(), {}, [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            self.attributes.setdefault(name, set()).add(value)
        if tag != "img":
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data.strip())


def things():
    network = example_2_3_2()
    network.forward(INPUTS_2_3_2)
    trace = trace_2x2x1()
    return {
        "trace": trace,
        "step": trace.steps[8],
        "trace summary": trace.summary(),
        "summary": summary(network),
        "structure": structure(network),
        "gradients": gradient_check(network, INPUTS_2_3_2, TARGETS_2_3_2),
        "history": History([Epoch(1, 0.5, 0.25), Epoch(2, 0.25, 1.0)]),
        "step picture": trace.picture(9),
        "regions": regions(network),
        "curve": History([Epoch(1, 0.5, 0.25), Epoch(2, 0.25, 1.0)]).picture(),
    }


@pytest.mark.parametrize("name", list(things()))
def test_a_notebook_that_is_not_trusted_keeps_all_of_it_and_no_colour_is_fixed(name):
    text = things()[name]._repr_html_()
    if name == "trace":  # its frame is dropped, and what follows has all of it
        assert text.startswith("<iframe ")
        text = text.split("</iframe>\n")[1]
    read = Read(text)
    assert read.tags <= KEPT
    assert set(read.attributes) <= KEPT_ATTRIBUTES
    assert read.attributes.get("style", set()) <= {"text-align:left"}
    assert all(source.startswith("data:image/svg+xml;base64,") for source in read.attributes.get("src", ()))


def test_the_tables_hold_the_numbers_of_the_trace():
    text = things()["step"]._repr_html_()
    assert "Step 9. Deltas of layer J" in Read(text).texts
    cells = [cell.strip() for cell in re.findall("<td[^>]*>(.*?)</td>", text)]
    assert cells[0] == "<i>δ</i><sub>j1</sub>"
    assert re.sub("</?(i|sub)>", "", cells[1]) == "yj1·(1 − yj1)·(wj1k1·δk1)"
    assert cells[2:5] == ["0.731·(1 − 0.731)·(0.5·0.231)", "≈ 0.0227", "0.022714436918237105"]
    whole = Read(things()["trace"]._repr_html_())
    assert len([text for text in whole.texts if text.startswith("Step ")]) == 14


def test_a_trace_is_the_page_that_steps_through_it_in_a_frame_of_its_own():
    trace = trace_2x2x1()
    read = Read(trace._repr_html_())
    assert read.attributes["srcdoc"] == {trace.to("html")}
    assert trace.title in read.attributes["title"]
    assert "open" not in read.attributes  # the tables are folded up


def test_a_page_that_is_too_large_for_a_notebook_is_left_out(monkeypatch):
    monkeypatch.setattr("purenet.document.notebook_display.MOST_BYTES", 100_000)
    text = trace_2x2x1()._repr_html_()
    assert "iframe" not in text and "The page that steps through it is too large for a notebook" in text
    assert "Step 9. Deltas of layer J" in text


def test_a_step_shows_its_picture_and_a_history_its_curve():
    for name, picture in (("step", things()["step picture"]), ("history", things()["curve"])):
        assert picture._repr_html_().strip() in things()[name]._repr_html_()
    assert "<img" not in History()._repr_html_()
    assert "<img" not in History([Epoch(1, math.nan, 0.5)])._repr_html_()


def test_markdown_and_latex_are_those_of_the_formats():
    history = things()["history"]
    assert history._repr_markdown_() == history.to("markdown")
    assert history._repr_latex_() == history.to("latex")
    trace = things()["trace"]
    assert trace._repr_markdown_() == trace.to("markdown")
    assert trace._repr_latex_() == trace.to("latex")


def test_a_row_is_a_line_of_mathematics():
    trace = trace_2x2x1()
    assert trace.row("δ_k1")._repr_latex_() == r"$\displaystyle \delta_{k1} = y_{k1} - t_{k1} = 0.731 - 0.5 = 0.231$"
    assert trace.row("y_i1")._repr_latex_() == r"$\displaystyle y_{i1} = 1.0$"
    row = trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1).row("x_j1")
    assert row._repr_latex_().endswith("+ 0.1 = 1.19$")


def test_a_wide_network_shows_what_its_pictures_have_room_for():
    trace = built(40, 30, 1)
    text = trace._repr_html_()
    assert len(text) < 1_000_000  # of which the page in the frame has most
    assert "… 25 more" in Read(text).texts  # of the 30 neurons of J
    assert len(trace._repr_markdown_()) < 60_000


def test_a_title_that_is_markup_stays_text():
    title = "<script>alert(1)</script>"
    trace = trace_step(example_2_3_2(), INPUTS_2_3_2, TARGETS_2_3_2, 0.1, title=title)
    read = Read(trace._repr_html_())
    assert "script" not in read.tags and title in read.texts


def test_a_picture_is_text_and_an_image_that_says_in_words_what_it_shows():
    picture = trace_2x2x1().picture(9)
    assert picture.startswith("<svg ") and str(picture) == picture
    assert repr(picture) == "<Picture: Step 9 of 14. Deltas of layer J>"
    read = Read(picture._repr_html_())
    (alt,), (source,) = read.attributes["alt"], read.attributes["src"]
    assert alt.startswith("Step 9 of 14. Deltas of layer J. A neuron of J shares the blame of every neuron it feeds")
    assert base64.b64decode(source.split(",")[1]).decode("utf-8") == picture


@pytest.mark.parametrize("name", ["step picture", "regions"])
def test_the_style_and_the_ids_of_a_picture_are_its_own(name):
    text = things()[name]._repr_svg_()
    root = ElementTree.fromstring(text)
    own = root.get("class")
    style = root.find("{http://www.w3.org/2000/svg}style").text
    selectors = [part for rule in re.findall(r"([^{}]+)\{", style) for part in rule.split(",") if "@media" not in part]
    assert selectors and all(selector.strip().split(" ")[0] == f".{own}" for selector in selectors)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids and all(name.startswith(own) for name in ids)
    assert all(name in ids for name in re.findall(r"url\(#([^)]+)\)", text))
    assert "picture-" not in text
