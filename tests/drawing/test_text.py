import pytest

from purenet.drawing.text import fitted, shown_number, subscripted, symbol_width, text, text_width


def test_a_text_in_a_font_of_fixed_width_is_as_wide_as_it_is_long():
    assert text_width("0.168861", 10, mono=True) == pytest.approx(48.4)
    assert text_width("illi", 10) < text_width("nnnn", 10) < text_width("mmmm", 10)


def test_a_symbol_is_as_wide_as_its_signs_without_the_mark_of_the_subscript():
    assert symbol_width("w_i1j1", 10) == pytest.approx(6.05 + 4 * 0.75 * 6.05)
    assert symbol_width("E", 10) == pytest.approx(6.05)


def test_subscripts_are_lower_and_the_text_after_them_is_not():
    assert "".join(map(str, subscripted("δ_j = f′(x_j) for all", 10))) == (
        'δ<tspan class="sub" dy="2">j</tspan><tspan dy="-2"> = f′(x</tspan><tspan class="sub" dy="2">j</tspan>'
        '<tspan dy="-2">) for all</tspan>'
    )
    assert subscripted("no symbol, my_ file", 10) == ["no symbol, my_ file"]


def test_lines_are_no_wider_than_their_width():
    words = "The network multiplies each input by a weight and adds the products, WWWWW."
    lines = fitted(words, 200, 13)
    assert len(lines) > 1 and " ".join(lines) == words
    assert max(text_width(line, 13) for line in lines) <= 200
    assert fitted("", 200, 13) == []


def test_numbers_are_in_a_font_of_fixed_width():
    assert str(text("value", 1, 2, "0.5")) == '<text class="mono value" x="1" y="2">0.5</text>'
    assert str(text("note", 1, 2, "half")) == '<text class="note" x="1" y="2">half</text>'


def test_numbers_in_a_picture_have_six_digits():
    assert [shown_number(value) for value in (-0.123456789, 2, 1e-9)] == ["−0.123457", "2.0", "1e-09"]
