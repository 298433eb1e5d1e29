from xml.etree import ElementTree

import pytest

from purenet.drawing.svg import PALETTE, STYLE, Element, escape, palette_style, svg_picture, text_width


def luminance(colour):
    """Return the relative luminance of a colour such as #17722f, as the accessibility guidelines define it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_that_of_known_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_and_lines_can_be_told_from_what_they_stand_on(theme):
    grounds = ["paper", "now-fill", "operand-fill", "done-fill"]
    for ground in grounds:
        for text in ("text", "muted"):
            assert contrast(PALETTE[text][theme], PALETTE[ground][theme]) >= 4.5, (text, ground)
    for line in ("now", "operand", "done", "not-yet", "lit"):
        for ground in ("paper", f"{line}-fill"):
            if ground in PALETTE:
                assert contrast(PALETTE[line][theme], PALETTE[ground][theme]) >= 3, (line, ground)


def test_every_colour_of_the_style_is_one_of_the_palette():
    for name in PALETTE:
        assert f"--{name}:" in palette_style()
    assert "prefers-color-scheme:dark" in STYLE


def test_what_an_element_holds_is_escaped():
    element = Element("text", {"data-name": '"><script>'}, "<script>alert(1)</script> & more")
    assert str(element) == (
        '<text data-name="&quot;&gt;&lt;script&gt;">&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</text>'
    )
    assert escape("a\x00b\x1b") == "a\ufffdb\ufffd"


def test_a_picture_is_xml_with_a_title_and_a_description():
    text = str(svg_picture(10, 20.5, "Title & <more>", "What is seen.", [Element("g")], STYLE, "p1"))
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == "0 0 10 20.5"
    assert root.get("aria-labelledby") == "p1-title p1-description"
    space = "{http://www.w3.org/2000/svg}"
    assert [child.tag.replace(space, "") for child in root] == ["title", "desc", "style", "rect", "g"]
    assert root[0].text == "Title & <more>" and root[0].get("id") == "p1-title"


def test_a_text_in_a_font_of_fixed_width_is_as_wide_as_it_is_long():
    assert text_width("0.168861", 10, mono=True) == pytest.approx(48.4)
    assert text_width("illi", 10) < text_width("nnnn", 10) < text_width("mmmm", 10)
