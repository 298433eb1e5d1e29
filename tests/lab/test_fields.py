"""Each number that may be changed has a field, and each choice shows what is chosen."""

import re
from html import unescape

import pytest

from purenet.lab.numbers import places
from tests.lab.pages import Page

CASES = ["2x2x1", "mazur", "momentum-batches", "prakash", "brownlee-forward", "negnevitsky-xor-training"]


def fields(page, do="set"):
    """Return the values of the fields by their names."""
    inputs = [dict(re.findall(r'([a-z-]+)="([^"]*)"', tag)) for tag in re.findall("<input [^>]*>", page.html)]
    return {field["name"]: unescape(field["value"]) for field in inputs if field["data-do"] == do}


def chosen(page, name):
    select = re.search(rf'<select [^>]*name="{name}".*?</select>', page.html)[0]
    return re.findall('<option value="([^"]*)" selected', select)


@pytest.mark.parametrize("case", CASES)
def test_each_number_of_a_case_has_a_field_with_its_value(case):
    page = Page(case)
    data = page.lab.numbers
    assert fields(page) == {symbol: str(place[key]) for symbol, (place, key) in places(data).items()}


def test_a_field_shows_the_number_as_it_was_typed():
    assert fields(Page("2x2x1").do("set", "w_i1j1", "0.70"))["w_i1j1"] == "0.70"


def test_each_choice_shows_what_is_chosen():
    page = Page("batch-mean")
    names = ("activation 0", "activation 1", "biases 0", "loss", "gradient", "rounding")
    assert [chosen(page, name) for name in names] == [
        ["tanh"],
        ["sigmoid"],
        ["yes"],
        ["half squared error"],
        ["mean"],
        ["none"],
    ]
    page.do("choose", "activation 0", "relu").do("choose", "biases 0", "no").do("choose", "gradient", "sum")
    page.do("choose", "loss", "mean squared error").do("choose", "rounding", "decimals 4")
    assert [chosen(page, name) for name in names] == [
        ["relu"],
        ["sigmoid"],
        ["no"],
        ["mean squared error"],
        ["sum"],
        ["decimals 4"],
    ]


def test_rounding_that_is_none_of_the_choices_is_as_the_case_says():
    assert chosen(Page("2x2x1"), "rounding") == [""]
    assert "as the case says" in Page("2x2x1").text


def test_the_size_of_a_step_is_that_of_the_largest():
    assert fields(Page("batch-mean"), "choose")["batch"] == "3"


def test_without_a_learning_rate_there_is_no_field_for_it():
    assert not {"η", "μ", "λ", "batch"} & set(fields(Page("brownlee-backward")))


def test_an_example_held_out_is_shown_with_its_targets():
    page = Page("xor-2-4-1")
    inputs = page.lab.numbers["examples"][1]["inputs"]
    page.do("hold", "2")
    assert f"{inputs[0]}, {inputs[1]} → 1" in page.text
    assert 'data-do="take" id="take-1"' in page.html


def test_the_only_example_and_the_only_layer_cannot_be_removed():
    assert not re.search('data-do="(hold|fewer)" id="(hold|fewer-example)', Page("2x2x1").html)
    assert re.search('data-do="fewer" id="fewer-example-1"', Page("mazur").html)
    assert 'id="fewer-layer"' not in Page("one-neuron").html
    assert 'id="fewer-layer"' in Page("2x2x1").html
