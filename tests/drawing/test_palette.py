import pytest

from purenet import NetworkError
from purenet.drawing.palette import PALETTE, style_sheet, themed
from tests.trace.test_record import trace_2x2x1


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
def test_text_and_lines_contrast_with_everything_below_them(theme):
    grounds = ["paper", "now-fill", "operand-fill", "done-fill"]
    for ground in grounds:
        for text in ("text", "muted"):
            assert contrast(PALETTE[text][theme], PALETTE[ground][theme]) >= 4.5, (text, ground)
    for line in ("now", "operand", "done", "not-yet", "lit"):
        for ground in ("paper", f"{line}-fill"):
            if ground in PALETTE:
                assert contrast(PALETTE[line][theme], PALETTE[ground][theme]) >= 3, (line, ground)


def test_a_sheet_has_light_colours_and_after_them_dark_ones_for_the_rules_that_have_any():
    sheet = style_sheet(
        "svg .a,svg .b{fill:none;stroke:var(--now)}\nsvg .c{r:3}\n", "/* words */\np { color: var(--text); }\n"
    )
    assert sheet == (
        "svg .a,svg .b{fill:none;stroke:#17722f}\nsvg .c{r:3}\np { color: #1b1f24; }\n"
        "@media screen and (prefers-color-scheme:dark){\n"
        "svg .a,svg .b{stroke:#56d364}\np{color: #f0f2f4}\n}\n"
    )


def test_a_rule_for_print_alone_keeps_its_place():
    sheet = style_sheet("@media print {\n  p { margin: 0 }\n}\np { color: var(--lit) }\n")
    assert sheet.startswith("@media print {\n  p { margin: 0 }\n}\np { color: #8b1fa9 }\n@media screen")
    assert sheet.endswith("(prefers-color-scheme:dark){\np{color: #f0a8ff}\n}\n")


def test_a_colour_that_is_not_in_the_palette_is_an_error():
    with pytest.raises(KeyError, match="red"):
        style_sheet("p{color:var(--red)}")


def test_a_theme_leaves_one_set_of_colours_in_a_picture():
    picture = trace_2x2x1().picture(9)
    dark, light = themed(picture, "dark"), themed(picture, "light")
    assert themed(picture, "auto") is picture
    assert (type(dark), type(light)) == (type(picture), type(picture))
    assert "svg text{fill:#f0f2f4;stroke:none}" in dark and "svg text{fill:#1b1f24;stroke:none}" in light
    for text, scheme, other in ((dark, "dark", 0), (light, "light", 1)):
        assert f"color-scheme:{scheme};" in text and "@media" not in text
        assert not any(colours[other] in text for colours in PALETTE.values())


def test_a_theme_that_does_not_exist_is_refused():
    with pytest.raises(NetworkError, match="^there is no theme 'blue': choose auto, light or dark$"):
        themed(trace_2x2x1().picture(9), "blue")
