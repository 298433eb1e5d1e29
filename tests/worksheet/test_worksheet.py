"""Worksheets and their keys: what is on them, and what is not."""

import re
import shutil
import subprocess

import pytest

from purenet.arithmetic.notation import Symbol
from purenet.arithmetic.pencil import Pencil
from purenet.cases import Case, read_case
from purenet.errors import NetworkError
from purenet.golden.diagnosis.by_hand import HandCheck, hand_check
from purenet.golden.programs.reported import Values, parse_values
from purenet.worksheet.blanks import Blanks
from purenet.worksheet.by_pencil import Stopped, written_numbers
from purenet.worksheet.kindness import Kindness, counts_of
from purenet.worksheet.pages import FORMATS, keys_to, sheets_to
from purenet.worksheet.sequence import drawn_worksheets
from purenet.worksheet.template import data_of_case, empty_data
from purenet.worksheet.worksheet import Worksheet, check_size
from tests.worksheet.filled import filled, typed

SMALL = ([2, 2, 1], "sigmoid", "sigmoid", "half squared error")
# by hand: x_j1 = −0.18 − 0.24 − 0.5, y_j1 = 1/(1 + e^0.92) and so on (tests/worksheet/filled.py computes them all)
RESULTS = ["−0.92", "0.285", "0.618", "0.6498", "0.0613", "−0.0797", "−0.0065", "−0.2981", "0.6399"]


@pytest.fixture(scope="module")
def kindness():
    return Kindness(empty_data(*SMALL), Blanks())


@pytest.fixture(scope="module")
def sheet(kindness):
    return next(drawn_worksheets(kindness, 7))


@pytest.fixture(scope="module")
def with_help():
    return next(drawn_worksheets(Kindness(empty_data(*SMALL), Blanks.named("deltas")), 7))


def words(page):
    """Return what a page of HTML says, without its style."""
    return re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<style>.*?</style>", "", page)).replace("  ", " ")


def test_the_numbers_of_the_key_are_those_of_an_independent_computation(sheet):
    key = {row.symbol: row.digits_by_hand for step in sheet.steps for row in step.rows}
    expected = filled()
    assert set(key) == set(expected) and len(key) == 28
    assert {name: float(text) for name, text in key.items()} == {name: float(n) for name, n in expected.items()}


@pytest.mark.parametrize("format", FORMATS)
def test_the_key_has_the_results_and_the_sheet_has_none(sheet, format):
    of_key, of_sheet = keys_to([sheet], format), sheets_to([sheet], format)
    for result in RESULTS:
        digits = result.replace("−", "-") if format == "latex" else result
        assert digits in of_key
        assert digits.lstrip("−-") not in (words(of_sheet) if format == "html" else of_sheet), result


@pytest.mark.parametrize("format", FORMATS)
def test_the_key_has_full_precision_to_ten_digits(sheet, format):
    """δ_k1, of which all digits are −0.07970505469152972."""
    text = keys_to([sheet], format)
    assert set(re.findall("0[.]0797050[0-9]*", text)) == {"0.07970505469"}
    assert "The key shows 10 significant digits of it." in text


def test_the_key_has_all_digits_where_there_are_many_by_hand():
    data = empty_data(*SMALL, rounding=12)
    text = keys_to([next(drawn_worksheets(Kindness(data, Blanks()), 7))], "text")
    assert "≈ 0.284957894299  0.28495789429901025" in text and "significant digits" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_both_have_the_seed_and_every_given_number(sheet, format):
    for page in (sheets_to([sheet], format), keys_to([sheet], format)):
        assert "orksheet 7: 2-2-1, half squared error" in page and "Seed: 7." in page
    given = words(sheets_to([sheet], format)) if format == "html" else sheets_to([sheet], format)
    given = given.replace("−", "-")
    for number in ("-0.3", "-0.6", "0.1", "-0.1", "0.4", "-0.2", "-0.5", "0.6", "1.0"):
        assert f" = {number}" in re.sub(r"\$|\s+", lambda m: " " if m[0].isspace() else "", given)


@pytest.mark.slow
def test_a_sheet_has_all_given_numbers_however_many():
    kindness = Kindness(empty_data([2, 3, 2], "sigmoid", "sigmoid", "half squared error"), Blanks())
    text = sheets_to([next(drawn_worksheets(kindness, 7))], "text")
    head = text.partition("Step 1")[0]
    assert len(re.findall(r"w_[ijk0-9]+ = ", head)) == 12 and "more" not in head


