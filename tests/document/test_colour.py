from purenet.document.colour import BOLD, GREEN, RED, TerminalText, coloured, judged
from purenet.document.formats import Section, write
from purenet.document.table import Table


def test_a_page_is_its_text_without_the_codes():
    page = TerminalText("a \x1b[1mb\x1b[0m")
    assert page == "a b" and str(page) == "a b" and f"{page}" == "a b"
    assert page.coloured == "a \x1b[1mb\x1b[0m"


def test_each_line_has_its_own_codes_and_empty_lines_none():
    assert coloured("a\n\nb", RED) == "\x1b[31ma\x1b[0m\n\n\x1b[31mb\x1b[0m"


def test_a_verdict_is_green_or_red_by_its_first_word():
    assert judged("agrees (3 of 3)") == coloured("agrees (3 of 3)", GREEN)
    assert judged("wrong, cause known") == coloured("wrong, cause known", RED)
    assert judged("no bound") == "no bound"


def test_headings_are_bold_and_results_have_their_colours():
    table = Table(
        ["", "value", "verdict"],
        [["x", "0.5", "differs"]],
        [(0,), (1,), (2,)],
        colours={"value": GREEN},
        verdicts=["verdict"],
    )
    text = write([Section("Title", table=table, level=1)], "text").coloured
    for part, code in (("Title", BOLD), ("value", BOLD), ("0.5", GREEN), ("differs", RED)):
        assert coloured(part, code) in text
    narrow = write([Section("Title", table=table)], "text", 30).coloured
    assert coloured("x", BOLD) in narrow and coloured("  value: 0.5", GREEN) in narrow


def test_lines_that_are_replaced_are_red_and_new_ones_green():
    text = write([Section("Title", lines=[(" ", "a"), ("-", "b"), ("+", "c")])], "text").coloured
    assert text.endswith("  a\n\x1b[31m- b\x1b[0m\n\x1b[32m+ c\x1b[0m\n")


def test_codes_of_others_are_signs_and_stay_in_the_text():
    red = "\x1b[31mred\x1b[0m"
    page = write([Section(red, [red], table=Table(["", red], [[red, red]], [(0,), (1,)]))], "text")
    assert "\x1b" not in page and page.count("\\x1b[31mred\\x1b[0m") == 5
    assert "\x1b[31m" not in page.coloured
