"""Numbers computed by hand: each is right if it follows from the person's own numbers before it."""

import collections
import random
from decimal import Decimal

import pytest

from purenet.arithmetic.pencil import Pencil, as_decimal
from purenet.cases import Case, load_case
from purenet.errors import NetworkError
from purenet.golden.diagnosis.by_hand import HandCheck, Sheet, hand_check, is_said_by_hand, sheet_data, symbols_of
from purenet.golden.diagnosis.diagnosis import Diagnosis
from purenet.golden.diagnosis.report import check_to
from purenet.golden.mistakes import CATALOGUE
from purenet.golden.mistakes.mistake import Together
from purenet.golden.programs.reported import Values, parse_values
from purenet.trace.case_run import CaseRun
from purenet.trace.program import Program
from purenet.trace.quantities import quantities
from purenet.trace.record import trace_case
from tests.golden.random_cases import random_case, random_descents

ONE = {  # one example, so that its symbols have no marks; y = 0.731 of x = 1, by hand
    "format_version": 1,
    "id": "one",
    "network": {"layers": [{"activation": "sigmoid", "weights": [[2, -1]], "biases": [0]}]},
    "examples": [{"inputs": [1, 1], "targets": [0]}],
    "learning_rate": 0.5,
}


def written_by_hand(case, pencil, *mistakes):
    """Return the numbers of somebody who rounds each before going on, by name."""
    written = {}

    def write(quantity, place, value):
        value = pencil.write(quantity.symbol(place), as_decimal(value))
        written.setdefault(quantity.name, [None] * quantity.size)[place] = value
        return value

    run = CaseRun(case, Together(mistakes) if mistakes else Program(), as_decimal, None, write)
    return None if run.stopped else written


def check_of(case, numbers, decimals=4):
    return HandCheck(case, Values(case, numbers), Pencil(decimals))


def test_a_number_is_right_within_one_unit_of_what_follows_from_the_number_before():
    case = Case(ONE)
    for net_input, output, verdict in (  # sigmoid(1) = 0.7310586, sigmoid(1.1) = 0.7502601
        ("1", "0.7311", "agrees"),
        ("1", "0.7310", "agrees"),
        ("1", "0.7312", "differs"),
        ("1.1", "0.7503", "agrees"),  # the net input is wrong, and the output follows from it
    ):
        check = check_of(
            case, {"step1.example1.J.net_input": Decimal(net_input), "step1.example1.J.output": Decimal(output)}
        )
        assert {row.name: row.verdict for row in check.rows}["step1.example1.J.output"] == verdict


def test_an_error_is_counted_once_and_carried_forward():
    case = load_case("2x2x1")
    numbers = written_by_hand(case, Pencil(4), CATALOGUE["hidden-derivative-missing"])
    assert [row.name for row in check_of(case, numbers).differing] == ["step1.example1.J.delta"]


def test_the_digits_that_the_trace_writes_by_hand_pass():
    for name in ("2x2x1", "mazur", "a-sigmoid"):
        case = load_case(name)
        assert check_of(case, written_by_hand(case, Pencil(4))).outcome == "agrees"


@pytest.mark.parametrize("digits", [3, 5])
@pytest.mark.parametrize("name", ["adam", "adam-batches", "adamw", "nesterov"])
def test_so_do_those_that_it_writes_of_other_descents_whose_moments_are_rounded_too(name, digits):
    case = load_case(name)
    trace = trace_case(case, everything=True, rounding={"significant_digits": digits})
    numbers = {}
    for symbol, (quantity, place) in symbols_of(case).items():
        if quantity.kind != "output_gradient":
            row = numbers.setdefault(quantity.name, [None] * quantity.size)
            row[place] = Decimal(trace.row(str(symbol)).digits_by_hand)
    pencil = Pencil({"significant_digits": digits})
    assert HandCheck(case, Values(case, numbers), pencil).outcome == "agrees"


def test_nothing_that_can_be_computed_is_no_pass():
    assert check_of(Case(ONE), {"step1.loss": [None]}).outcome == "nothing compared"


