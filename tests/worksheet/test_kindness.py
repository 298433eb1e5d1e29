"""Kind numbers: of a good size, and every known mistake that can show in them does."""

import random
from decimal import Decimal

import pytest

from purenet.arithmetic.pencil import Pencil
from purenet.cases import Case
from purenet.errors import NetworkError
from purenet.golden.diagnosis.by_hand import HandCheck
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.programs.reported import Values
from purenet.worksheet.blanks import Blanks
from purenet.worksheet.by_pencil import Stopped, shows, written_numbers
from purenet.worksheet.draw import redrawn
from purenet.worksheet.kindness import Kindness, is_of_good_size
from purenet.worksheet.template import empty_data

SMALL = ([2, 2, 1], "sigmoid", "sigmoid", "half squared error")


def case_of(
    weights, biases=(0.1, 0.2), last=(0.4, -0.2), inputs=(0.6, 0.4), activation="sigmoid", rounding=4, outputs=1
):
    def decimals(row):
        return [Decimal(str(number)) for number in row]

    layers = [
        {"activation": activation, "weights": list(map(decimals, weights)), "biases": decimals(biases)},
        {"activation": "sigmoid", "weights": [decimals(last)] * outputs, "biases": [Decimal("0.6")] * outputs},
    ]
    examples = [{"inputs": decimals(inputs), "targets": [Decimal(1)] * outputs}]
    return Case(
        {"network": {"layers": layers}, "examples": examples, "learning_rate": Decimal("0.5"), "rounding": rounding}
    )


@pytest.fixture(scope="module")
def kindness():
    return Kindness(empty_data(*SMALL), Blanks())


def test_numbers_of_a_good_size():
    assert is_of_good_size(case_of([[0.3, 0.5], [0.1, -0.1]]))
    assert is_of_good_size(case_of([[4.5, 0.5], [0.1, -0.1]], rounding=8))  # x_j1 = 3, which is not too large
    assert is_of_good_size(case_of([[0.3, 0.5], [0.1, -0.1]], outputs=2))  # alike, but they are no hidden neurons


@pytest.mark.parametrize(
    "case",
    [
        case_of([[4.6, 0.5], [0.1, -0.1]], rounding=8),  # x_j1 = 3.06
        case_of([[0.2, 0.3], [0.2, 0.3]], (0.1, 0.1)),  # two hidden neurons alike
        case_of([[-0.3, 0.2], [0.1, 0.1]], activation="relu"),  # x_j1 = −0.18 + 0.08 + 0.1 = 0, where relu has a corner
        case_of([[0.3, 0.5], [0.1, -0.1]], rounding=2),  # ∇w_i2j2 is less than 0.005
    ],
    ids=["a large net input", "alike", "a corner", "rounds to 0"],
)
def test_numbers_that_are_not(case):
    assert not is_of_good_size(case)


def test_all_mistakes_that_can_show_are_asked_for(kindness):
    """84 of 197: the others need softmax, another loss, several examples, momentum or decay, or several outputs."""
    assert len(CATALOGUE) == 197 and len(kindness.possible) == len(kindness.asked) == 84
    ids = {mistake.id for mistake in kindness.possible}
    assert {"hidden-derivative-missing", "updated-weights-in-hidden-delta", "sigmoid-from-table"} <= ids
    assert not {"momentum-sign", "batch-sum-instead-of-mean", "softmax-no-max-shift", "leaky-relu"} & ids


def test_a_seed_draws_the_same_sheet_everywhere(kindness):
    network = kindness.drawn(7)["network"]["layers"]
    assert [[*map(str, row)] for layer in network for row in layer["weights"]] == [
        ["-0.3", "-0.6"],
        ["0.1", "-0.1"],
        ["0.4", "-0.2"],
    ]
    again = kindness.drawn(9)  # whose first draw is not kind
    assert again != redrawn(kindness.data, random.Random(9))
    assert [[*map(str, row)] for layer in again["network"]["layers"] for row in layer["weights"]] == [
        ["-0.9", "-0.6"],
        ["-0.2", "0.1"],
        ["0.5", "-0.4"],
    ]


def test_a_kind_sheet_shows_every_mistake_and_the_check_of_filled_sheets_agrees(kindness):
    """Grading, which computes on intervals, finds what is found here on Decimals."""
    case = Case(kindness.drawn(11))
    pencil = Pencil(case.rounding)
    assert kindness.hidden(case) == []
    right = HandCheck(case, Values(case, written_numbers(case, pencil)), pencil)
    assert right.passed
    for mistake in kindness.possible:
        try:
            wrong = written_numbers(case, pencil, mistake)
        except Stopped:
            continue
        assert not HandCheck(case, Values(case, wrong), pencil).passed, mistake.id


def test_a_mistake_that_makes_no_difference_does_not_show():
    case = case_of([[0.3, 0.5], [0.1, -0.1]])
    assert not shows(case, Pencil(4), CATALOGUE["hidden-error-mean"])  # of one output, the mean is the sum
    assert not shows(case, Pencil(4), CATALOGUE["momentum-sign"])
    assert shows(case, Pencil(4), CATALOGUE["hidden-derivative-missing"])


def test_a_mistake_shows_only_where_a_number_is_left_out():
    kindness = Kindness(empty_data(*SMALL), Blanks.named("weights"))
    ids = {mistake.id for mistake in kindness.possible}
    assert "update-sign-flipped" in ids and "hidden-derivative-missing" not in ids


def test_it_is_said_where_no_sheet_is_kind():
    with pytest.raises(NetworkError, match=r"in 1,000 draws no worksheet is kind: .* take more decimals \(--round 4\)"):
        Kindness(empty_data(*SMALL, rounding=0), Blanks()).drawn(1)


def test_it_is_said_where_mistakes_never_show(monkeypatch):
    kindness = Kindness(empty_data([2, 1], *SMALL[1:]), Blanks())
    monkeypatch.setattr("purenet.worksheet.kindness.shows", lambda *sheet: False)
    monkeypatch.setattr("purenet.worksheet.kindness.counts_of", lambda kindness: dict.fromkeys(CATALOGUE, 3))
    with pytest.raises(
        NetworkError, match="from seed 4, in 1,000 draws no worksheet is kind: none shows all 197 known"
    ):
        kindness.drawn(4)


def test_of_a_case_only_its_key_tries_mistakes_and_its_numbers_may_be_large():
    case = case_of([[9, 0.5], [0.1, -0.1]])
    kindness = Kindness(empty_data(*SMALL, rounding=0), Blanks(), is_drawn=False)
    assert "counts" not in vars(kindness)
    assert kindness.possible and set(kindness.hidden(case)) <= set(kindness.possible)


def test_which_mistakes_can_show_is_found_out_once_for_all_worksheets_of_a_kind(monkeypatch):
    tried = []
    monkeypatch.setattr("purenet.worksheet.kindness.shows", lambda *sheet: tried.append(sheet))
    data = empty_data([1, 1], "sigmoid", "identity", "half squared error", rounding=9)  # a kind of this test alone
    assert Kindness(data, Blanks()).counts == Kindness(data, Blanks()).counts
    first = len(tried)
    assert first == 8 * len(CATALOGUE)
    assert Kindness(data, Blanks.named("deltas")).counts and len(tried) == 2 * first
