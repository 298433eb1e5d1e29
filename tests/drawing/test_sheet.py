from purenet.drawing.sheet import heading, sheet
from purenet.drawing.svg import Element
from tests.drawing.svg_reader import SPACE, read, texts


def test_a_sheet_has_its_title_its_words_and_room_for_its_elements():
    dot = Element("circle", {"class": "dot", "r": 3})
    root = read(
        sheet("A title", ["x_j1 is 1.", "More."], "In words.", (300, 50), [dot], ["svg .dot{fill:var(--now)}\n"])
    )
    assert texts(root) == ["A title", "xj1 is 1.", "More."]
    assert [root.find(f"{SPACE}{name}").text for name in ("title", "desc")] == ["A title", "In words."]
    assert (root.get("width"), root.get("height")) == ("648", "174.5")  # never narrower than its words need
    assert root.find(f"{SPACE}g").get("transform") == "translate(174 100.5)"  # in the middle
    assert "svg .dot{fill:#17722f}" in root.find(f"{SPACE}style").text


def test_a_heading_breaks_its_lines_and_says_where_it_ends():
    elements, end = heading("Title", [], 600)
    assert (len(elements), end) == (1, 37.5)
    elements, end = heading("Title", ["word " * 40], 600)
    assert len(elements) == 4 and end == 37.5 + 3 * 19.5
