"""Answers are judged from a person's own numbers before them, hints come in order, and results are hidden until then."""

import re

import pytest

from purenet.lab.answering import Answering
from tests.lab.pages import Page
from tests.sampling import one_in

RIGHT = {"y_j1": "0.7311", "y_j2": "0.7311", "δ_k1": "0.2311"}  # the doctest of purenet/golden/diagnosis/by_hand.py


def rounded_to_four(case="2x2x1"):
    return Page(case).do("choose", "rounding", "decimals 4").do("tab", "answer")


def step_of(page, symbol):
    """Go to the step in which a quantity is computed."""
    steps = page.lab.trace().steps
    return page.do("step", "", str(next(s.number for s in steps if symbol in [row.symbol for row in s.rows])))


def test_a_delta_without_the_derivative_is_named():
    page = rounded_to_four()
    for name, digits in RIGHT.items():
        page.do("answer", name, digits)
        assert page.last["said"] == f"{name} is right."
    step_of(page, "δ_j1").do("answer", "δ_j1", "0.1156")
    assert page.last["said"] == "δ_j1 is not right."
    remark = Answering(page.lab).remarks["δ_j1"]
    assert [mistake.id for mistake in remark.reasons] == ["hidden-derivative-missing"]
    assert remark.reasons[0].sentence in page.text
    assert 'id="see-δ_j1-hidden-derivative-missing" name="hidden-derivative-missing"' in page.html
    assert page.do("answer", "δ_j1", "0.0227").last["said"] == "δ_j1 is right."


def test_an_error_is_carried_forward_and_counted_once():
    # y_j1 = 0.75 is wrong; x_k1 = 0.5·0.75 + 0.5·0.7311 = 0.74055 follows from it, and 0.7311, that of the right y_j1, does not
    page = rounded_to_four().do("answer", "y_j1", "0.75").do("answer", "y_j2", "0.7311")
    assert page.do("answer", "x_k1", "0.7406").last["said"] == "x_k1 is right."
    assert page.do("answer", "x_k1", "0.7311").last["said"] == "x_k1 is not right."


def test_a_number_is_judged_by_those_before_it_in_whatever_order_they_are_written():
    page = rounded_to_four().do("answer", "x_k1", "0.7406").do("answer", "y_j2", "0.7311")
    assert not Answering(page.lab).remarks["x_k1"].is_right  # the right y_j1 is 0.7311, and x_k1 then, too
    assert Answering(page.do("answer", "y_j1", "0.75").lab).remarks["x_k1"].is_right


def test_own_numbers_are_in_the_hint_of_a_later_one():
    page = step_of(rounded_to_four().do("answer", "y_j1", "0.75"), "x_k1")
    assert "0.75" in re.search('class="hint".*', page.do("hint", "x_k1").do("hint", "x_k1").html)[0]


def test_hints_are_the_rule_then_the_numbers_then_the_value():
    page = step_of(rounded_to_four(), "δ_j1")
    number = "0.0227"
    assert "Hint: the rule" in page.text
    assert [page.html.count('class="hint"'), number in page.text] == [0, False]
    page.do("hint", "δ_j1")
    assert [page.html.count('class="hint"'), number in page.text] == [1, False]
    assert "Hint: the numbers" in page.text
    page.do("hint", "δ_j1")
    assert [page.html.count('class="hint"'), number in page.text] == [2, False]
    assert "0.7311" in page.html
    page.do("hint", "δ_j1")
    assert [page.html.count('class="hint"'), number in page.text] == [3, True]
    assert 'data-do="hint" id="hint-δ_j1"' not in page.html
    assert page.do("hint", "δ_j1").lab.hints == {"δ_j1": 3}


@pytest.mark.parametrize("case", one_in(3, ["2x2x1", "mazur", "softmax-three-classes"]))
def test_no_result_of_a_step_is_in_its_page_before_it_is_answered(case):
    page = rounded_to_four(case)
    trace = page.lab.trace()
    given = {str(row.value) for step in trace.steps for row in step.rows if not row.formula}
    for step in trace.steps:
        page.do("step", "", str(step.number))
        for row in step.rows:
            digits = row.digits_by_hand
            asked = f'id="answer-{row.symbol}"' in page.html
            earlier = {r.digits_by_hand for s in trace.steps[: step.number - 1] for r in s.rows}
            if asked and digits not in earlier | given and len(digits) > 4:
                shown = page.last["parts"]["view"].replace("−", "-")
                assert not re.search(rf"(?<![\d.]){re.escape(digits)}(?!\d)", shown), (row.symbol, digits)
                assert str(row.value)[:9] not in shown, (row.symbol, row.value)


def test_an_answer_is_kept_without_spaces_around_it():
    assert rounded_to_four().do("answer", "y_j1", " 0.7311 ").lab.written == {"y_j1": "0.7311"}


def test_an_answer_that_is_taken_away_is_not_judged():
    page = rounded_to_four().do("answer", "y_j1", "0.5").do("answer", "y_j1", " ")
    assert page.lab.written == {}
    assert page.last["said"] == ""


def test_a_minus_sign_may_be_that_of_the_keyboard_or_the_printed_one():
    page = rounded_to_four("mazur")
    for minus in "-−":
        page.do("answer", "δ_k2⁽¹⁾", f"{minus}0.0381")
        assert page.last["said"].startswith("δ_k2⁽¹⁾ is")


@pytest.mark.parametrize("digits", ["abc", "nan", "1e", "<b>", "0x1", "0,5"])
def test_what_is_no_number_is_refused_and_not_written(digits):
    page = rounded_to_four()
    assert page.error("answer", "y_j1", digits).endswith("is not a number")


def test_rounding_is_to_four_decimals_where_the_case_says_nothing():
    assert "Round each number to 4 decimals" in Page("xor-2-4-1").do("tab", "answer").text
    assert "Round each number as the case says: y to 3 significant" in Page("2x2x1").do("tab", "answer").text


def test_a_case_without_targets_asks_nothing():
    assert "there is nothing to answer here" in Page("brownlee-forward").error("tab", "answer")


def test_it_begins_in_the_first_step_in_which_something_is_asked():
    assert rounded_to_four().lab.step == 2  # step 1 has the inputs, which are given
    assert Page("2x2x1").do("step", "", "9").do("tab", "answer").lab.step == 9


def test_a_right_number_with_too_few_digits_is_not_called_a_mistake():
    for digits in ("0.02", "0.023"):  # 0.0227 is right
        page = step_of(rounded_to_four(), "δ_j1").do("answer", "δ_j1", digits)
        assert "Too few digits: round it" in page.text and "It may be this" not in page.text


def test_a_number_with_the_other_sign_is_told_so():
    page = step_of(rounded_to_four(), "δ_j1").do("answer", "δ_j1", "-0.0227")
    assert "With the other sign it would be right." in page.text