def test_every_second_number_is_printed_and_all_others_are_typed():
    kindness = Kindness(empty_data(*SMALL), Blanks.named("every-second"))
    sheet = next(drawn_worksheets(kindness, 7))
    lines = sheet.answers_text().splitlines()[5:]
    printed = [line.split()[1] for line in lines if line.startswith("printed")]
    typed_in = [line.strip() for line in lines if not line.startswith("printed")]
    assert len(printed) + len(typed_in) == 28 and printed[:3] == ["x_j1", "y_j1", "x_k1"]
    assert {Symbol.parse(name) for name in typed_in} == sheet.asked


def test_the_id_of_a_case_becomes_the_name_of_files():
    data, where = read_case("2x2x1")
    assert data_of_case({**data, "id": "../my case_1"}, where, 4)["id"] == "my-case-1"
    assert data_of_case({**data, "id": "…"}, where, 4)["id"] == "case"


def test_the_key_names_the_mistakes_that_do_not_show(sheet):
    assert sheet.mistake_words == [
        "All 84 known mistakes that can show in such a sheet give other numbers in this one.",
        "The other 113 need something else, such as several examples, momentum or other layers.",
    ]
    data = data_of_case(*read_case("2x2x1"), 4)
    alike = Worksheet(
        data, Kindness(data, Blanks(), is_drawn=False)
    )  # all its weights are 0.5, which hides a mistake with them
    first, hidden, _ = alike.mistake_words
    assert re.fullmatch(r"\d+ of the \d+ known mistakes that can show in such a sheet give .*", first)
    assert hidden.startswith("These do not show in it: ") and "weight-index-of-next-layer" in hidden


def test_numbers_that_are_not_left_out_are_printed_with_their_formula(with_help):
    text = sheets_to([with_help], "text")
    assert "x_j1  (−0.3)·0.6 + (−0.6)·0.4 + (−0.5)  = −0.92" in text
    assert [line.split()[0] for line in text.splitlines() if line.endswith("__")] == ["δ_k1", "δ_j1", "δ_j2"]
    assert "Compute the 3 numbers left out, in order." in " ".join(text.split())


def test_no_printed_number_gives_a_blank_away(with_help):
    """What is computed from a delta, as ∇b_k1 = δ_k1, is not on a sheet that asks for deltas."""
    sheet, answers = sheets_to([with_help], "text"), with_help.answers_text()
    assert "∇" not in sheet.partition("Step 6")[2] and "0.0797" not in sheet + answers and "∇" not in answers
    assert "asked δ_k1 δ_j1 δ_j2\n" in answers and "18 numbers computed from these later" in " ".join(sheet.split())


def test_a_mistake_before_a_printed_number_is_not_named(with_help):
    """δ_j2 = 0.0637 is none of a hidden layer without activation, for y_j2 = 0.48 is printed."""
    check = graded(with_help, typed(with_help.answers_text(), {"δ_j1": "-0.0751", "δ_j2": "0.0637"}))
    assert check.differing
    named = [each.id for row in check.differing for place in (0, 1) for each in check.reasons(row, place)]
    assert "hidden-activation-missing" not in named


def test_one_wrong_number_is_not_said_to_be_a_fresh_pass(sheet):
    check = graded(sheet, typed(sheet.answers_text(), {**filled(), "y_k1": "0.6948"}))
    named = [each.id for row in check.differing for each in check.reasons(row, 0)]
    assert check.differing and "layers-updated-in-forward-order" not in named


def test_names_to_type_are_those_that_are_left_out_in_order(sheet, with_help):
    lines = sheet.answers_text().splitlines()
    assert lines[:6] == [
        "# Worksheet 7: type each number after its name; one that has none is not graded.",
        "# To grade it: purenet golden check case-7.json answers-7.txt",
        "case worksheet-7",
        "dtype by-hand",
        "x_j1 ",
        "x_j2 ",
    ]
    assert [line.strip() for line in lines[4:]] == list(dict.fromkeys(line.strip() for line in lines[4:]))
    assert {Symbol.parse(line) for line in lines[4:]} == sheet.asked
    helped = with_help.answers_text(ascii=True)
    assert "printed x_j1 -0.92\n" in helped and "\ndelta_k1 \n" in helped and helped.isascii()