def check_random_hands(number, seed, drawn=random_case):
    source, checked = random.Random(seed), 0
    while checked < number:
        case, digits = drawn(source), source.choice([2, 3, 4, 6])
        unit, mode = source.choice(["decimals", "significant_digits"]), source.choice(["half up", "half even"])
        written = written_by_hand(case, Pencil.for_all(unit, digits, mode))
        if written is None:
            continue
        checked += 1
        left_out = source.random() * 0.7
        some = {
            name: [None if source.random() < left_out else number for number in numbers]
            for name, numbers in written.items()
            if name in {quantity.name for quantity in quantities(case)}  # what descents remember is reported by nobody
        }
        check = HandCheck(case, Values(case, some), Pencil.for_all(unit, digits))
        assert check.differing == [], (checked, case.network_data.sizes, unit, digits)


def test_who_rounds_every_number_and_leaves_some_out_is_not_accused():
    check_random_hands(60, seed=1)


def test_who_rounds_the_moments_of_adam_too_is_not_accused():
    check_random_hands(30, seed=3, drawn=random_descents)


@pytest.mark.slow
def test_of_a_thousand_who_compute_correctly_by_hand_none_is_accused():
    check_random_hands(1000, seed=2)


def counts_of_hands(name, decimals):
    """Return how many mistakes, made by hand, are stated, possible, too coarse to show, or neither."""
    case, counts = load_case(name), collections.Counter()
    for mistake in CATALOGUE.values():
        numbers = None if mistake.id in case.blind_to else written_by_hand(case, Pencil(decimals), mistake)
        if numbers is None:
            continue
        check = check_of(case, numbers, decimals)
        diagnosis = Diagnosis([check])
        stated = {each.id for found in diagnosis.found for each in found}
        possible = {each.mistakes[0].id for group in diagnosis.possible for each in group}
        kind = "stated" if mistake.id in stated else "possible" if mistake.id in possible else "unknown"
        counts[kind if check.differing else "too coarse"] += 1
        assert not stated or mistake.id in stated, mistake.id
    return counts


@pytest.mark.slow
def test_mistakes_made_by_hand_are_named_or_possible():
    counts = counts_of_hands("2x2x1", 4)
    assert counts["unknown"] == 0 and counts["too coarse"] <= 3 and counts["stated"] >= 10


@pytest.mark.slow
@pytest.mark.parametrize("name, decimals", [("mazur", 3), ("mazur", 4), ("a-sigmoid", 4)])
def test_most_mistakes_made_by_hand_in_two_steps_are_stated(name, decimals):
    counts = counts_of_hands(name, decimals)
    assert counts["unknown"] <= 1 and counts["stated"] > 0.7 * sum(counts.values())


# one number at a time


def test_a_sheet_says_of_each_number_whether_it_follows_and_what_may_be_wrong():
    sheet = Sheet(load_case("2x2x1"), 4)
    for name, digits in (("y_j1", "0.7311"), ("y_j2", "0.7311"), ("delta_k1", "0.2311")):
        assert sheet.write(name, digits).words == f"{sheet.write(name, digits).symbol} = {digits} is right."
    answer = sheet.write("δ_j1", "0.1156")  # ½·0.2311 without y·(1 − y) = 0.1966
    assert answer.words == (
        "δ_j1 = 0.1156 is not right: 0.0227 follows from the numbers before it. It may be this: The delta of a hidden "
        "layer lacks the slope of the activation function."
    )
    assert sheet.write("δ_j1", "0.0227").is_right
    assert not sheet.write("w_j1k1⁺", "0.4831").is_right and sheet.write("w_j1k1⁺", "0.4983").is_right


def test_a_number_of_the_first_example_needs_no_mark():
    answer = Sheet(load_case("mazur"), 4).write("y_j1", "0.5933")  # 0.593269992 in the text that made it known
    assert answer.is_right and str(answer.symbol) == "y_j1⁽¹⁾"


