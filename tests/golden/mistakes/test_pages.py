"""The catalogue as a page, and which case shows which mistake."""

from purenet.cases import load_case
from purenet.golden.mistakes import CATALOGUE, UNSEEN
from purenet.golden.mistakes.pages import catalogue_page, matrix_page, short
from purenet.golden.values.case_files import golden_names


def test_the_catalogue_is_printed_whole():
    for format in ("markdown", "text"):
        text = catalogue_page(format, 100, False)
        assert all(id in text for id in (*CATALOGUE, *UNSEEN))


def test_the_catalogue_as_text_has_sentences_and_no_formulas():
    assert "∇" not in catalogue_page("text", 100, False)
    assert "`∇w − λ·w`" in catalogue_page("markdown", 100, False)


def test_cases_are_listed_in_short():
    assert short([1, 2, 3, 7], 20) == "1-3, 7"
    assert short([1, 2, 4], 20) == "1, 2, 4"
    assert short(list(range(1, 21)), 20) == "all"
    assert short([n for n in range(1, 21) if n not in (4, 9)], 20) == "all but 4, 9"


def test_the_matrix_fits_a_page_and_says_what_each_case_is_blind_to():
    """The cases of every row, read back from their numbers, are those whose list of mistakes lacks it."""
    text = matrix_page("text", 100, False)
    assert max(map(len, text.splitlines())) <= 100
    cells = [line.split("|")[1:-1] for line in matrix_page("markdown", 100, False).splitlines()]
    blind_to = [load_case(name).blind_to for name in golden_names()]
    everything = set(range(1, len(blind_to) + 1))
    shown = {
        row[0].strip(): numbers(row[2].strip(), everything) for row in cells if row and row[0].strip() in CATALOGUE
    }
    assert shown == {id: {n for n in everything if id not in blind_to[n - 1]} for id in CATALOGUE}


def numbers(row, everything):
    if row == "":  # convention-output-shortcut: right but for rounding
        return set()
    if row == "all":
        return everything
    if row.startswith("all but "):
        return everything - numbers(row[len("all but ") :], everything)
    ends = [[int(end) for end in part.split("-")] for part in row.split(", ")]
    return {n for run in ends for n in range(run[0], run[-1] + 1)}