def graded(sheet, text):
    data = parse_values(text, "the answers")
    return hand_check(sheet.case, data, Pencil(sheet.case.rounding))


def test_a_filled_sheet_without_a_slip_is_right(sheet):
    check = graded(sheet, typed(sheet.answers_text(), filled()))
    assert check.passed and len(check.compared) == len(check.rows) == 15


def test_one_slip_carried_forward_rightly_is_named_alone(sheet):
    """δ_j1 = w_j1k1·δ_k1 = 0.4·(−0.0797) = −0.0319, without the slope 0.285·0.715."""
    numbers = filled(forgotten=["j1"])
    assert [str(numbers[name]) for name in ("δ_j1", "∇w_i1j1", "b_j1⁺")] == ["-0.0319", "-0.0191", "-0.4841"]
    check = graded(sheet, typed(sheet.answers_text(), numbers))
    assert [row.name for row in check.differing] == ["step1.example1.J.delta"]
    (row,) = check.differing
    assert row.by_itself[0].middle != numbers["δ_j1"] and check.ratio(row, 1, numbers["δ_j2"]) <= 1
    assert [mistake.id for mistake in check.reasons(row, 0)] == ["hidden-derivative-missing"]


def test_printed_numbers_are_not_graded_and_others_follow_from_them(with_help):
    """With a wrong δ_k1, a half of it, the deltas before it are right if they follow from it."""
    text = typed(with_help.answers_text(), {"δ_k1": "-0.0399", "δ_j1": "-0.0033", "δ_j2": "0.0020"})
    check = graded(with_help, text)
    assert [row.name for row in check.compared] == ["step1.example1.K.delta", "step1.example1.J.delta"]
    assert [row.name for row in check.differing] == ["step1.example1.K.delta"]


def test_a_printed_number_is_used_and_not_one_that_follows_from_wrong_ones():
    sheet = next(drawn_worksheets(Kindness(empty_data(*SMALL), Blanks.named("every-second")), 7))
    numbers = {**filled(), "y_j2": "0.9"}
    check = graded(sheet, typed(sheet.answers_text(), numbers))  # y_k1 follows from the printed x_k1, not from y_j2
    wrong = [row.name for row in check.differing]
    assert "step1.example1.J.output" in wrong and "step1.example1.K.output" not in wrong


@pytest.mark.slow
def test_seeds_that_draw_the_same_are_passed_over(monkeypatch):
    monkeypatch.setattr("purenet.worksheet.draw.LARGEST", 3)  # 108 different sheets at most
    kindness = Kindness(empty_data([1, 1], "sigmoid", "identity", "half squared error", False), Blanks())
    told = []
    sheets = list(drawn_worksheets(kindness, 1, 40, told.append))
    given = [str((sheet.data["network"], sheet.data["examples"])) for sheet in sheets]
    assert len(set(given)) == 40 == len({sheet.seed for sheet in sheets})
    assert told and re.fullmatch(r"seed \d+ draws the worksheet of seed \d+, and is passed over", told[0])
    last = sheets[-1]
    assert next(drawn_worksheets(kindness, last.seed)).data == last.data  # of its own seed alone


@pytest.mark.slow
def test_there_are_no_more_different_sheets_than_numbers(monkeypatch):
    monkeypatch.setattr("purenet.worksheet.sequence.MOST_ALIKE", 3)
    monkeypatch.setattr("purenet.worksheet.draw.LARGEST", 1)
    monkeypatch.setattr("purenet.worksheet.kindness.counts_of", counts_of.__wrapped__)  # those of such small numbers
    kindness = Kindness(empty_data([1, 1], "sigmoid", "identity", "half squared error", False), Blanks())
    with pytest.raises(NetworkError, match="there are no 100 different worksheets of so small a network"):
        list(drawn_worksheets(kindness, 1, 100))


def test_a_case_makes_a_sheet_by_its_own_rounding():
    """That of y_k⁺ is for a pass through the new weights, which a worksheet does not have."""
    data, where = read_case("2x2x1")
    made = data_of_case(data, where, data["rounding"])
    assert made["rounding"] == {"y": {"significant_digits": 3}, "δ_j": {"significant_digits": 3}}
    assert "published" not in made and made["id"] == "2x2x1"
    sheet = Worksheet(made, Kindness(made, Blanks()))
    assert (
        sheet.name == "2x2x1" and sheet.seed_words == [] and "0.731·(1 − 0.731)·(0.5·0.231)" in keys_to([sheet], "text")
    )


