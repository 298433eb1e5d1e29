"""Words of others act neither on a terminal nor in Markdown, HTML, LaTeX or a spreadsheet."""

import csv
import io
import json

import pytest

from purenet.document.foreign import in_csv, in_markdown, visible
from purenet.document.formats import Section, to_csv, to_json, write
from purenet.document.table import Table

HOSTILE = "\x1b]0;owned\x07 <script>alert(1)</script> [x](javascript:alert(1)) | `a`\n# heading\r\u202e\x9b31m"


def page(format, ascii=False):
    """Return a page in which the same hostile words are in every place."""
    table = Table([HOSTILE, "plain"], [[HOSTILE, HOSTILE]], [(0,), (1,)], wraps=[HOSTILE], plain=["plain"])
    return write([Section(HOSTILE, [HOSTILE], table=table, level=1)], format, ascii=ascii)


@pytest.mark.parametrize("format", ["text", "markdown", "latex", "html"])
def test_no_sign_of_others_acts_on_a_terminal(format):
    for sign in "\x1b\x07\r\u202e\x9b":
        assert sign not in page(format)
    assert r"x1b]0;owned" in page("text")


def test_signs_that_act_are_shown_and_all_others_stay():
    assert visible("\x1b[31mred\x07") == r"\x1b[31mred\x07"
    assert visible("δ_j1 = f′(x_j)·∂E/∂y_j\tand\nmore, 日本, é, 😀") == "δ_j1 = f′(x_j)·∂E/∂y_j\tand\nmore, 日本, é, 😀"


def test_markdown_holds_no_tag_link_or_heading_of_others():
    text = page("markdown")
    assert "<script" not in text and "</script" not in text
    assert "](javascript" not in text.replace(r"\](", "")
    assert len([line for line in text.splitlines() if line.startswith("#")]) == 1
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 3 and {row.replace(r"\|", "").count("|") for row in rows} == {3}


@pytest.mark.parametrize(
    "words, shown",
    [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)>"),
        ("<https://example.org>", "&lt;https://example.org>"),
        ("[x](javascript:alert(1))", r"[x\](javascript:alert(1))"),
        ("[x]: javascript:alert(1)", r"[x\]: javascript:alert(1)"),
        ("# big", r"\# big"),
        ("```", r"\```"),
        ("one\ntwo", "one two"),
        ("Σe² < 0.001, weights[j][i], a_1*b", "Σe² < 0.001, weights[j][i], a_1*b"),
        ("`purenet mistakes delta-sign-flipped` explains it.", "`purenet mistakes delta-sign-flipped` explains it."),
    ],
)
def test_in_markdown(words, shown):
    assert in_markdown(words) == shown


def test_a_formula_of_a_cell_does_not_end_it():
    table = Table(["a", "b"], [["|x|", "1"]], [(0,), (1,)])
    assert table.markdown().splitlines()[2].replace(" ", "") == r"|`\|x\|`|`1`|"


@pytest.mark.parametrize(
    "cell, shown",
    [
        ('=HYPERLINK("http://example.org")', '\'=HYPERLINK("http://example.org")'),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\x1b[31m", r"\x1b[31m"),
        *[(number, number) for number in ("-0.5", "+1e-300", "-inf", "-0x1.5p-1", "1", "step1.loss", "δ_j1", "")],
    ],
)
def test_in_csv(cell, shown):
    assert in_csv(cell) == shown


def test_csv_has_apostrophes_before_the_formulas_of_others_only():
    text = to_csv(["formula", "=words"], [["-t/y", "-t/y"], [-0.5, None]], formulas=["formula"])
    assert list(csv.reader(io.StringIO(text))) == [["formula", "'=words"], ["-t/y", "'-t/y"], ["-0.5", ""]]


def test_json_is_read_as_it_was_and_acts_on_no_terminal():
    text = to_json({"title": HOSTILE})
    assert json.loads(text) == {"title": HOSTILE}
    assert all(sign not in text for sign in "\x1b\x07\r\u202e\x9b")
