import re

import pytest

from purenet.book import Chapter, Choice, Number, Output, chapter
from purenet.book.page import block_html, chapter_html
from purenet.book.prose_html import prose_html
from purenet.document.table import Table
from purenet.errors import NetworkError


def small():
    """Return a chapter with one block of each simple kind."""
    made = Chapter(7, "A title", question="Why δ_j1?", assumes="nothing.")

    @made.content
    def blocks():
        yield "Words, and\n\n    x_j1 = 1\n\n    y_j1 = 2\n"
        yield Table(["name", "value"], [["δ_j1", "−0.5"]], [(0,), (1,)])
        yield Output("a < b\n")

    made.exercises(Number("How many?", 9, exact=True))
    return made


def test_a_chapter_as_text_has_a_title_its_question_its_blocks_and_its_exercises():
    lines = small().to("text").splitlines()
    assert lines[:5] == ["Chapter 7. A title", "==================", "", "Why δ_j1?", ""]
    assert "δ_j1    −0.5" in lines and "a < b" in lines and "7.1  How many?" in lines
    assert "delta_j1  -0.5" in small().to("text", ascii=True).splitlines()


def test_a_chapter_as_markdown_has_its_output_fenced_and_its_table_with_bars():
    text = small().to("markdown")
    assert text.startswith("# Chapter 7. A title\n\nWhy δ_j1?\n\n")
    assert "\n```text\na < b\n```\n" in text
    assert "\n| `δ_j1` | `−0.5`  |\n" in text


def test_what_there_is_to_choose_from_is_a_list_in_markdown():
    made = small()
    made.exercises(Choice("Which?", {"One": "no", "Two": ""}, "Two"))
    assert "\n7.1  Which?\n\n- a) One\n- b) Two\n" in made.to("markdown")
    assert "\n7.1  Which?\n\n  a) One\n  b) Two\n" in made.to("text")


def test_a_chapter_as_a_page_sets_its_symbols_and_escapes_its_output():
    page = small().to("html")
    assert page.startswith("<!doctype html>") and page.endswith("</html>\n")
    assert "Why δ<sub>j1</sub>?" in page and "<pre>a &lt; b</pre>" in page
    assert small().to("html", ascii=True).isascii()


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_a_chapter_of_the_book_is_written_in_each_format(format):
    assert "A hidden layer" in chapter(3).to(format)


def test_another_format_is_refused():
    with pytest.raises(NetworkError, match="^a chapter is written as text, markdown or html, not as latex$"):
        small().to("latex")


def test_there_is_no_chapter_99():
    with pytest.raises(NetworkError, match="^there is no chapter 99: they are 0 to [0-9]+$"):
        chapter(99)


def test_lines_shown_as_they_are_remain_together_over_a_blank_line():
    assert prose_html("Code:\n\n    def f():\n        x = 1\n\n\n    f()\n\nThe end.") == (
        "<p>Code:</p>\n<pre>def f():\n    x = 1\n\nf()</pre>\n<p>The end.</p>"
    )


def test_a_notebook_shows_a_chapter_without_scripts_or_styles_and_with_its_pictures_as_images():
    shown = chapter(3)._repr_html_()
    assert shown.startswith("<h1>Chapter 3. A hidden layer</h1>")
    assert not re.search("<(script|style|svg|iframe)", shown)
    assert shown.count('<img alt="') >= 4  # of its steps 4, 7, 9 and 10
    assert "<strong>Exercise 3.1</strong>" in shown


def test_a_notebook_shows_every_kind_of_block():
    shown = small()._repr_html_()
    assert "<pre>a &lt; b</pre>" in shown and "<pre>x<sub>j1</sub> = 1\n\ny<sub>j1</sub> = 2</pre>" in shown
    assert shown.count("<table") == 1


def test_tables_have_their_symbols_set_and_short_cells_on_one_line():
    table = block_html(Table(["y_i", "new w_1", "t − y"], [["0, 1", "two words", "δ_j1"]], [(0,), (1,), (2,)]), "name")
    assert re.findall("<t[hd]>(.*?) *</t[hd]>", table) == [
        *("y<sub>i</sub>", "new w<sub>1</sub>", "t\u00a0−\u00a0y"),
        *("0,\u00a01", "two words", "δ<sub>j1</sub>"),
    ]


def test_a_table_of_a_section_scrolls_in_itself():
    shown = chapter_html(chapter(4))
    assert shown.count("<table") == len(re.findall(r' scroll" [^>]*>\s*<table', shown)) == 18


def test_code_that_is_set_off_has_no_margin_in_its_box():
    assert block_html(Output("    def f():\n        return 1\n"), "name") == "<pre>def f():\n    return 1</pre>"