def test_a_sheet_says_in_a_sentence_what_is_no_number():
    sheet = Sheet(load_case("2x2x1"), 4)
    with pytest.raises(NetworkError, match="b_k1 is no number that 2x2x1 computes, such as x_j1, x_j2, y_j1"):
        sheet.write("b_k1", "1")
    with pytest.raises(NetworkError, match="'one half' is not a number"):
        sheet.write("y_j1", "one half")


def test_names_in_a_file_may_be_printed_symbols():
    case = load_case("2x2x1")
    data = sheet_data(case, {"δ_j1": [Decimal("0.0227")], "delta_j2": Decimal("0.0227"), "step1.loss": [1]})
    assert data == {"step1.example1.J.delta": [Decimal("0.0227"), Decimal("0.0227")], "step1.loss": [1]}


@pytest.mark.parametrize("other", ["delta_j1", "step1.example1.J.delta"])
def test_a_number_is_not_given_by_two_names(other):
    with pytest.raises(NetworkError, match="is given twice, by this name and another"):
        sheet_data(load_case("2x2x1"), {other: 1, "δ_j1": Decimal("0.3")})


def checked(text):
    return hand_check(load_case("2x2x1"), parse_values(text), Pencil(4))


def test_a_file_may_say_that_its_numbers_are_by_hand():
    assert is_said_by_hand(parse_values("dtype by-hand\ny_j1 0.7311\n"))
    assert is_said_by_hand({"dtype": "by-hand", "values": {"y_j1": Decimal("0.7311")}})
    assert not any(map(is_said_by_hand, ({"dtype": "float32", "values": {}}, {"y_j1": 1}, {"dtype": "by-hand"}, [1])))
    assert checked("dtype by-hand\ny_j1 0.7311\n").passed


def test_a_name_without_a_number_is_not_given():
    check = checked("dtype by-hand\ny_j1\ny_j2 0.7311\nδ_k1\n")
    assert check.passed and [row.name for row in check.compared] == ["step1.example1.J.output"]
    assert [place for place, number in enumerate(check.numbers(check.compared[0])) if number is not None] == [1]


def test_printed_numbers_are_gone_on_with_and_not_checked():
    """δ_k1 = y_k1 − t_k1 = 0.9 − 0.5, though 0.9 does not follow from 0.7311 and 0.7311."""
    check = checked("dtype by-hand\ny_j1 0.7311\nprinted y_k1 0.9\nδ_k1 0.4\n")
    assert check.passed and "step1.example1.K.output" not in [row.name for row in check.compared]
    assert not checked("dtype by-hand\ny_j1 0.7311\ny_k1 0.9\nδ_k1 0.4\n").passed


def test_a_number_that_is_given_comes_before_a_printed_one():
    check = checked("dtype by-hand\nprinted y_k1 0.7311\ny_k1 0.9\nδ_k1 0.4\n")
    assert [row.name for row in check.differing] == ["step1.example1.K.output"]


def test_what_nobody_writes_down_is_not_counted():
    """Of 2x2x1, ∂E/∂y of both layers, and the loss and the gradients of a step that has one example."""
    names = [row.name for row in HandCheck(load_case("2x2x1"), Values(load_case("2x2x1"), {}), Pencil(4)).rows]
    assert len(names) == 11 and not [name for name in names if "output_gradient" in name or name == "step1.loss"]
    given = checked("dtype by-hand\nstep1.loss 0.0267\n")
    assert [row.name for row in given.compared] == ["step1.loss"]


def test_mistakes_that_give_a_wrong_number_are_named_on_the_page():
    page = check_to(checked("dtype by-hand\ny_j1 0.7311\ny_j2 0.7311\nδ_k1 0.2311\nδ_j1 0.1156\n"), "text")
    assert "What it may be" in page and "δ_j1  hidden-derivative-missing" in page
    assert "What it may be" not in check_to(checked("dtype by-hand\nδ_k1 0.9\n"), "text")  # no known mistake gives it