def test_steps_are_done_in_turn():
    data, where = read_case("xor-batch")
    assert Case(data_of_case(data, where, 4, 2)).batch_sizes == [4, 4]
    assert Case(empty_data(*SMALL, steps=3)).batch_sizes == [1, 1, 1]


@pytest.mark.parametrize(
    "make, problem",
    [
        (lambda: empty_data(*SMALL, steps=0), "a worksheet has 1 to 100 steps, not 0"),
        (lambda: empty_data(*SMALL, learning_rate=0), "the learning rate of a worksheet must be above 0, not 0"),
        (
            lambda: check_size(Case(empty_data([9, 9, 9], *SMALL[1:]), "it")),
            "it computes 433 numbers, and a worksheet at",
        ),
    ],
)
def test_what_cannot_be_a_worksheet_is_said_in_a_sentence(make, problem):
    with pytest.raises(NetworkError, match=re.escape(problem)):
        make()


def test_each_worksheet_begins_a_page(kindness):
    two = list(drawn_worksheets(kindness, 7, 2))
    for make, head in ((sheets_to, "Worksheet"), (keys_to, "Key to worksheet")):
        assert make(two, "text").count("\f") == 1 and f"\f{head} 8: " in make(two, "text")
        assert f"\\newpage\n\n\\section*{{{head} 8: " in make(two, "latex")
        assert '<div style="break-after: page"></div>' in make(two, "markdown")
        page = make(two, "html")
        assert page.count("<article") == 2 and len(set(re.findall(r'id="([^"]*)"', page))) == page.count(' id="')


def test_a_page_needs_no_other_file_and_has_no_script(sheet):
    for page in (sheets_to([sheet], "html"), keys_to([sheet], "html")):
        assert (
            "default-src 'none'" in page
            and "<script" not in page
            and "http" not in page.split("</style>")[1].replace("http://www.w3.org/", "")
        )
        assert sheets_to([sheet], "html", ascii=True).isascii()


@pytest.mark.parametrize("named, data", [("7", SMALL), ("relu", ([2, 3, 2], "relu", "softmax", "cross-entropy"))])
def test_several_seeds_have_several_keys_and_each_is_right(named, data):
    kindness = Kindness(empty_data(*data), Blanks())
    keys = set()
    for sheet in drawn_worksheets(kindness, 7, 4):
        keys.add(keys_to([sheet], "text"))
        numbers = {row.symbol: row.digits_by_hand for step in sheet.steps for row in step.rows}
        check = graded(sheet, typed(sheet.answers_text(), numbers))
        assert check.passed and len(check.compared) == len(check.rows)
    assert len(keys) == 4


@pytest.mark.slow
def test_200_worksheets_have_200_keys_each_right_and_every_mistake_shows(kindness):
    keys = set()
    for number, sheet in enumerate(drawn_worksheets(kindness, 7, 200)):
        keys.add(str([(row.symbol, row.digits_by_hand) for step in sheet.steps for row in step.rows]))
        pencil = Pencil(sheet.case.rounding)
        numbers = {row.symbol: row.digits_by_hand for step in sheet.steps for row in step.rows}
        check = graded(sheet, typed(sheet.answers_text(), numbers))
        assert check.passed and len(check.compared) == len(check.rows)
        for mistake in kindness.possible if number % 20 == 0 else ():  # graded as a program does, on intervals
            try:
                wrong = written_numbers(sheet.case, pencil, mistake)
            except Stopped:
                continue
            assert not HandCheck(sheet.case, Values(sheet.case, wrong), pencil).passed, (sheet.seed, mistake.id)
        assert kindness.hidden(sheet.case) == []
    assert len(keys) == 200


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex: apt-get install texlive-latex-base")
def test_latex_compiles_without_lines_that_are_too_wide(kindness, tmp_path):
    two = list(drawn_worksheets(kindness, 7, 2))
    for name, text in (("sheets", sheets_to(two, "latex")), ("keys", keys_to(two, "latex"))):
        (tmp_path / f"{name}.tex").write_text(text, encoding="utf-8")
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120)
        assert done.returncode == 0 and (tmp_path / f"{name}.pdf").exists()
        assert b"Overfull \\hbox" not in done.stdout
